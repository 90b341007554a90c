"""Which clause somebody means who cites on paper."""

import pytest

from participation.core.errors import Invalid
from participation.intake.citing import clause_cited

CLAUSES = [
    ("menimbang", "Menimbang"),
    ("menimbang-huruf-a", "Menimbang huruf a"),
    ("bab-ii", "BAB II"),
    ("bab-ii-bagian-1", "Bagian Kesatu"),
    ("pasal-2", "Pasal 2"),
    ("pasal-2-ayat-1", "Pasal 2 ayat (1)"),
    ("pasal-2-ayat-2-huruf-a", "Pasal 2 ayat (2) huruf a"),
    ("pasal-2-angka-1", "Pasal 2 angka 1"),
    ("pasal-5a", "Pasal 5A"),
    ("tambahan-1", "Pasal 9"),
    ("tambahan-2", "Pasal 9"),
]


@pytest.mark.parametrize(
    ("typed", "clause_id"),
    [
        ("Pasal 2", "pasal-2"),
        ("pasal 2 ayat (1)", "pasal-2-ayat-1"),
        ("PASAL 2 AYAT 1", "pasal-2-ayat-1"),
        ("Ps. 2 ayat(2) huruf a.", "pasal-2-ayat-2-huruf-a"),
        ("psl 2 (2) a", "pasal-2-ayat-2-huruf-a"),
        ("pasal 5a", "pasal-5a"),
        ("bab ii", "bab-ii"),
        ("menimbang a", "menimbang-huruf-a"),
        ("tambahan-2", "tambahan-2"),
        ("  pasal-2-angka-1 ", "pasal-2-angka-1"),
    ],
)
def test_citations_as_people_write_them(typed, clause_id):
    assert clause_cited(typed, CLAUSES) == clause_id


@pytest.mark.parametrize("typed", ["", "  ", "Pasal 99", "ayat (1)", "2", "<script>", "pasal"])
def test_a_citation_of_nothing_is_refused(typed):
    with pytest.raises(Invalid) as refused:
        clause_cited(typed, CLAUSES)
    assert refused.value.field == "clause"


@pytest.mark.parametrize("typed", ["Pasal 9", "pasal 2 1"])
def test_a_citation_of_several_is_refused_with_the_way_out(typed):
    with pytest.raises(Invalid) as refused:
        clause_cited(typed, CLAUSES)
    assert "in full" in str(refused.value.message)
