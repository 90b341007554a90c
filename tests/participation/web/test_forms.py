"""Forms: errors beside their fields, a summary, 422, and fragments for htmx."""

import pytest

HTMX = {"HX-Request": "true"}


@pytest.fixture
def sri(notes, browser_of):
    """A signed-in person at the notebook."""
    browser, _actor = browser_of("Sri")
    browser.visit("/notes")
    return browser


def test_an_error_stands_beside_its_field_and_in_the_summary_with_a_link(sri):
    page = sri.send(status=422, title="", text="halo")
    field = page.one("input", name="title")
    assert field.attributes["aria-invalid"] == "true"
    error = page.one("span", id=field.attributes["aria-describedby"])
    assert error.words == "This must be filled in."
    assert page.one("div", role="alert").one("a").attributes["href"] == "#title"


def test_what_was_right_stays_in_the_form(sri):
    page = sri.send(status=422, title="", text="baris satu\n\n  baris dua")
    assert "".join(page.one("textarea").inside).removeprefix("\n") == "baris satu\n\n  baris dua"


def test_an_error_of_the_act_stands_beside_the_field_it_names(sri):
    page = sri.send(status=422, title="wrong", text="halo")
    assert page.one("span", id="title-error").words == "Another title, please."


def test_text_arrives_tidied(sri, session):
    sri.send(title="  Sri \x07 Hartati ", text="halo")
    assert "Sri Hartati" in " ".join(sri.visit("/account").one("input", name="name")
                                     .attributes["value"].split())  # fmt: skip


def test_htmx_gets_only_the_form_and_422_for_errors(sri):
    token = sri.page.one("input", name="csrf_token").attributes["value"]
    answer = sri.client.post("/notes/new", data={"csrf_token": token}, headers=HTMX)
    assert answer.status_code == 422
    assert answer.text.lstrip().startswith('<div id="note">')
    assert "HX-Request" in answer.headers["Vary"]


def test_history_and_boosted_requests_get_the_whole_page(sri):
    for extra in ("HX-History-Restore-Request", "HX-Boosted"):
        answer = sri.client.get("/notes", headers=HTMX | {extra: "true"})
        assert "<html" in answer.text


def test_a_signed_out_htmx_request_gets_the_sign_in_page_in_place_of_the_body(notes, client):
    answer = client.post("/notes/new", data={"title": "a", "text": "b"}, headers=HTMX)
    assert answer.status_code == 401
    assert answer.headers["HX-Retarget"] == "body"
    assert "Your text is kept" in answer.text
