import re

import pytest

from ballots.errors import REFUSALS, BadDocument, BadEntry, BallotError, Incomplete, Refused


def test_every_refusal_has_a_kebab_case_code_and_a_client_error_or_unavailable():
    assert REFUSALS
    for code, status in REFUSALS.items():
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", code)
        assert status in {400, 403, 404, 409, 413, 422, 429, 503}


def test_a_refusal_carries_its_status():
    refusal = Refused("voting-closed", "the box is shut")
    assert (refusal.code, refusal.status, str(refusal)) == ("voting-closed", 409, "the box is shut")


def test_a_refusal_needs_a_known_code():
    with pytest.raises(KeyError):
        Refused("because", "no")


@pytest.mark.parametrize("kind", [BadDocument, BadEntry])
def test_a_wrong_document_names_the_place_and_what_was_expected(kind):
    error = kind("styles[0].id", "a number")
    assert isinstance(error, BallotError)
    assert (error.where, error.expected) == ("styles[0].id", "a number")
    assert str(error) == "styles[0].id: expected a number"


def test_something_incomplete_says_what_is_missing():
    assert Incomplete("2 shares").missing == "2 shares"
