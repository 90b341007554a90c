"""Honest records of every kind pass; what an election has not reached yet is missing, not wrong."""

import http.server
import threading
from contextlib import contextmanager
from functools import partial

import pytest

from ballots.verifier.bulk import pieces
from ballots.verifier.reading import Unreadable
from ballots.verifier.report import verdicts
from ballots.verifier.verdict import CODES, MISSING, PASSED, exit_code
from ballots.verifier.verification import verify
from crypto import canonical
from crypto.encoding import sha256, split
from tests.records.builder import Builder, write_archive, write_folder
from tests.records.plan import CLOSED, RUNNING, SESSION, Plan, Voter, plurality, yes_no
from tests.records.verified import failing, outcomes_of

NOT_BEFORE_CLOSE = {"V16", "V17", "V18", "V19", "V27", "V28", "V29"}
NOT_BEFORE_COUNT = {"V30", "V31", "V32", "V33", "V34", "V35", "V36", "V37", "V40"}
RANKED = {
    "id": "who", "text": {"en": "Who?", "id": "Siapa?"}, "method": "ranked", "equal": False,
    "min": 0, "max": 3,
    "options": [{"id": i, "text": {"en": i, "id": i}} for i in ("ana", "budi", "cici")],
    "rule": {"name": "instant-runoff"},
}  # fmt: skip
APPROVAL = RANKED | {"method": "approval", "rule": {"name": "approval", "seats": 2}}
APPROVAL.pop("equal")


def passes(files, tmp_path, **options):
    """Verify the files of a record and assert that everything passed."""
    found = verdicts(verify(str(write_folder(files, tmp_path)), **options))
    assert [verdict for verdict in found if verdict.ok is not True] == []
    return exit_code(found) == PASSED


def test_a_light_election_passes(honest, tmp_path):
    assert passes(honest.files, tmp_path)


def test_three_of_four_registrars_two_of_three_trustees_and_witnesses_pass(tmp_path):
    """A2, A41, A57: one registrar is away, one trustee silent, and nothing depends on them."""
    voters = tuple(
        Voter(style=1 + i % 2, ballots=((0,),) if i % 2 else ((1, 3), (0, None))) for i in range(8)
    )
    plan = Plan(
        registrars=(4, 3, 1),
        trustees=(3, 2),
        witnesses=(3, 3, 1),
        questions=(yes_no(quorum=[1, 4]), plurality("mayor", 5)),
        styles=((1, ("park", "mayor")), (2, ("park",))),
        voters=voters,
        away=frozenset({2}),
        silent=frozenset({1}),
        notes=((3, "moved away"), (None, "the roll was read aloud")),
    )

    assert passes(Builder(plan).build().files, tmp_path)


@pytest.mark.parametrize("question", [RANKED, APPROVAL], ids=["instant-runoff", "approval"])
def test_other_rules_pass(question, tmp_path):
    choices = {
        "ranked": [(1, 2, 3), (2, 1, 0), (0, 0, 1), (0, 0, 0)],
        "approval": [frozenset({0, 2}), frozenset({1}), frozenset(), frozenset({2})],
    }[question["method"]]
    voters = tuple(Voter(ballots=((choice,),)) for choice in choices)
    plan = Plan(questions=(question,), styles=((1, ("who",)),), voters=voters)

    assert passes(Builder(plan).build().files, tmp_path)


def test_a_small_style_stays_shut_and_passes(tmp_path):
    """A19, A60."""
    voters = tuple(
        Voter(style=1 + (i > 4), ballots=((0,), (1,)) if i < 7 else ()) for i in range(10)
    )
    plan = Plan(styles=((1, ("park",)), (2, ("park",))), voters=voters)
    built = Builder(plan).build()

    assert 5 in built.files["statuses"]
    assert passes(built.files, tmp_path)


def test_an_election_without_ballots_passes(tmp_path):
    plan = Plan(voters=(Voter(ballots=()),) * 4)

    assert passes(Builder(plan).build().files, tmp_path)


def test_invalid_ballots_are_told_apart_and_pass(tmp_path):
    """A28, A36, A66: bad encoding, broken rule, unopenable; none of them counts."""

    class Odd(Builder):
        def encode(self, voter, choices):
            odd = {0: b"\x01\x00\x09", 1: b"\x02\x00\x01"}
            return odd.get(voter) or super().encode(voter, choices)

        def seal_info(self, style, bk, seq, prev_own):
            honest = super().seal_info(style, bk, seq, prev_own)
            return honest + b"x" if bk == self.ballot_key(2).public32 else honest

    must_choose = {**yes_no(), "min": 1}
    voters = (*[Voter()] * 4, Voter(ballots=((None,),)))

    class OddAndBlank(Odd):
        def encode(self, voter, choices):
            return b"\x01\x00\x00" if voter == 4 else super().encode(voter, choices)

    built = OddAndBlank(Plan(questions=(must_choose,), voters=voters)).build()

    assert sorted(built.files["statuses"]) == [0, 2, 3, 3, 4]
    assert passes(built.files, tmp_path)


def test_a_running_election_lacks_evidence_and_nothing_else(tmp_path):
    outcomes = outcomes_of(Builder(Plan(stage=RUNNING)).build().files, tmp_path)

    missing = {code for code, ok in outcomes.items() if ok is None}
    assert failing(outcomes) == frozenset()
    assert missing >= NOT_BEFORE_CLOSE | NOT_BEFORE_COUNT
    assert {"V20", "V21", "V22", "V23", "V24"} & missing == set()


def test_a_closed_election_lacks_the_count_and_nothing_else(tmp_path):
    outcomes = outcomes_of(Builder(Plan(stage=CLOSED)).build().files, tmp_path)

    missing = {code for code, ok in outcomes.items() if ok is None}
    assert failing(outcomes) == frozenset()
    assert missing == NOT_BEFORE_COUNT


@pytest.mark.parametrize("path", ["roll", "policy", "statuses", "result.json", "setup/checkpoint"])
def test_a_missing_file_is_missing_evidence(path, honest, tmp_path):
    files = {name: octets for name, octets in honest.files.items() if name != path}

    found = verdicts(verify(str(write_folder(files, tmp_path))))

    assert exit_code(found) == MISSING
    assert any(path in verdict.message for verdict in found)


def test_every_tile_that_is_missing_is_missing_evidence(honest, tmp_path):
    tiles = [path for path in honest.files if "/tile/" in path]
    assert len(tiles) >= 6
    for number, path in enumerate(tiles):
        files = {name: octets for name, octets in honest.files.items() if name != path}

        outcomes = outcomes_of(files, tmp_path / str(number))

        assert failing(outcomes) == frozenset()
        assert outcomes["V14"] is None


def test_without_a_manifest_everything_is_missing(tmp_path):
    outcomes = outcomes_of({"policy": b""}, tmp_path)

    assert set(outcomes.values()) == {None}


def test_a_key_that_is_none_stops_everything_but_says_so(honest, tmp_path):
    """Rule 1: V03 fails, all others are missing; V01 came before it and stands."""

    class NoKey(Builder):
        def draft_value(self):
            value = super().draft_value()
            value["log_keys"]["ballots"] = "A" * 43
            return value

    outcomes = outcomes_of({"manifest.json": manifest_of(NoKey)}, tmp_path)

    assert outcomes["V01"] is True
    assert outcomes["V03"] is False
    assert {ok for code, ok in outcomes.items() if code not in {"V01", "V03"}} == {None}


def manifest_of(builder):
    """The manifest of a builder whose draft cannot be run."""
    made = builder(Plan())
    made.write_setup()
    return canonical.write(made.manifest_value(made.prepared()))


# --- where a record lies


def test_one_file_and_a_folder_say_the_same(honest, tmp_path):
    file = write_archive(honest.files, tmp_path / "record.suara")

    assert exit_code(verdicts(verify(str(file)))) == PASSED


@contextmanager
def served(folder):
    """The address at which a folder is served."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_an_address_says_the_same(honest, tmp_path):
    write_folder(honest.files, tmp_path / "record")
    write_archive(honest.files, tmp_path / "record.suara")
    with served(tmp_path) as address:
        by_file = verdicts(verify(f"{address}/record"))
        by_archive = verdicts(verify(f"{address}/record.suara"))

    assert exit_code(by_file) == exit_code(by_archive) == PASSED


def test_an_address_without_a_record_is_unreadable_or_empty(tmp_path):
    with served(tmp_path) as address:
        assert exit_code(verdicts(verify(f"{address}/record"))) == MISSING
        with pytest.raises(Unreadable):
            verify(f"{address}/record.suara")
    with pytest.raises(Unreadable):
        verify(f"{address}/record")


# --- many entries


@pytest.fixture(scope="module")
def crowded():
    """A record of several bundles, whose issues stand in a later batch than their check-ins."""

    class IssuesLater(Builder):
        def check_in_batches(self):
            groups = [payload for batch in super().check_in_batches() for payload in batch]
            check_ins, issues = groups[::2], groups[1::2]
            return [self.in_order(check_ins), self.in_order(issues)]

        def in_order(self, payloads):
            """Payloads of one kind, by the hash of their check-in."""
            return sorted(payloads, key=self.check_in_hash)

        def check_in_hash(self, payload):
            """The hash of the check-in that a payload is or names."""
            tag, fields = split(payload)
            return fields[2] if tag == "issue" else sha256(payload)

    quiet = tuple(Voter(kind=SESSION, passkeys=0, ballots=()) for _ in range(136))
    return IssuesLater(Plan(voters=quiet)).build()


def test_issues_far_from_their_check_ins_are_looked_at(crowded, tmp_path, monkeypatch):
    monkeypatch.setattr(pieces, "BUNDLES", 1)

    assert crowded.check_in_log.size > pieces.tiles.WIDTH
    assert passes(crowded.files, tmp_path)


def test_worker_processes_say_the_same(crowded, tmp_path, monkeypatch):
    monkeypatch.setattr(pieces, "BUNDLES", 1)

    assert passes(crowded.files, tmp_path, workers=2)


def test_progress_is_told_to_the_end(honest, tmp_path):
    told = {}

    def progress(stage, done, total):
        assert 0 <= done <= total
        told[stage] = (done, total)

    verify(str(write_folder(honest.files, tmp_path)), progress=progress)

    assert set(told) == {"setup", "ballots", "check-ins", "opening"}
    assert all(done == total for done, total in told.values())


def test_all_codes_are_reported_in_order(honest, tmp_path):
    assert tuple(outcomes_of(honest.files, tmp_path)) == CODES
