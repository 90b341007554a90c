"""A mirror keeps what it was shown: every fork and every step back is caught with its evidence."""

from contextlib import suppress

import pytest
from flask import Flask

from ballots.errors import Incomplete, Refused
from ballots.following import Damaged, Walk
from ballots.log import bundle, entries_path, read_bundle
from ballots.services import alarms, closing, counting, record, sequencing, setup
from ballots.services.mirror import EVIDENCE, Mirror
from ballots.services.names import write_name
from ballots.services.pulling import HttpSource, pull
from ballots.services.wire import Unreachable
from ballots.store import logs
from ballots.store.folder_log import FolderLog
from ballots.verifier.command import run
from ballots.web.mirror import mirror_blueprint
from ballots.web.record import record_blueprint
from crypto import merkle
from crypto.encoding import sha256
from crypto.note import Checkpoint, Note, Signer, sign_checkpoint, verify_checkpoint
from tests.ballots.town import CHECK_IN_CLOSES, CLIENT, VOTING_CLOSES, Town, plan, voters
from tests.ballots.wires import LocalWire
from tests.ballots.witnessing import Watch

YES, NO = 0, 1
SITE = "https://suara.example"
NAMES = ("ani", "budi", "citra", "dewi")


class Spoiled:
    """A source that answers some paths otherwise."""

    def __init__(self, source, **changes):
        self.source = source
        self.changes = {path.replace("__", "/"): act for path, act in changes.items()}

    def read(self, path):
        found = self.source.read(path)
        return self.changes[path](found) if path in self.changes else found


@pytest.fixture
def town(sqlite_engine):
    """A town that votes; two ballots are in its log."""
    made = Town.of(sqlite_engine).freeze(*NAMES, attachments={"naskah.txt": b"Isi"}).open()
    vote(made, "ani", "budi")
    return made


def vote(town, *names):
    """Let these vote, and end the epoch."""
    for name in names:
        town.check_in(name).cast(YES)
    town.clock.seconds += 600
    sequencing.end_due_epochs(town.context)


def source_of(town):
    """The town's record, over HTTP."""
    app = Flask("site")
    app.register_blueprint(record_blueprint(lambda: town.context))
    wire = LocalWire({SITE: app})
    return HttpSource(wire, f"{SITE}/elections/{write_name(town.eid)}/record")


def mirror_of(town, folder):
    return Mirror(folder / "mirror", town.eid)


def finish(town):
    town.clock.seconds = CHECK_IN_CLOSES
    closing.close_check_in(town.context, town.eid)
    town.clock.seconds = VOTING_CLOSES
    closing.close(town.context, town.eid)
    counting.release_shares(town.context, town.eid)
    counting.count_and_publish(town.context, town.eid)


def is_right(folder):
    """Whether the verifier finds no fault in a folder."""
    with (folder / "said").open("w") as out:
        return run([str(folder / "record"), "--json", "--workers", "1"], out=out)


def test_a_mirror_follows_an_election_to_its_end(town, tmp_path):
    """The same files to the byte; the verifier reads the copy."""
    mirror, source = mirror_of(town, tmp_path), source_of(town)
    first = mirror.pull(source)
    assert (first.problems, first.is_closed) == ((), False)
    assert [(each.log, each.before > 0) for each in first.kept] == [
        ("setup", False),
        ("ballots", False),
        ("check-ins", False),
    ]
    again = mirror.pull(source)
    assert all(each.before == each.after for each in again.kept)
    vote(town, "citra", "dewi")
    grown = mirror.pull(source)
    assert [each.after - each.before for each in grown.kept] == [0, 3, 0]
    finish(town)
    last = mirror.pull(source)
    assert (last.problems, last.is_closed, last.is_counted) == ((), True, True)
    paths = [each.path for each in record.files(town.context, town.eid)]
    assert paths
    for path in paths:
        assert (mirror.record / path).read_bytes() == source.read(path), path
    assert is_right(mirror.record.parent) == 0


def test_a_mirror_that_was_stopped_goes_on(town, tmp_path):
    """All that it knows lies in its folder, and is checked again when it starts."""
    source = source_of(town)
    mirror_of(town, tmp_path).pull(source)
    vote(town, "citra", "dewi")
    found = mirror_of(town, tmp_path).pull(source)
    assert found.problems == ()
    assert [each.after - each.before for each in found.kept] == [0, 3, 0]


def test_it_serves_what_it_keeps(town, tmp_path):
    """Whoever asks the mirror gets what the site gave, also narrower tiles."""
    mirror, source = mirror_of(town, tmp_path), source_of(town)
    finish(town)
    mirror.pull(source)
    app = Flask("mirror")
    app.register_blueprint(mirror_blueprint(mirror.folder))
    client = app.test_client()
    base = f"/elections/{write_name(town.eid)}/record"
    narrow = ["ballots/tile/entries/000.p/2", "ballots/tile/0/000.p/3"]
    for path in [*(each.path for each in record.files(town.context, town.eid)), *narrow]:
        answer = client.get(f"{base}/{path}")
        assert (answer.status_code, answer.data) == (200, source.read(path)), path
    for path in ("ballots/tile/0/000.p/99", "../said", ".hidden", "ballots//checkpoint", "nothing"):
        assert client.get(f"{base}/{path}").status_code == 404, path
    assert client.get("/mirror").get_json()["elections"] == [write_name(town.eid)]
    other = Mirror(tmp_path / "second", town.eid)
    second = HttpSource(LocalWire({SITE: app}), f"{SITE}{base}")
    assert other.pull(second).problems == ()


def fork(town, log="ballots", size=None, root=None):
    """A note that the log's own key signed, of something else."""
    origin = town.election.draft.log_origin(log)
    with town.context.store.reading() as connection:
        public32 = town.election.draft.log_keys[log]
        secret = town.context.keyring.identity(connection, public32)
        latest, _ = logs.latest_checkpoint(connection, town.election.log(log))
    other = Checkpoint(origin, latest if size is None else size, root or sha256(b"another"))
    return sign_checkpoint(Signer(origin, secret.seed), other)


def test_two_roots_of_one_size_are_caught(town, tmp_path):
    """A41: the evidence is two signed notes, which anybody can check."""
    mirror, source = mirror_of(town, tmp_path), source_of(town)
    mirror.pull(source)
    kept = (mirror.record / "ballots/checkpoint").read_bytes()
    found = mirror.pull(Spoiled(source, ballots__checkpoint=lambda _: fork(town)))
    assert found.is_forked
    (caught,) = alarms.alarms(mirror.folder / EVIDENCE)
    key = town.election.draft.log_verifier("ballots")
    signed = [verify_checkpoint(Note.parse(each), key) for each in caught.notes]
    assert signed[0].size == signed[1].size
    assert signed[0].root != signed[1].root
    assert (mirror.record / "ballots/checkpoint").read_bytes() == kept


def test_a_step_back_is_caught(town, tmp_path):
    """A47."""
    mirror, source = mirror_of(town, tmp_path), source_of(town)
    before = source.read("ballots/checkpoint")
    vote(town, "citra", "dewi")
    mirror.pull(source)
    found = mirror.pull(Spoiled(source, ballots__checkpoint=lambda _: before))
    assert found.is_forked
    assert "shows 7 entries where it has shown 10" in found.problems[0]


def test_a_whole_other_history_is_told_from_damage(town, tmp_path):
    """A41: the log that is served now is sound in itself, and another than the one kept."""
    mirror, source = mirror_of(town, tmp_path), source_of(town)
    mirror.pull(source)
    kept = _entries(source)
    served = [*kept[:-1], *kept[-2:] * 2]
    root = merkle.root([merkle.leaf_hash(each) for each in served])
    forked = {
        "ballots/checkpoint": fork(town, size=len(served), root=root),
        f"ballots/{entries_path(0, len(served))}": bundle(served),
    }
    found = mirror.pull(_Answering(source, forked))
    assert found.is_forked
    assert "does not begin with what it showed" in found.problems[0]


class _Answering:
    def __init__(self, source, files):
        self.source, self.files = source, files

    def read(self, path):
        return self.files[path] if path in self.files else self.source.read(path)


def _entries(source):
    size = int(source.read("ballots/checkpoint").split(b"\n")[1])
    return read_bundle(source.read(f"ballots/{entries_path(0, size)}"))


def test_an_earlier_root_of_the_check_in_log_is_remembered(town, tmp_path):
    """Its entries are published after close only: they are held against what was shown before."""
    mirror, source = mirror_of(town, tmp_path), source_of(town)
    shown = fork(town, "check-ins")
    mirror.pull(_Answering(source, {"check-ins/checkpoint": shown}))
    finish(town)
    found = mirror.pull(source)
    assert found.is_forked
    assert any("while it ran" in each or "two roots" in each for each in found.problems)


SPOILED = (
    "manifest.json",
    "policy",
    "attachments/naskah.txt",
    "setup/checkpoint",
    "setup/checkpoints/1",
    "ballots/checkpoint",
    "roll",
    "result.json",
    "statuses",
)


@pytest.mark.parametrize("path", SPOILED)
def test_nothing_spoiled_is_kept(town, tmp_path, path):
    """One byte of a file that can be checked by itself."""
    finish(town)
    mirror, source = mirror_of(town, tmp_path), source_of(town)

    def spoil(octets):
        return octets[:-2] + bytes([octets[-2] ^ 1]) + octets[-1:]

    spoiled = Spoiled(source)
    spoiled.changes = {path: spoil}
    with suppress(Damaged):
        assert mirror.pull(spoiled).problems
    kept = mirror.record / path
    assert not kept.exists() or kept.read_bytes() != spoil(source.read(path))


@pytest.mark.parametrize(("place", "said"), [(-1, "another root"), (200, "ballots[1]")])
def test_a_spoiled_entry_is_never_kept(town, tmp_path, place, said):
    """By the chain, which names it; the last one by the root."""
    mirror, source = mirror_of(town, tmp_path), source_of(town)

    def spoil(octets):
        changed = bytearray(octets)
        changed[place] ^= 1
        return bytes(changed)

    path = f"ballots/{entries_path(0, len(_entries(source)))}"
    spoiled = Spoiled(source)
    spoiled.changes = {path: spoil}
    found = mirror.pull(spoiled)
    assert any(said in each for each in found.problems)
    assert not (mirror.record / "ballots").exists()
    assert mirror.pull(source).problems == ()


def test_without_its_quorum_nothing_is_kept(sqlite_engine, tmp_path):
    """A41: what witnesses have not seen is no checkpoint, whoever serves it."""
    watch = Watch.of(sqlite_engine, tmp_path, "satu.example")
    town = watch.town
    changed = plan(witnesses=watch.quorum(1))
    town.eid0 = setup.prepare(town.context, changed, voters("ani", "budi"))
    town.eid = setup.freeze(town.context, town.eid0, CLIENT)
    watch.ask()
    source, bare = source_of(town), fork(town, size=3)
    walk = Walk(town.election.draft, "ballots", town.eid)
    into = FolderLog(tmp_path / "log")
    with pytest.raises(Incomplete, match="0 of 1"):
        pull(_Answering(source, {"ballots/checkpoint": bare}), walk, into)
    assert pull(source, walk, into).after == 1
    into.commit()
    assert into.latest() == source.read("ballots/checkpoint")


def test_a_record_that_is_not_there_says_so(town, tmp_path):
    nowhere = HttpSource(LocalWire(), SITE)
    with pytest.raises(Unreachable):
        mirror_of(town, tmp_path).pull(nowhere)
    missing = HttpSource(source_of(town).wire, f"{SITE}/elections/{write_name(bytes(32))}/record")
    with pytest.raises(Refused):
        mirror_of(town, tmp_path).pull(missing)


def test_many_tiles_are_kept_as_the_site_has_them(tmp_path):
    """More than one full tile, in pulls that end anywhere."""
    kept = FolderLog(tmp_path / "log")
    every = [b"entry %d" % number for number in range(700)]
    leaves = [merkle.leaf_hash(each) for each in every]
    begin = 0
    for end in (1, 255, 256, 300, 511, 700):
        kept.append(every[begin:end])
        checkpoint = Checkpoint("log.example", end, merkle.root(leaves[:end]))
        note = sign_checkpoint(Signer("log.example", sha256(b"log")), checkpoint)
        kept.keep(end, note)
        kept.commit()
        assert list(FolderLog(tmp_path / "log").entries(0)) == every[:end]
        begin = end
    folder = tmp_path / "log/tile"
    assert (folder / "0/001").read_bytes() == b"".join(leaves[256:512])
    above = [merkle.root(leaves[:256]), merkle.root(leaves[256:512])]
    assert (folder / "1/000.p/2").read_bytes() == b"".join(above)
