"""One guard on every route, and what each lets through."""

import pytest

from participation.core.access import Permission, Role
from participation.web import guard


def test_two_guards_on_one_view_are_refused_where_they_are_written():
    with pytest.raises(guard.UnguardedRoute, match="two guards"):
        guard.public(guard.signed_in(lambda: ""))


def test_a_view_without_a_guard_is_refused():
    with pytest.raises(guard.UnguardedRoute, match="no guard"):
        guard.guard_of(lambda: "")


def test_a_service_below_marks_its_views_with_a_plain_word():
    def view():
        return ""

    view.guard = "cookieless"
    assert guard.guard_of(view).kind is guard.Kind.COOKIELESS


def test_a_route_without_a_guard_never_answers(app, client):
    app.add_url_rule("/forgotten", view_func=lambda: "secret")
    response = client.get("/forgotten")
    assert response.status_code == 500
    assert b"secret" not in response.data


def test_every_route_of_the_site_has_a_guard(app):
    assert len(app.view_functions) > 10
    kinds = {guard.guard_of(view).kind for view in app.view_functions.values()}
    assert guard.Kind.PUBLIC in kinds


def test_a_stranger_is_led_to_the_sign_in_page_and_back(notes, browser, session):
    page = browser.visit("/desk-of-notes?a=b")
    assert browser.here.startswith("/sign-in")
    assert page.one("input", name="next").attributes["value"] == "/desk-of-notes?a=b"


def test_the_language_of_the_address_survives_the_way_round_by_the_sign_in_page(browser):
    page = browser.visit("/id/account")
    assert browser.here.startswith("/id/sign-in")
    assert page.one("input", name="next").attributes["value"] == "/id/account"


def test_a_permission_is_asked_of_the_roles(notes, browser_of):
    resident, _actor = browser_of("Sri")
    assert "not open to you" in resident.visit("/desk-of-notes", 403).words
    officer, _actor = browser_of("Ratna", Role.OFFICER)
    assert officer.client.get("/desk-of-notes").data == b"desk"
    assert Permission.CONSULTATIONS_DRAFT_IMPORT


def test_a_form_without_its_token_changes_nothing(notes, browser_of, session):
    browser, _actor = browser_of("Sri")
    response = browser.client.post("/renames", data={"status": "200"})
    assert response.status_code == 303  # back to the page, with the words kept
    response = browser.client.post("/renames")
    assert response.status_code == 400
    assert "open for too long" in response.text
