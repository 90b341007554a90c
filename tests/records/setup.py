"""The set-up log: keys of registrars, the trustees' ceremony (sections 4 and 5)."""

from crypto import hpke, p256, sharing
from crypto.ed25519 import SecretKey
from crypto.encoding import H, M, u16, u64
from crypto.sharing import Polynomial
from tests.records.documents import Documents
from tests.records.draws import certify, seal_share
from tests.records.log_writer import LogWriter
from tests.records.plan import START, Plan

NO_ROW = 2**64 - 1
BEFORE = START - 1000


class Setup(Documents):
    """Adds the set-up log."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan)
        self.setup = LogWriter("setup", self.log_signer("setup"), self.witnesses, bytes(32))
        everybody = [(s, i) for s in self.styles for i in range(1, plan.trustees[0] + 1)]
        self.polynomials = {
            holder: Polynomial.from_coefficients(
                [self.draws.scalar() for _ in range(plan.trustees[1])]
            )
            for holder in everybody
        }
        self.ceremony_keys = {holder: self.draws.octets() for holder in everybody}
        self.inners: dict[tuple[str, int, int], bytes] = {}

    # --- what roles say

    def by(self, role: str, index: int, inner: bytes) -> bytes:
        """What a role says, wrapped and signed."""
        signature = self.identity(role, index).sign(M("by", role.encode(), u16(index), inner))
        return M("signed", role.encode(), u16(index), inner, signature)

    def identity(self, role: str, index: int) -> SecretKey:
        """A role's long-lived key."""
        if role == "organiser":
            return self.organiser
        keys = {"registrar": self.registrars, "trustee": self.trustees, "verifier": self.verifiers}
        return keys[role][index - 1]

    # --- the entries

    def reg_key(self, r: int, style: int) -> bytes:
        """A registrar's key for a style."""
        spki = self.spki(r, style)
        certificate = self.certificate(r, style, spki)
        inner = M("reg-key", self.eid0, u16(r), u16(style), spki, *certificate)
        return self.by("registrar", r, inner)

    def spki(self, r: int, style: int) -> bytes:
        """The public key as it is shown."""
        return self.blind_keys[r, style].public.spki

    def certificate(self, r: int, style: int, spki: bytes) -> tuple[bytes, ...]:
        """The eight roots."""
        head = (self.eid0, u16(r), u16(style), spki)
        messages = tuple(M("rsa-cert", *head, u16(i)) for i in range(1, 9))
        return certify(self.blind_keys[r, style], messages)

    def points(self, style: int, i: int) -> list[bytes]:
        """`C_i0 .. C_i,k-1`, compressed."""
        return [point.compressed for point in self.polynomials[style, i].points]

    def dkg1(self, style: int, i: int) -> bytes:
        """A trustee's commitment."""
        commit = H("dkg-commit", self.eid0, u16(style), u16(i), *self.points(style, i))
        key = hpke.x25519_public(self.ceremony_keys[style, i])
        return M("dkg1", self.eid0, u16(style), u16(i), key, commit)

    def dkg2(self, style: int, i: int) -> bytes:
        """A trustee's points, proof of possession and sealed shares."""
        joined = b"".join(self.points(style, i))
        polynomial = self.polynomials[style, i]
        proven = M("dkg-pop", self.eid0, u16(style), u16(i), joined)
        possession = p256.ecdsa_sign_raw(polynomial.secret, proven)
        commit = H("dkg-commit", self.eid0, u16(style), u16(i), *self.points(style, i))
        sealed = [
            seal_share(
                hpke.x25519_public(self.ceremony_keys[style, j]),
                M("dkg-share", self.eid0, u16(style), u16(i), u16(j), commit),
                polynomial.share(j).to_bytes(32, "big"),
            )
            for j in range(1, self.plan.trustees[0] + 1)
        ]
        return M("dkg2", self.eid0, u16(style), u16(i), joined, possession, *sealed)

    def dkg3(self, style: int, i: int) -> bytes:
        """A trustee's transcript and public share."""
        everybody = range(1, self.plan.trustees[0] + 1)
        inners = [self.inners[step, style, j] for step in ("dkg1", "dkg2") for j in everybody]
        transcript = H("dkg-transcript", *inners)
        return M("dkg3", self.eid0, u16(style), u16(i), transcript, self.public_share(style, i))

    def secret_share(self, style: int, j: int) -> int:
        """`x_j` of a trustee."""
        everybody = range(1, self.plan.trustees[0] + 1)
        return sharing.combine([self.polynomials[style, i].share(j) for i in everybody])

    def public_share(self, style: int, j: int) -> bytes:
        """`X_j` of a trustee."""
        return p256.secret_mul_base(self.secret_share(style, j)).compressed

    def opening_key(self, style: int) -> int:
        """`y` of a style, which nobody holds before the close."""
        everybody = range(1, self.plan.trustees[0] + 1)
        return sharing.combine([self.polynomials[style, i].secret for i in everybody])

    def election_key(self, style: int) -> bytes:
        """`Y` of a style."""
        return p256.secret_mul_base(self.opening_key(style)).compressed

    # --- the log

    def said(self, step: str, style: int, i: int) -> list[bytes]:
        """What a trustee says in a step of the ceremony: one entry."""
        inner = getattr(self, step)(style, i)
        self.inners[step, style, i] = inner
        return [self.by("trustee", i, inner)]

    def write_setup(self) -> None:
        """Write the whole set-up log."""
        self.setup.append(M("draft", self.draft))
        self.setup.publish(BEFORE)
        for r, style in self.blind_keys:
            self.setup.append(self.reg_key(r, style))
        for step in ("dkg1", "dkg2", "dkg3"):
            for style, i in self.polynomials:
                for payload in self.said(step, style, i):
                    self.setup.append(payload)
        self.setup.publish(BEFORE + 10)
        for row, words in self.plan.notes:
            place = NO_ROW if row is None else self.places[row]
            inner = M("roll-note", self.eid0, u64(place), words.encode())
            self.setup.append(self.by("organiser", 0, inner))
            self.setup.publish(BEFORE + 20)
