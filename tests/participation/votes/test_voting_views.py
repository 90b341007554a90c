"""The voter's pages: who may check in and when, and a booth that knows nobody."""

import hashlib

import pytest

from ballots.services import roll, setup
from ballots.services.names import read_name
from participation import places
from participation.votes import box, services
from participation.votes.client import client_sha256
from tests.participation.votes.hall import CHECK_IN_CLOSES, CLOSES, address
from tests.participation.votes.voters import page_of

SECRET = "203.0.113.77"
BROWSER_NAME = "a-telling-browser/9.9"


@pytest.fixture
def hall(site_hall):
    """A vote that is open, on the site's own database."""
    return site_hall.open()


# Who may check in, and when


def test_a_voter_on_the_roll_is_led_through_the_three_steps(hall, voter_of):
    page = voter_of().visit(page_of(hall))
    booth = page.one("div", id="booth")
    assert booth.attributes["data-eid"] == hall.vote.eid
    assert "data-checked-in" not in booth.attributes
    assert "Voting takes three steps" in page.words
    steps = page.one("ol", class_="stages").words
    assert steps == "1. Get ready 2. Check in 3. Choose"


def test_without_scripts_the_page_says_why_they_are_needed(hall, voter_of, client):
    for page in (voter_of().visit(page_of(hall)), None):
        text = page.words if page else client.get(f"/cast/{hall.vote.eid}").get_data(as_text=True)
        assert "sealed by a script on your own device" in text


def test_who_is_not_signed_in_is_asked_to(hall, browser):
    page = browser.visit(page_of(hall))
    assert "Sign in" in page.one("h1").words
    answer = browser.client.get(
        f"/votes/{hall.vote.slug}/roll-row", headers={"Accept": "application/json"}
    )
    assert answer.status_code in {303, 401}


def test_an_address_must_be_confirmed_before_it_stands_for_a_voter(hall, browser_of):
    voter, _actor = browser_of("Ani")
    page = voter.visit(page_of(hall), status=403)
    assert "confirm your e-mail address" in page.words


def test_who_is_not_on_the_roll_is_told_whom_to_ask(hall, voter_of):
    page = voter_of("fajar").visit(page_of(hall))
    assert "You are not on the roll of this vote" in page.words
    assert "fajar@example.id" in page.words
    assert "Kelurahan Kenanga" in page.words
    assert not page.all("div", id="booth")


def test_before_check_in_opens_a_voter_sees_their_row_and_may_object(site_hall, voter_of):
    site_hall.draw_up().do(services.announce)
    page = voter_of().visit(page_of(site_hall))
    place = roll.row_of(
        site_hall.platform.context, read_name(site_hall.vote.eid0), address("ani")
    ).index
    assert f"under ani@example.id in place {place + 1} of 5" in page.words
    assert "Check-in opens on" in page.words
    assert not page.all("div", id="booth")


def test_a_draft_is_nobodys_to_check_in_to(site_hall, voter_of):
    site_hall.draw_up()
    voter_of().visit(page_of(site_hall), status=404)


def test_who_comes_too_late_is_told_so(hall, voter_of):
    hall.clock.moment = CHECK_IN_CLOSES
    page = voter_of().visit(page_of(hall))
    assert "Check-in has ended" in page.words
    assert not page.all("div", id="booth")


def test_who_checked_in_in_time_may_still_take_up_their_key(hall, voter_of):
    hall.check_in("ani")
    hall.clock.moment = CHECK_IN_CLOSES
    page = voter_of().visit(page_of(hall))
    assert "data-checked-in" in page.one("div", id="booth").attributes


def test_a_struck_row_is_told_that_it_was_struck(hall, voter_of):
    context, eid0 = hall.platform.context, read_name(hall.vote.eid0)
    row = roll.row_of(context, eid0, address("ani")).index
    setup.strike_row(context, eid0, row, "twice on the roll")
    assert "Your row of the roll was struck" in voter_of().visit(page_of(hall)).words


def test_after_the_close_the_page_leads_to_the_booth_for_looking(hall, voter_of):
    hall.check_in("ani")
    hall.clock.moment = CLOSES
    voter = voter_of()
    page = voter.visit(page_of(hall))
    assert "This vote is over" in page.words
    links = [each.attributes for each in page.all("a") if "/cast/" in each.attributes["href"]]
    assert [each["rel"] for each in links] == ["noreferrer"]


# The booth


def test_the_booth_is_the_same_page_for_everybody(hall, voter_of, client):
    """A11: what is served tells nobody apart, so that nothing in it can be a mark."""
    stranger = client.get(f"/cast/{hall.vote.eid}")
    known = voter_of().client.get(f"/cast/{hall.vote.eid}")
    assert stranger.status_code == 200
    assert known.data == stranger.data
    assert "Set-Cookie" not in stranger.headers
    assert "Cookie" not in known.headers.get("Vary", "")
    assert b"csrf" not in known.data


def test_the_booth_runs_its_own_scripts_and_nothing_else(hall, client):
    """A37, A50: no inline script, no foreign origin, no string that becomes code."""
    headers = client.get(f"/cast/{hall.vote.eid}").headers
    rules = dict(each.split(" ", 1) for each in headers["Content-Security-Policy"].split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == rules["connect-src"] == "'self'"
    assert rules["require-trusted-types-for"] == "'script'"
    assert rules["trusted-types"] == rules["form-action"] == "'none'"
    assert headers["Referrer-Policy"] == "no-referrer"


def test_every_link_out_of_the_booth_leaves_without_a_referrer(hall, browser):
    page = browser.visit(f"/cast/{hall.vote.eid}")
    links = page.one("main").all("a") + page.one("footer").all("a")
    assert len(links) > 3
    assert {each.attributes.get("rel") for each in links} == {"noreferrer"}


def test_there_is_no_booth_before_the_freeze_nor_under_another_name(site_hall, client):
    site_hall.draw_up().do(services.announce)
    for name in (site_hall.vote.eid0, "A" * 43, "x"):
        assert client.get(f"/cast/{name}").status_code == 404


def test_after_the_count_the_booth_leads_to_the_result(hall, browser):
    hall.vote_all(ani=0, budi=0, citra=1).finish()
    page = browser.visit(f"/cast/{hall.vote.eid}")
    assert page.one("div", id="booth").attributes["data-voting"] == "after"
    links = {each.words: each.attributes["href"] for each in page.all("a")}
    assert links["To the result"] == f"/votes/{hall.vote.slug}/result"


def test_the_log_holds_no_address_of_anybody_in_the_booth(hall, client, capsys):
    """A11: whatever goes wrong there, no line tells from where."""
    telling = {"REMOTE_ADDR": SECRET}
    headers = {"User-Agent": BROWSER_NAME, "X-Forwarded-For": SECRET, "Cookie": "suara=telling"}
    broken = hall.platform.context.store
    object.__setattr__(hall.platform.context, "store", None)  # everything fails inside
    statuses = [
        client.get(each, environ_overrides=telling, headers=headers).status_code
        for each in (
            f"/cast/{hall.vote.eid}",
            f"/box/{hall.vote.eid}/keys/{'A' * 43}",
            f"/elections/{hall.vote.eid}/record/manifest.json",
        )
    ]
    object.__setattr__(hall.platform.context, "store", broken)
    lines = capsys.readouterr()
    assert statuses == [200, 500, 500]
    assert lines.out.count("broken") == 2
    for secret in (SECRET, BROWSER_NAME, "telling"):
        assert secret not in lines.out + lines.err


# The voting client's files


def test_the_list_of_the_clients_files_is_what_the_manifest_seals(hall, client, app):
    """V38: what observers download, hashed, is `client_sha256` of an election frozen here."""
    lines = client.get("/cast/client").data
    with app.app_context():
        platform = box.platform()
    assert hashlib.sha256(lines).digest() == platform.client_sha256


def test_the_worker_may_rule_the_booth_in_every_language(client):
    if not (places.STATIC / "dist" / "manifest.json").is_file():
        assert client.get("/cast/worker.js").status_code == 404
        return
    answer = client.get("/cast/worker.js")
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Service-Worker-Allowed"] == "/"
    assert b"omit" in answer.data


def test_the_clients_hash_is_of_names_and_contents_and_not_of_packed_twins(tmp_path):
    (tmp_path / "b.js").write_bytes(b"two")
    (tmp_path / "a.js").write_bytes(b"one")
    (tmp_path / "a.js.gz").write_bytes(b"packed")
    listed = "".join(
        f"{hashlib.sha256(content).hexdigest()} {name}\n"
        for name, content in (("a.js", b"one"), ("b.js", b"two"))
    )
    assert client_sha256(tmp_path) == hashlib.sha256(listed.encode()).digest()
