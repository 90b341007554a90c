import pytest

from ballots.errors import Incomplete
from ballots.witnesses import Cosignature, assemble_note, check_note, cosignatures, witness_keys
from crypto.encoding import sha256
from crypto.errors import BadSignature, CryptoError
from crypto.note import Checkpoint, Note, Signer, cosign, sign_checkpoint
from tests.strategies.elections import (
    draft_of,
    identity,
    light_changes,
    witness,
    witnesses_value,
)

DRAFT = draft_of()


def note_of(draft=DRAFT, log="ballots", witnesses=(1, 2, 3), key="ballots", extra=b""):
    origin = draft.log_origin(log)
    signer = Signer(origin, identity(f"log {key}").seed)
    checkpoint = Checkpoint(origin, 5, sha256(b"root"))
    note = sign_checkpoint(signer, checkpoint)
    lines = [cosign(witness(i), checkpoint.text, 100 + i).encode() for i in witnesses]
    return note + b"".join(lines) + extra


def test_a_note_with_a_quorum_is_published():
    assert check_note(DRAFT, "ballots", note_of()).size == 5


def test_a_note_below_the_quorum_is_not():
    """A41"""
    with pytest.raises(Incomplete, match="2 of 3"):
        check_note(DRAFT, "ballots", note_of(witnesses=(1, 4)))


def test_without_witnesses_the_logs_word_is_enough():
    light = draft_of(**light_changes())
    assert check_note(light, "ballots", note_of(light, witnesses=())).size == 5


def test_a_stranger_does_not_count():
    with pytest.raises(Incomplete, match="2 of 3"):
        check_note(DRAFT, "ballots", note_of(witnesses=(1, 2, 9)))


def test_one_witness_counts_once():
    with pytest.raises(BadSignature, match="twice"):
        check_note(DRAFT, "ballots", note_of(witnesses=(1, 1, 2)))


def test_a_note_by_another_log_is_refused():
    with pytest.raises(CryptoError):
        check_note(DRAFT, "ballots", note_of(key="check-ins"))
    with pytest.raises(CryptoError):
        check_note(DRAFT, "check-ins", note_of())


def test_a_cosignature_of_another_text_is_refused():
    other = Checkpoint(DRAFT.log_origin("ballots"), 6, sha256(b"root")).text
    forged = note_of(witnesses=(1, 2), extra=cosign(witness(3), other, 100).encode())
    with pytest.raises(BadSignature):
        check_note(DRAFT, "ballots", forged)


def test_cosignatures_come_in_the_drafts_order_with_their_times():
    found = cosignatures(DRAFT, Note.parse(note_of(witnesses=(3, 1))))
    assert found == (Cosignature(1, 101), Cosignature(3, 103))


def test_the_record_holds_the_logs_line_then_the_witnesses_in_order():
    loose = Note.parse(note_of(witnesses=(4, 9, 1, 3, 1)))
    assert assemble_note(DRAFT, loose) == note_of(witnesses=(1, 3, 4))


def test_a_log_key_is_no_witness():
    value = witnesses_value(1, 1, 0)
    value["list"][0]["vkey"] = DRAFT.log_vkey("setup")
    with pytest.raises(BadSignature, match="not a witness"):
        witness_keys(draft_of(witnesses=value))
