"""Reminders: once for each stage, at most one letter a day, whole or not at all."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from participation import jobs
from participation.accounts.models import Account, AccountRole
from participation.comments.standing.rules import Rule
from participation.core.access import Role
from participation.core.mail import Letter
from participation.home.reminders import letters, services
from participation.home.reminders.models import Reminder, ReminderRound
from participation.home.reminders.rules import answers_stage, appeal_stage, assignment_stage
from participation.moderation import queries as cases
from participation.moderation import services as moderation
from participation.moderation.services import Ruling
from tests.factories.consultations import CALENDAR, NOW, City

ANSWERS_BY = CALENDAR.answers_by
NOON = timedelta(hours=2)  # after the hour of letters where the city is


def at(days_before: int) -> datetime:
    """A moment so many days before the promised day, in the city's morning."""
    return (
        NOW.replace(day=1, month=12)
        + (ANSWERS_BY - date(2026, 12, 1))
        - timedelta(days=days_before)
    )


@pytest.fixture
def busy(session) -> City:
    """An open consultation with three waiting comments: one given to Budi, two to nobody."""
    city = City(session)
    budi = city.person("Budi Santoso", Role.OFFICER)
    found = city.opened()
    said = [city.comment(found, f"Kata {number}", minutes=number) for number in range(3)]
    city.consider(found, said[0], to=budi)
    for account in session.exec(select(Account)).all():
        account.confirmed_at = NOW
        session.add(account)
    session.commit()
    return city


def remind(app, now) -> list[Letter]:
    """The letters of the minute's work at this moment, the new ones."""
    site = app.extensions["suara"]
    with app.app_context(), site.database.transaction() as opened:
        before = {each.id for each in opened.exec(select(Letter))}
        letters.minute(opened, now)
        opened.flush()
        found = opened.exec(select(Letter).order_by(Letter.recipient)).all()
        return [each for each in found if each.id not in before]


def test_those_who_answer_hear_of_theirs_and_those_in_charge_of_what_nobody_took(app, busy):
    told = {each.recipient: each for each in remind(app, at(7))}
    assert len(told) == 2
    ratna, budi = told["p1@example.id"], told["p3@example.id"]
    assert "2 comments on “Pemakaian sumur” wait for an answer" in ratna.body
    assert "nobody has taken them yet" in ratna.body
    assert "/desk/consultations/pemakaian-sumur/waiting?officer=nobody" in ratna.body
    assert "1 comment on “Pemakaian sumur” was given to you" in budi.body
    assert "waiting?officer=mine" in budi.body
    assert "Promised for 20 December 2026: 7 days left." in budi.body


def test_each_stage_is_told_once_and_missed_days_lose_nothing(app, busy):
    days = {days: len(remind(app, at(days))) for days in (9, 8, 6, 5, 4, 3, 2, 0, -1, -2, -7, -8)}
    assert days == {9: 1, 8: 0, 6: 2, 5: 0, 4: 0, 3: 2, 2: 0, 0: 2, -1: 2, -2: 0, -7: 0, -8: 2}


def test_a_round_is_once_a_day_and_not_at_night(app, busy):
    assert remind(app, at(7) - timedelta(hours=4)) == []
    assert len(remind(app, at(7))) == 2
    assert remind(app, at(7) + timedelta(minutes=1)) == []
    assert busy.session.exec(select(ReminderRound)).one().day == at(7).date()


def test_several_things_are_one_letter(app, busy):
    other = busy.opened(title="Pasar malam")
    busy.comment(other, "Pasar.")
    busy.session.commit()
    (first, _second) = remind(app, at(1))
    assert first.subject == "2 things wait on your desk: Suara Lembayung"
    assert first.body.count("Promised for 20 December 2026") == 2


def test_a_letter_is_in_the_language_of_its_reader(app, busy):
    account = busy.session.get(Account, busy.officer.id)
    account.language = "id"
    busy.session.add(account)
    busy.session.commit()
    (first, _second) = remind(app, at(7))
    assert "20 Desember 2026" in first.body
    assert "/id/desk/consultations/pemakaian-sumur/waiting?officer=nobody" in first.body
    assert first.body.startswith("Halo ")


def test_nobody_is_written_to_at_an_address_that_is_not_confirmed(app, busy):
    account = busy.session.get(Account, busy.officer.id)
    account.confirmed_at = None
    busy.session.add(account)
    busy.session.commit()
    assert [each.recipient for each in remind(app, at(7))] == ["p3@example.id"]


def test_what_was_given_to_an_officer_is_told_each_week_that_it_waits(app, busy):
    told = {days: [each.recipient for each in remind(app, NOW + timedelta(days=days))]
            for days in (6, 7, 8, 14)}  # fmt: skip
    assert told == {6: [], 7: ["p3@example.id"], 8: [], 14: ["p3@example.id"]}


def test_who_may_not_answer_any_more_is_not_in_charge_any_more(app, busy):
    role = busy.session.get(AccountRole, (busy.officer.id, Role.OFFICER))
    busy.session.delete(role)
    busy.session.commit()
    assert {each.recipient for each in remind(app, at(7))} == {"p3@example.id"}


def test_a_round_that_fails_leaves_nothing_and_comes_again(app, busy, monkeypatch):
    post = letters.post
    calls = []

    def fails_at_the_second(session, letter):
        calls.append(letter)
        if len(calls) == 2:
            raise OSError("no room")
        post(session, letter)

    monkeypatch.setattr(letters, "post", fails_at_the_second)
    with pytest.raises(OSError, match="no room"):
        remind(app, at(7))
    monkeypatch.undo()
    assert busy.session.exec(select(Letter)).all() == []
    assert busy.session.exec(select(Reminder)).all() == []
    assert len(remind(app, at(7))) == 2


def test_two_rounds_in_the_same_moment_end_in_one(database):
    def round_of(session):
        return services.go_round(session, NOW, lambda moment: moment.date())

    with database.transaction() as first:
        round_of(first)
    with database.session() as second:
        second.add(ReminderRound(day=NOW.date()))
        with pytest.raises(IntegrityError):
            second.flush()
    with database.transaction() as third:
        assert round_of(third) == []


def test_an_appeal_near_its_end_is_told_to_those_who_may_decide_it(app, busy):
    session = busy.session
    judges = [busy.person(name, Role.MODERATOR) for name in ("Bagas", "Wati")]
    for judge in judges:
        session.get(Account, judge.id).confirmed_at = NOW
    found = busy.opened(title="Taman")
    said = busy.comment(found, "Dasar bodoh!")
    ruling = Ruling(Rule.INSULT, "Ejekan terhadap seseorang.")
    moderation.remove(session, judges[0], cases.case(session, said.id), ruling, NOW)
    moderation.appeal(session, busy.resident, cases.case(session, said.id), "Mengapa?", NOW)
    session.commit()
    assert remind(app, NOW + timedelta(days=4)) == []
    (letter,) = remind(app, NOW + timedelta(days=5))
    assert letter.recipient == "p5@example.id"
    assert "An appeal waits for its decision: “Taman”." in letter.body
    assert "/desk/moderation/appeals/" in letter.body


def test_reminders_belong_to_the_work_of_each_minute(app, busy, clock):
    assert letters.minute in [work for feature in jobs.FEATURES for work in feature.ticks]


def test_who_leaves_takes_along_what_they_were_told(app, busy):
    remind(app, at(7))
    services.erase(busy.session, busy.officer, NOW)
    assert busy.officer.id not in {r.account_id for r in busy.session.exec(select(Reminder))}


@pytest.mark.parametrize(
    ("left", "stage"),
    [(8, ""), (7, "7"), (4, "7"), (3, "3"), (2, "3"), (1, "1"), (0, "1"),
     (-1, "late 0"), (-7, "late 0"), (-8, "late 1")],
)  # fmt: skip
def test_answers_have_stages(left, stage):
    today = ANSWERS_BY - timedelta(days=left)
    assert answers_stage(ANSWERS_BY, today) == (f"{ANSWERS_BY} {stage}" if stage else "")


def test_a_day_that_was_moved_begins_anew():
    later = ANSWERS_BY + timedelta(days=30)
    assert answers_stage(later, later) != answers_stage(ANSWERS_BY, ANSWERS_BY)


@pytest.mark.parametrize(("left", "stage"), [(3, ""), (2, "near"), (0, "near"), (-1, "late 0")])
def test_appeals_have_stages(left, stage):
    assert appeal_stage(ANSWERS_BY, ANSWERS_BY - timedelta(days=left)) == stage


@pytest.mark.parametrize(("days", "is_told"), [(0, False), (6, False), (7, True), (20, True)])
def test_assignments_have_stages(days, is_told):
    assert bool(assignment_stage(ANSWERS_BY, ANSWERS_BY + timedelta(days=days))) is is_told
