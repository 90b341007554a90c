"""One honest record for every test that only looks at it."""

import pytest

from tests.records.builder import Builder
from tests.records.plan import DESK, SESSION, Plan, Voter

THREE_VOTERS = (
    Voter(),
    Voter(kind=SESSION, passkeys=0, ballots=((1,), (0,))),
    Voter(kind=DESK, ballots=((None,),)),
)


@pytest.fixture(scope="session")
def honest():
    """The record of a small light election, counted."""
    return Builder().build()


@pytest.fixture(scope="session")
def small():
    """The smallest record that has everything: each kind of check-in, a revision, a witness."""
    return Builder(Plan(voters=THREE_VOTERS, min_group=1, witnesses=(1, 1, 0))).build()
