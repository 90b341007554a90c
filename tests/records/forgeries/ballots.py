"""Forged ballots: V20 to V24."""

from hashlib import sha256

from crypto import ed25519
from crypto.ed25519 import L
from crypto.encoding import M, u16, u32
from tests.records.builder import Builder
from tests.records.casting import NO_PREVIOUS
from tests.records.forgeries.documents import TWO_STYLES
from tests.records.forgery import Collection
from tests.records.plan import SIX_VOTERS, Plan, Voter

COLLECTION = Collection()
TWO_OF_THREE = Plan(registrars=(3, 3, 1))


class First(Builder):
    """The base of forgeries of the first voter's ballot only."""

    def is_forged(self, sealed):
        return sealed.voter == 0


@COLLECTION.built("V20", attack="A25", tests=(25,))
class AnotherElectionsBallot(First):
    """A ballot cast in another election."""

    def body(self, sealed):
        honest = super().body(sealed)
        return honest.replace(self.eid, bytes(32)) if self.is_forged(sealed) else honest


@COLLECTION.built("V20", attack="A27", tests=(31,))
class LongEnvelope(First):
    """A sealed choice with a byte more than its style has."""

    def body(self, sealed):
        if not self.is_forged(sealed):
            return super().body(sealed)
        fields = (u16(1), sealed.bk, u32(0), NO_PREVIOUS, sealed.enc, sealed.ct + b"\0")
        return M("ballot", self.eid, *fields)


@COLLECTION.built("V20", attack="A30", tests=(30,))
class OffTheCurve(First):
    """An ephemeral key that is no point of the curve."""

    def body(self, sealed):
        if not self.is_forged(sealed):
            return super().body(sealed)
        enc = sealed.enc[:-1] + bytes([sealed.enc[-1] ^ 1])
        return M("ballot", self.eid, u16(1), sealed.bk, u32(0), NO_PREVIOUS, enc, sealed.ct)


@COLLECTION.built("V20", attack="A30", tests=(30,))
class ZeroPoint(First):
    """An ephemeral key of zeros."""

    def body(self, sealed):
        if not self.is_forged(sealed):
            return super().body(sealed)
        enc = b"\x04" + bytes(64)
        return M("ballot", self.eid, u16(1), sealed.bk, u32(0), NO_PREVIOUS, enc, sealed.ct)


class OtherEnvelope(First):
    """The base of envelopes of another form."""

    def body(self, sealed):
        if not self.is_forged(sealed):
            return super().body(sealed)
        enc, ct = self.envelope(sealed.enc, sealed.ct)
        return M("ballot", self.eid, u16(1), sealed.bk, u32(0), NO_PREVIOUS, enc, ct)


@COLLECTION.built("V20", attack="A27", tests=(32,))
class ShortEnvelope(OtherEnvelope):
    """A sealed choice with a byte less than its style has."""

    def envelope(self, enc, ct):
        return enc, ct[:-1]


@COLLECTION.built("V20", attack="A30", tests=(30,))
class CompressedPoint(OtherEnvelope):
    """An ephemeral key in the short form."""

    def envelope(self, enc, ct):
        return bytes([2 + enc[-1] % 2]) + enc[1:33], ct


@COLLECTION.built("V20", attack="A30", tests=(30,))
class PointWithoutHead(OtherEnvelope):
    """An ephemeral key of 64 bytes."""

    def envelope(self, enc, ct):
        return enc[1:], ct


@COLLECTION.built("V20", attack="A30", tests=(30,))
class HybridPoint(OtherEnvelope):
    """An ephemeral key in the hybrid form, which some libraries read."""

    def envelope(self, enc, ct):
        return bytes([6 + enc[-1] % 2]) + enc[1:], ct


@COLLECTION.built("V20", attack="A18")
class NoSuchStyle(First):
    """A ballot of a style that does not exist."""

    def body(self, sealed):
        if not self.is_forged(sealed):
            return super().body(sealed)
        fields = (sealed.bk, u32(0), NO_PREVIOUS, sealed.enc, sealed.ct)
        return M("ballot", self.eid, u16(9), *fields)

    def small_styles(self):
        return set()

    def _open(self, fields):
        return (2, b"", ()) if fields[1] == u16(9) else super()._open(fields)


@COLLECTION.built("V21", attack="A29", tests=(27,))
class LargeS(First):
    """A signature whose S is not below the group's order."""

    def signature(self, sealed, body):
        honest = super().signature(sealed, body)
        larger = int.from_bytes(honest[32:], "little") + L
        return honest[:32] + larger.to_bytes(32, "little") if self.is_forged(sealed) else honest


@COLLECTION.built("V21", attack="A29", tests=(28,))
class SmallR(First):
    """A signature whose R is of small order."""

    def signature(self, sealed, body):
        honest = super().signature(sealed, body)
        return min(ed25519.SMALL_ORDER) + honest[32:] if self.is_forged(sealed) else honest


@COLLECTION.built("V21", attack="A29", tests=(26,))
class SmallKey(First):
    """A ballot key of small order, for which everybody can sign."""

    def bk_of(self, voter):
        return super().bk_of(voter) if voter else max(ed25519.SMALL_ORDER)


@COLLECTION.built("V22", attack="A18", tests=(16,))
class CredentialOfAnotherKey(First):
    """A credential for another ballot key."""

    def credential(self, voter, r, bk):
        return super().credential(voter, r, bk if voter else bytes(32))


@COLLECTION.built("V22", plan=TWO_STYLES, attack="A18", tests=(15,))
class CredentialOfAnotherStyle(First):
    """A credential for style 1 on a ballot of style 2."""

    def credential_message(self, r, style, bk):
        is_forged = bk == self.ballot_key(1).public32
        return super().credential_message(r, 1 if is_forged else style, bk)


@COLLECTION.built("V22", plan=TWO_OF_THREE, attack="A2", tests=(39,))
class OneCredentialLess(First):
    """A ballot with k - 1 credentials."""

    def credentials(self, sealed):
        honest = super().credentials(sealed)
        return honest[1:] if self.is_forged(sealed) else honest


@COLLECTION.built("V22", plan=TWO_OF_THREE, attack="A2", tests=(38,))
class OneRegistrarTwice(First):
    """A ballot with one registrar's credential twice."""

    def credentials(self, sealed):
        honest = super().credentials(sealed)
        return [honest[0], *honest[:2]] if self.is_forged(sealed) else honest


@COLLECTION.built("V22", plan=TWO_OF_THREE, attack="A26", tests=(38,))
class UnsortedCredentials(First):
    """Credentials out of order."""

    def credentials(self, sealed):
        honest = super().credentials(sealed)
        return honest[::-1] if self.is_forged(sealed) else honest


@COLLECTION.built("V23", attack="A33")
class SignedByAnother(First):
    """A ballot that somebody else signed."""

    def signature(self, sealed, body):
        signer = self.ballot_key(1 if self.is_forged(sealed) else sealed.voter)
        return signer.sign(body)


class OtherTurns(Builder):
    """The base of forgeries of the second voter's series of ballots."""

    def ballots_of(self, voter):
        return self.turns() if voter == 1 else super().ballots_of(voter)

    def turn(self, seq, previous, choice):
        """A ballot of the second voter at that place."""
        return self.cast(self.seal(1, seq, previous, self.encode(1, (choice,))))


@COLLECTION.built("V24", attack="A23", tests=(24,))
class JumpingSequence(OtherTurns):
    """A ballot that leaves out a number."""

    def turns(self):
        first = self.turn(0, NO_PREVIOUS, 1)
        return [first, self.turn(2, sha256(first).digest(), 0)]


@COLLECTION.built("V24", attack="A23", tests=(24,))
class ForgottenPrevious(OtherTurns):
    """A ballot that does not name the one before."""

    def turns(self):
        return [self.turn(0, NO_PREVIOUS, 1), self.turn(1, NO_PREVIOUS, 0)]


@COLLECTION.built("V24", attack="A23", tests=(23,))
class NumberTwice(OtherTurns):
    """Two ballots of one key with one number."""

    def turns(self):
        return [self.turn(0, NO_PREVIOUS, 1), self.turn(0, NO_PREVIOUS, 0)]


@COLLECTION.built("V24", attack="A23")
class ReplayedBallot(OtherTurns):
    """A ballot that stands twice in the box, to the byte."""

    def turns(self):
        return [self.turn(0, NO_PREVIOUS, 1)] * 2


FIVE_TIMES = Voter(ballots=((0,),) * 5)


FIVE = (FIVE_TIMES, *SIX_VOTERS[1:])


@COLLECTION.built(
    "V24",
    plan=Plan(voters=FIVE),
    twin=Plan(voters=FIVE, max_revisions=4),
    attack="A48",
    tests=(37,),
)
class TooManyRevisions(Builder):
    """A key that voted more often than the draft allows."""
