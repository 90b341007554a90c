"""What a log promises a voter, and the receipt that the promise was kept (sections 6, 7, 12)."""

from dataclasses import dataclass, field
from typing import Self

from ballots.draft import Draft, Log
from ballots.entries import split_entry
from ballots.errors import BadEntry, Refused
from ballots.payload import Payload, octets, unsigned
from ballots.witnesses import check_note
from crypto import ed25519, merkle
from crypto.encoding import sha256, tag_of
from crypto.errors import CryptoError
from crypto.note import Checkpoint, TlogProof


@dataclass(frozen=True, slots=True)
class Promise(Payload):
    """The ballot log's promise: the payload of this hash will stand in the log in time.

    It stands before `epoch` entry number `epoch + merge_delay`, or before `close`, whichever is
    first.
    """

    tag = "promise"
    eid: bytes = octets(32)
    payload_hash: bytes = octets(32)
    epoch: int = unsigned(8)
    merge_delay: int = unsigned(2)

    @property
    def log(self) -> Log:
        """The log that gives this promise."""
        return "ballots"


@dataclass(frozen=True, slots=True)
class IssuePromise(Payload):
    """The check-in log's promise for a registrar's `issue`; otherwise like `Promise`."""

    tag = "promise-issue"
    eid: bytes = octets(32)
    payload_hash: bytes = octets(32)
    epoch: int = unsigned(8)
    merge_delay: int = unsigned(2)

    @property
    def log(self) -> Log:
        """The log that gives this promise."""
        return "check-ins"


@dataclass(frozen=True, slots=True)
class Promised(Payload):
    """A promise with the log's signature over it: the file `*.promise`."""

    tag = "promised"
    promise_bytes: bytes = octets()
    signature: bytes = octets(64)
    promise: Promise | IssuePromise = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        Payload.__post_init__(self)
        object.__setattr__(self, "promise", _parse_promise(self.promise_bytes))

    @classmethod
    def sign(cls, promise: Promise | IssuePromise, secret: ed25519.SecretKey) -> Self:
        """The promise, signed with the secret key of its log."""
        return cls(promise.payload, secret.sign(promise.payload))


def _parse_promise(octets_: bytes) -> Promise | IssuePromise:
    try:
        tag = tag_of(octets_)
    except CryptoError as error:
        raise BadEntry("promised.promise", f"a promise ({error})") from error
    if tag == IssuePromise.tag:
        return IssuePromise.parse(octets_)
    return Promise.parse(octets_)


def check_promise(promised: Promised, draft: Draft, eid: bytes, payload_hash: bytes) -> None:
    """Pass if this is the log's promise for this payload; raises Refused `bad-promise`.

    Refuses a delay that is not the draft's, as every client must.
    """
    promise = promised.promise
    if (promise.eid, promise.payload_hash) != (eid, payload_hash):
        raise Refused("bad-promise", "the promise is for another election or another payload")
    if promise.merge_delay != draft.merge_delay_epochs:
        raise Refused("bad-promise", f"the promise allows {promise.merge_delay} epochs of delay")
    try:
        ed25519.verify(draft.log_keys[promise.log], promised.promise_bytes, promised.signature)
    except CryptoError as error:
        raise Refused("bad-promise", f"the promise is not signed by the log: {error}") from error


def write_receipt(
    index: int,
    proof: tuple[bytes, ...],
    checkpoint_note: bytes,
    entry: bytes,
) -> bytes:
    """The file `*.tlog-proof` (C2SP) for the whole entry at `index`, which it carries."""
    return TlogProof(index, proof, checkpoint_note, entry).text


def check_receipt(receipt: bytes, draft: Draft, log: Log, payload_hash: bytes) -> Checkpoint:
    """The witnessed checkpoint under which the payload of this hash stands in the log.

    Raises Refused `bad-receipt` where the receipt does not read, is of another payload, is not
    signed by the log, or proves nothing; Incomplete below the quorum of witnesses.
    """
    try:
        proof = TlogProof.parse(receipt)
        entry = proof.extra or b""
        _, payload = split_entry(entry)
        checkpoint = check_note(draft, log, proof.checkpoint_note)
        leaf = merkle.leaf_hash(entry)
        merkle.verify_inclusion(proof.index, checkpoint.size, leaf, proof.proof, checkpoint.root)
    except (CryptoError, BadEntry) as error:
        raise Refused("bad-receipt", f"the receipt does not prove anything: {error}") from error
    if sha256(payload) != payload_hash:
        raise Refused("bad-receipt", "the receipt is for another payload")
    return checkpoint
