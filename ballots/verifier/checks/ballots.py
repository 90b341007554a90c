"""V20 to V27: every ballot by itself, all ballots of a key, and ballots against check-ins."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ballots.verifier.bulk.bench import Bench
from ballots.verifier.election import Election
from ballots.verifier.logs.bulk_frames import BODY_LENGTHS
from ballots.verifier.verdict import Fault, Gap
from crypto import blind_rsa, ed25519
from crypto.blind_rsa import PublicKey
from crypto.encoding import number, parse, sha256, u16
from crypto.errors import BadKey, CryptoError
from crypto.p256 import Point

NO_PREVIOUS = bytes(32)

_BODY_FIELDS = 7
_FEWEST_CAST_FIELDS = 2
_SIGNATURE_OCTETS = 64
_CREDENTIAL_OCTETS = 2 + blind_rsa.OCTETS
_COORDINATE_OCTETS = 32


@dataclass(slots=True)  # not frozen: that would double the cost of making one, a million times
class Ballot:
    """A `cast` payload of right shape (section 7.3); `credentials` are (registrar, signature)."""

    body: bytes
    signature: bytes
    credentials: tuple[tuple[int, bytes], ...]
    style: int
    bk: bytes
    seq: int
    prev_own: bytes
    enc: bytes
    ct: bytes


@dataclass(slots=True)  # as above
class CastItem:
    """What the whole log's checks need of a ballot; `bk` is empty for one that V20 set aside."""

    hash: bytes
    bk: bytes = b""
    style: int = 0
    seq: int = 0
    prev_own: bytes = NO_PREVIOUS

    @property
    def tag(self) -> str:
        """The tag of the payload."""
        return "cast"

    @property
    def batch_key(self) -> bytes:
        """What a batch is sorted by."""
        return self.hash


def examine_cast(bench: Bench, payload: bytes) -> tuple[CastItem, list[Fault | Gap]]:
    """V20 to V23 on one ballot, in this order."""
    payload_hash = sha256(payload)
    try:
        ballot = v20_shape(payload, bench.election)
    except Fault as fault:
        return CastItem(payload_hash), [fault]
    troubles: list[Fault | Gap] = []
    try:
        v22_credentials(ballot, bench.election, bench.keys)
    except (Fault, Gap) as trouble:
        troubles.append(trouble)
    try:
        # A signature is only looked at if the strict rule allows its encoding at all.
        v21_encodings(ballot)
        v23_signature(ballot)
    except Fault as fault:
        troubles.append(fault)
    item = CastItem(payload_hash, ballot.bk, ballot.style, ballot.seq, ballot.prev_own)
    return item, troubles


def v20_shape(payload: bytes, election: Election) -> Ballot:
    """The ballot in a payload: fields, lengths, election, style, a point on the curve."""
    fields, body = election.frames.read_cast(payload) or take_apart(payload)
    signature, credentials = fields[1], fields[2:]
    if body[0] != election.eid:
        raise Fault("V20", "the ballot is of another election")
    ballot = Ballot(
        body=fields[0],
        signature=signature,
        credentials=tuple((number(each[:2]), each[2:]) for each in credentials),
        style=number(body[1]),
        bk=body[2],
        seq=number(body[3]),
        prev_own=body[4],
        enc=body[5],
        ct=body[6],
    )
    _check_envelope(ballot, election)
    return ballot


def take_apart(payload: bytes) -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
    """The fields of a payload that fits no frame, and of its body; V20 says why it does not.

    A ballot with another number of credentials is taken: that is V22's to judge.
    """
    try:
        fields = parse("cast", payload)
        if len(fields) < _FEWEST_CAST_FIELDS:
            raise Fault("V20", "a ballot without body and signature")
        body = parse("ballot", fields[0], count=_BODY_FIELDS)
    except CryptoError as problem:
        raise Fault("V20", f"the ballot does not parse: {problem}") from None
    if len(fields[1]) != _SIGNATURE_OCTETS or any(
        len(each) != _CREDENTIAL_OCTETS for each in fields[2:]
    ):
        raise Fault("V20", "a signature or credential of wrong length")
    if any(len(each) != length for each, length in zip(body, BODY_LENGTHS, strict=False)):
        raise Fault("V20", "a field of wrong length")
    return fields, body


def _check_envelope(ballot: Ballot, election: Election) -> None:
    """The style's length of ciphertext, and an ephemeral key that is a point."""
    expected = election.ct_octets.get(ballot.style)
    if expected is None:
        raise Fault("V20", f"there is no ballot style {ballot.style}")
    if len(ballot.ct) != expected:
        raise Fault("V20", f"the sealed choice has {len(ballot.ct)} bytes, not {expected}")
    x, y = ballot.enc[1:-_COORDINATE_OCTETS], ballot.enc[-_COORDINATE_OCTETS:]
    try:
        point = Point(number(x), number(y))
    except BadKey:
        point = None
    if ballot.enc[0] != 4 or point is None or point.is_identity:  # noqa: PLR2004 - uncompressed
        raise Fault("V20", "the ephemeral key is not a point of P-256")


def v21_encodings(ballot: Ballot) -> None:
    """Canonical `A` and `R`, neither of small order, `S < L` (A29)."""
    try:
        ed25519.check_public(ballot.bk)
        ed25519.check_signature(ballot.signature)
    except CryptoError as problem:
        raise Fault("V21", str(problem)) from None


def v22_credentials(
    ballot: Ballot, election: Election, keys: Mapping[tuple[int, int], PublicKey]
) -> None:
    """Exactly k credentials of different registrars in ascending order, each one good."""
    needed = election.draft.registrars.k
    if len(ballot.credentials) != needed:
        raise Fault("V22", f"{len(ballot.credentials)} credentials, not {needed}")
    registrars = [registrar for registrar, _ in ballot.credentials]
    if registrars != sorted(set(registrars)):
        raise Fault("V22", "credentials not in strictly ascending order of registrars")
    for registrar, signature in ballot.credentials:
        if not 1 <= registrar <= election.registrars:
            raise Fault("V22", f"there is no registrar {registrar}")
        key = keys.get((registrar, ballot.style))
        if key is None:
            raise Gap("V22", f"a sound key of registrar {registrar} for style {ballot.style}")
        parts = (election.eid, u16(registrar), u16(ballot.style), ballot.bk)
        message = election.frames.credential.write(*parts)
        try:
            blind_rsa.verify(key, message, signature)
        except CryptoError:
            raise Fault("V22", f"the credential of registrar {registrar} is not good") from None


def v23_signature(ballot: Ballot) -> None:
    """The voter's own signature over the body."""
    try:
        ed25519.verify(ballot.bk, ballot.body, ballot.signature)
    except CryptoError as problem:
        raise Fault("V23", str(problem)) from None


@dataclass(frozen=True, slots=True)
class Turn:
    """One ballot among those of its key: `ordinal` counts all `cast` entries of the log."""

    ordinal: int
    seq: int
    style: int
    hash: bytes
    prev_own: bytes


def v24_sequence(turns: Iterable[Turn], max_revisions: int) -> dict[int, str]:
    """What is wrong with a key's ballots as a set, by ordinal; their order says nothing (A23).

    `turns` come by `seq`, then by place in the log.
    """
    wrong: dict[int, str] = {}
    before: list[Turn] = []
    current: list[Turn] = []
    for turn in turns:
        if current and turn.seq == current[0].seq:
            wrong[turn.ordinal] = f"number {turn.seq} stands twice for its key"
        else:
            before, current = current, []
        previous = {each.hash for each in before} or {NO_PREVIOUS}
        expected = before[0].seq + 1 if before else 0
        if turn.seq != expected or turn.prev_own not in previous:
            wrong.setdefault(turn.ordinal, f"number {turn.seq} does not follow its key's last one")
        if turn.seq > max_revisions:
            wrong.setdefault(turn.ordinal, f"more than {max_revisions} revisions")
        if before and turn.style != before[0].style:
            wrong.setdefault(turn.ordinal, "a second style under one key")
        current.append(turn)
    return wrong


def v25_batches(key_before: bytes, key: bytes, *, follows_a_small_one: bool) -> None:
    """Keys ascend inside a batch, and only the last before a close may be small (A11).

    `follows_a_small_one`: this payload begins a batch, and the one before was below `batch_min`.
    """
    if follows_a_small_one:
        raise Fault("V25", "the batch before is too small to be followed by another")
    if key < key_before:
        raise Fault("V25", "the batch is not sorted")


def v27_not_more_than_check_ins(voted: int, checked_in: int, style: int) -> None:
    """Per style, no more voting keys than check-ins with k issues (A1, A2)."""
    if voted > checked_in:
        raise Fault("V27", f"style {style}: {voted} keys voted, {checked_in} may")
