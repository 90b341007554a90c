"""The payloads that logs hold, one class each, in the order of section 4's table."""

from dataclasses import dataclass

from ballots.ballot import Cast
from ballots.errors import BadEntry
from ballots.payload import Payload, many_octets, octets, unsigned, words

NO_ROW = 2**64 - 1
"""The row of a `roll-note` that is about no row."""

CERTIFICATE_PARTS = 8

_RSA_BYTES = 384
_SEALED_SHARE_BYTES = 80


@dataclass(frozen=True, slots=True)
class DraftEntry(Payload):
    """Entry 0 of the set-up log."""

    tag = "draft"
    document: bytes = octets()


@dataclass(frozen=True, slots=True)
class ManifestEntry(Payload):
    """Entry 0 of the check-in log and of the ballot log."""

    tag = "manifest"
    document: bytes = octets()


@dataclass(frozen=True, slots=True)
class RegKey(Payload):
    """A registrar's key for a style: SubjectPublicKeyInfo DER and 8 certificate values."""

    tag = "reg-key"
    eid0: bytes = octets(32)
    registrar: int = unsigned(2)
    style: int = unsigned(2)
    spki: bytes = octets()
    certificate: tuple[bytes, ...] = many_octets(_RSA_BYTES)

    def __post_init__(self) -> None:
        Payload.__post_init__(self)
        if len(self.certificate) != CERTIFICATE_PARTS:
            raise BadEntry("reg-key.certificate", f"{CERTIFICATE_PARTS} values")


@dataclass(frozen=True, slots=True)
class Dkg1(Payload):
    """A trustee commits to its polynomial and shows the key of this ceremony (X25519)."""

    tag = "dkg1"
    eid0: bytes = octets(32)
    style: int = unsigned(2)
    trustee: int = unsigned(2)
    ceremony_key: bytes = octets(32)
    commit: bytes = octets(32)


@dataclass(frozen=True, slots=True)
class Dkg2(Payload):
    """A trustee opens its commitment and deals: k times 33 bytes of points, a sealed share each."""

    tag = "dkg2"
    eid0: bytes = octets(32)
    style: int = unsigned(2)
    trustee: int = unsigned(2)
    points: bytes = octets()
    possession: bytes = octets(64)
    sealed_shares: tuple[bytes, ...] = many_octets(_SEALED_SHARE_BYTES)


@dataclass(frozen=True, slots=True)
class Dkg3(Payload):
    """A trustee found its shares right: transcript T and its public share X_i (33 bytes)."""

    tag = "dkg3"
    eid0: bytes = octets(32)
    style: int = unsigned(2)
    trustee: int = unsigned(2)
    transcript: bytes = octets(32)
    public_share: bytes = octets(33)


@dataclass(frozen=True, slots=True)
class DkgComplaint(Payload):
    """The receiver of a bad share shows its ceremony key, so that anybody sees who is to blame."""

    tag = "dkg-complaint"
    eid0: bytes = octets(32)
    style: int = unsigned(2)
    accused: int = unsigned(2)
    receiver: int = unsigned(2)
    ceremony_secret: bytes = octets(32)


@dataclass(frozen=True, slots=True)
class RollNote(Payload):
    """The organiser's note on a row (or `NO_ROW`) after the freeze, in words without names."""

    tag = "roll-note"
    eid0: bytes = octets(32)
    row: int = unsigned(8)
    words: str = words()


@dataclass(frozen=True, slots=True)
class CheckIn(Payload):
    """A voter asks for credentials: one blinded message (384 bytes) per registrar.

    `kind` is 0 session, 1 the voter's passkey, 2 an officer's; `evidence` belongs to the kind.
    """

    tag = "check-in"
    eid: bytes = octets(32)
    row: int = unsigned(8)
    style: int = unsigned(2)
    blinded: tuple[bytes, ...] = many_octets(_RSA_BYTES)
    kind: int = unsigned(1)
    evidence: bytes = octets()


@dataclass(frozen=True, slots=True)
class Issue(Payload):
    """A registrar's blind signature for one check-in, named by its payload's hash."""

    tag = "issue"
    eid: bytes = octets(32)
    registrar: int = unsigned(2)
    check_in_hash: bytes = octets(32)
    blind_signature: bytes = octets(_RSA_BYTES)


@dataclass(frozen=True, slots=True)
class Epoch(Payload):
    """The end of a batch; the hash is of the text of the checkpoint before the batch."""

    tag = "epoch"
    eid: bytes = octets(32)
    number: int = unsigned(8)
    checkpoint_hash: bytes = octets(32)


@dataclass(frozen=True, slots=True)
class Ack(Payload):
    """A trustee or registrar has seen the manifest and is ready."""

    tag = "ack"
    eid: bytes = octets(32)


@dataclass(frozen=True, slots=True)
class Open(Payload):
    """The organiser opens the election."""

    tag = "open"
    eid: bytes = octets(32)


@dataclass(frozen=True, slots=True)
class IssueClose(Payload):
    """The end of check-in: final size and root of the check-in log."""

    tag = "issue-close"
    eid: bytes = octets(32)
    check_in_size: int = unsigned(8)
    check_in_root: bytes = octets(32)


@dataclass(frozen=True, slots=True)
class Close(Payload):
    """The end of voting: size and root of the ballot log before this entry."""

    tag = "close"
    eid: bytes = octets(32)
    size: int = unsigned(8)
    root: bytes = octets(32)


@dataclass(frozen=True, slots=True)
class Share(Payload):
    """A trustee's share x_i (32 bytes) for the one close whose checkpoint it saw."""

    tag = "share"
    eid: bytes = octets(32)
    style: int = unsigned(2)
    checkpoint_hash: bytes = octets(32)
    x: bytes = octets(32)


@dataclass(frozen=True, slots=True)
class Result(Payload):
    """The organiser's result: hashes of its two files, and the end of the tally chain."""

    tag = "result"
    eid: bytes = octets(32)
    result_sha256: bytes = octets(32)
    statuses_sha256: bytes = octets(32)
    tally: bytes = octets(32)


@dataclass(frozen=True, slots=True)
class Attest(Payload):
    """A verifier's word on the result, named by the hash of its payload."""

    tag = "attest"
    eid: bytes = octets(32)
    result_hash: bytes = octets(32)
    words: str = words()


Entry = (
    DraftEntry
    | ManifestEntry
    | RegKey
    | Dkg1
    | Dkg2
    | Dkg3
    | DkgComplaint
    | RollNote
    | CheckIn
    | Issue
    | Epoch
    | Ack
    | Open
    | Cast
    | IssueClose
    | Close
    | Share
    | Result
    | Attest
)
"""Whatever a log can say, wrapped by a role or not."""
