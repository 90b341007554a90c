"""Whether a checkpoint is published: signed by its log and cosigned by enough witnesses."""

from dataclasses import dataclass

from ballots.draft import Draft, Log
from ballots.errors import Incomplete
from crypto.errors import BadSignature
from crypto.note import (
    COSIGNATURE,
    Checkpoint,
    Note,
    VerifierKey,
    verify_checkpoint,
    verify_cosignature,
)


@dataclass(frozen=True, slots=True)
class Cosignature:
    """Which witness (its number, from 1) cosigned, and when (seconds since 1970)."""

    witness: int
    time_seconds: int


def witness_keys(draft: Draft) -> tuple[VerifierKey, ...]:
    """The witnesses' keys in the draft's order; raises CryptoError for one that is none."""
    keys = tuple(VerifierKey.parse(witness.vkey) for witness in draft.witnesses.list)
    for key in keys:
        if key.kind != COSIGNATURE:
            raise BadSignature(f"{key.name} is not a witness's key")
    return keys


def cosignatures(draft: Draft, note: Note) -> tuple[Cosignature, ...]:
    """The witnesses' cosignatures under a checkpoint, in the draft's order, each witness once.

    Raises BadSignature where a line of a known witness does not verify, or stands twice.
    """
    found: list[Cosignature] = []
    for number, key in enumerate(witness_keys(draft), start=1):
        lines = note.by(key)
        if len(lines) > 1:
            raise BadSignature(f"{key.name} cosigned one checkpoint twice")
        found += [Cosignature(number, verify_cosignature(each, key, note.text)) for each in lines]
    return tuple(found)


def check_note(draft: Draft, log: Log, checkpoint_note: bytes) -> Checkpoint:
    """The checkpoint in a published note of this log.

    Raises CryptoError where the note does not read or verify, Incomplete below the quorum.
    """
    note = Note.parse(checkpoint_note)
    checkpoint = verify_checkpoint(note, draft.log_verifier(log))
    found = len(cosignatures(draft, note))
    if found < draft.witnesses.k:
        raise Incomplete(f"cosignatures, {found} of {draft.witnesses.k}")
    return checkpoint


def assemble_note(draft: Draft, note: Note) -> bytes:
    """The note as the record holds it: the log's line, then witnesses' in the draft's order.

    Lines of others, and repeated ones, are left out.
    """
    logs = [line for line in note.signatures if line.name == note.text.partition("\n")[0]]
    lines = logs[:1]
    for key in witness_keys(draft):
        lines += note.by(key)[:1]
    return Note(note.text, tuple(lines)).write()
