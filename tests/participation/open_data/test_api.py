"""The interface answers as its description says."""

import pytest

from participation.open_data import documents
from participation.open_data.description import BASE, OPERATIONS
from tests.participation.votes.hall import NO, YES


@pytest.fixture
def described(client):
    return client.get(f"{BASE}/openapi.json").json


@pytest.fixture
def slugs(town, site_hall, session):
    """A consultation with two comments and an answer, a counted vote."""
    found = town.opened()
    town.answer(found, town.comment(found))
    town.comment(found, "Kapan?", minutes=3)
    session.commit()
    site_hall.open().vote_all(ani=YES, budi=NO)
    site_hall.finish()
    return {"consultations": found.slug, "votes": site_hall.vote.slug}


def check(described, schema, value):
    """The value has the described shape: nothing missing, nothing more, nothing else."""
    name = schema["$ref"].rpartition("/")[2]
    assert described["components"]["schemas"][name]["properties"].keys() == value.keys()
    shape = getattr(documents, name)
    assert shape.model_validate(value).model_dump(mode="json") == value


def test_every_described_address_answers_as_described(client, slugs, described):
    assert described["openapi"] == "3.1.0"
    assert len(described["paths"]) == len(OPERATIONS) == 7
    for path, found in described["paths"].items():
        slug = slugs[path.split("/")[1]]
        answer = client.get(BASE + path.replace("{slug}", slug))
        assert answer.status_code == 200, path
        content = found["get"]["responses"]["200"]["content"]["application/json"]
        check(described, content["schema"], answer.json)


def test_every_address_of_the_interface_is_described(app, described):
    rules = [
        rule.rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("interface.")
    ]
    paths = {rule.removeprefix(BASE).replace("<", "{").replace(">", "}") for rule in rules}
    assert paths == described["paths"].keys() | {"/openapi.json"}


def test_what_is_not_there_is_a_problem_as_described(client, described):
    for path, found in described["paths"].items():
        if "{" in path:
            answer = client.get(
                BASE + path.replace("{slug}", "none"), headers={"Accept": "text/html"}
            )
            assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
            content = found["get"]["responses"]["404"]["content"]["application/problem+json"]
            check(described, content["schema"], answer.json)


@pytest.mark.parametrize("asked", ["limit=0", "limit=1001", "limit=x", "after=x", "after=WzFd"])
def test_a_parameter_that_says_nothing_is_a_problem(client, asked):
    answer = client.get(f"{BASE}/consultations?{asked}")
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")


def test_a_missing_address_below_it_is_a_problem_too(client):
    assert client.get("/api/v2/none").mimetype == "application/problem+json"


@pytest.mark.parametrize("rest", ["comments", "clauses"])
def test_pages_follow_one_another_to_the_end(client, slugs, rest):
    address, seen = f"{BASE}/consultations/{slugs['consultations']}/{rest}?limit=1", []
    while address:
        page = client.get(address).json
        assert len(page["items"]) == 1
        seen += [str(each) for each in page["items"]]
        address = page["next"]
    assert len(seen) == len(set(seen)) >= 2


def test_nobody_is_known_there_and_every_site_may_ask(client, slugs):
    answer = client.get(
        f"{BASE}/votes", headers={"Cookie": "suara=x", "Origin": "https://a.example"}
    )
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "max-age=60" in answer.headers["Cache-Control"]
    again = client.get(f"{BASE}/votes", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_drafts_are_not_there(client, town, session):
    found = town.drafted()
    session.commit()
    assert client.get(f"{BASE}/consultations").json["items"] == []
    assert client.get(f"{BASE}/consultations/{found.slug}/clauses").status_code == 404


def test_a_page_tells_people_about_it(browser):
    page = browser.visit("/en/data/api")
    assert "/api/v1/consultations/{slug}/comments" in page.words
    browser.visit("/en/data")
    browser.click("How programs read this site")
