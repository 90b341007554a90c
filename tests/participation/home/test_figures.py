"""The four numbers of the front page."""

from datetime import timedelta

from participation.comments.standing.services import withdraw_comment
from participation.home.queries import figures
from tests.factories.consultations import NOW, City


def test_words_that_are_withheld_are_not_counted(session):
    city = City(session)
    found = city.opened()
    kept, gone = city.comment(found, "Setuju."), city.comment(found, "Salah ketik.")
    city.answer(found, kept, gone)
    assert figures(session, NOW - timedelta(days=1)).answered == 2
    withdraw_comment(session, city.resident, gone, NOW)
    told = figures(session, NOW - timedelta(days=1))
    assert (told.comments, told.answered) == (1, 1)
