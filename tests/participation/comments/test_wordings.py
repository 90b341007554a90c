"""What a comment said before: readable, until the words must go."""

from datetime import timedelta

import pytest

from participation.comments import services
from participation.comments.rules import Passage, Stance, Subject
from participation.comments.services import NewComment
from participation.comments.standing import services as standing
from participation.comments.standing.queries import remember
from participation.comments.wordings.queries import wordings
from participation.comments.wordings.rules import MOST
from participation.core.errors import Conflict
from participation.core.ids import new_id
from tests.participation.people import MORNING, make_person


@pytest.fixture
def store(database):
    with database.transaction() as opened:
        yield opened


@pytest.fixture
def sri(store):
    return make_person(store, "Sri Hartati")


@pytest.fixture
def comment(store, sri):
    passage = Passage(Subject("consultation", new_id()), "pasal-7", 1)
    return services.write_comment(
        store, sri, passage, NewComment(Stance.IDEA, "Satu.", "t"), MORNING
    )


@pytest.fixture
def correct(store, sri, comment):
    def edit(body, minutes):
        services.edit_comment(store, sri, comment, body, MORNING + timedelta(minutes=minutes))

    return edit


def test_a_correction_keeps_what_was_said_and_until_when(store, comment, correct):
    correct("Dua.", 1)
    correct("Tiga.", 5)
    found = [(each.body, each.until) for each in wordings(store, comment.id)]
    assert found == [
        ("Satu.", MORNING + timedelta(minutes=1)),
        ("Dua.", MORNING + timedelta(minutes=5)),
    ]


def test_an_unchanged_text_is_no_correction(store, comment, correct):
    correct("Satu.", 1)
    assert wordings(store, comment.id) == []


def test_nobody_fills_the_house_with_corrections(store, comment, correct):
    """A flood through the one door that has no hourly limit."""
    for each in range(MOST):
        correct(f"Nomor {each}", each)
    with pytest.raises(Conflict, match="10 times"):
        correct("Lagi", MOST)
    assert len(wordings(store, comment.id)) == MOST


def test_withdrawn_words_go_with_everything_they_said_before(store, sri, comment, correct):
    correct("Dua.", 1)
    standing.withdraw_comment(store, sri, comment, MORNING + timedelta(minutes=2))
    assert wordings(store, comment.id) == []


def test_a_copy_of_ones_data_holds_former_wordings(store, sri, comment, correct):
    correct("Dua.", 1)
    told = [row["text"] for row in remember(store, sri.id) if row["kind"] == "earlier wording"]
    assert told == ["Satu."]


def test_erased_words_go_with_everything_they_said_before(store, sri, comment, correct):
    correct("Dua.", 1)
    standing.forget(store, sri, MORNING + timedelta(minutes=2))
    assert wordings(store, comment.id) == []
