import base64
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from crypto import merkle
from crypto.errors import BadEncoding, BadKey, BadProof, BadSignature
from crypto.note import (
    COSIGNATURE,
    MAX_SIGNATURES,
    Checkpoint,
    Note,
    SignatureLine,
    Signer,
    TlogProof,
    VerifierKey,
    cosign,
    sign_checkpoint,
    verify_checkpoint,
    verify_cosignature,
    verify_note,
)
from tests.crypto.published import corpus, ours, vectors

ORIGIN = "pemilu.example/suara/x/ballots"
LOG = Signer(ORIGIN, b"l" * 32)
WITNESS = Signer("saksi.example", b"w" * 32, COSIGNATURE)
ENTRIES = [bytes([index]) * 40 for index in range(5)]
LEAVES = [merkle.leaf_hash(each) for each in ENTRIES]
CHECKPOINT = Checkpoint(ORIGIN, len(LEAVES), merkle.root(LEAVES))
TIME = 1_767_225_600
SIGNED = sign_checkpoint(LOG, CHECKPOINT) + cosign(WITNESS, CHECKPOINT.text, TIME).encode()
RECEIPT = TlogProof(2, merkle.inclusion_proof(LEAVES, 2), SIGNED, ENTRIES[2])


def test_published_notes_parse_verify_and_come_out_again():
    for case in vectors("signed-note"):
        key = VerifierKey.parse(case["vkey"])
        note = Note.parse(case["note"].encode())
        verify_note(note, key)
        assert note.text == case["text"]
        assert note.write() == case["note"].encode()
        assert (key.vkey, key.key_id.hex()) == (case["vkey"], case["key_id"])


def test_the_published_signer_signs_the_published_note():
    case = vectors("signed-note")[0]
    assert case["note"] == corpus("signed-note.json")["note"]
    name, _, encoded = case["signer"].removeprefix("PRIVATE+KEY+").split("+", 2)
    signer = Signer(name, base64.b64decode(encoded)[1:])
    assert case["text"] + "\n" + signer.sign(case["text"]) == case["note"]


def test_a_tree_head_whose_origin_could_name_no_key_is_no_checkpoint_here():
    case = vectors("signed-note")[1]
    assert case["text"].startswith("go.sum database tree\n")
    with pytest.raises(BadEncoding, match="origin"):
        verify_checkpoint(Note.parse(case["note"].encode()), VerifierKey.parse(case["vkey"]))
    renamed = case["text"].replace("go.sum database tree", "sum.golang.org")
    assert Checkpoint.parse_text(renamed).size == 6476701


def test_our_published_receipt_verifies():
    case = ours("receipt")
    log, witness = VerifierKey.parse(case["log_vkey"]), VerifierKey.parse(case["witness_vkey"])
    receipt = TlogProof.parse(case["tlog_proof"].encode())
    assert receipt.text == case["tlog_proof"].encode()
    assert receipt.checkpoint_note == case["checkpoint"].encode()
    checkpoint = receipt.verify(bytes.fromhex(case["entry"]), log)
    (line,) = Note.parse(receipt.checkpoint_note).by(witness)
    assert verify_cosignature(line, witness, checkpoint.text) == case["time"]


def test_a_checkpoint_carries_the_log_and_its_witnesses():
    note = Note.parse(SIGNED)
    assert verify_checkpoint(note, LOG.verifier) == CHECKPOINT
    (line,) = note.by(WITNESS.verifier)
    assert verify_cosignature(line, WITNESS.verifier, note.text) == TIME


def test_the_signed_bytes_are_those_the_specifications_name():
    """A42: the message begins with its purpose, and covers the whole text."""
    log_line, witness_line = Note.parse(SIGNED).signatures
    text = f"{ORIGIN}\n5\n{base64.b64encode(CHECKPOINT.root).decode()}\n"
    log_key, witness_key = (
        Ed25519PublicKey.from_public_bytes(each.verifier.public32) for each in (LOG, WITNESS)
    )
    log_key.verify(log_line.signature, text.encode())
    cosigned = f"cosignature/v1\ntime {TIME}\n{text}".encode()
    assert witness_line.signature[:8] == TIME.to_bytes(8, "big")
    witness_key.verify(witness_line.signature[8:], cosigned)


@pytest.mark.parametrize("place", range(0, len(SIGNED), 3))
def test_a_changed_byte_is_refused_or_leaves_a_note_of_nobody(place):
    changed = bytearray(SIGNED)
    changed[place] ^= 1
    with pytest.raises((BadEncoding, BadSignature)):
        verify_both(bytes(changed))


def verify_both(octets):
    """The log's line and the witness's, whatever name now stands before the latter."""
    note = Note.parse(octets)
    verify_checkpoint(note, LOG.verifier)
    verify_cosignature(note.signatures[-1], WITNESS.verifier, note.text)


@given(st.data())
def test_changed_notes_are_refused_or_written_back_the_same(data):
    changed = bytearray(SIGNED)
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(changed) - 1))
        changed[place] = data.draw(st.sampled_from([*b"\n +=A0", 0xE2, 0, 255]))
    try:
        note = Note.parse(bytes(changed))
    except BadEncoding:
        return
    assert note.write() == bytes(changed)


@pytest.mark.parametrize(
    "octets",
    [
        b"", b"\n\n", b"text\n", b"text\n\n", SIGNED[:-1], SIGNED + b"\n", SIGNED + b"x\n",
        SIGNED.replace(b"\n\n", b"\n"), SIGNED.replace(b"\n\n", b"\r\n\r\n"), SIGNED + b"\xff\n",
        SIGNED.replace(b"5\n", b"5\t\n"), SIGNED.replace("\u2014".encode(), b"-"),
        SIGNED.replace(b"= \n", b"=\n") + b"\xe2\x80\x94 x AAAAAA==\n",
        SIGNED + b"\xe2\x80\x94  AAAAAAAA\n", SIGNED + b"\xe2\x80\x94 a+b AAAAAAAA\n",
        SIGNED + b"\xe2\x80\x94 nobody AAAAAB==\n", SIGNED + b"\xe2\x80\x94 nobody\n",
        SIGNED + b"\xe2\x80\x94 nobody AAAAAAA A\n",
    ],
)  # fmt: skip
def test_what_is_not_exactly_a_note_is_refused(octets):
    with pytest.raises(BadEncoding):
        Note.parse(octets)


def test_a_note_is_split_at_its_last_empty_line():
    text = "one\n\ntwo\n"
    note = Note.parse((text + "\n" + LOG.sign(text)).encode())
    assert note.text == text
    verify_note(note, LOG.verifier)


def test_lines_of_unknown_keys_do_no_harm_and_do_not_count():
    stranger = Signer(ORIGIN, b"s" * 32)
    only_stranger = (CHECKPOINT.text + "\n" + stranger.sign(CHECKPOINT.text)).encode()
    with pytest.raises(BadSignature, match="not signed by"):
        verify_checkpoint(Note.parse(only_stranger), LOG.verifier)
    both = Note.parse(only_stranger + LOG.sign(CHECKPOINT.text).encode())
    assert verify_checkpoint(both, LOG.verifier) == CHECKPOINT


def test_one_bad_line_of_a_known_key_spoils_the_note():
    good = Note.parse(SIGNED)
    bad = replace(good.signatures[0], signature=bytes(64))
    with pytest.raises(BadSignature):
        verify_note(Note(good.text, (*good.signatures, bad)), LOG.verifier)


def test_too_many_lines_are_refused():
    line = LOG.sign(CHECKPOINT.text)
    assert Note.parse((CHECKPOINT.text + "\n" + line * MAX_SIGNATURES).encode())
    with pytest.raises(BadEncoding, match="too many"):
        Note.parse((CHECKPOINT.text + "\n" + line * (MAX_SIGNATURES + 1)).encode())


def test_a_cosignature_holds_for_one_text_one_key_and_one_time():
    (line,) = Note.parse(SIGNED).by(WITNESS.verifier)
    later = replace(line, signature=(TIME + 1).to_bytes(8, "big") + line.signature[8:])
    short = replace(line, signature=line.signature[:-1])
    for wrong, text in [(line, CHECKPOINT.text + "x\n"), (later, CHECKPOINT.text), (short, "")]:
        with pytest.raises(BadSignature):
            verify_cosignature(wrong, WITNESS.verifier, text)
    other = Signer("saksi.example", b"o" * 32, COSIGNATURE)
    with pytest.raises(BadSignature, match="not by"):
        verify_cosignature(line, other.verifier, CHECKPOINT.text)


def test_a_log_key_never_serves_as_a_witness_nor_a_witness_as_a_log():
    """A42: the type is in the key's id, and in what it may be asked for."""
    twin = VerifierKey.of(WITNESS.verifier.name, 0x01, WITNESS.verifier.public32)
    assert twin.key_id != WITNESS.verifier.key_id
    with pytest.raises(BadKey):
        verify_note(Note.parse(SIGNED), WITNESS.verifier)
    with pytest.raises(BadKey):
        verify_cosignature(Note.parse(SIGNED).signatures[0], LOG.verifier, CHECKPOINT.text)
    with pytest.raises(BadKey):
        cosign(LOG, CHECKPOINT.text, TIME)
    with pytest.raises(BadKey):
        WITNESS.sign(CHECKPOINT.text)


def test_a_log_signs_no_checkpoint_of_another_origin():
    with pytest.raises(BadKey):
        sign_checkpoint(LOG, replace(CHECKPOINT, origin="other.example/log"))
    text = replace(CHECKPOINT, origin="other.example/log").text
    with pytest.raises(BadSignature, match="origin"):
        verify_checkpoint(Note.parse((text + "\n" + LOG.sign(text)).encode()), LOG.verifier)


ROOT = base64.b64encode(bytes(32)).decode()


@pytest.mark.parametrize(
    "text",
    [
        "", "\n", f"o\n1\n{ROOT}", f"o\n01\n{ROOT}\n", f"o\n-1\n{ROOT}\n", f"o\n+1\n{ROOT}\n",
        f"o\n1\n{ROOT}\nextension\n", f"\n1\n{ROOT}\n", f"o o\n1\n{ROOT}\n", f"o\n1\n{ROOT[:-4]}\n",
        f"o\n1 \n{ROOT}\n", f"o\n{2**63}\n{ROOT}\n", f"o\n\u0661\n{ROOT}\n", f"o\n1\n{ROOT}=\n",
        f"o\n1\n{ROOT[:-2]}B=\n", f"o\n{'9' * 5000}\n{ROOT}\n",
    ],
)  # fmt: skip
def test_a_checkpoint_has_exactly_three_lines(text):
    """A42: no extension lines, which witnesses do not all sign."""
    with pytest.raises(BadEncoding):
        Checkpoint.parse_text(text)


@given(st.integers(0, 2**63 - 1), st.binary(min_size=32, max_size=32))
def test_a_checkpoint_is_read_back(size, root):
    checkpoint = Checkpoint(ORIGIN, size, root)
    assert Checkpoint.parse_text(checkpoint.text) == checkpoint


@given(st.sampled_from([0x01, COSIGNATURE]), st.binary(min_size=32, max_size=32))
def test_a_verifier_key_is_read_back(kind, seed):
    key = Signer("a.example/b", seed, kind).verifier
    assert VerifierKey.parse(key.vkey) == key


VKEY = LOG.verifier.vkey


@pytest.mark.parametrize(
    "vkey",
    [
        "", "name", "name+00000000", VKEY.replace("+", "-"), VKEY + "=", VKEY[:-4], VKEY.upper(),
        VKEY.replace("pemilu", "pemilo"), VKEY.replace(ORIGIN, ""), VKEY.replace(ORIGIN, "a b"),
        VKEY.replace(LOG.verifier.key_id.hex(), "00000000"), "\ud800" + VKEY, "\x01" + VKEY,
    ],
)  # fmt: skip
def test_what_is_not_exactly_a_verifier_key_is_refused(vkey):
    with pytest.raises((BadEncoding, BadKey)):
        VerifierKey.parse(vkey)


@pytest.mark.parametrize("kind", [0x00, 0x02, 0x05, 0x06, 0xFF])
def test_other_signature_types_are_refused(kind):
    with pytest.raises(BadKey, match="type"):
        VerifierKey.of("a.example", kind, LOG.verifier.public32)


def test_a_key_of_small_order_is_refused_in_a_verifier_key():
    with pytest.raises(BadKey):
        VerifierKey.of("a.example", 0x01, bytes(32))


def test_a_receipt_is_read_back_and_verifies():
    assert TlogProof.parse(RECEIPT.text) == RECEIPT
    assert RECEIPT.verify(ENTRIES[2], LOG.verifier) == CHECKPOINT
    for extra in (None, b""):
        other = replace(RECEIPT, extra=extra)
        assert TlogProof.parse(other.text) == other


def test_a_receipt_looks_as_the_specification_shows_it():
    lines = RECEIPT.text.decode().split("\n")
    assert lines[0] == "c2sp.org/tlog-proof@v1"
    assert lines[1] == "extra " + base64.b64encode(ENTRIES[2]).decode()
    assert lines[2] == "index 2"
    assert [base64.b64decode(each) for each in lines[3:6]] == list(RECEIPT.proof)
    assert "\n".join(lines[6:]).encode() == b"\n" + SIGNED


def test_a_receipt_of_another_entry_place_or_proof_is_refused():
    with pytest.raises(BadProof):
        RECEIPT.verify(ENTRIES[3], LOG.verifier)
    for wrong in (replace(RECEIPT, index=3), replace(RECEIPT, proof=RECEIPT.proof[:-1])):
        with pytest.raises(BadProof):
            wrong.verify(ENTRIES[2], LOG.verifier)
    with pytest.raises(BadSignature):
        RECEIPT.verify(ENTRIES[2], Signer(ORIGIN, b"x" * 32).verifier)


@given(st.data())
def test_changed_receipts_are_refused_or_written_back_the_same(data):
    changed = bytearray(RECEIPT.text)
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(changed) - 1))
        changed[place] = data.draw(st.sampled_from([*b"\n =A0", 0xE2, 255]))
    try:
        receipt = TlogProof.parse(bytes(changed))
    except BadEncoding:
        return
    assert receipt.text == bytes(changed)


HEAD = b"c2sp.org/tlog-proof@v1\n"


@pytest.mark.parametrize(
    "octets",
    [
        b"", HEAD, HEAD + b"\n" + SIGNED, HEAD + b"index 0\n" + SIGNED,
        HEAD + b"index 00\n\n" + SIGNED, HEAD + b"extra \xff\nindex 0\n\n" + SIGNED,
        HEAD + b"index 0\nextra AA==\n\n" + SIGNED, HEAD + b"index 0\nAAAA\n\n" + SIGNED,
        HEAD + b"extra AB==\nindex 0\n\n" + SIGNED, HEAD + b"index 0\n\n\n" + SIGNED[:-1],
        HEAD.replace(b"v1", b"v2") + b"index 0\n\n" + SIGNED, HEAD + b"index 0\n\nnot a note",
        HEAD + b"index 0\n" + (ROOT.encode() + b"\n") * 64 + b"\n" + SIGNED,
    ],
)  # fmt: skip
def test_what_is_not_exactly_a_receipt_is_refused(octets):
    with pytest.raises(BadEncoding):
        TlogProof.parse(octets)


def test_a_signature_line_is_read_back():
    line = SignatureLine("a.example", b"\x01\x02\x03\x04", b"signature")
    assert SignatureLine.parse(line.line) == line
