"""A whole light election from plan to record, on both databases, and what its record says."""

import io
import json
import zipfile
from collections import Counter

import pytest

from ballots.counting.ties import tie_seed
from ballots.draft import Option, Question, Rule, Style
from ballots.entries import Close, Signed, parse_payload, role_key, said_by, verify_signed
from ballots.log import chain, read_bundle, read_tile
from ballots.manifest import Manifest
from ballots.opening import Status
from ballots.roll import read_rows
from ballots.services import record, roll
from ballots.store import logs
from ballots.witnesses import check_note
from crypto import merkle
from crypto.encoding import sha256
from tests.ballots.town import Town, voters, words

VOTERS = ("ani", "budi", "citra", "dewi", "eko")
YES, NO = 0, 1


def told(town, log):
    """The tags of a log's entries, in order."""
    with town.context.store.reading() as connection:
        payloads = logs.payloads(connection, (town.election.number, log))
        return [said_by(parse_payload(log, payload)).tag for payload in payloads]


def unzipped(town):
    """The record's files by path, from the zip."""
    output = io.BytesIO()
    record.write_zip(town.context, town.eid, output)
    with zipfile.ZipFile(output) as archive:
        assert len(set(archive.namelist())) == len(archive.namelist())
        return {name: archive.read(name) for name in archive.namelist()}


def test_an_election_runs_from_plan_to_result(engine):
    town = Town.of(engine).freeze(*VOTERS).open()
    ani, budi, citra = (town.check_in(name) for name in ("ani", "budi", "citra"))
    for ready, choice in ((ani, YES), (budi, NO), (citra, YES), (budi, YES)):
        ready.cast(choice)
    result = json.loads(town.finish())

    assert result["counted"] == [{"style": 1, "ballots": 3}]
    assert result["questions"][0]["totals"] == [3, 0]
    assert result["questions"][0]["winners"] == ["yes"]
    assert told(town, "setup") == ["draft", "reg-key", "dkg1", "dkg2", "dkg3"]
    batch = Counter(told(town, "check-ins"))
    assert batch == {"manifest": 1, "check-in": 3, "issue": 3, "epoch": 1}
    assert told(town, "ballots") == [
        "manifest", "ack", "ack", "open", *4 * ["cast"], "epoch",
        "issue-close", "close", "share", "result",
    ]  # fmt: skip
    statuses = record.read(town.context, town.eid, "statuses").content
    assert sorted(statuses) == [Status.COUNTED] * 3 + [Status.SUPERSEDED]
    counts = roll.counts(town.context, town.eid0)
    assert (counts.check_ins, counts.by_session, counts.voted) == (3, 3, 3)


@pytest.fixture
def counted(sqlite_engine):
    """A town with a result: two voted yes, one no."""
    town = Town.of(sqlite_engine).freeze(*VOTERS).open()
    for name, choice in (("ani", YES), ("budi", YES), ("citra", NO)):
        town.check_in(name).cast(choice)
    town.finish()
    return town


def test_the_record_holds_together(counted):
    """Read from the files alone: chain, trees, notes, roll, signatures, hashes."""
    files = unzipped(counted)
    manifest = Manifest.parse(files["manifest.json"])
    draft = manifest.draft
    assert manifest.eid == counted.eid
    assert files["policy"].decode() == draft.policy
    for log, seed in (("setup", bytes(32)), ("check-ins", manifest.eid), ("ballots", manifest.eid)):
        entries = read_bundle(files[f"{log}/tile/entries/000.p/{_size(files, log)}"])
        leaves = read_tile(files[f"{log}/tile/0/000.p/{_size(files, log)}"])
        payloads = [entry[32:] for entry in entries]
        assert list(chain(seed, payloads)) == list(zip(entries, leaves, strict=True))
        notes = [name for name in files if name.startswith(f"{log}/checkpoints/")]
        assert notes
        for name in notes:
            checkpoint = check_note(draft, log, files[name])
            assert name.endswith(f"/{checkpoint.size}")
            assert checkpoint.root == merkle.root(leaves[: checkpoint.size])
        assert files[f"{log}/checkpoint"] == files[f"{log}/checkpoints/{len(leaves)}"]
        for each in (parse_payload(log, payload) for payload in payloads):
            if isinstance(each, Signed):
                verify_signed(each, role_key(draft, each.role, each.index))
    rows = read_rows(files["roll"])
    assert (len(rows.rows), rows.root) == (manifest.roll.size, manifest.roll.root)
    result = parse_payload("ballots", _payloads(files, "ballots")[-1]).said
    assert result.result_sha256 == sha256(files["result.json"])
    assert result.statuses_sha256 == sha256(files["statuses"])
    assert json.loads(files["summary.json"])["voted"] == 3


def _size(files, log):
    return max(int(name.rpartition("/")[2]) for name in files if f"{log}/checkpoints/" in name)


def _payloads(files, log):
    return [e[32:] for e in read_bundle(files[f"{log}/tile/entries/000.p/{_size(files, log)}"])]


def test_the_zip_is_the_same_whenever_it_is_written(counted):
    first, second = io.BytesIO(), io.BytesIO()
    record.write_zip(counted.context, counted.eid, first)
    counted.clock.seconds += 86_400
    record.write_zip(counted.context, counted.eid, second)
    assert first.getvalue() == second.getvalue()
    with zipfile.ZipFile(first) as archive:
        assert {each.compress_type for each in archive.infolist()} == {zipfile.ZIP_STORED}
        assert not [name for name in archive.namelist() if name.endswith("/")]


def test_every_file_of_the_zip_is_served_alone(counted):
    found = unzipped(counted)
    assert len(found) > 20
    for path, content in found.items():
        assert record.read(counted.context, counted.eid, path).content == content


def test_a_small_style_stays_shut(sqlite_engine):
    """A19, A60: nobody learns how the only two of a group voted."""
    town = Town.of(sqlite_engine)
    styles = (Style(1, words("Warga"), ("taman",)), Style(2, words("Pendatang"), ("taman",)))
    these = voters("ani", "budi", "citra") + voters("dewi", "eko", "fajar", style=2)
    town.freeze_for(these, styles=styles, min_group=3).open()
    for name in ("ani", "budi", "citra", "dewi", "eko"):
        town.check_in(name).cast(YES)
    town.check_in("fajar")  # and does not vote
    result = json.loads(town.finish())
    assert result["counted"] == [{"style": 1, "ballots": 3}, {"style": 2, "ballots": 0}]
    assert told(town, "ballots").count("share") == 1
    statuses = record.read(town.context, town.eid, "statuses").content
    assert Counter(statuses) == {Status.COUNTED: 3, Status.SMALL_STYLE: 2}
    with town.context.store.reading() as connection:
        assert not town.context.keyring.holds_share(connection, town.eid0, (1, 2))


def test_an_election_without_ballots_has_a_result(sqlite_engine):
    town = Town.of(sqlite_engine).freeze(*VOTERS).open()
    result = json.loads(town.finish())
    assert result["questions"][0]["winners"] == []
    assert told(town, "check-ins") == ["manifest"]
    assert "epoch" not in told(town, "ballots")


def test_a_ranked_question_is_counted_by_its_rule(sqlite_engine):
    options = tuple(Option(each, words(each)) for each in ("ani", "budi", "citra"))
    ranked = Question(
        "ketua", words("Siapa ketua?"), "ranked", options, 0, 3, Rule("instant-runoff"), equal=False
    )
    town = Town.of(sqlite_engine)
    town.freeze(*VOTERS, questions=(ranked,), styles=(Style(1, words("Warga"), ("ketua",)),)).open()
    choices = [(1, 2, 3), (1, 2, 3), (0, 1, 0), (2, 1, 0), (0, 2, 1)]
    for name, ranks in zip(VOTERS, choices, strict=True):
        town.check_in(name).cast(ranks)
    result = json.loads(town.finish())
    assert result["questions"][0]["winners"] == ["budi"]


def test_the_keys_of_two_elections_have_nothing_in_common(sqlite_engine):
    """A5, A25: long-lived roles keep their keys, everything else is fresh."""
    one = Town.of(sqlite_engine).freeze(*VOTERS)
    two = Town(one.context, one.clock).freeze(*VOTERS)
    first, second = one.election.manifest, two.election.manifest
    assert first.draft.organiser == second.draft.organiser
    assert first.draft.log_keys == second.draft.log_keys
    assert first.eid0 != second.eid0
    assert {each.spki_sha256 for each in first.registrar_keys}.isdisjoint(
        each.spki_sha256 for each in second.registrar_keys
    )
    assert first.election_keys[0].key != second.election_keys[0].key
    assert first.roll.root != second.roll.root


def test_the_tie_seed_hangs_on_the_close(counted):
    """A61: on the contents of the box, and on a key that nobody had."""
    key = counted.election.log("ballots")
    with counted.context.store.reading() as connection:
        tags = told(counted, "ballots")
        size = tags.index("close") + 1
        close = parse_payload("ballots", logs.payload_at(connection, key, size - 1))
        before = logs.Tree(connection, key).root(size - 1)
    assert isinstance(close.said, Close)
    assert (close.said.size, close.said.root) == (size - 1, before)
    assert tie_seed(counted.eid, before, [bytes(32)]) != tie_seed(counted.eid, before, [b""])
