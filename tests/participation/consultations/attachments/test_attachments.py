"""Files are put on the shelf, shown with their version, served so that they do no harm, removed."""

import hashlib
import io
import os
import stat

import pytest
from sqlmodel import select

from participation.consultations.attachments import queries, services
from participation.consultations.attachments.rules import MOST_BYTES, MOST_FILES, Purpose
from participation.consultations.attachments.services import NewFile
from participation.consultations.attachments.shelf import Shelf
from participation.consultations.attachments.views import minute
from participation.consultations.rules import Phase
from participation.consultations.services import Moment
from participation.core.access import Role
from participation.core.errors import Conflict, Invalid, NotAllowed, NotFound
from participation.core.events import Event
from tests.factories.consultations import NOW, TODAY
from tests.factories.consultations import TEXT as DRAFT
from tests.participation.consultations.attachments.files import PDF, TEXT, exif, jpeg, png
from tests.participation.consultations.test_versions import hand_in, publish

HERE = "/consultations/pemakaian-sumur"
DESK = "/desk/consultations/pemakaian-sumur"


@pytest.fixture
def shelf(tmp_path):
    return Shelf(tmp_path / "shelf")


def attach(city, found, shelf, content=PDF, **more):
    new = NewFile(**({"title": "Naskah", "purpose": Purpose.PAPER, "content": content} | more))
    return services.attach(city.session, city.officer, found, new, shelf, now=NOW)


def test_a_file_lies_on_the_shelf_under_its_digest_for_the_site_alone(city, store, shelf):
    made = attach(city, city.opened(), shelf)
    place = shelf.place(made.sha256)
    assert place.read_bytes() == PDF
    assert made.sha256 == hashlib.sha256(PDF).hexdigest() == place.name
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700
    event = store.exec(select(Event).where(Event.tag == "consultations:attachment:add")).one()
    assert event.details == {"attachment": str(made.id), "sha256": made.sha256, "version": 1}


def test_a_picture_is_kept_without_what_it_tells_besides(city, shelf):
    made = attach(city, city.opened(), shelf, jpeg(exif()), title="Peta", purpose=Purpose.MAP)
    assert b"Melati" not in shelf.read(made.sha256)
    assert made.size_bytes == len(shelf.read(made.sha256))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"content": b""}, "file"),
        ({"content": b"a" * (MOST_BYTES + 1)}, "file"),
        ({"content": b"<svg/>"}, "file"),
        ({"title": " "}, "title"),
        ({"title": "x" * 161}, "title"),
    ],
)
def test_what_may_not_be_attached_is_refused_beside_its_field(city, store, shelf, changes, field):
    found = city.opened()
    with pytest.raises(Invalid) as refused:
        attach(city, found, shelf, **changes)
    assert refused.value.field == field
    assert not queries.attachments(store, found.id)
    assert not shelf.folder.exists()


def test_nothing_is_attached_once_it_is_decided_nor_without_end(city, shelf):
    found = city.opened()
    for number in range(MOST_FILES):
        attach(city, found, shelf, TEXT + str(number).encode())
    with pytest.raises(Conflict) as refused:
        attach(city, found, shelf)
    assert refused.value.code == "too-many-attachments"
    found.phase = Phase.DECIDED.value
    with pytest.raises(Conflict) as refused:
        attach(city, found, shelf)
    assert refused.value.code == "attachments-fixed"


def test_residents_attach_and_remove_nothing(city, shelf):
    found = city.opened()
    made = attach(city, found, shelf)
    new = NewFile("Naskah", Purpose.PAPER, PDF)
    with pytest.raises(NotAllowed):
        services.attach(city.session, city.resident, found, new, shelf, now=NOW)
    with pytest.raises(NotAllowed):
        services.remove(city.session, city.resident, made, "Mau.", now=NOW)


def test_a_file_may_wait_for_the_next_version(city, store, shelf):
    found = city.opened()
    attach(city, found, shelf, TEXT, title="Sekarang")
    attach(city, found, shelf, title="Nanti", waits=True)
    assert [each.title for each in queries.attachments(store, found.id, edition=1)] == ["Sekarang"]
    text = DRAFT.replace("mandi", "mencuci")
    publish(city, found, hand_in(city, found, text), moment=Moment(NOW, TODAY))
    shown = queries.attachments(store, found.id, edition=2)
    assert {each.title for each in shown} == {"Sekarang", "Nanti"}


def test_a_removed_file_leaves_its_title_and_a_reason_once(city, store, shelf):
    found = city.opened()
    made = attach(city, found, shelf)
    with pytest.raises(Invalid):
        services.remove(store, city.officer, made, " ", now=NOW)
    services.remove(store, city.officer, made, "Berisi alamat orang.", now=NOW)
    with pytest.raises(Conflict):
        services.remove(store, city.officer, made, "Lagi.", now=NOW)
    [kept] = queries.attachments(store, found.id)
    assert (kept.title, kept.removal_reason) == ("Naskah", "Berisi alamat orang.")
    event = store.exec(select(Event).where(Event.tag == "consultations:attachment:remove")).one()
    assert "alamat" not in str(event.details)


def aged(place, now=NOW, hours=2):
    """As if it had lain there for a while already."""
    then = now.timestamp() - hours * 3600
    os.utime(place, (then, then))


def test_the_sweeper_takes_what_nothing_names_and_nothing_else(city, store, shelf):
    found = city.opened()
    kept, gone = attach(city, found, shelf), attach(city, found, shelf, TEXT)
    twice = attach(city, found, shelf, png()), attach(city, found, shelf, png())
    lost, fresh = shelf.put(b"of an act that failed"), shelf.put(b"of an act that goes on")
    for made in (gone, twice[0]):
        services.remove(store, city.officer, made, "Salah.", now=NOW)
    for name in (kept.sha256, gone.sha256, twice[0].sha256, lost):
        aged(shelf.place(name))
    aged(shelf.place(fresh), hours=0)
    services.sweep(store, shelf, NOW)
    assert {each.name for each in shelf.folder.iterdir()} == {
        kept.sha256,
        twice[0].sha256,
        fresh,
    }


@pytest.mark.parametrize(
    "name", ["", "../suara.sqlite3", "a" * 63, "A" * 64, "/etc/passwd", "b" * 64]
)
def test_the_shelf_gives_out_nothing_but_its_files(shelf, name):
    shelf.put(b"x")
    with pytest.raises(NotFound):
        shelf.place(name)


def test_a_file_that_was_changed_on_the_disk_is_not_given_out(shelf):
    name = shelf.put(png())
    shelf.place(name).write_bytes(b"other")
    with pytest.raises(NotFound):
        shelf.read(name)


def test_a_write_that_fails_leaves_nothing_behind(shelf, monkeypatch):
    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        shelf.put(PDF)
    assert list(shelf.folder.iterdir()) == []


@pytest.fixture
def officer(browser_of):
    browser, _actor = browser_of("Ratna Wulandari", Role.OFFICER)
    return browser


@pytest.fixture
def opened(town):
    found = town.opened()
    town.session.commit()
    return found


def upload(browser, content, name="rancangan.pdf", status=200, **fields):
    """Sends the form with a file."""
    browser.visit(f"{DESK}/files")
    token = browser.page.one("form", id="attach-form").one("input", name="csrf_token")
    sent = {
        "csrf_token": token.attributes["value"],
        "title": "Naskah Akademik",
        "purpose": "paper",
        "file": (io.BytesIO(content), name),
    }
    response = browser.client.post(f"{DESK}/files", data=sent | fields)
    return browser._show(response, f"{DESK}/files", status)


def test_from_the_desk_to_everybody(officer, opened, browser, client):
    page = upload(officer, PDF, "../../../etc/passwd.exe")
    assert "Attached." in page.words
    page = browser.visit(HERE)
    assert "Naskah Akademik (PDF, 1 kB)" in page.words
    page = browser.click("All files")
    assert hashlib.sha256(PDF).hexdigest() in page.words
    [link] = [each for each in page.all("a") if each.words == "Naskah Akademik"]
    response = client.get(link.attributes["href"], buffered=True)
    assert response.data == PDF
    headers = response.headers
    assert headers["Content-Type"] == "application/pdf"
    assert headers["Content-Disposition"] == "attachment; filename=naskah-akademik.pdf"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "sandbox" in headers["Content-Security-Policy"]
    known = {"If-None-Match": headers["ETag"]}
    again = client.get(link.attributes["href"], headers=known, buffered=True)
    assert (again.status_code, again.data) == (304, b"")
    some = {"Range": "bytes=0-4"}
    part = client.get(link.attributes["href"], headers=some, buffered=True)
    assert (part.status_code, part.data) == (206, b"%PDF-")


def test_a_hostile_file_comes_back_with_words_and_the_title_stays(officer, opened):
    page = upload(officer, b"<svg onload=alert(1)>", "peta.png", 422)
    assert "Files of this kind cannot be attached." in page.one("div", class_="summary").words
    assert page.one("input", name="title").attributes["value"] == "Naskah Akademik"


def test_without_a_file_the_form_says_so(officer, opened):
    officer.visit(f"{DESK}/files")
    page = officer.send("attach-form", 422, title="Kosong", purpose="map")
    assert "Choose a file." in page.words


def test_only_pictures_are_shown_in_place(officer, opened, town, client):
    upload(officer, png(), title="Peta", purpose="map")
    upload(officer, PDF)
    files = {each.kind: each for each in queries.attachments(town.session, opened.id)}
    response = client.get(f"{HERE}/files/{files['png'].id}/picture")
    assert (response.status_code, response.data) == (200, png())
    assert response.headers["Content-Disposition"] == 'inline; filename="peta.png"'
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert client.get(f"{HERE}/files/{files['pdf'].id}/picture").status_code == 404


def test_a_picture_that_was_exchanged_on_the_disk_is_not_shown(officer, opened, town, client, app):
    upload(officer, png(), title="Peta", purpose="map")
    [kept] = queries.attachments(town.session, opened.id)
    place = app.extensions["suara"].var / "attachments" / kept.sha256
    place.write_bytes(b"<script>alert(1)</script>")
    assert client.get(f"{HERE}/files/{kept.id}/picture").status_code == 404


def test_what_waits_or_belongs_elsewhere_is_not_given_out(officer, opened, town, client):
    upload(officer, PDF, waits="y")
    [waiting] = queries.attachments(town.session, opened.id)
    assert "shown with version 2" in officer.visit(f"{DESK}/files").words
    assert client.get(f"{HERE}/files/{waiting.id}").status_code == 404
    town.opened(title="Lain")
    town.session.commit()
    upload(officer, TEXT)
    [other] = queries.attachments(town.session, opened.id, edition=1)
    assert client.get(f"{HERE}/files/{other.id}", buffered=True).status_code == 200
    assert client.get(f"/consultations/lain/files/{other.id}").status_code == 404


def test_a_draft_shows_its_files_to_nobody(officer, town, client):
    found = town.drafted()
    town.session.commit()
    upload(officer, PDF)
    [kept] = queries.attachments(town.session, found.id)
    assert client.get(f"{HERE}/files/{kept.id}").status_code == 404


def test_a_removed_file_is_gone_at_once_and_its_title_stays(officer, opened, town, client, browser):
    upload(officer, PDF)
    [kept] = queries.attachments(town.session, opened.id)
    officer.click("Remove Naskah Akademik")
    page = officer.send("remove-form", reason="Berisi alamat orang.")
    assert "Removed. Its title stays." in page.words
    response = client.get(f"{HERE}/files/{kept.id}")
    assert response.status_code == 404
    assert "Berisi alamat orang." in response.text
    page = browser.visit(f"{HERE}/files")
    assert page.one("del").words == "Naskah Akademik"
    assert "Berisi alamat orang." in page.words
    officer.visit(f"{DESK}/files/{kept.id}/remove")
    assert "removed already" in officer.page.words


def test_without_files_the_page_says_what_will_stand_there(browser, opened):
    assert "No file stands here" in browser.visit(f"{HERE}/files").words


def test_the_minute_sweeps_the_sites_own_shelf(app, session):
    shelf = Shelf(app.extensions["suara"].var / "attachments")
    name = shelf.put(b"lost")
    aged(shelf.place(name))
    with app.app_context():
        minute(session, NOW)
    assert list(shelf.folder.iterdir()) == []
