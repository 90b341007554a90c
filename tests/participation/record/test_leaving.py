"""Whoever leaves takes words and name out of the record; the record stays whole."""

import pytest

from participation.accounts.leaving.rules import FORMER_NAME
from participation.accounts.leaving.services import leave
from participation.comments.standing.services import forget
from participation.record import queries
from tests.factories.consultations import NOW
from tests.participation.people import PASSWORD
from tests.participation.record.test_keeping import failing


@pytest.mark.parametrize("erases", [True, False])
def test_the_record_forgets_whoever_leaves_and_still_verifies(town, folder_of, erases):
    """A49: a log that cannot forget holds no name, and no words that were erased."""
    town.comment("Kata-kata rahasia")
    town.tick()
    assert b"rahasia" in town.files()["contributions"]
    acts = (forget,) if erases else ()
    leave(town.session, town.city.resident, NOW, password=PASSWORD, forget=acts)
    town.tick()
    files = town.files()
    assert (b"rahasia" in files["contributions"]) is not erases
    assert b"Sri Hartati" not in b"".join(files.values())
    assert failing(folder_of(files)) == set()


def test_words_that_stay_are_committed_to_under_no_name(town):
    comment = town.comment("Kata-kata saya")
    town.tick()
    assert queries.opening(town.session, comment.id).author == "Sri Hartati"
    leave(town.session, town.city.resident, NOW, password=PASSWORD, forget=())
    town.tick()
    assert queries.opening(town.session, comment.id).author == FORMER_NAME
