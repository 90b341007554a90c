"""One transaction for each request, ended at its boundary."""

import pytest
from sqlmodel import select

from participation.accounts.models import Account


def send(browser, **fields) -> None:
    token = browser.visit("/sign-out").one("input", name="csrf_token").attributes["value"]
    browser.client.post("/renames", data={"csrf_token": token, **fields})


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"status": "200"}, "Renamed"),
        ({"status": "422"}, "Sri"),
        ({"status": "500"}, "Sri"),
        ({"status": "422", "keep": "yes"}, "Renamed"),
    ],
)
def test_a_good_answer_commits_and_a_bad_one_rolls_back(notes, browser_of, session, fields, name):
    browser, _actor = browser_of("Sri")
    send(browser, **fields)
    session.expire_all()
    assert session.exec(select(Account)).one().name == name
