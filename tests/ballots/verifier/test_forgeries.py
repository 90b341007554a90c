"""Every check broken alone gives its number and no other; what is honest passes all forty."""

import pytest

from ballots.verifier.verdict import CODES
from tests.records.corpus import twin_of
from tests.records.forgeries.everything import ALL
from tests.records.valid import VALID
from tests.records.verified import verdicts_on_made

# A summary cannot be wrong, only impossible.
ELSEWHERE = {"V40"}


@pytest.mark.parametrize("forgery", ALL, ids=lambda each: f"{min(each.fails)}-{each.name}")
def test_one_defect_gives_its_numbers_and_no_other(forgery, tmp_path):
    """Each forgery names the attack that it stops (A1 to A67)."""
    found = verdicts_on_made(forgery.make(), tmp_path)

    failed = {verdict.code: verdict.message for verdict in found if verdict.ok is False}
    assert failed.keys() == forgery.fails, failed
    assert {verdict.code for verdict in found if verdict.ok is None} == forgery.missing


@pytest.mark.parametrize("honest", VALID, ids=lambda each: each.name)
def test_an_honest_record_fails_nowhere_and_lacks_only_what_it_must(honest, tmp_path):
    found = verdicts_on_made(honest.make(), tmp_path)

    assert [verdict for verdict in found if verdict.ok is False] == []
    assert {verdict.code for verdict in found if verdict.ok is None} == honest.missing


def test_every_forgery_has_an_honest_twin():
    assert {twin_of(forgery) for forgery in ALL} <= {f"valid-{each.name}" for each in VALID}


def test_every_check_has_a_forgery():
    covered = set().union(*(forgery.fails for forgery in ALL))

    assert covered | ELSEWHERE == set(CODES)


def test_every_forgery_cites_its_attack():
    assert len(ALL) > 150
    assert [each.words for each in ALL if not each.attack.startswith("A")] == []
