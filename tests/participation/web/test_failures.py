"""Failures as pages in words, or as problem documents."""

import pytest

JSON = {"Accept": "application/json"}


@pytest.mark.parametrize(
    ("how", "status", "said"),
    [
        ("conflict", 409, "Comments closed on 2 December."),
        ("invalid", 422, "Not like this."),
        ("not-found", 404, "No such note."),
        ("too-many", 429, "Wait."),
        ("broken", 500, "It is not your fault"),
    ],
)
def test_a_failure_is_a_page_that_says_what_happened_and_what_to_do(
    notes, browser, how, status, said
):
    page = browser.visit(f"/fails/{how}", status)
    assert said in page.words
    assert "To the front page" in page.words


def test_a_broken_page_tells_nothing_of_the_inside(notes, client):
    assert b"secret words" not in client.get("/fails/broken").data
    assert b"ZeroDivisionError" not in client.get("/fails/broken").data


def test_json_gets_a_problem_document_with_a_stable_type(notes, client):
    response = client.get("/fails/conflict", headers=JSON)
    assert response.mimetype == "application/problem+json"
    assert response.get_json() == {
        "type": "http://127.0.0.1:8000/problems/closed",
        "title": "This cannot be done now",
        "status": 409,
        "detail": "Comments closed on 2 December.",
    }


def test_too_many_tries_say_when_to_come_back(notes, client):
    assert client.get("/fails/too-many").headers["Retry-After"] == "42"


def test_a_page_that_is_not_there_is_a_calm_page(browser):
    assert "This page is not here" in browser.visit("/nothing-here", 404).words
    assert "Halaman" in browser.visit("/id/tidak-ada", 404).words


def test_a_wrong_method_says_which_are_right(client):
    response = client.delete("/")
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]


def test_what_is_too_large_is_refused_in_words(app, client):
    response = client.post("/sign-in", data={"email": "x" * (13 * 1024 * 1024)})
    assert response.status_code == 413
    assert "too large" in response.text


def test_a_foreign_host_name_is_refused(client):
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400
