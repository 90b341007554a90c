"""Administrators give roles and take them; nobody gives one to themself."""

import pytest

from participation.accounts import queries, services
from participation.core.access import Actor, Role
from participation.core.errors import Conflict
from tests.participation.people import MORNING, make_person

OPERATOR = Actor(name="operator", roles=frozenset({Role.ADMINISTRATOR}))


@pytest.fixture
def chief(browser_of):
    return browser_of("Tuti Suryani", Role.ADMINISTRATOR)[0]


def test_a_role_is_given_and_taken_after_a_second_question(chief, session):
    sri = make_person(session)
    session.commit()
    chief.visit("/desk/roles")
    page = chief.send("find-form", email="Sri.Hartati@example.id")
    assert page.one("h1").words == "Sri Hartati"
    page = chief.click("Give it : officer")
    assert "Give Sri Hartati a role?" in page.words
    page = chief.send("confirm-form")
    assert "Done." in page.words
    session.expire_all()
    assert queries.roles_of(session, sri.id) == {Role.RESIDENT, Role.OFFICER}
    assert "Sri Hartati" in chief.visit("/desk/roles").words
    chief.visit(f"/desk/roles/{sri.id}")
    chief.click("Take it : officer")
    chief.send("confirm-form")
    session.expire_all()
    assert queries.roles_of(session, sri.id) == {Role.RESIDENT}


def test_an_unknown_address_is_said_beside_the_field(chief):
    chief.visit("/desk/roles")
    page = chief.send("find-form", 422, email="nobody@example.id")
    assert "There is no account with this address." in page.words


def test_nobody_gives_a_role_to_themself(browser_of, session):
    browser, tuti = browser_of("Tuti Suryani", Role.ADMINISTRATOR)
    page = browser.visit(f"/desk/roles/{tuti.id}")
    assert "Another administrator changes your roles." in page.words
    assert "Give it" not in page.words
    browser.visit(f"/desk/roles/{tuti.id}/officer")
    page = browser.send("confirm-form", 422)
    assert "Nobody gives roles to themself." in page.words
    session.expire_all()
    assert queries.roles_of(session, tuti.id) == {Role.ADMINISTRATOR}


def test_the_last_administrator_keeps_the_role(database):
    with database.transaction() as store:
        tuti = make_person(store, "Tuti Suryani", Role.ADMINISTRATOR)
        bayu = make_person(store, "Bayu Saputra", Role.ADMINISTRATOR)
        services.take_role(store, tuti, bayu.id, Role.ADMINISTRATOR, MORNING)
    with pytest.raises(Conflict, match="last administrator"), database.transaction() as store:
        services.take_role(store, OPERATOR, tuti.id, Role.ADMINISTRATOR, MORNING)
    with database.transaction() as store:
        assert queries.holders_of(store, Role.ADMINISTRATOR) == {tuti.id}


def test_there_are_no_other_roles(chief, session):
    sri = make_person(session)
    session.commit()
    chief.visit(f"/desk/roles/{sri.id}/king", status=404)


def test_only_administrators_see_roles(browser_of):
    browser_of("Ratna Wulandari", Role.OFFICER)[0].visit("/desk/roles", status=403)
