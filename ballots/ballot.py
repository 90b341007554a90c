"""A ballot as it is cast: sealed choice, the voter's signature, credentials (sections 7 and 8)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Self

from ballots import plaintext
from ballots.credential import Credential, ballot_key_seed, credential_message
from ballots.draft import Draft
from ballots.errors import Refused
from ballots.manifest import Manifest
from ballots.payload import MOST_PAYLOAD_BYTES, Payload, many_octets, octets, unsigned
from crypto import blind_rsa, ed25519, hpke
from crypto.encoding import M, crockford, hkdf, u16, u32
from crypto.errors import CryptoError
from crypto.p256 import Point

NO_PREVIOUS = bytes(32)
"""`prev_own` of a voter's first ballot."""

ENC_BYTES = 65
TAG_BYTES = 16
"""What sealing adds to the plaintext's length."""

_CODE_BITS = 100
_CODE_GROUP = 4
_CREDENTIAL_BYTES = 386


@dataclass(frozen=True, slots=True)
class Body(Payload):
    """What the voter signs: `M("ballot", ...)`; the envelope is `enc` and `ct`."""

    tag = "ballot"
    eid: bytes = octets(32)
    style: int = unsigned(2)
    bk: bytes = octets(32)
    seq: int = unsigned(4)
    prev_own: bytes = octets(32)
    enc: bytes = octets(ENC_BYTES)
    ct: bytes = octets()


@dataclass(frozen=True, slots=True)
class Cast(Payload):
    """The payload `cast`; its shape is checked here, everything else by `check_cast`.

    `hash` names the ballot in promises, tracking codes and `prev_own`.
    """

    tag = "cast"
    body_bytes: bytes = octets()
    signature: bytes = octets(64)
    credential_bytes: tuple[bytes, ...] = many_octets(_CREDENTIAL_BYTES)
    body: Body = field(init=False, repr=False, compare=False)
    credentials: tuple[Credential, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        Payload.__post_init__(self)
        object.__setattr__(self, "body", Body.parse(self.body_bytes))
        credentials = tuple(Credential.parse(each) for each in self.credential_bytes)
        object.__setattr__(self, "credentials", credentials)

    @classmethod
    def of(cls, body: Body, signature: bytes, credentials: Sequence[Credential]) -> Self:
        """The ballot of its parts."""
        return cls(body.payload, signature, tuple(each.write() for each in credentials))

    @property
    def eid(self) -> bytes:
        """The election, 32 bytes."""
        return self.body.eid

    @property
    def style(self) -> int:
        """The ballot style."""
        return self.body.style

    @property
    def bk(self) -> bytes:
        """The ballot key: the voter's Ed25519 public key in this election, 32 bytes."""
        return self.body.bk

    @property
    def seq(self) -> int:
        """How many ballots this key cast before."""
        return self.body.seq

    @property
    def prev_own(self) -> bytes:
        """The hash of the ballot before, zeros for the first; 32 bytes."""
        return self.body.prev_own

    @property
    def enc(self) -> bytes:
        """The ephemeral public key of the envelope, 65 bytes, uncompressed."""
        return self.body.enc

    @property
    def ct(self) -> bytes:
        """The sealed plaintext: its length and 16 bytes."""
        return self.body.ct


def seal_info(eid: bytes, style: int, bk: bytes, seq: int, prev_own: bytes) -> bytes:
    """What an envelope is bound to: copied under another key or turn, it does not open (A24)."""
    return M("seal", eid, u16(style), bk, u32(seq), prev_own)


def ephemeral_ikm(seed: bytes, eid: bytes, seq: int, prev_own: bytes, plaintext: bytes) -> bytes:
    """What the envelope's key pair is derived from (32 bytes): `s` and the choice itself.

    Two choices with one `seq` therefore never share key and nonce. The second device gets it.
    """
    return hkdf(seed, M("ephemeral", eid, u32(seq), prev_own, plaintext))


@dataclass(frozen=True, slots=True)
class Turn:
    """Where a ballot stands among those of its voter: election, style, `seq` and `prev_own`."""

    eid: bytes
    style: int
    seq: int = 0
    prev_own: bytes = NO_PREVIOUS

    def after(self, cast: Cast) -> "Turn":
        """The turn of the voter's next ballot."""
        return Turn(self.eid, self.style, cast.seq + 1, cast.hash)


def build_cast(
    turn: Turn,
    plaintext: bytes,
    *,
    seed: bytes,
    election_key: Point,
    credentials: Sequence[Credential],
) -> Cast:
    """The ballot of a voter with seed `s` for this plaintext: the same choice, the same bytes."""
    secret = ed25519.SecretKey(ballot_key_seed(seed, turn.eid))
    ikm = ephemeral_ikm(seed, turn.eid, turn.seq, turn.prev_own, plaintext)
    info = seal_info(turn.eid, turn.style, secret.public32, turn.seq, turn.prev_own)
    enc, ct = hpke.seal_p256(election_key.uncompressed, info, plaintext, ikm)
    body = Body(turn.eid, turn.style, secret.public32, turn.seq, turn.prev_own, enc, ct)
    return Cast.of(body, secret.sign(body.payload), credentials)


def tracking_code(payload_hash: bytes) -> str:
    """The first 100 bits of a ballot's hash in Crockford's base32, in fours."""
    code = crockford(payload_hash, _CODE_BITS)
    return " ".join(code[i : i + _CODE_GROUP] for i in range(0, len(code), _CODE_GROUP))


RegistrarKeys = Mapping[tuple[int, int], blind_rsa.PublicKey]
"""The registrars' keys by (registrar, style)."""


def check_cast(cast: Cast, manifest: Manifest, keys: RegistrarKeys) -> None:
    """Pass a ballot that the box may take; raises Refused with the first reason (section 7.4).

    The box itself checks what depends on other ballots (`check_sequence`) and on time.
    """
    _check_size(cast)
    _check_place(cast, manifest)
    _check_encodings(cast)
    _check_credentials(cast, manifest.draft, keys)
    _check_signature(cast)
    _check_envelope(cast)


def _check_size(cast: Cast) -> None:
    if len(cast.payload) > MOST_PAYLOAD_BYTES:
        raise Refused("too-large", "the ballot does not fit into a log entry")


def _check_place(cast: Cast, manifest: Manifest) -> None:
    if cast.eid != manifest.eid:
        raise Refused("wrong-election", "the ballot is for another election")
    expected = plaintext.length(manifest.draft.questions_of(cast.style)) + TAG_BYTES
    if len(cast.ct) != expected:
        raise Refused("malformed", f"the sealed choice has {len(cast.ct)} bytes, not {expected}")


def _check_encodings(cast: Cast) -> None:
    try:
        ed25519.check_public(cast.bk)
        ed25519.check_signature(cast.signature)
    except CryptoError as error:
        raise Refused("bad-key-encoding", f"ballot key or signature: {error}") from error


def _check_credentials(cast: Cast, draft: Draft, keys: RegistrarKeys) -> None:
    registrars = [each.registrar for each in cast.credentials]
    if len(registrars) != draft.registrars.k:
        raise Refused("bad-credential", f"a ballot carries {draft.registrars.k} credentials")
    if any(one >= other for one, other in pairwise(registrars)):
        raise Refused("bad-credential", "the registrars are not in ascending order")
    for each in cast.credentials:
        _check_credential(cast, each, keys)


def _check_credential(cast: Cast, credential: Credential, keys: RegistrarKeys) -> None:
    key = keys.get((credential.registrar, cast.style))
    if key is None:
        raise Refused("bad-credential", f"there is no registrar {credential.registrar}")
    message = credential_message(cast.eid, credential.registrar, cast.style, cast.bk)
    try:
        blind_rsa.verify(key, message, credential.signature)
    except CryptoError as error:
        reason = f"registrar {credential.registrar} did not sign this ballot key"
        raise Refused("bad-credential", reason) from error


def _check_signature(cast: Cast) -> None:
    try:
        ed25519.verify(cast.bk, cast.body_bytes, cast.signature)
    except CryptoError as error:
        raise Refused("bad-signature", "the ballot is not signed by its key") from error


def _check_envelope(cast: Cast) -> None:
    try:
        Point.parse_uncompressed(cast.enc)
    except CryptoError as error:
        raise Refused("bad-envelope", f"the envelope's key: {error}") from error


@dataclass(frozen=True, slots=True)
class LastBallot:
    """The durable ballot with the highest `seq` of one ballot key: its `seq` and hash."""

    seq: int
    hash: bytes


def check_sequence(cast: Cast, last: LastBallot | None, max_revisions: int) -> None:
    """Pass a ballot that comes next for its key, `last` being the one before, if any (A23).

    A byte-for-byte repeat of a durable ballot is the caller's to recognise, before this.
    Raises Refused `sequence-taken`, `broken-sequence` or `too-many-revisions`.
    """
    expected_seq = 0 if last is None else last.seq + 1
    expected_previous = NO_PREVIOUS if last is None else last.hash
    if cast.seq < expected_seq:
        raise Refused("sequence-taken", f"another ballot with number {cast.seq} stands already")
    if cast.seq > expected_seq or cast.prev_own != expected_previous:
        raise Refused("broken-sequence", f"the next ballot has number {expected_seq}")
    if cast.seq > max_revisions:
        raise Refused("too-many-revisions", f"a vote may be changed {max_revisions} times")
