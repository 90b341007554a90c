"""Leaving: what is erased, what stays, and what is told of it."""

import pytest
from sqlmodel import Session, select

from participation.accounts import queries
from participation.accounts.leaving import services
from participation.accounts.leaving.queries import remember
from participation.accounts.leaving.rules import FORMER_NAME
from participation.accounts.models import Account, AccountRole, LoginSession
from participation.accounts.services import start_session
from participation.comments.queries import said
from participation.comments.standing import services as standing
from participation.comments.standing.models import Agreement, Withholding
from participation.comments.standing.queries import remember as remember_comments
from participation.comments.standing.rules import Withheld
from participation.core.access import Role
from participation.core.errors import Conflict, Invalid
from participation.core.events import Event
from participation.core.mail import Letter, post
from tests.factories.consultations import NOW, City
from tests.participation.people import PASSWORD


@pytest.fixture
def city(database):
    with database.session() as session:
        yield City(session)


def leave(city: City, actor=None, *, erase: bool = True, password: str = PASSWORD) -> None:
    forget = (standing.forget,) if erase else ()
    who = actor or city.resident
    services.leave(city.session, who, NOW, password=password, forget=forget)
    city.session.commit()


def withheld_of(session: Session) -> Withholding:
    return session.exec(select(Withholding)).one()


def test_nothing_of_the_account_is_left_but_its_place(city):
    address = queries.account(city.session, city.resident.id).email
    start_session(city.session, city.resident, "Firefox", NOW)
    post(city.session, Letter(recipient=address, subject="S", body="B", written_at=NOW))
    leave(city)
    found = queries.account(city.session, city.resident.id)
    assert (found.name, found.confirmed_at) == (FORMER_NAME, None)
    assert address not in found.email
    assert queries.account_by_email(city.session, address) is None
    for table in (LoginSession, AccountRole):
        own = select(table).where(table.account_id == city.resident.id)
        assert city.session.exec(own).first() is None
    assert city.session.exec(select(Letter)).first() is None


def test_nobody_can_sign_in_to_it_any_more(city):
    leave(city)
    found = queries.account(city.session, city.resident.id)
    for password in (PASSWORD, "", "-"):
        with pytest.raises(Invalid):
            services.check_password(found.password_hash, password)


def test_words_that_stay_bear_no_name(city):
    comment = city.comment(city.opened(), "Kami setuju.")
    leave(city, erase=False)
    found = said(city.session, comment.id)
    assert (found.author, found.body, found.gone) == (FORMER_NAME, "Kami setuju.", None)


def test_words_go_where_that_is_wanted_also_those_a_moderator_took_away(city):
    comment = city.comment(city.opened(), "Kata-kata rahasia")
    standing.withhold(city.session, comment, Withheld.REMOVED, NOW)
    leave(city)
    found = said(city.session, comment.id)
    assert (found.body, found.gone.kind) == ("", Withheld.ERASED)
    assert withheld_of(city.session).body == ""
    told = [str(event.details) for event in city.session.exec(select(Event))]
    assert told
    assert not [each for each in told if "rahasia" in each]


def test_their_agreements_are_taken_back_and_counted_again(city):
    other = city.person("Yoga Pratama", Role.RESIDENT)
    comment = city.comment(city.opened(), by=other)
    standing.agree(city.session, city.resident, comment, NOW)
    assert comment.agreements == 1
    leave(city)
    city.session.refresh(comment)
    assert comment.agreements == 0
    assert city.session.exec(select(Agreement)).first() is None


def test_erased_words_cannot_be_withdrawn_or_put_back(city):
    comment = city.comment(city.opened())
    leave(city)
    with pytest.raises(Conflict):
        standing.withdraw_comment(city.session, city.resident, comment, NOW)
    with pytest.raises(Conflict):
        standing.show_again(city.session, comment)


def test_a_wrong_password_erases_nothing(city):
    with pytest.raises(Invalid):
        leave(city, password="bukan kata saya")
    city.session.rollback()
    assert city.session.exec(select(Account).where(Account.name == FORMER_NAME)).first() is None


@pytest.mark.parametrize("role", [each for each in Role if each is not Role.RESIDENT])
def test_whoever_works_here_gives_up_the_role_first(city, role):
    worker = city.person("Bagas Nugroho", Role.RESIDENT, role)
    with pytest.raises(Conflict, match="role"):
        leave(city, worker)


def test_the_copy_holds_what_was_written_even_where_it_is_withheld(city):
    comment = city.comment(city.opened(), "Kata-kata saya")
    standing.withhold(city.session, comment, Withheld.REMOVED, NOW)
    rows = list(remember_comments(city.session, city.resident.id))
    assert [(row["text"], row["withheld"]) for row in rows] == [("Kata-kata saya", "removed")]
    kinds = {row["kind"] for row in remember(city.session, city.resident.id)}
    assert {"account", "act"} <= kinds


def test_the_copy_holds_nothing_of_others(city):
    found = city.opened()
    city.comment(found, "Kata orang lain", by=city.person("Yoga Pratama", Role.RESIDENT))
    assert list(remember_comments(city.session, city.resident.id)) == []
