"""The honest label and the holders of keys, in words."""

from collections.abc import Iterator
from itertools import product

import pytest
from sqlalchemy import create_engine
from sqlmodel import SQLModel

from ballots.draft import Registrar, Registrars, Trustee, Trustees, Witness, Witnesses
from ballots.label import Answer, Counts, label
from ballots.services.keyring import Keyring
from ballots.services.plan import HERE, draft_of
from ballots.store.secrets import Locker
from participation.votes.holders import holders
from participation.votes.label_words import _ANSWERS, _QUESTIONS, tell
from tests.ballots.town import plan
from tests.participation.votes.hall import MASTER

ORIGIN = "https://suara.example"
FAR = "https://elsewhere.example"
REGISTRARS = (
    Registrars(1, 0, (Registrar("Panitera", HERE, ORIGIN),)),
    Registrars(2, 1, tuple(Registrar(f"Panitera {i}", HERE, FAR) for i in (1, 2))),
)
TRUSTEES = (
    Trustees(1, (Trustee("Wali", HERE, "server"),)),
    Trustees(1, (Trustee("Wali", HERE, "own"),)),
    Trustees(2, tuple(Trustee(f"Wali {i}", HERE, "own") for i in (1, 2, 3))),
)
WITNESSES = (Witnesses(0, 0, ()), Witnesses(2, 0, (Witness("Saksi", "a"), Witness("Lain", "b"))))
COUNTS = (
    Counts(),
    Counts(rows=9, rows_with_passkey=9),
    Counts(9, 9, 5, 2, 1, 1, 5),
    Counts(9, 9, 5, 2, 1, 1, 3),
)


@pytest.fixture
def drafts(sqlite_url) -> Iterator[list]:
    """A draft of every kind of set-up."""
    engine = create_engine(sqlite_url)
    SQLModel.metadata.create_all(engine)
    keyring = Keyring(Locker(MASTER))
    with engine.begin() as connection:
        yield [
            draft_of(connection, keyring, plan(registrars=r, trustees=t, witnesses=w))
            for r, t, w in product(REGISTRARS, TRUSTEES, WITNESSES)
        ]
    engine.dispose()


def test_every_answer_of_every_set_up_is_told(drafts):
    used = set()
    for draft, counts in product(drafts, COUNTS):
        told = tell(label(draft, counts))
        used |= {(each.question, each.answer) for each in label(draft, counts).answers}
        assert str(told.name)
        assert str(told.meaning)
        for each in told.answers:
            assert str(each.question).endswith("?")
            assert "%(" not in str(each.answer)
    assert used == set(_ANSWERS)
    assert {question for question, _ in used} == set(_QUESTIONS)


def test_numbers_and_names_stand_in_the_answers(drafts):
    told = {
        str(each.question): str(each.answer) for each in tell(label(drafts[0], COUNTS[3])).answers
    }
    assert told["Can the organiser add votes for people who stayed away?"].startswith("At most 3:")
    assert told["Can votes be cast for people who checked in and did not vote?"].startswith(
        "At most 2, and only against the rules by Panitera"
    )


def test_nobody_silent_is_said_so():
    answer = Answer("stuff-silent", "checked-in-not-voted", {"most": 0, "of": 1}, ("Panitera",))
    assert str(_ANSWERS["stuff-silent", "checked-in-not-voted"](answer)).startswith("None:")


def test_who_holds_which_keys_is_told_for_every_set_up(drafts):
    assert len(drafts) == 12
    for draft in drafts:
        found = holders(draft)
        assert [str(each.role) for each in found] == [
            "Organiser", "Registrars", "Trustees", "Witnesses",
        ]  # fmt: skip
        assert all(str(each.says) for each in found)
        assert found[2].names == tuple(each.name for each in draft.trustees.list)
    assert "this server keeps the key" in str(holders(drafts[0])[2].says)
