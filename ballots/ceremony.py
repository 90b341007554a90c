"""How trustees make an election key that k of n of them can open (section 5).

Three rounds, for each style by itself: `dkg1` commits, `dkg2` opens the commitment and deals
sealed shares, `dkg3` confirms. Right for any n and k; a light election is n = k = 1. What a
trustee must keep secret is a `Dealing` until its `dkg3` stands, and afterwards its `x`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NoReturn, Self

from ballots.draft import Draft
from ballots.entries import Dkg1, Dkg2, Dkg3, DkgComplaint
from ballots.errors import Refused
from ballots.manifest import ElectionKey
from crypto import hpke, p256, sharing
from crypto.encoding import H, M, u16
from crypto.errors import CryptoError
from crypto.p256 import Point
from crypto.randomness import random_bytes
from crypto.sharing import Polynomial

_SCALAR_BYTES = 32
_POINT_BYTES = 33
_CEREMONY_KEY_BYTES = 32


class BadDealing(Refused):
    """A trustee's `dkg1` and `dkg2` are not honest; `dealer` is its number."""

    def __init__(self, dealer: int, message: str) -> None:
        super().__init__("bad-ceremony", f"trustee {dealer}: {message}")
        self.dealer = dealer


class BadShare(BadDealing):
    """What a dealer sealed to one trustee is not its share: the ground for a complaint."""


@dataclass(frozen=True, slots=True)
class Dealing:
    """A trustee's secrets in one ceremony and style; stored encrypted, never shown."""

    polynomial: Polynomial = field(repr=False)
    ceremony_secret: bytes = field(repr=False)

    @classmethod
    def fresh(cls, k: int) -> Self:
        """New secrets for threshold k: a polynomial and an X25519 key."""
        return cls(Polynomial.random(k), random_bytes(_CEREMONY_KEY_BYTES))

    @classmethod
    def parse(cls, octets: bytes) -> Self:
        """The secrets that `write` wrote; raises CryptoError."""
        secret, rest = octets[:_CEREMONY_KEY_BYTES], octets[_CEREMONY_KEY_BYTES:]
        parts = [rest[i : i + _SCALAR_BYTES] for i in range(0, len(rest), _SCALAR_BYTES)]
        coefficients = [p256.parse_scalar(part) for part in parts]
        return cls(Polynomial.from_coefficients(coefficients), secret)

    def write(self) -> bytes:
        """The ceremony key (32 bytes), then the coefficients (32 bytes each)."""
        scalars = [scalar_bytes(each) for each in self.polynomial.coefficients]
        return self.ceremony_secret + b"".join(scalars)


def scalar_bytes(scalar: int) -> bytes:
    """A secret scalar as 32 bytes, big-endian, as shares are written everywhere."""
    return scalar.to_bytes(_SCALAR_BYTES, "big")


@dataclass(frozen=True, slots=True)
class Table:
    """One ceremony: a draft's id, a style, n trustees of whom k can open."""

    eid0: bytes
    style: int
    n: int
    k: int

    @classmethod
    def of(cls, draft: Draft, style: int) -> Self:
        """The ceremony of one of the draft's styles."""
        return cls(draft.eid0, draft.style(style).id, len(draft.trustees.list), draft.trustees.k)

    def commit(self, trustee: int, dealing: Dealing) -> Dkg1:
        """Round 1: the trustee's ceremony key, and a commitment to its points."""
        points = [point.compressed for point in dealing.polynomial.points]
        key = hpke.x25519_public(dealing.ceremony_secret)
        return Dkg1(self.eid0, self.style, trustee, key, self._commitment(trustee, points))

    def deal(self, trustee: int, dealing: Dealing, firsts: Sequence[Dkg1]) -> Dkg2:
        """Round 2, once every `dkg1` stands: points, proof of possession, sealed shares.

        `firsts` are the `dkg1` of trustees 1..n in order; raises Refused `bad-ceremony` if not.
        """
        self._check_seats(firsts)
        polynomial = dealing.polynomial
        points = b"".join(point.compressed for point in polynomial.points)
        possession = p256.ecdsa_sign_raw(polynomial.secret, self._possession(trustee, points))
        sealed = tuple(
            hpke.seal_x25519(
                receiver.ceremony_key,
                self._share_info(firsts[trustee - 1], receiver.trustee),
                scalar_bytes(polynomial.share(receiver.trustee)),
            )
            for receiver in firsts
        )
        return Dkg2(self.eid0, self.style, trustee, points, possession, sealed)

    def receive(
        self,
        trustee: int,
        dealing: Dealing,
        firsts: Sequence[Dkg1],
        seconds: Sequence[Dkg2],
    ) -> int:
        """The trustee's secret `x_j`, once every `dkg2` stands and every share is right.

        Raises BadDealing naming a dishonest dealer; where it is BadShare, `complain`.
        """
        all_points = self.check_dealings(firsts, seconds)
        shares = []
        for first, second, points in zip(firsts, seconds, all_points, strict=True):
            share = self._open_share(trustee, dealing.ceremony_secret, first, second)
            _check_share(first.trustee, points, trustee, share)
            shares.append(share)
        return sharing.combine(shares)

    def confirm(
        self, trustee: int, x: int, firsts: Sequence[Dkg1], seconds: Sequence[Dkg2]
    ) -> Dkg3:
        """Round 3: the trustee saw this transcript, and `x` is its share; raises BadDealing."""
        own = sharing.public_share(self.check_dealings(firsts, seconds), trustee)
        if p256.secret_mul_base(x) != own:
            raise BadDealing(trustee, "its secret share does not fit the transcript")
        transcript = transcript_hash(firsts, seconds)
        return Dkg3(self.eid0, self.style, trustee, transcript, own.compressed)

    def complain(self, trustee: int, dealing: Dealing, accused: int) -> DkgComplaint:
        """The receiver of a bad share shows its ceremony key; the draft ends with this."""
        secret = dealing.ceremony_secret
        return DkgComplaint(self.eid0, self.style, accused, trustee, secret)

    def blame(
        self, complaint: DkgComplaint, firsts: Sequence[Dkg1], seconds: Sequence[Dkg2]
    ) -> int:
        """The number of the trustee who is at fault: the accused, or who complained falsely."""
        self._check_seats(firsts)
        self._check_seats(seconds)
        receiver, accused = complaint.receiver, complaint.accused
        if not (1 <= accused <= self.n and 1 <= receiver <= self.n):
            return receiver
        shown = hpke.x25519_public(complaint.ceremony_secret)
        if shown != firsts[receiver - 1].ceremony_key:
            return receiver
        first, second = firsts[accused - 1], seconds[accused - 1]
        try:
            points = self.check_dealing(first, second)
            share = self._open_share(receiver, complaint.ceremony_secret, first, second)
            _check_share(accused, points, receiver, share)
        except BadDealing:
            return accused
        return receiver

    def election_key(
        self,
        firsts: Sequence[Dkg1],
        seconds: Sequence[Dkg2],
        thirds: Sequence[Dkg3],
    ) -> ElectionKey:
        """`Y` and every `X_j`, once every `dkg3` stands and says the same; raises BadDealing."""
        self._check_seats(thirds)
        all_points = self.check_dealings(firsts, seconds)
        transcript = transcript_hash(firsts, seconds)
        shares = tuple(sharing.public_share(all_points, j).compressed for j in range(1, self.n + 1))
        for third, share in zip(thirds, shares, strict=True):
            _check_third(third, transcript, share)
        return ElectionKey(self.style, self._joint_key(all_points).compressed, shares)

    def check_confirmation(
        self, third: Dkg3, firsts: Sequence[Dkg1], seconds: Sequence[Dkg2]
    ) -> None:
        """Pass if a trustee's `dkg3` says what this transcript says; raises BadDealing."""
        all_points = self.check_dealings(firsts, seconds)
        share = sharing.public_share(all_points, third.trustee).compressed
        _check_third(third, transcript_hash(firsts, seconds), share)

    def check_dealings(
        self, firsts: Sequence[Dkg1], seconds: Sequence[Dkg2]
    ) -> list[tuple[Point, ...]]:
        """Every dealer's points, all commitments and proofs checked; raises BadDealing."""
        self._check_seats(firsts)
        self._check_seats(seconds)
        pairs = zip(firsts, seconds, strict=True)
        return [self.check_dealing(first, second) for first, second in pairs]

    def check_dealing(self, first: Dkg1, second: Dkg2) -> tuple[Point, ...]:
        """One dealer's points `C_0 .. C_k-1`: committed to, and known to it (A52, A54)."""
        dealer = first.trustee
        if len(second.points) != self.k * _POINT_BYTES:
            raise BadDealing(dealer, f"shows another number of points than {self.k}")
        if len(second.sealed_shares) != self.n:
            raise BadDealing(dealer, f"deals another number of shares than {self.n}")
        parts = split_points(second.points)
        if first.commit != self._commitment(dealer, parts):
            raise BadDealing(dealer, "shows other points than it committed to")
        try:
            points = tuple(Point.parse(part) for part in parts)
            message = self._possession(dealer, second.points)
            p256.ecdsa_verify_raw(points[0], message, second.possession)
        except CryptoError as error:
            raise BadDealing(dealer, f"its points are not proven: {error}") from error
        return points

    def _check_seats(self, entries: Sequence[Dkg1 | Dkg2 | Dkg3]) -> None:
        seats = [(each.eid0, each.style, each.trustee) for each in entries]
        if seats != [(self.eid0, self.style, j) for j in range(1, self.n + 1)]:
            _refuse(f"this round needs one entry of each of {self.n} trustees, in order")

    def _commitment(self, trustee: int, points: Sequence[bytes]) -> bytes:
        return H("dkg-commit", self.eid0, u16(self.style), u16(trustee), *points)

    def _possession(self, trustee: int, points: bytes) -> bytes:
        return M("dkg-pop", self.eid0, u16(self.style), u16(trustee), points)

    def _share_info(self, dealer: Dkg1, receiver: int) -> bytes:
        numbers = (u16(self.style), u16(dealer.trustee), u16(receiver))
        return M("dkg-share", self.eid0, *numbers, dealer.commit)

    def _open_share(self, receiver: int, secret: bytes, first: Dkg1, second: Dkg2) -> int:
        info = self._share_info(first, receiver)
        try:
            share = hpke.open_x25519(secret, second.sealed_shares[receiver - 1], info)
            return p256.parse_scalar(share)
        except CryptoError as error:
            raise BadShare(first.trustee, f"its sealed share does not open: {error}") from error

    def _joint_key(self, all_points: Sequence[Sequence[Point]]) -> Point:
        try:
            return sharing.joint_key(all_points)
        except CryptoError as error:
            raise Refused("bad-ceremony", str(error)) from error


def split_points(points: bytes) -> tuple[bytes, ...]:
    """The points of a `dkg2`, 33 bytes each, unparsed."""
    return tuple(points[i : i + _POINT_BYTES] for i in range(0, len(points), _POINT_BYTES))


def transcript_hash(firsts: Sequence[Dkg1], seconds: Sequence[Dkg2]) -> bytes:
    """`T`, 32 bytes: the inner payloads of rounds 1 and 2, trustees in order."""
    inner = [each.payload for each in (*firsts, *seconds)]
    return H("dkg-transcript", *inner)


def check_possession(x: int, election_key: ElectionKey, trustee: int) -> None:
    """Pass if `x` is this trustee's share: the rehearsal before its `ack` (section 5).

    Raises Refused `bad-share`.
    """
    if p256.secret_mul_base(x).compressed != election_key.trustee_point(trustee):
        raise Refused("bad-share", f"this is not the share of trustee {trustee}")


def _check_third(third: Dkg3, transcript: bytes, share: bytes) -> None:
    if (third.transcript, third.public_share) != (transcript, share):
        raise BadDealing(third.trustee, "confirmed another transcript or public share")


def _check_share(dealer: int, points: Sequence[Point], receiver: int, share: int) -> None:
    try:
        sharing.check_share(points, receiver, share)
    except CryptoError as error:
        raise BadShare(dealer, str(error)) from error


def _refuse(reason: str) -> NoReturn:
    raise Refused("bad-ceremony", reason)
