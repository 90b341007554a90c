"""Random bytes anywhere give codes, never a crash."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ballots.verifier.beside import Beside
from ballots.verifier.checks.authorisation import Ask, v18_authorisation
from ballots.verifier.checks.ballots import v20_shape
from ballots.verifier.checks.beside import read_checkpoint, read_promise, read_receipt
from ballots.verifier.checks.issues import read_answer, read_request
from ballots.verifier.election import read_election
from ballots.verifier.logs.rows import RollRow
from ballots.verifier.logs.shapes import read_entry
from ballots.verifier.logs.tiles import cut
from ballots.verifier.report import verdicts
from ballots.verifier.verdict import INVALID, Fault, exit_code
from ballots.verifier.verification import verify
from crypto.encoding import TAGS, M, split, u16
from tests.records.builder import Builder, write_folder
from tests.records.forgeries.logs import signed_note
from tests.records.plan import Plan

LOGS = ("setup", "check-ins", "ballots")
ROW = RollRow(bytes(32), 1, (bytes(32),))
FIELDS = st.lists(st.binary(max_size=70), max_size=9)
MESSAGES = st.builds(lambda tag, fields: M(tag, *fields), st.sampled_from(sorted(TAGS)), FIELDS)
WRAPPED = st.builds(
    lambda role, index, inner, rest: M("signed", role, u16(index), inner, rest),
    st.sampled_from([b"organiser", b"trustee", b"registrar", b"verifier", b"\xff"]),
    st.integers(0, 3),
    MESSAGES | st.binary(max_size=40),
    st.binary(min_size=60, max_size=64),
)
PAYLOADS = st.binary(max_size=100) | MESSAGES | WRAPPED


def refused_or_read(read, *arguments):
    """What a reader gives, or the fault it raises; anything else it raises is a crash."""
    try:
        return read(*arguments)
    except Fault as fault:
        return fault


@given(payload=PAYLOADS)
@settings(max_examples=300, deadline=None)
def test_any_payload_is_read_or_refused(honest, payload):
    election = read_election(honest.manifest)
    for log in LOGS:
        assert refused_or_read(read_entry, log, payload, election)
    for read in (v20_shape, read_request, read_answer):
        assert isinstance(refused_or_read(read, payload, election), Fault)


@given(octets=PAYLOADS)
@settings(max_examples=200, deadline=None)
def test_anything_handed_in_is_read_or_refused(honest, octets):
    election = read_election(honest.manifest)
    found = [
        refused_or_read(read_promise, "x.promise", octets, election),
        refused_or_read(read_receipt, "x.tlog-proof", octets, election),
        refused_or_read(read_checkpoint, octets, election),
    ]
    assert [type(each) for each in found] == [Fault] * 3


@given(kind=st.integers(0, 255), evidence=PAYLOADS)
@settings(max_examples=200, deadline=None)
def test_any_evidence_is_refused(honest, kind, evidence):
    election = read_election(honest.manifest)
    ask = Ask(0, 1, (bytes(384),), kind, evidence)

    assert isinstance(refused_or_read(v18_authorisation, ask, ROW, election), Fault)


@given(bundle=st.binary(max_size=300), count=st.integers(1, 256))
def test_any_bundle_is_cut_into_as_many_entries_as_it_should_have(bundle, count):
    entries, wrong = cut(bundle, count)

    assert len(entries) == count
    assert wrong or b"".join(u16(len(each)) + each for each in entries) == bundle


def random_payloads(dice):
    """A payload of every tag with random fields, a wrapped one of each, and plain noise."""
    for tag in sorted(TAGS):
        fields = [dice.randbytes(dice.choice([0, 1, 2, 8, 32, 33, 64])) for _ in range(5)]
        message = M(tag, *fields)
        yield message
        yield M("signed", b"trustee", u16(1), message, dice.randbytes(64))
        yield dice.randbytes(dice.randrange(1, 200))


def almost_right(honest, dice):
    """Honest payloads with one field exchanged for random bytes of the same length."""
    for log in (honest.setup, honest.check_in_log, honest.ballot_log):
        for entry in log.entries:
            tag, fields = split(entry[32:])
            at = dice.randrange(len(fields))
            forged = [*fields[:at], dice.randbytes(len(fields[at])), *fields[at + 1 :]]
            yield M(tag, *forged)


@pytest.mark.parametrize("seed", range(4))
def test_random_entries_in_every_log_give_codes(seed, honest, tmp_path):
    dice = random.Random(seed)  # noqa: S311 - noise, not secrets

    class Noise(Builder):
        def open_boxes(self):
            super().open_boxes()
            self.scatter()

        def scatter(self):
            """Random entries in all three logs."""
            for log in (self.setup, self.check_in_log, self.ballot_log):
                noise = [*random_payloads(dice), *almost_right(honest, dice)]
                for payload in dice.sample(noise, 60):
                    log.append(payload)
                log.publish(1)

    files = Noise(Plan()).build().files
    found = verdicts(verify(str(write_folder(files, tmp_path))))

    assert exit_code(found) == INVALID
    assert [verdict.ok for verdict in found if verdict.code == "V15"] == [False]


@pytest.mark.parametrize("seed", range(3))
def test_random_files_give_codes(seed, honest, tmp_path):
    dice = random.Random(seed)  # noqa: S311 - noise, not secrets
    looked_at = 0
    for path, octets in honest.files.items():
        if path == "manifest.json":
            continue
        noise = dice.randbytes(max(1, len(octets) // 2 if seed else len(octets)))
        folder = write_folder(honest.files | {path: noise}, tmp_path)
        looked_at += 1
        assert exit_code(verdicts(verify(str(folder)))) == INVALID, path
    assert looked_at > 20


def test_random_files_beside_give_v39(honest, tmp_path):
    noise = random.Random(7).randbytes(90)  # noqa: S311 - noise, not secrets
    beside = Beside((("a.promise", noise),), (("b.tlog-proof", noise),), (("c.checkpoint", b""),))

    found = verdicts(verify(str(write_folder(honest.files, tmp_path)), beside))

    assert [verdict.code for verdict in found if verdict.ok is False] == ["V39"]


class Boastful(Builder):
    """An election whose manifest says that its roll has all the rows there can be."""

    def manifest_value(self, setup):
        value = super().manifest_value(setup)
        value["roll"]["size"] = 2**53 - 1
        return value


def test_a_roll_said_to_be_enormous_costs_nothing(tmp_path):
    found = verdicts(verify(str(write_folder(Boastful(Plan()).build().files, tmp_path))))

    assert [verdict.code for verdict in found if verdict.ok is False] == ["V16"]


def test_a_log_said_to_be_enormous_costs_nothing(honest, tmp_path):
    note = signed_note(honest, "ballots", 2**62)
    folder = write_folder(honest.files | {"ballots/checkpoint": note}, tmp_path)

    outcomes = {verdict.code: verdict.ok for verdict in verdicts(verify(str(folder)))}

    assert outcomes["V14"] is None
    assert outcomes["V23"] is None
