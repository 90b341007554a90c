"""Every check broken alone gives its number and no other; the honest twin passes all forty."""

import pytest

from ballots.verifier.verdict import CODES
from tests.records.builder import Builder
from tests.records.forgeries.everything import ALL
from tests.records.verified import verdicts_on

# V38 wants a folder on disk, and a summary cannot be wrong, only impossible: test_beside has both.
ELSEWHERE = {"V38", "V40"}
TWINS = {repr(forgery.twin): forgery.twin for forgery in ALL}


@pytest.mark.parametrize("forgery", ALL, ids=lambda each: f"{min(each.fails)}: {each.words}")
def test_one_defect_gives_its_number_and_no_other(forgery, tmp_path):
    """Each forgery names the attack that it stops (A1 to A67)."""
    files, beside = forgery.make()

    found = verdicts_on(files, tmp_path, beside)

    failed = {verdict.code: verdict.message for verdict in found if verdict.ok is False}
    assert failed.keys() == forgery.fails, failed


@pytest.mark.parametrize("plan", TWINS.values(), ids=range(len(TWINS)))
def test_the_honest_twin_passes_every_check(plan, tmp_path):
    found = verdicts_on(Builder(plan).build().files, tmp_path)

    assert [verdict for verdict in found if verdict.ok is not True] == []


def test_every_check_has_a_forgery():
    covered = set().union(*(forgery.fails for forgery in ALL))

    assert covered | ELSEWHERE == set(CODES)


def test_every_forgery_cites_its_attack():
    assert len(ALL) > 100
    assert [each.words for each in ALL if not each.attack.startswith("A")] == []
