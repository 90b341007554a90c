"""Ballot keys and signatures on which Ed25519 libraries differ: V21, V23 (A29)."""

from crypto.ed25519 import SMALL_ORDER
from tests.records import edwards
from tests.records.builder import Builder
from tests.records.forgeries.ballots import First
from tests.records.forgery import Collection
from tests.records.plan import Plan, Voter

COLLECTION = Collection()
NOT_CANONICAL = tuple(
    (y | sign << 255).to_bytes(32, "little") for y in (edwards.P, edwards.P + 1) for sign in (0, 1)
)
TWELVE = Plan(voters=(Voter(),) * 12)


class MixedKey(First):
    """The base of ballots by a key with a point of order 8 in it, which no rule forbids.

    `k mod 8` decides which equation holds for the signature: only for 0 both do.
    """

    remainders = frozenset({0})

    def bk_of(self, voter):
        return super().bk_of(voter) if voter else edwards.mixed_key(self.ballot_key(0))

    def signature(self, sealed, body):
        if not self.is_forged(sealed):
            return super().signature(sealed, body)
        for r in range(1, 200):
            signed = edwards.sign(self.ballot_key(0), sealed.bk, body, r=r)
            if edwards.challenge(signed[:32], sealed.bk, body) % 8 in self.remainders:
                return signed
        raise AssertionError("no such nonce")


@COLLECTION.built("V23", attack="A29", tests=(28, 29))
class MixedKeyCofactored(MixedKey):
    """A signature that only the cofactored equation accepts, by a key of mixed order."""

    remainders = frozenset(range(1, 8))


@COLLECTION.built("V23", attack="A29", tests=(28, 29))
class MixedNonce(First):
    """A signature whose R has a point of order 8 in it: only the cofactored equation accepts it."""

    def signature(self, sealed, body):
        if not self.is_forged(sealed):
            return super().signature(sealed, body)
        return edwards.sign(self.ballot_key(0), sealed.bk, body, r=5, mixed_r=True)


@COLLECTION.built("V21", plan=TWELVE, attack="A29", tests=(26, 29))
class KeysOfSmallOrder(Builder):
    """A ballot by each key of small order; for one of them every signature would do."""

    def bk_of(self, voter):
        every = sorted(SMALL_ORDER)
        return every[voter] if voter < len(every) else super().bk_of(voter)


@COLLECTION.built("V21", plan=TWELVE, attack="A29", tests=(26, 29))
class KeysNotCanonical(Builder):
    """Ballots by keys that have a second encoding, and show it."""

    def bk_of(self, voter):
        return NOT_CANONICAL[voter] if voter < len(NOT_CANONICAL) else super().bk_of(voter)


@COLLECTION.built("V21", plan=TWELVE, attack="A29", tests=(28, 29))
class NoncesOfSmallOrder(Builder):
    """Signatures whose R are all points of small order, and all second encodings."""

    def signature(self, sealed, body):
        every = [*sorted(SMALL_ORDER), *NOT_CANONICAL[:2]]
        return every[sealed.voter] + super().signature(sealed, body)[32:]


@COLLECTION.built("V23", attack="A29", tests=(29,))
class KeyOffTheCurve(First):
    """A canonical key that is no point at all."""

    def bk_of(self, voter):
        return super().bk_of(voter) if voter else (2).to_bytes(32, "little")
