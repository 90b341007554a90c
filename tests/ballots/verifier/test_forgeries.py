"""Every check broken alone gives its number and no other; the honest twin passes all forty."""

import pytest

from ballots.verifier.verdict import CODES
from tests.records.builder import Builder
from tests.records.forgeries.everything import ALL
from tests.records.verified import verdicts_on, verdicts_on_made

# A summary cannot be wrong, only impossible.
ELSEWHERE = {"V40"}
TWINS = {repr(forgery.twin): forgery.twin for forgery in ALL}


@pytest.mark.parametrize("forgery", ALL, ids=lambda each: f"{min(each.fails)}-{each.name}")
def test_one_defect_gives_its_numbers_and_no_other(forgery, tmp_path):
    """Each forgery names the attack that it stops (A1 to A67)."""
    found = verdicts_on_made(forgery.make(), tmp_path)

    failed = {verdict.code: verdict.message for verdict in found if verdict.ok is False}
    assert failed.keys() == forgery.fails, failed
    assert {verdict.code for verdict in found if verdict.ok is None} == forgery.missing


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
