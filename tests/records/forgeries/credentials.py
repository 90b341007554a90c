"""Forged blinded messages, blind signatures and credentials: V15, V17, V22; both V03 and V27."""

from crypto import blind_rsa
from crypto.blind_rsa import BITS
from crypto.encoding import M, u16
from tests.records.builder import Builder
from tests.records.casting import NO_PREVIOUS
from tests.records.check_ins import CheckIns
from tests.records.forgeries.ballots import TWO_OF_THREE, First
from tests.records.forgery import Collection
from tests.records.plan import SESSION, SIX_VOTERS, Plan, Voter

COLLECTION = Collection()
BY_SESSION = Voter(kind=SESSION, passkeys=0, ballots=())
ODD_ONE = Plan(voters=(*SIX_VOTERS, BY_SESSION))


class OddBlinded(Builder):
    """The base of check-ins by the last voter whose blinded message no registrar should sign.

    The forged registrar answers all the same, with an `e`-th root if the number has one.
    """

    def blinded(self, voter):
        honest = super().blinded(voter)
        is_odd = voter == len(self.plan.voters) - 1
        return tuple(self.odd(each) for each in honest) if is_odd else honest

    def blind_signature(self, request, r):
        is_odd = request.voter == len(self.plan.voters) - 1
        return self.answer() if is_odd else super().blind_signature(request, r)

    def answer(self):
        return self.modulus(0)

    def modulus(self, more):
        """N and a little more, as 384 bytes."""
        return (self.blind_keys[1, 1].public.n + more).to_bytes(384, "big")


@COLLECTION.built("V17", plan=ODD_ONE, attack="A10", tests=(7,))
class BlindedZero(OddBlinded):
    """A blinded message that is 0."""

    def odd(self, _honest):
        return bytes(384)

    def answer(self):
        return bytes(384)


@COLLECTION.built("V17", plan=ODD_ONE, attack="A10", tests=(7,))
class BlindedMinusOne(OddBlinded):
    """A blinded message that is N - 1, its own root."""

    def odd(self, _honest):
        return self.modulus(-1)

    def answer(self):
        return self.modulus(-1)


@COLLECTION.built("V17", plan=ODD_ONE, attack="A10", tests=(7,))
class BlindedModulus(OddBlinded):
    """A blinded message that is N."""

    def odd(self, _honest):
        return self.modulus(0)


@COLLECTION.built("V17", plan=ODD_ONE, attack="A10", tests=(7,))
class BlindedAboveModulus(OddBlinded):
    """A blinded message that is N + 2, a second form of 2."""

    def odd(self, _honest):
        return self.modulus(2)

    def answer(self):
        return blind_rsa.blind_sign(self.blind_keys[1, 1], (2).to_bytes(384, "big"))


class OddLength(OddBlinded):
    """The base of blinded messages of another length; the registrar signs the number."""

    def blind_signature(self, request, r):
        return (
            CheckIns.blind_signature(self, request, r)
            if len(request.blinded[0]) == 384
            else bytes(384)
        )


@COLLECTION.built("V15", "V17", plan=ODD_ONE, attack="A10", tests=(7,))
class BlindedShort(OddLength):
    """A blinded message of 383 bytes."""

    def odd(self, honest):
        return honest[1:]


@COLLECTION.built("V15", "V17", plan=ODD_ONE, attack="A10", tests=(7,))
class BlindedLong(OddLength):
    """A blinded message of 385 bytes."""

    def odd(self, honest):
        return b"\0" + honest


@COLLECTION.built("V17", attack="A1", tests=(4,))
class IssuedTwice(Builder):
    """A registrar who answers one check-in twice."""

    def check_in_group(self, voter):
        honest = super().check_in_group(voter)
        return [*honest, honest[-1]] if voter == 0 else honest


@COLLECTION.built("V22", attack="A5", tests=(16,))
class CredentialOfAnotherElection(First):
    """A credential that was issued for another election."""

    def credential_message(self, r, style, bk):
        is_forged = bk == self.ballot_key(0).public32
        return M("credential", bytes(32) if is_forged else self.eid, u16(r), u16(style), bk)


@COLLECTION.built("V22", plan=TWO_OF_THREE, attack="A18", tests=(16,))
class CredentialOfAnotherRegistrar(First):
    """Registrar 3's credential in the name of registrar 2."""

    def credentials(self, sealed):
        honest = super().credentials(sealed)
        return [honest[0], u16(2) + honest[2][2:], honest[2]] if self.is_forged(sealed) else honest


@COLLECTION.built("V22", attack="A9", tests=(17,))
class SaltedCredential(First):
    """A credential with a salt of 48 bytes, in which a registrar could leave a mark."""

    def credential(self, voter, r, bk):
        honest = super().credential(voter, r, bk)
        if voter:
            return honest
        key = self.blind_keys[r, 1]
        encoded = blind_rsa.pss_encode(self.credential_message(r, 1, bk), BITS - 1, bytes(48))
        return blind_rsa.private_operation(key.numbers, encoded).to_bytes(384, "big")


@COLLECTION.built("V22", attack="A8", tests=(18,))
class ProductOfTwo(First):
    """A credential that is the product of two others."""

    def credential(self, voter, r, bk):
        honest = super().credential(voter, r, bk)
        if voter:
            return honest
        other = super().credential(1, r, self.ballot_key(1).public32)
        product = int.from_bytes(honest, "big") * int.from_bytes(other, "big")
        return (product % self.blind_keys[r, 1].public.n).to_bytes(384, "big")


FOUR_REGISTRARS = tuple(Voter() for _ in range(3))


@COLLECTION.built(
    "V03", "V27",
    plan=Plan(registrars=(4, 2, 1), voters=FOUR_REGISTRARS, min_group=3),
    twin=Plan(registrars=(4, 3, 1), voters=FOUR_REGISTRARS, min_group=3),
    attack="A2", tests=(14,),
)  # fmt: skip
class TwoQuorums(Builder):
    """A voter who has two keys signed by two halves of the registrars, and votes twice."""

    def blinded(self, voter):
        honest = super().blinded(voter)
        return (*honest[:2], *self.as_other(super().blinded, voter)[2:]) if voter == 0 else honest

    def ballots_of(self, voter):
        honest = super().ballots_of(voter)
        return [*honest, self.as_other(self.second_ballot)] if voter == 0 else honest

    def second_ballot(self):
        """A ballot by the voter's other key, with the credentials of registrars 3 and 4."""
        self.away = True
        return self.cast(self.seal(0, 0, NO_PREVIOUS, self.encode(0, (1,))))

    def issuing(self):
        return [3, 4] if getattr(self, "away", False) else super().issuing()

    def as_other(self, do, *arguments):
        """Do something with another seed for every voter."""
        honest, self.away = self.seed_of, False
        self.seed_of = lambda number: honest(number + 1000)
        done = do(*arguments)
        self.seed_of, self.away = honest, False
        return done
