"""A witness of logs: cosigns each checkpoint that continues the one before, and no other.

It speaks C2SP tlog-witness. It knows nothing of elections but where their logs' keys stand: an
origin of ours holds `eid0`, the hash of the draft that names the keys, so that whoever serves that
draft cannot lie about them. It never signs two roots of one size, nor a smaller size after a
larger one (A41, A47), whoever asks and however many ask at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from ballots.draft import LOGS, Draft
from ballots.entries import DraftEntry, parse_payload, split_entry
from ballots.errors import BallotError, Refused
from ballots.log import entries_path, read_bundle
from ballots.services.alarms import raise_alarm
from ballots.services.context import Context
from ballots.services.names import read_name, write_name
from ballots.services.wire import Unreachable
from ballots.store import watching
from ballots.store.watching import Watched
from ballots.witnesses import witness_keys
from crypto import merkle, witness
from crypto.encoding import sha256
from crypto.errors import BadEncoding, BadProof, CryptoError
from crypto.note import (
    COSIGNATURE,
    Checkpoint,
    Note,
    Signer,
    VerifierKey,
    cosign,
    verify_checkpoint,
)
from crypto.witness import SIZE_KIND, AddCheckpoint

MOST_REQUEST_BYTES = witness.MOST_REQUEST_BYTES
PATH = witness.PATH
ROLE = "witness"
_TEXT = "text/plain; charset=utf-8"


class Declined(BallotError):  # noqa: N818 - says what happened
    """A checkpoint that is not cosigned: `status` as tlog-witness has it, and the answer's body."""

    def __init__(self, status: int, message: str, *, size: int | None = None) -> None:
        super().__init__("declined", message)
        self.status = status
        self.kind = _TEXT if size is None else SIZE_KIND
        self.body = f"{message if size is None else size}\n".encode()


@dataclass(frozen=True, slots=True)
class Post:
    """Who a witness is, what it was told to watch, and where it keeps evidence.

    `logs`: verifier keys by origin; `sites`: where the drafts of an authority's elections are
    served, origin by authority.
    """

    signer: Signer
    logs: Mapping[str, VerifierKey] = field(default_factory=dict)
    sites: Mapping[str, str] = field(default_factory=dict)
    alarms: Path = Path("alarms")


def signer(context: Context, name: str) -> Signer:
    """The witness's key under its name; made when it is first asked for, and kept."""
    with context.store.writing() as connection:
        public32 = context.keyring.own_identity(connection, ROLE)
        return Signer(name, context.keyring.identity(connection, public32).seed, COSIGNATURE)


def add_checkpoint(context: Context, post: Post, body: bytes) -> bytes:
    """The witness's line under a log's checkpoint; what it cosigned is durable.

    The checks and their order are those of tlog-witness. Raises Declined: 400 for what does not
    read or has an old size above the new one, 404 for a log that is not watched, 403 without the
    log's signature, 409 with the size that is known, 422 for a root that does not continue it.
    """
    asked, note, checkpoint = _read(body)
    key = _key_of(context, post, checkpoint.origin)
    try:
        verify_checkpoint(note, key)
    except CryptoError as error:
        raise Declined(403, str(error)) from error
    if asked.old > checkpoint.size:
        raise Declined(400, "the old size is above the new one")
    with context.store.writing() as connection:
        known = watching.find(connection, checkpoint.origin, locked=True)
        if asked.old != known.size:
            raise Declined(409, "another size is known", size=known.size)
        _check_continues(post, known, asked, checkpoint)
        time_seconds = max(context.now_seconds, known.seen_at)
        line = cosign(post.signer, note.text, time_seconds).encode()
        own = Note(note.text, note.by(key)[:1]).write() + line
        cosigned = replace(known, size=checkpoint.size, root=checkpoint.root, note=own)
        watching.advance(connection, known, replace(cosigned, seen_at=time_seconds))
    return line


def latest(context: Context, origin_sha256: str) -> bytes:
    """The newest note that was cosigned of the log whose origin has this SHA-256 in hexadecimal.

    It bears the log's line and the witness's. Raises Refused `not-found`.
    """
    with context.store.reading() as connection:
        every = [watching.find(connection, origin) for origin in watching.origins(connection)]
    for each in every:
        if each.note and sha256(each.origin.encode()).hex() == origin_sha256:
            return each.note
    raise Refused("not-found", "nothing was cosigned of a log with this name")


def _read(body: bytes) -> tuple[AddCheckpoint, Note, Checkpoint]:
    try:
        asked = AddCheckpoint.parse(body)
        note = Note.parse(asked.note)
        return asked, note, Checkpoint.parse_text(note.text)
    except BadEncoding as error:
        raise Declined(400, str(error)) from error


def _key_of(context: Context, post: Post, origin: str) -> VerifierKey:
    """The key of a log that is watched; one that may be watched is, from now on."""
    with context.store.reading() as connection:
        if watching.is_watched(connection, origin):
            return VerifierKey.parse(watching.find(connection, origin).vkey)
    found = {origin: post.logs[origin]} if origin in post.logs else _learn(context, post, origin)
    with context.store.writing() as connection:
        for name, key in found.items():
            watching.watch(connection, name, key.vkey)
    return found[origin]


def _learn(context: Context, post: Post, origin: str) -> dict[str, VerifierKey]:
    """The keys of an election's logs, from the draft whose hash is in the origin.

    Only of a site that the witness serves, and only for a draft that names this very witness.
    """
    authority, _, path = origin.partition("/suara/")
    name, _, log = path.partition("/")
    if authority not in post.sites or log not in LOGS:
        raise Declined(404, "this log is not watched here")
    try:
        draft = _draft(context, post.sites[authority], read_name(name))
    except Unreachable as error:
        raise Declined(503, error.message) from error
    except (BallotError, CryptoError) as error:
        raise Declined(404, f"the draft of this log does not read: {error}") from error
    if draft.authority != authority or post.signer.verifier not in witness_keys(draft):
        raise Declined(404, "the draft of this log does not name this witness")
    return {draft.log_origin(each): draft.log_verifier(each) for each in LOGS}


def _draft(context: Context, site: str, eid0: bytes) -> Draft:
    place = f"{site}/elections/{write_name(eid0)}/setup/{entries_path(0, 1)}"
    answered = context.wire.ask("GET", place)
    if not answered.is_good:
        raise Refused("not-found", f"{place} answered {answered.status}")
    _, payload = split_entry(read_bundle(answered.body)[0])
    entry = parse_payload("setup", payload)
    if not isinstance(entry, DraftEntry):
        raise Refused("not-found", "the set-up log does not begin with a draft")
    draft = Draft.parse(entry.document)
    if draft.eid0 != eid0:
        raise Refused("not-found", "the draft is another one than the log's name says")
    return draft


def _check_continues(
    post: Post, known: Watched, asked: AddCheckpoint, checkpoint: Checkpoint
) -> None:
    """Pass if the checkpoint's tree begins with the one that was cosigned last."""
    if checkpoint.size == known.size and known.note and checkpoint.root != known.root:
        raise_alarm(post.alarms, "equivocation", checkpoint.origin, (known.note, asked.note))
        raise Declined(422, "EQUIVOCATION: this log has signed another root of this size")
    sizes = (known.size, checkpoint.size)
    try:
        merkle.verify_consistency(*sizes, asked.proof, known.root, checkpoint.root)
    except BadProof as error:
        raise Declined(422, f"it does not continue what was cosigned: {error}") from error
