"""Forged documents, keys and ceremonies: V01 to V09."""

from dataclasses import dataclass
from functools import cache

import gmpy2

from ballots.verifier.verdict import CODES
from crypto import canonical, p256
from crypto.blind_rsa import BITS, PrivateNumbers, PublicKey
from crypto.encoding import H, M, b64url, u16
from tests.records.builder import Builder
from tests.records.forgery import Collection
from tests.records.plan import Plan, Voter, plurality, yes_no

COLLECTION = Collection()
AFTER_V01 = CODES[1:]
AFTER_A_KEY = ("V05", "V17", "V22", "V40")
THREE_TRUSTEES = Plan(trustees=(3, 2), silent=frozenset({3}))
TWO_STYLES = Plan(
    questions=(yes_no(), plurality("mayor", 3)),
    styles=((1, ("park",)), (2, ("park", "mayor"))),
    voters=tuple(Voter(style=1 + i % 2, ballots=((0, 1)[: 1 + i % 2],)) for i in range(6)),
)


@COLLECTION.tampered("V01", missing=AFTER_V01, attack="A26", tests=(36,))
def spaced_manifest(built):
    """A manifest with a space that changes nothing but its bytes."""
    return built.files | {"manifest.json": built.manifest[:-1] + b" }"}


@COLLECTION.tampered("V01", missing=AFTER_V01, attack="A26", tests=(36,))
def doubled_key(built):
    """A manifest with a key twice, so that two readers may see two elections."""
    again = built.manifest[:-1] + b',"setup":{"root":"","size":0}}'
    return built.files | {"manifest.json": again}


@COLLECTION.tampered("V01", missing=AFTER_V01, attack="A64")
def another_suite(built):
    """A suite that nobody knows."""
    other = built.manifest.replace(b'"suara/v1"', b'"suara/v0"')
    return built.files | {"manifest.json": other}


@COLLECTION.built("V02", attack="A25")
class OtherEid0(Builder):
    """A manifest that names another draft's eid0."""

    def manifest_value(self, setup):
        return super().manifest_value(setup) | {"eid0": b64url(bytes(32))}


@COLLECTION.tampered("V02", attack="A40")
def other_attachment(built):
    """An explanation that was exchanged."""
    return built.files | {"attachments/explanation.txt": b"Why we do not ask.\n"}


@COLLECTION.built("V02", attack="A40")
class OtherDraftInLog(Builder):
    """A set-up log that began with another draft than the manifest holds."""

    def write_setup(self):
        honest = self.draft
        self.draft = honest.replace(b"About a park.", b"About a road.")
        super().write_setup()
        self.draft = honest


@COLLECTION.built(
    "V03",
    plan=Plan(registrars=(3, 2, 1)),
    twin=Plan(registrars=(3, 3, 1)),
    attack="A2",
    tests=(13,),
)
class TwoOfThree(Builder):
    """Registrars of which two disjoint quorums can be made."""


@COLLECTION.built("V03", plan=Plan(min_group=7), twin=Plan(min_group=5), attack="A19")
class TinyStyle(Builder):
    """A style whose voters are fewer than the draft's own bound."""

    def small_styles(self):
        return {1}


@COLLECTION.built(
    "V03", plan=Plan(witnesses=(4, 2, 0)), twin=Plan(witnesses=(4, 3, 0)), attack="A41"
)
class HalfTheWitnesses(Builder):
    """Witnesses of which two halves may see two boxes."""


@COLLECTION.built("V03", attack="A42")
class OneKeyTwice(Builder):
    """An organiser whose key is that of a registrar."""

    def draft_value(self):
        self.organiser = self.registrars[0]
        return super().draft_value()


@COLLECTION.built("V03", attack="A46")
class ClosesBeforeItOpens(Builder):
    """A vote that closes before it opens."""

    def schedule(self):
        times = super().schedule()
        return times | {"voting_opens": times["voting_closes"]}


@COLLECTION.built("V04", attack="A3", missing=AFTER_A_KEY)
class AnotherKeyNamed(Builder):
    """A manifest that names another key than the registrar showed."""

    def prepared(self):
        setup = super().prepared()
        setup["registrar_keys"][0]["spki_sha256"] = b64url(bytes(32))
        return setup


@COLLECTION.built("V04", plan=TWO_STYLES, attack="A5", tests=(12,))
class OneKeyForTwoStyles(Builder):
    """A registrar who uses one key for two styles."""

    def __init__(self, plan):
        super().__init__(plan)
        self.blind_keys[1, 2] = self.blind_keys[1, 1]


@COLLECTION.built("V04", attack="A4", tests=(9,))
class SmallFactor(Builder):
    """A modulus with a small factor, by which blinded messages can be told apart."""

    def __init__(self, plan):
        super().__init__(plan)
        self.blind_keys[1, 1] = key_with_small_factor()


@dataclass(frozen=True)
class MadeKey:
    """A secret key of primes of our own."""

    public: PublicKey
    numbers: PrivateNumbers


@cache
def key_with_small_factor():
    """A working key whose modulus is a multiple of 65,521."""
    small = 65_521
    large = int(gmpy2.next_prime((1 << BITS) // small - (1 << 3000)))
    public = PublicKey.of_modulus(small * large)
    return MadeKey(public, PrivateNumbers.of_primes(small, large))


@COLLECTION.built("V05", attack="A4", tests=(8,))
class NoCertificate(Builder):
    """A key whose exponent may have no inverse: its certificate is made up."""

    def certificate(self, r, style, spki):
        return tuple(each[::-1] for each in super().certificate(r, style, spki))


@COLLECTION.built("V05", attack="A4", tests=(11,))
class BorrowedCertificate(Builder):
    """A certificate from another election."""

    def certificate(self, r, style, spki):
        honest, self.eid0 = self.eid0, bytes(32)
        borrowed = super().certificate(r, style, spki)
        self.eid0 = honest
        return borrowed


@COLLECTION.built("V06", plan=THREE_TRUSTEES, attack="A52", tests=(57,), missing=("V07",))
class ChangedAfterCommitting(Builder):
    """A trustee who shows other points than it committed to."""

    def dkg1(self, style, i):
        fields = (self.eid0, u16(style), u16(i), bytes(32))
        return M("dkg1", *fields, bytes(32)) if i == 2 else super().dkg1(style, i)


@COLLECTION.built("V06", plan=THREE_TRUSTEES, attack="A52", tests=(56,), missing=("V07",))
class NoPossession(Builder):
    """A trustee who does not know the secret behind its point: a rogue key."""

    def dkg2(self, style, i):
        inner = super().dkg2(style, i)
        if i != 2:
            return inner
        joined = b"".join(self.points(style, i))
        wrong = p256.ecdsa_sign_raw(1234, joined)
        right = p256.ecdsa_sign_raw(
            self.polynomials[style, i].secret, M("dkg-pop", self.eid0, u16(style), u16(i), joined)
        )
        return inner.replace(right, wrong)


@COLLECTION.built("V06", plan=THREE_TRUSTEES, attack="A51", tests=(61,))
class AnotherTranscript(Builder):
    """A trustee who was shown another ceremony."""

    def dkg3(self, style, i):
        if i != 2:
            return super().dkg3(style, i)
        fields = (self.eid0, u16(style), u16(i), H("dkg-transcript"), self.public_share(style, i))
        return M("dkg3", *fields)


@COLLECTION.built("V06", plan=THREE_TRUSTEES, attack="A54", tests=(58,), missing=("V07",))
class OneCoefficientMore(Builder):
    """A trustee who raises the threshold in secret."""

    def points(self, style, i):
        honest = super().points(style, i)
        return [*honest, honest[0]] if i == 2 else honest


@COLLECTION.built("V07", plan=THREE_TRUSTEES, attack="A54")
class AnotherPublicShare(Builder):
    """A manifest that names another public share than the ceremony gave."""

    def prepared(self):
        setup = super().prepared()
        setup["election_keys"][0]["trustee_points"][2] = b64url(p256.G.compressed)
        return setup


@COLLECTION.built("V08", plan=THREE_TRUSTEES, attack="A51", tests=(61,))
class Unacknowledged(Builder):
    """A trustee who never acknowledged this election."""

    def acknowledging(self):
        return super().acknowledging()[1:]


@COLLECTION.built("V09", attack="A40")
class AnotherManifest(Builder):
    """A ballot log that begins with another manifest."""

    def open_boxes(self):
        honest = self.manifest
        value = canonical.read(honest) | {"client_sha256": b64url(bytes(32))}
        self.manifest = canonical.write(value)
        super().open_boxes()
        self.manifest = honest


@COLLECTION.tampered(
    "V02", "V04", "V06", "V09", "V11", "V12", "V14", "V15", "V20", required=("V02", "V14"),
    missing=("V07", "V08", "V19", *CODES[27:37], "V40"), attack="A40", tests=(35,),
)  # fmt: skip
def look_alike(built):
    """A manifest with a letter of another alphabet in a translation: another election."""
    title, twin = '"A referendum"', '"\N{CYRILLIC CAPITAL LETTER A} referendum"'
    other = built.manifest.replace(title.encode(), twin.encode())
    assert other != built.manifest
    return built.files | {"manifest.json": other}
