"""Acts on accounts, on both kinds of database."""

from datetime import timedelta

import pytest
from sqlmodel import select

from participation.accounts import queries, services
from participation.accounts.models import Account, KeptForm, LoginSession, MailedLink
from participation.accounts.rules import Purpose
from participation.core.access import Role
from participation.core.errors import Conflict, Invalid, NotAllowed, NotFound, TooMany
from participation.core.events import Event
from tests.participation.people import MORNING, PASSWORD, make_person

NEW = services.NewAccount("Sri@Example.id", "Sri Hartati", "pisang goreng hangat")


def test_a_new_account_is_a_residents_and_leaves_one_event(database):
    with database.transaction() as session:
        actor = services.register(session, NEW, MORNING)
    assert actor.roles == {Role.RESIDENT}
    with database.session() as session:
        events = session.exec(select(Event)).all()
        assert [event.tag for event in events] == ["accounts:account:register"]
        stored = session.exec(select(Account)).one()
        assert stored.email == "sri@example.id"
        assert "pisang" not in repr(stored)


def test_an_address_can_be_used_once_however_it_is_written(database):
    with database.transaction() as session:
        services.register(session, NEW, MORNING)
    with database.transaction() as session, pytest.raises(Invalid) as refused:
        services.register(
            session, services.NewAccount("SRI@example.id", "X", NEW.password), MORNING
        )
    assert refused.value.field == "email"


def test_wrong_address_and_wrong_password_are_refused_in_the_same_words(database):
    with database.transaction() as session:
        make_person(session)
    said = []
    for email, password in (("sri.hartati@example.id", "salah"), ("x@example.id", PASSWORD)):
        with database.transaction() as session, pytest.raises(Invalid) as refused:
            services.check_sign_in(session, email, password)
        said.append((str(refused.value), refused.value.field))
    assert said[0] == said[1]


def test_a_token_stops_working_after_its_time_and_after_signing_out(database):
    with database.transaction() as session:
        actor = make_person(session)
        token = services.start_session(session, actor, "Firefox", MORNING)
    with database.transaction() as session:
        assert services.recognise(session, token, MORNING) == actor
        assert services.recognise(session, token, MORNING + timedelta(days=30)) is None
        assert services.recognise(session, "another", MORNING) is None
        services.end_session(session, actor, token, MORNING)
        assert services.recognise(session, token, MORNING) is None


def test_a_new_password_signs_other_browsers_out_and_needs_the_old_one(database):
    with database.transaction() as session:
        actor = make_person(session)
        mine = services.start_session(session, actor, "mine", MORNING)
        theirs = services.start_session(session, actor, "theirs", MORNING)
    change = {"new": "kopi tubruk panas", "token": mine}
    with database.transaction() as session:
        with pytest.raises(Invalid) as refused:
            services.change_password(session, actor, MORNING, old="salah", **change)
        assert refused.value.field == "old_password"
        services.change_password(session, actor, MORNING, old=PASSWORD, **change)
    with database.transaction() as session:
        assert services.recognise(session, mine, MORNING) is not None
        assert services.recognise(session, theirs, MORNING) is None
        services.check_sign_in(session, "sri.hartati@example.id", "kopi tubruk panas")


def test_a_mailed_link_works_once_for_its_purpose_and_in_time(database):
    with database.transaction() as session:
        actor = make_person(session)
        found = queries.account(session, actor.id)
        tokens = [services.mail_link(session, found, Purpose.CONFIRM, MORNING) for _ in range(2)]
    late = MORNING + timedelta(days=8)
    wrong = [
        lambda session: services.reset_password(session, tokens[0], "kopi tubruk panas", MORNING),
        lambda session: services.confirm_email(session, tokens[0], late),
        lambda session: services.confirm_email(session, "guessed", MORNING),
    ]
    for act in wrong:
        with pytest.raises(NotFound), database.transaction() as session:
            act(session)
    with database.transaction() as session:
        services.confirm_email(session, tokens[0], MORNING)
        with pytest.raises(NotFound):
            services.confirm_email(session, tokens[0], MORNING)


def test_a_reset_password_signs_every_browser_out(database):
    with database.transaction() as session:
        actor = make_person(session)
        services.start_session(session, actor, "stolen", MORNING)
        found = queries.account(session, actor.id)
        token = services.mail_link(session, found, Purpose.RESET, MORNING)
    with database.transaction() as session:
        services.reset_password(session, token, "kopi tubruk panas", MORNING)
        assert session.exec(select(LoginSession)).all() == []


def test_only_an_administrator_gives_roles(database):
    with database.transaction() as session:
        sri = make_person(session)
        chief = make_person(session, "Kepala", Role.ADMINISTRATOR)
        with pytest.raises(NotAllowed):
            services.grant_role(session, sri, sri.id, Role.ADMINISTRATOR, MORNING)
        services.grant_role(session, chief, sri.id, Role.OFFICER, MORNING)
        services.grant_role(session, chief, sri.id, Role.OFFICER, MORNING)
        assert queries.roles_of(session, sri.id) == {Role.RESIDENT, Role.OFFICER}


def test_a_role_can_be_taken_back_but_not_ones_own_administration(database):
    with database.transaction() as session:
        chief = make_person(session, "Kepala", Role.ADMINISTRATOR)
        ratna = make_person(session, "Ratna", Role.RESIDENT, Role.OFFICER)
        services.take_role(session, chief, ratna.id, Role.OFFICER, MORNING)
        services.take_role(session, chief, ratna.id, Role.OFFICER, MORNING)
        assert queries.roles_of(session, ratna.id) == {Role.RESIDENT}
        with pytest.raises(Conflict):
            services.take_role(session, chief, chief.id, Role.ADMINISTRATOR, MORNING)
        tags = [event.tag for event in session.exec(select(Event)).all()]
        assert tags == ["accounts:role:take"]


def test_guessing_at_one_account_has_to_wait_but_a_known_browser_does_not(database):
    stranger = services.SignInTry("sri@example.id", "192.0.2.7")
    owner = services.SignInTry("sri@example.id", "192.0.2.8", known_device="d")
    with database.transaction() as session:
        for _ in range(8):
            services.count_sign_in(session, "secret", stranger, MORNING)
        with pytest.raises(TooMany):
            services.count_sign_in(session, "secret", stranger, MORNING)
        services.count_sign_in(session, "secret", owner, MORNING)


def test_guessing_from_many_places_has_to_wait_for_minutes_only(database):
    def guess(number, at):
        trying = services.SignInTry("sri@example.id", f"192.0.2.{number}")
        with database.transaction() as session:
            services.count_sign_in(session, "secret", trying, at)

    for number in range(40):
        guess(number, MORNING)
    with pytest.raises(TooMany) as refused:
        guess(99, MORNING)
    assert refused.value.wait_seconds <= 300
    guess(99, MORNING + timedelta(minutes=5))


def test_the_sweep_deletes_what_has_expired_and_nothing_else(database):
    with database.transaction() as session:
        actor = make_person(session)
        services.start_session(session, actor, "x", MORNING)
        services.keep_form(session, {"text": ["halo"]}, actor.id, MORNING)
        services.mail_link(session, queries.account(session, actor.id), Purpose.RESET, MORNING)
    with database.transaction() as session:
        services.sweep(session, MORNING + timedelta(minutes=1))
        for table in (LoginSession, KeptForm, MailedLink):
            assert len(session.exec(select(table)).all()) == 1
        services.sweep(session, MORNING + timedelta(days=60))
        for table in (LoginSession, KeptForm, MailedLink):
            assert session.exec(select(table)).all() == []


def test_deleting_an_account_takes_its_belongings_along(database):
    with database.transaction() as session:
        actor = make_person(session)
        services.start_session(session, actor, "x", MORNING)
    with database.transaction() as session:
        session.delete(queries.account(session, actor.id))
    with database.session() as session:
        assert session.exec(select(LoginSession)).all() == []


def test_names_come_in_one_question(database):
    with database.transaction() as session:
        people = [make_person(session, name) for name in ("Sri", "Yoga")]
        assert queries.names_of(session, [each.id for each in people]) == {
            people[0].id: "Sri", people[1].id: "Yoga"
        }  # fmt: skip
        assert queries.names_of(session, []) == {}
