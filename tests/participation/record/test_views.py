"""The record's page, its files for everybody, receipts for their authors."""

import zipfile
from io import BytesIO

import pytest

from participation import jobs
from participation.core.access import Role
from participation.core.mail import MemoryMailer
from participation.record import queries
from participation.record.receipts import Receipt
from tests.factories.consultations import City
from tests.participation.record.conftest import failing, write


@pytest.fixture
def city(session):
    """A city in the site's own database."""
    return City(session)


@pytest.fixture
def tick(app, session):
    """The minute."""

    def run():
        session.commit()
        jobs.tick(app, MemoryMailer())

    return run


@pytest.fixture
def talked(city, session, tick):
    """A consultation with two comments and a reply, in the record."""
    found = city.opened()
    comment = city.comment(found, "Sumur *kami* dangkal.")
    city.comment(found, "Setuju.", minutes=2)
    city.reply(found, comment, minutes=3)
    city.answer(found, comment)
    tick()
    return found


def unpack(content):
    """The files of a zip."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_page_says_what_the_record_holds_and_how_to_check_it(browser, talked):
    browser.visit(f"/consultations/{talked.slug}")
    page = browser.click("How can I check this?")
    assert page.one("h1").words == "The record of this consultation"
    told = page.one("main").words
    assert "suara verify http" in told
    assert "seal all 8 entries" in told
    assert f"/suara/consultations/{talked.id.hex}" in told
    figures = [each.words for each in page.one("ul", **{"class": "figures num"}).all("li")]
    assert figures[:3] == ["2 comments", "1 answered", "1 replies"]


def test_before_the_first_minute_the_page_says_so(browser, city, session):
    found = city.announced()
    session.commit()
    page = browser.visit(f"/consultations/{found.slug}/record")
    assert "The record begins within a minute" in page.one("main").words


def test_a_draft_that_is_not_announced_has_no_record(browser, client, city, tick):
    found = city.drafted()
    tick()
    browser.visit(f"/consultations/{found.slug}/record", status=404)
    assert client.get(f"/consultations/{found.slug}/record/checkpoint").status_code == 404


def test_the_downloaded_record_verifies(client, talked, tmp_path):
    answer = client.get(f"/consultations/{talked.slug}/record/{talked.slug}.suara")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/zip"
    assert f'filename="{talked.slug}.suara"' in answer.headers["Content-Disposition"]
    files = unpack(answer.data)
    assert failing(write(files, tmp_path / "record")) == set()
    again = client.get(f"/consultations/{talked.slug}/record/{talked.slug}.suara")
    assert again.data == answer.data


def test_each_file_is_served_alone_as_it_is_in_the_zip(client, talked):
    base = f"/consultations/{talked.slug}/record/"
    files = unpack(client.get(f"{base}{talked.slug}.suara").data)
    assert len(files) > 8
    for path, octets in files.items():
        answer = client.get(base + path)
        assert (answer.status_code, answer.data) == (200, octets), path
        is_final = path.startswith(("tile/", "checkpoints/", "versions/"))
        assert ("immutable" in answer.headers["Cache-Control"]) == is_final, path
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert client.get(base + "tile/entries/000.p/3").status_code == 200


def test_the_files_are_for_everybody_and_know_nobody(browser_of, talked):
    """A11: no cookie is read or set, and caches may share the answers."""
    browser, _ = browser_of()
    answer = browser.client.get(f"/consultations/{talked.slug}/record/checkpoint")
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")


@pytest.mark.parametrize(
    "path",
    [
        "nothing", "checkpoints/0", "checkpoints/01", "checkpoints/999", "versions/2.txt",
        "versions/0.txt", "tile/0/000", "tile/9/000", "tile/0/000.p/999", "tile/entries/001",
        "other.suara", "../manage", "contributions/",
    ],
)  # fmt: skip
def test_other_paths_are_not_found(client, talked, path):
    assert client.get(f"/consultations/{talked.slug}/record/{path}").status_code == 404


def test_names_are_handed_out_in_no_file(client, talked):
    answer = client.get(f"/consultations/{talked.slug}/record/{talked.slug}.suara")
    whole = b"".join(unpack(answer.data).values())
    assert b"Sri Hartati" not in whole
    assert b"Sumur *kami* dangkal." in whole


def test_an_author_takes_the_receipt_of_their_own_comment(browser_of, city, session, tick):
    found = city.opened()
    session.commit()
    browser, sri = browser_of("Sri Baru")
    comment = city.comment(found, "Sumur saya.", by=sri)
    session.commit()
    tick()
    browser.visit(f"/consultations/{found.slug}/clauses/pasal-2-ayat-1")
    link = next(each for each in browser.page.all("a") if each.words == "Receipt")
    answer = browser.client.get(link.attributes["href"])
    assert answer.status_code == 200
    name = f"{found.slug}-{comment.id.hex[:8]}.tlog-proof"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    receipt = Receipt.parse(answer.data)
    assert receipt.opened.author == "Sri Baru"
    assert b"Sumur saya." in receipt.opened.content


def test_nobody_else_gets_it_and_nobody_before_it_stands(browser_of, city, session, tick):
    found = city.opened()
    comment = city.comment(found)
    session.commit()
    stranger, _ = browser_of("Orang Lain")
    address = f"/consultations/{found.slug}/comments/{comment.id}/receipt"
    stranger.visit(address, status=403)
    writer, writes = browser_of("Penulis", Role.RESIDENT)
    own = city.comment(found, "Baru saja.", by=writes, minutes=1)
    session.commit()
    page = writer.visit(address.replace(str(comment.id), str(own.id)), status=409)
    assert "within a minute" in page.one("main").words
    tick()
    writer.visit(f"/consultations/{found.slug}/clauses/pasal-2-ayat-1")
    assert [each.words for each in writer.page.all("a")].count("Receipt") == 1


def test_a_comment_of_another_consultation_has_no_receipt_here(browser_of, city, session, tick):
    found, other = city.opened(), city.opened(title="Pasar")
    browser, sri = browser_of("Sri Baru")
    comment = city.comment(found, by=sri)
    session.commit()
    tick()
    browser.visit(f"/consultations/{other.slug}/comments/{comment.id}/receipt", status=404)


def test_a_reader_is_asked_to_sign_in_for_a_receipt(browser, talked, session):
    some = next(iter(queries.openings(session, talked.id)))[0]
    page = browser.visit(f"/consultations/{talked.slug}/comments/{some}/receipt")
    assert "Sign in" in page.one("h1").words
