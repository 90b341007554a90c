"""What makes a cell harmless."""

import pytest

from participation.open_data.rules import harmless


@pytest.mark.parametrize("cell", ["=1+1", "+62", "-1", "@sum", "\t=1", "\r=1", "\n=1", "  =1"])
def test_no_cell_begins_a_formula(cell):
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Setuju = baik", "2026-11-21T02:00:00Z", "'=1"])
def test_other_cells_stay_as_they_are(cell):
    assert harmless(cell) == cell
