import dataclasses

import pytest
from hypothesis import given

from ballots.errors import BadEntry, Incomplete, Refused
from ballots.log import chain
from ballots.receipt import (
    IssuePromise,
    Promise,
    Promised,
    check_promise,
    check_receipt,
    write_receipt,
)
from crypto import merkle
from crypto.encoding import M, sha256, u16, u64
from crypto.note import Checkpoint, Signer, cosign, sign_checkpoint
from tests.strategies.ballots import promises
from tests.strategies.elections import draft_of, identity, witness

DRAFT = draft_of()
EID, HASH = b"e" * 32, sha256(b"payload")
LOG = identity("log ballots")
GIVEN = Promised.sign(Promise(EID, HASH, 3, 2), LOG)


@given(promises)
def test_a_promise_file_reads_back_as_it_was_written(promise):
    promised = Promised.sign(promise, LOG)
    again = Promised.parse(promised.write())
    assert again == promised
    assert again.promise == promise


def test_the_log_signs_the_protocols_message():
    message = M("promise", EID, HASH, u64(3), u16(2))
    assert GIVEN.write() == M("promised", message, LOG.sign(message))
    issue = IssuePromise(EID, HASH, 3, 2)
    assert issue.payload == M("promise-issue", EID, HASH, u64(3), u16(2))


def test_an_honest_promise_passes():
    check_promise(GIVEN, DRAFT, EID, HASH)
    issue = Promised.sign(IssuePromise(EID, HASH, 3, 2), identity("log check-ins"))
    check_promise(issue, DRAFT, EID, HASH)


@pytest.mark.parametrize(
    "promised",
    [
        Promised.sign(Promise(bytes(32), HASH, 3, 2), LOG),
        Promised.sign(Promise(EID, bytes(32), 3, 2), LOG),
        Promised.sign(Promise(EID, HASH, 3, 3), LOG),
        Promised.sign(Promise(EID, HASH, 3, 2), identity("log check-ins")),
        Promised.sign(IssuePromise(EID, HASH, 3, 2), LOG),
        Promised(GIVEN.promise_bytes, bytes(64)),
    ],
)
def test_a_promise_that_binds_the_log_to_less_is_refused(promised):
    """A32"""
    with pytest.raises(Refused) as refusal:
        check_promise(promised, DRAFT, EID, HASH)
    assert refusal.value.code == "bad-promise"


@pytest.mark.parametrize("inner", [b"", b"x", M("ack", EID), M("promise", EID)])
def test_a_file_without_a_promise_is_refused(inner):
    with pytest.raises(BadEntry):
        Promised.parse(M("promised", inner, bytes(64)))


PAYLOADS = [b"zero", b"one", b"payload", b"three", b"four"]
LINKED = list(chain(EID, PAYLOADS))


def receipt(index=2, witnesses=(1, 2, 3), size=5, entry=None, log="ballots"):
    leaves = [leaf for _, leaf in LINKED][:size]
    origin = DRAFT.log_origin(log)
    checkpoint = Checkpoint(origin, size, merkle.root(leaves))
    note = sign_checkpoint(Signer(origin, identity(f"log {log}").seed), checkpoint)
    note += b"".join(cosign(witness(i), checkpoint.text, 9).encode() for i in witnesses)
    proof = merkle.inclusion_proof(leaves, index)
    return write_receipt(index, proof, note, LINKED[index][0] if entry is None else entry)


def test_an_honest_receipt_passes():
    assert check_receipt(receipt(), DRAFT, "ballots", HASH).size == 5


def test_a_receipt_without_a_quorum_proves_nothing_yet():
    with pytest.raises(Incomplete):
        check_receipt(receipt(witnesses=(1, 2)), DRAFT, "ballots", HASH)


@pytest.mark.parametrize(
    "wrong",
    [
        receipt(index=1),
        receipt(entry=LINKED[1][0]),
        receipt(entry=bytes(32) + b"payload"),
        receipt(entry=b""),
        receipt(log="check-ins"),
        receipt().replace(b"index 2", b"index 3"),
        receipt()[:-2],
        b"",
    ],
)
def test_a_receipt_for_something_else_is_refused(wrong):
    """A34, A44: another voter's receipt, another place, another log, a torn file."""
    with pytest.raises(Refused) as refusal:
        check_receipt(wrong, DRAFT, "ballots", HASH)
    assert refusal.value.code == "bad-receipt"


def test_a_promise_made_in_code_is_checked_too():
    with pytest.raises(BadEntry, match=r"promise\.eid"):
        dataclasses.replace(GIVEN.promise, eid=b"")
