"""`suara trustee`: one trustee at the command line, the others elsewhere."""

import os
import shutil
import zipfile
from dataclasses import replace

import pytest
from click.testing import CliRunner

from ballots.entries import Signed
from ballots.log import bundle
from ballots.services import doors
from ballots.trustee.keyfile import KeyFile
from participation import trustee_files
from participation.cli import main
from participation.votes import services
from participation.votes.services import trustees as acts
from tests.journeys.living import living
from tests.participation.people import Clock
from tests.participation.votes.guarded import Guarded
from tests.participation.votes.hall import CHECK_IN_CLOSES, CLOSES, NO, OPENS, YES, Hall

WORDS = "acar adik alun amplop angin angsa apel arus asri awan"
NAME = "Ayu Lestari"


class Desk:
    """A trustee with a key file, a passphrase file and a stick to carry files."""

    def __init__(self, folder):
        self.folder = folder
        self.key = folder / "ayu.suara-key"
        self.stick = folder / "stick"
        self.words = folder / "words"
        self.words.write_text(WORDS + "\n")

    def run(self, act, *arguments, fails=False):
        given = ["trustee", act, *map(str, arguments)]
        if act not in {"fetch", "send"}:
            given += ["--passphrase-file", str(self.words)]
        result = CliRunner().invoke(main, given)
        assert (result.exit_code == 0) is not fails, result.output
        return result.output

    @property
    def keys(self):
        return KeyFile.parse(self.key.read_bytes()).open(WORDS)

    def hand_in(self, guarded, door):
        """Carries the payload files to the site; what they say."""
        said = []
        for path in sorted(self.stick.glob("*.payload")):
            payload = path.read_bytes()
            door(
                guarded.context, guarded.eid if door is doors.say_in_box else guarded.eid0, payload
            )
            said.append(Signed.parse(payload).said.tag)
            path.unlink()
        return said


@pytest.fixture
def desk(tmp_path):
    made = Desk(tmp_path)
    made.run("new", made.key, "--name", NAME)
    return made


@pytest.fixture
def guarded(site_hall, desk):
    """A vote whose first trustee is at the command line."""
    made = Guarded.draw_up(site_hall)
    seat = acts.seat_of(site_hall.session, made.token(1))
    acts.register_key(site_hall.session, seat, desk.keys.public32)
    made.register(2, 3)
    site_hall.do(services.announce)
    return made


@pytest.fixture
def site_hall(app, session, clock):
    return Hall.of(session, app.extensions["suara-ballots"], clock)


def carry(guarded, desk):
    """The set-up log as files, as `fetch` leaves them."""
    entries = doors.setup_entries(guarded.context, guarded.eid0)
    folder = desk.stick / "setup" / "tile" / "entries" / "000.p"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / str(len(entries))).write_bytes(bundle(entries))
    return desk.stick


def step(guarded, desk, *more, fails=False):
    place = carry(guarded, desk)
    return desk.run("step", desk.key, "--record", place, "--out", desk.stick, *more, fails=fails)


def hold(guarded, desk):
    for tag in ("dkg1", "dkg2", "dkg3"):
        step(guarded, desk)
        assert desk.hand_in(guarded, doors.say_in_setup) == [tag]
        guarded.step(2, 3)
    guarded.hall.do(services.freeze)


def unpack(guarded, desk, name):
    """The record on the stick."""
    folder = desk.stick / name
    with zipfile.ZipFile(guarded.record(desk.folder)) as archive:
        archive.extractall(folder)
    return folder


def acknowledge(guarded, desk):
    record = unpack(guarded, desk, "frozen")
    desk.run("ack", desk.key, "--record", record, "--out", desk.stick)
    assert desk.hand_in(guarded, doors.say_in_box) == ["ack"]


def close(guarded, **choices):
    hall = guarded.hall
    hall.clock.moment = OPENS
    hall.do(services.open_voting)
    hall.vote_all(**choices)
    hall.clock.moment = CHECK_IN_CLOSES
    hall.do(services.close_check_in)
    hall.clock.moment = CLOSES
    hall.do(services.close_voting)


def test_a_whole_election_with_files_on_a_stick(guarded, desk):
    """No network: files in, files out, from the first round to the opened vote."""
    assert "ceremony is complete" not in step(guarded, desk)
    assert desk.hand_in(guarded, doors.say_in_setup) == ["dkg1"]
    assert "dkg1 is still missing from trustees [2, 3]" in step(guarded, desk)
    guarded.step(2, 3)
    for tag in ("dkg2", "dkg3"):
        step(guarded, desk)
        assert desk.hand_in(guarded, doors.say_in_setup) == [tag]
        guarded.step(2, 3)
    assert "ceremony is complete" in step(guarded, desk)
    guarded.hall.do(services.freeze)
    guarded.acknowledge(2, 3)
    acknowledge(guarded, desk)
    assert "your share of every style" in desk.run(
        "check", desk.key, "--record", guarded.record(desk.folder)
    )
    close(guarded, ani=YES, budi=YES, citra=NO)
    record = guarded.record(desk.folder)
    desk.run("share", desk.key, "--record", record, "--out", desk.stick)
    assert desk.hand_in(guarded, doors.say_in_box) == ["share"]
    guarded.release(3)
    guarded.hall.do(services.count)
    found = CliRunner().invoke(main, ["verify", str(guarded.record(desk.folder))])
    assert found.exit_code == 0, found.output


def test_a_tampered_record_releases_nothing(guarded, desk):
    """A59: the tool verifies for itself, and changes nothing when it refuses."""
    hold(guarded, desk)
    guarded.acknowledge(2, 3)
    acknowledge(guarded, desk)
    close(guarded, ani=YES, budi=YES, citra=NO)
    before = desk.keys
    for path in ("roll", "ballots/checkpoint", "manifest.json", "setup/checkpoint"):
        folder = unpack(guarded, desk, "closed")
        file = folder / path
        file.write_bytes(file.read_bytes().replace(b"a", b"b", 1))
        told = desk.run("share", desk.key, "--record", folder, "--out", desk.stick, fails=True)
        assert "Error:" in told
        assert "Traceback" not in told
        shutil.rmtree(folder)
    folder = unpack(guarded, desk, "closed")
    (folder / "roll").unlink()
    told = desk.run("share", desk.key, "--record", folder, "--out", desk.stick, fails=True)
    assert "nothing was signed" in told
    assert "V16" in told
    assert desk.keys == before
    assert not list(desk.stick.glob("*.payload"))


def test_a_second_close_is_refused_loudly(guarded, desk):
    """A59: the file remembers for which close it released."""
    hold(guarded, desk)
    guarded.acknowledge(2, 3)
    acknowledge(guarded, desk)
    running = unpack(guarded, desk, "running")
    assert "not over" in desk.run("share", desk.key, "--record", running, fails=True)
    close(guarded, ani=YES, budi=YES, citra=NO)
    record = guarded.record(desk.folder)
    for _twice in range(2):
        desk.run("share", desk.key, "--record", record, "--out", desk.stick)
    keeper = trustee_files.KeyKeeper(desk.key, WORDS)
    other = keeper.open()
    keeper.keep(replace(other, close=b"c" * 32), "")  # as if it had seen another box closed
    told = desk.run("share", desk.key, "--record", record, "--out", desk.stick, fails=True)
    assert "closes differently" in told
    assert other.close.hex() in told
    assert (b"c" * 32).hex() in told


def test_a_bad_share_is_reported_with_its_sender(guarded, desk):
    """A55: without --complain nothing is published."""
    step(guarded, desk)
    desk.hand_in(guarded, doors.say_in_setup)
    guarded.step(2, 3)
    step(guarded, desk)
    desk.hand_in(guarded, doors.say_in_setup)
    guarded.deal_badly(2, 1)
    guarded.step(3)
    told = step(guarded, desk, fails=True)
    assert "Bima Sakti (trustee 2) dealt you a share that is not right" in told
    assert not list(desk.stick.glob("*.payload"))
    step(guarded, desk, "--complain")
    assert desk.hand_in(guarded, doors.say_in_setup) == ["dkg-complaint"]
    assert guarded.setup().blamed == 2
    assert "to blame" in step(guarded, desk, fails=True)


def test_a_wrong_passphrase_and_a_wrong_file_are_explained(guarded, desk, tmp_path):
    desk.words.write_text("other words than those with which it was sealed")
    assert "passphrase is wrong" in step(guarded, desk, fails=True)
    desk.key.write_bytes(b"{}")
    assert "not a trustee's key file" in step(guarded, desk, fails=True)
    desk.key.unlink()
    assert "is not a key file" in step(guarded, desk, fails=True)
    desk.words.write_text("short")
    told = desk.run("new", tmp_path / "new.suara-key", "--name", NAME, fails=True)
    assert "at least 20 letters" in told


def test_a_key_file_is_never_overwritten(desk):
    before = desk.key.read_bytes()
    assert "is there already" in desk.run("new", desk.key, "--name", NAME, fails=True)
    assert desk.key.read_bytes() == before


def test_a_key_file_is_whole_or_as_it_was(guarded, desk, monkeypatch):
    """Half-written state: switched off while writing, nothing is lost and nothing was said."""
    before, place = desk.key.read_bytes(), carry(guarded, desk)

    def switched_off(_descriptor):
        raise OSError("switched off")

    monkeypatch.setattr(os, "fsync", switched_off)
    told = desk.run("step", desk.key, "--record", place, "--out", desk.stick, fails=True)
    assert "switched off" in told
    assert desk.key.read_bytes() == before
    assert not list(desk.stick.glob("*.payload"))
    monkeypatch.undo()
    step(guarded, desk)
    assert desk.hand_in(guarded, doors.say_in_setup) == ["dkg1"]


def test_only_its_owner_may_read_a_key_file(desk):
    assert desk.key.stat().st_mode & 0o077 == 0


def test_a_place_without_a_record_is_said(desk, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    told = desk.run("step", desk.key, "--record", empty, fails=True)
    assert "no set-up log" in told
    told = desk.run("step", desk.key, "--record", tmp_path / "absent", fails=True)
    assert "no such file" in told
    told = desk.run("ack", desk.key, "--record", empty, fails=True)
    assert "not frozen" in told
    told = desk.run("step", desk.key, "--record", empty, "--send", fails=True)
    assert "address" in told
    assert "no file" in desk.run("send", empty, "--record", "http://127.0.0.1:9/", fails=True)


def test_a_whole_election_over_the_network(tmp_path):
    """The same with an address and --send, from the trustee's link to the share."""
    desk = Desk(tmp_path)
    with living(tmp_path / "var", Clock()) as live, live.database.session() as session:
        hall = Hall.of(session, live.app.extensions["suara-ballots"], live.clock)
        guarded = Guarded.draw_up(hall)
        link = f"{live.origin}/trustees/{guarded.token(1)}"
        assert "registered" in desk.run("new", desk.key, "--name", NAME, "--link", link)
        guarded.register(2, 3)
        session.rollback()
        session.expire_all()
        hall.do(services.announce)
        draft = f"{live.origin}/elections/{hall.vote.eid0}/"
        for tag in ("dkg1", "dkg2"):
            told = desk.run("step", desk.key, "--record", draft, "--send")
            assert f"trustee-1-{tag}-style-1 stands in the log" in told
            guarded.step(2, 3)
        told = desk.run("fetch", "--record", draft, "--out", desk.stick)
        assert "8 entries" in told
        desk.run("step", desk.key, "--record", desk.stick, "--out", desk.stick)
        assert "dkg3" in desk.run("send", desk.stick, "--record", draft)
        guarded.step(2, 3)
        session.rollback()
        hall.do(services.freeze)
        record = f"{live.origin}/elections/{hall.vote.eid}/record/"
        desk.run("ack", desk.key, "--record", record, "--send")
        guarded.acknowledge(2, 3)
        close(guarded, ani=YES, budi=YES, citra=NO)
        assert "share-style-1 stands" in desk.run("share", desk.key, "--record", record, "--send")
        told = desk.run("step", desk.key, "--record", draft, "--send")
        assert "complete" in told
        assert len(guarded.setup().payloads) == 1 + 1 + 9
