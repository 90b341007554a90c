"""Forged rolls, check-ins and credentials: V16 to V18, V22, V27."""

from dataclasses import replace

from crypto import blind_rsa, p256
from crypto.encoding import H, M, u16, u64
from tests.records.builder import Builder
from tests.records.documents import ORIGIN
from tests.records.forgery import Collection
from tests.records.plan import DESK, PASSKEY, Plan, Voter

COLLECTION = Collection()
FOUR = (Voter(),) * 4


@COLLECTION.tampered("V16", attack="A14")
def one_row_more(built):
    """A roll with a row that the frozen root does not hold."""
    leaf = M("roll", b"\xff" * 32, u16(1), b"\xff" * 32)
    return built.files | {"roll": built.files["roll"] + u16(len(leaf)) + leaf}


@COLLECTION.tampered("V16", attack="A14")
def cut_roll(built):
    """A roll that ends inside a row."""
    return built.files | {"roll": built.files["roll"] + b"\x00"}


@COLLECTION.built("V16", attack="A22")
class OneVoterTwice(Builder):
    """A roll in which one voter has two rows."""

    def commitment(self, voter):
        return super().commitment(0 if voter == 5 else voter)


@COLLECTION.built("V16", attack="A19")
class WrongStyleSizes(Builder):
    """A manifest that counts more rows of a style than the roll has."""

    def manifest_value(self, setup):
        value = super().manifest_value(setup)
        value["roll"]["styles"][0]["size"] += 1
        return value


@COLLECTION.built("V17", attack="A1", tests=(4,))
class CheckedInTwice(Builder):
    """A row that checked in twice, for two keys."""

    def check_in_batches(self):
        batches = super().check_in_batches()
        again = self.forged_group(voter=0)
        return [*batches, self.sorted_check_ins([again])]

    def forged_group(self, voter):
        """A second check-in of a voter, for a key of the forger's."""
        honest = self.seed_of
        self.seed_of = lambda number: honest(number + 1000)
        group = self.check_in_group(voter)
        self.seed_of = honest
        return group


@COLLECTION.built("V17", attack="A8")
class SignedSomethingElse(Builder):
    """A blind signature over another message than was blinded."""

    def blind_signature(self, request, r):
        if request.voter:
            return super().blind_signature(request, r)
        return blind_rsa.blind_sign(self.blind_keys[r, request.style], u64(2).rjust(384, b"\0"))


@COLLECTION.built("V17", attack="A10", tests=(7,))
class BlindedOne(Builder):
    """A blinded message that is 1, which any key signs alike."""

    def blinded(self, voter):
        honest = super().blinded(voter)
        return (bytes(383) + b"\x01",) if voter == 5 else honest

    def blind_signature(self, request, r):
        if request.voter == 5:
            return bytes(383) + b"\x01"
        return super().blind_signature(request, r)

    def check_in_batches(self):
        batches = super().check_in_batches()
        last = self.sorted_check_ins([self.check_in_group(5)])
        return [*batches, last]

    def evidence(self, request):
        if request.voter != 5:
            return super().evidence(request)
        return super().evidence(replace(request, kind=PASSKEY))

    def check_in(self, request):
        kind = PASSKEY if request.voter == 5 else request.kind
        return super().check_in(replace(request, kind=kind))


@COLLECTION.built("V17", attack="A18")
class AnotherRow(Builder):
    """A check-in for a row that the roll does not have."""

    def check_in_batches(self):
        honest = self.places[5]
        self.places[5] = 99
        group = self.check_in_group(5)
        self.places[5] = honest
        return [*super().check_in_batches(), self.sorted_check_ins([group])]


@COLLECTION.built("V17", plan=Plan(batch_min=1), attack="A1")
class IssuedForNobody(Builder):
    """An issue for a check-in that never was."""

    def check_in_batches(self):
        batches = super().check_in_batches()
        request = self.request(0)
        return [*batches, [self.issue(request, b"no check-in", 1)]]


@COLLECTION.built("V18", attack="A1", tests=(1,))
class StuffedForAnAbstainer(Builder):
    """A check-in by session in the name of one who stayed away and has a passkey."""

    def check_in_batches(self):
        return [*super().check_in_batches(), self.sorted_check_ins([self.check_in_group(5)])]


@COLLECTION.built("V18", attack="A16", tests=(2,))
class AssertionForAnotherMessage(Builder):
    """A passkey's assertion over another blinded message."""

    def assertion(self, secret, d):
        return super().assertion(secret, H("check-in-ask", d))


@COLLECTION.built("V18", attack="A14")
class AnotherPasskey(Builder):
    """A passkey that is not on the roll."""

    def evidence(self, request):
        if request.kind != PASSKEY:
            return super().evidence(request)
        cose = p256.secret_mul_base(77).cose
        return M("webauthn", cose, *self.assertion(77, request.d))


@COLLECTION.built("V18", attack="A15", tests=(3,))
class NotVerified(Builder):
    """A passkey that did not verify its user."""

    def authenticator(self):
        honest = super().authenticator()
        return honest[:32] + b"\x01" + honest[33:]


@COLLECTION.built("V18", attack="A15", tests=(3,))
class AnotherSite(Builder):
    """A passkey of another relying party."""

    def authenticator(self):
        return bytes(32) + super().authenticator()[32:]


@COLLECTION.built("V18", attack="A15")
class LongAuthenticatorData(Builder):
    """authenticatorData with bytes behind that nobody announced."""

    def authenticator(self):
        return super().authenticator() + b"\x00"


class OtherClientJson(Builder):
    """The base of forgeries of clientDataJSON."""

    was, becomes = "", ""

    def client_json(self, d):
        return super().client_json(d).replace(self.was.encode(), self.becomes.encode())


@COLLECTION.built("V18", attack="A15", tests=(3,))
class AnotherOrigin(OtherClientJson):
    """An assertion made on another site's page."""

    was, becomes = ORIGIN, "https://votes.example.net"


@COLLECTION.built("V18", attack="A15", tests=(3,))
class Enrolment(OtherClientJson):
    """The enrolment of a passkey in place of its use."""

    was, becomes = "webauthn.get", "webauthn.create"


@COLLECTION.built("V18", attack="A15")
class InsideAnotherPage(OtherClientJson):
    """An assertion made inside another site's frame."""

    was, becomes = '"crossOrigin":false', '"crossOrigin":true'


@COLLECTION.built("V18", attack="A15", tests=(75,))
class LongClientJson(OtherClientJson):
    """clientDataJSON of 1,025 bytes, nested so deep that readers disagree whether it parses."""

    more = 0

    def client_json(self, d):
        honest = super().client_json(d)[:-1] + b',"x":'
        depth, odd = divmod(1024 + self.more - len(honest), 2)
        return honest + b" " * odd + b"[" * depth + b"]" * depth + b"}"


@COLLECTION.built("V18", attack="A15")
class TwoDocuments(OtherClientJson):
    """clientDataJSON with something behind its end."""

    was, becomes = "false}", 'false}{"x":1}'


@COLLECTION.built("V18", attack="A1")
class NoSuchOfficer(Builder):
    """A check-in at a desk by an officer whom the draft does not name."""

    def evidence(self, request):
        if request.kind != DESK:
            return super().evidence(request)
        return M("webauthn-desk", u16(2), *self.assertion(self.officer, request.d))


@COLLECTION.built("V18", attack="A15")
class UnknownKind(Builder):
    """A check-in of a kind that there is not."""

    def check_in(self, request):
        kind = 3 if request.voter == 2 else request.kind
        evidence = self.evidence(request)
        fields = (u64(request.row), u16(request.style), *request.blinded, bytes([kind]), evidence)
        return M("check-in", self.eid, *fields)


@COLLECTION.built(
    "V27", plan=Plan(voters=(*FOUR[:3], Voter(kind=None))), twin=Plan(voters=FOUR), attack="A1"
)
class SignedOffTheLog(Builder):
    """A ballot whose credential was signed without a check-in, when all who came have voted."""


@COLLECTION.built(
    "V27",
    plan=Plan(registrars=(2, 2, 1), away=frozenset({2})),
    twin=Plan(registrars=(2, 2, 1)),
    attack="A2",
)
class OneOfTwoRegistrars(Builder):
    """Ballots with the credential of a registrar who signed for nobody on the log."""

    def credentials(self, sealed):
        return [u16(r) + self.credential(sealed.voter, r, sealed.bk) for r in (1, 2)]
