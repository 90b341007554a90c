"""The checks that look at one thing each, by number; every one passes or raises its `Fault`."""

import re
from collections.abc import Mapping

from ballots.errors import BallotError
from ballots.payload import MOST_ENTRY_BYTES, PREV_BYTES
from ballots.verifier.reading import Source
from ballots.verifier.verdict import Fault
from crypto.encoding import sha256
from crypto.errors import CryptoError
from crypto.note import ED25519, Checkpoint, Note, VerifierKey, verify_checkpoint
from participation.record.commitment import author_commitment, commitment
from participation.record.documents import AnswerRow, Content, Figures, Opening, Told
from participation.record.entries import Entry, Extended, Removed, Version, parse_entry
from participation.record.receipts import Receipt

PHASES = ("announced", "open", "answering", "decided", "archived")
OPEN, HELD, REMOVED = "open", "held", "removed"
WITHDRAWN, ERASED = "withdrawn", "erased"
_SEEN = frozenset({OPEN, HELD, REMOVED})
MAY_COME_FROM: Mapping[str, frozenset[str]] = {
    "contribution-edited": _SEEN,
    "contribution-redacted": _SEEN,
    "contribution-withdrawn": _SEEN,
    "contribution-held": frozenset({OPEN}),
    "contribution-removed": frozenset({OPEN, HELD}),
    "contribution-restored": frozenset({HELD, REMOVED}),
    "contribution-erased": _SEEN | {WITHDRAWN},
    "contribution-answered": _SEEN | {WITHDRAWN, ERASED},
}
"""How a contribution may stand when an entry about it comes."""

_NEXT = dict(zip(("", *PHASES), PHASES, strict=False))
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_UNREADABLE = (BallotError, CryptoError)


def c01_form(source: Source, octets: bytes) -> tuple[Told, VerifierKey]:
    """C01: a container of right form, a description by its schema, a key of the log it names."""
    if wrong := source.wrong_form():
        raise Fault("C01", wrong)
    try:
        told = Told.read(octets)
        key = VerifierKey.parse(told.key)
    except _UNREADABLE as problem:
        raise Fault("C01", str(problem)) from None
    if key.kind != ED25519 or key.name != told.origin or not told.origin.endswith(f"/{told.id}"):
        raise Fault("C01", "the key is not that of this consultation's log")
    return told, key


def c02_checkpoint(octets: bytes, key: VerifierKey, code: str = "C02") -> Checkpoint:
    """C02: the checkpoint in a note that the log signed, and nobody else."""
    try:
        note = Note.parse(octets)
        checkpoint = verify_checkpoint(note, key)
    except CryptoError as problem:
        raise Fault(code, str(problem)) from None
    if len(note.signatures) != 1:
        raise Fault(code, "more lines under it than the log's own")
    return checkpoint


def c03_earlier(octets: bytes, size: int, key: VerifierKey) -> Checkpoint:
    """C03: an earlier checkpoint is signed and of the size that its name says."""
    checkpoint = c02_checkpoint(octets, key, "C03")
    if checkpoint.size != size:
        raise Fault("C03", f"it is of size {checkpoint.size}")
    return checkpoint


def c04_tile(found: bytes, expected: bytes) -> None:
    """C04: a tile holds the hashes that follow from the entries."""
    if found != expected:
        raise Fault("C04", "it does not hold the hashes of the entries")


def c05_chain(entry: bytes, last_leaf: bytes) -> bytes:
    """C05: an entry begins with the leaf hash of the one before; the payload behind it."""
    if not PREV_BYTES < len(entry) <= MOST_ENTRY_BYTES:
        raise Fault("C05", f"an entry of {len(entry)} bytes")
    if entry[:PREV_BYTES] != last_leaf:
        raise Fault("C05", "its prev is not the leaf hash of the entry before")
    return entry[PREV_BYTES:]


def c06_root(checkpoint: Checkpoint, root: bytes) -> None:
    """C06: the signed root is that of the entries."""
    if checkpoint.root != root:
        raise Fault("C06", f"the entries have the root {root.hex()}")


def c07_one_story(known: Checkpoint, other: Checkpoint) -> None:
    """C07: two checkpoints of one size are one; prints both where they are not."""
    if known != other:
        raise Fault("C07", f"the log signed {known.text!r} and also {other.text!r}")


def c08_shape(payload: bytes) -> Entry:
    """C08: a payload is an entry of a consultation."""
    try:
        return parse_entry(payload)
    except _UNREADABLE as problem:
        raise Fault("C08", str(problem)) from None


def c09_told(before: Told | None, document: bytes) -> Told:
    """C09: a document of the log is readable and of this consultation and log."""
    try:
        told = Told.read(document)
    except _UNREADABLE as problem:
        raise Fault("C09", str(problem)) from None
    if before and (before.id, before.origin, before.key) != (told.id, told.origin, told.key):
        raise Fault("C09", "it names another consultation, log or key")
    return told


def c10_version(entry: Version, before: int) -> None:
    """C10: versions are numbered from 1, without a gap."""
    if entry.number != before + 1:
        raise Fault("C10", f"version {entry.number} where {before + 1} is next")


def c10_text(entry: Version, text: bytes) -> None:
    """C10: the text of a version is the one that was published."""
    if sha256(text) != entry.text_sha256:
        raise Fault("C10", "the text is not the one that was published")


def c11_phase(before: str, phase: str) -> None:
    """C11: each phase follows from the one before."""
    if _NEXT.get(before) != phase:
        raise Fault("C11", f"{phase!r} after {before!r}")


def c12_extension(entry: Extended, closes_on: str, phase: str) -> None:
    """C12: the last day moves later, while comments are open, from what it was, for a reason."""
    if phase != OPEN:
        raise Fault("C12", f"moved in the phase {phase!r}")
    if entry.old != closes_on:
        raise Fault("C12", f"moved from {entry.old!r}, though it was {closes_on}")
    if not _DAY.fullmatch(entry.new) or entry.new <= entry.old:
        raise Fault("C12", f"moved from {entry.old} to {entry.new!r}")


def c12_kept(before: Told, now: Told, phase: str) -> None:
    """C12: once comments are open, a new description does not touch their first and last day."""
    if phase in PHASES[1:] and (before.opens_on, before.closes_on) != (now.opens_on, now.closes_on):
        raise Fault("C12", "the days of the comments changed without an extension")


def c13_new(known: bool, has_thread: bool) -> None:
    """C13: a contribution is new, and its thread began before it."""
    if known:
        raise Fault("C13", "this contribution is in the log already")
    if not has_thread:
        raise Fault("C13", "a reply in a thread that the log does not hold")


def c13_act(tag: str, state: str | None) -> None:
    """C13: an entry is about a contribution of the log that stands so that it may come."""
    if state is None:
        raise Fault("C13", f"{tag} of a contribution that the log does not hold")
    if state not in MAY_COME_FROM[tag]:
        raise Fault("C13", f"{tag} of a contribution that is {state}")


def c14_words(row: Opening, expected: bytes, thread: bytes, versions: int) -> Content:
    """C14: salt and words are those behind the commitment, and say the thread the log says."""
    if commitment(row.salt, row.content) != expected:
        raise Fault("C14", f"contribution {row.id.hex()} is not what was committed to")
    try:
        content = Content.read(row.content)
    except _UNREADABLE as problem:
        raise Fault("C14", f"contribution {row.id.hex()}: {problem}") from None
    if content.thread != ("" if thread == row.id else thread.hex()):
        raise Fault("C14", f"contribution {row.id.hex()} names another thread than the log")
    if not 1 <= content.edition <= versions:
        raise Fault("C14", f"contribution {row.id.hex()} is about a version that does not exist")
    return content


def c15_withheld(row: Opening, state: str) -> None:
    """C15: nothing is shown of what was held, removed, withdrawn or erased."""
    if state != OPEN:
        raise Fault("C15", f"contribution {row.id.hex()} is {state}, and its words are shown")


def c16_removal(entry: Removed) -> None:
    """C16: a removal names its rule and gives its reason."""
    if not entry.rule.strip() or not entry.reason.strip():
        raise Fault("C16", "it names no rule, or gives no reason")


def c17_answer(row: AnswerRow, expected: bytes) -> None:
    """C17: an answer reads as the log says."""
    if sha256(row.content) != expected:
        raise Fault("C17", f"answer {row.id.hex()} is not the one that was given")


def c18_figures(octets: bytes, counted: Figures) -> None:
    """C18: the published figures are those of the log."""
    try:
        said = Figures.read(octets)
    except _UNREADABLE as problem:
        raise Fault("C18", str(problem)) from None
    if said != counted:
        raise Fault("C18", f"counted {counted}, published {said}")


def c19_receipt(octets: bytes, key: VerifierKey) -> tuple[Receipt, Entry, Checkpoint]:
    """C19: a receipt of this log: proof, entry and words belong together."""
    try:
        receipt = Receipt.parse(octets)
        checkpoint = receipt.proof.verify(receipt.entry, key)
        entry = parse_entry(receipt.entry[PREV_BYTES:])
        content = Content.read(receipt.opened.content)
    except _UNREADABLE as problem:
        raise Fault("C19", str(problem)) from None
    opened, committed = receipt.opened, getattr(entry, "commitment", None)
    if committed != commitment(opened.salt, opened.content):
        raise Fault("C19", "its words are not those that its entry commits to")
    if author_commitment(opened.author_salt, opened.author) != content.author:
        raise Fault("C19", "its name is not the one that its words commit to")
    return receipt, entry, checkpoint
