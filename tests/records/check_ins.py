"""Check-ins: blinded keys, passkeys, blind signatures (section 6)."""

import json
from dataclasses import dataclass
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from crypto import blind_rsa, p256
from crypto.ed25519 import SecretKey
from crypto.encoding import H, M, b64url, hkdf, u8, u16, u64
from tests.records.documents import ORIGIN, RP_ID
from tests.records.draws import sign_blindly
from tests.records.plan import DESK, PASSKEY, SESSION
from tests.records.setup import Setup

USER_VERIFIED = 0x05


@dataclass(frozen=True)
class Request:
    """A check-in before it is evidenced; `d` is what a passkey signs."""

    voter: int
    row: int
    style: int
    blinded: tuple[bytes, ...]
    kind: int
    d: bytes


class CheckIns(Setup):
    """Adds voters' secrets and what they and the registrars write into the check-in log."""

    eid = b""

    def seed_of(self, voter: int) -> bytes:
        """`s`, from which everything secret of a voter comes."""
        return sha256(b"seed" + voter.to_bytes(4, "big")).digest()

    def ballot_key(self, voter: int) -> SecretKey:
        """`sk_b` of a voter."""
        return SecretKey(hkdf(self.seed_of(voter), M("ballot-key", self.eid)))

    def credential_message(self, r: int, style: int, bk: bytes) -> bytes:
        """What registrar r signs blindly."""
        return M("credential", self.eid, u16(r), u16(style), bk)

    def blinding(self, voter: int, r: int, style: int) -> int:
        """The blinding factor for registrar r."""
        octets = hkdf(self.seed_of(voter), M("blind", self.eid, u16(r)), 400)
        return blind_rsa.blinding_factor(octets, self.blind_keys[r, style].public)

    def blinded(self, voter: int) -> tuple[bytes, ...]:
        """The blinded messages to all registrars."""
        style, bk = self.plan.voters[voter].style, self.ballot_key(voter).public32
        return tuple(
            blind_rsa.blind(
                self.blind_keys[r, style].public,
                self.credential_message(r, style, bk),
                self.blinding(voter, r, style),
            )
            for r in range(1, self.plan.registrars[0] + 1)
        )

    def request(self, voter: int) -> Request:
        """A voter's check-in, not yet evidenced."""
        row, style = self.places[voter], self.plan.voters[voter].style
        blinded = self.blinded(voter)
        d = H("check-in-ask", self.eid, u64(row), u16(style), *blinded)
        kind = self.plan.voters[voter].kind
        return Request(voter, row, style, blinded, SESSION if kind is None else kind, d)

    def evidence(self, request: Request) -> bytes:
        """What shows that the right person asked."""
        if request.kind == SESSION:
            return b""
        if request.kind == PASSKEY:
            secret = self.passkeys[request.voter][0]
            return M(
                "webauthn", p256.secret_mul_base(secret).cose, *self.assertion(secret, request.d)
            )
        assert request.kind == DESK
        return M("webauthn-desk", u16(1), *self.assertion(self.officer, request.d))

    def assertion(self, secret: int, d: bytes) -> tuple[bytes, bytes, bytes]:
        """authenticatorData, clientDataJSON, signature of a passkey over a challenge."""
        authenticator, client = self.authenticator(), self.client_json(d)
        raw = p256.ecdsa_sign_raw(secret, authenticator + sha256(client).digest())
        r, s = int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
        return authenticator, client, encode_dss_signature(r, s)

    def authenticator(self) -> bytes:
        """authenticatorData of a verified user."""
        return sha256(RP_ID.encode()).digest() + bytes([USER_VERIFIED]) + bytes(4)

    def client_json(self, d: bytes) -> bytes:
        """clientDataJSON as a browser writes it."""
        value = {
            "type": "webauthn.get", "challenge": b64url(d), "origin": ORIGIN, "crossOrigin": False,
        }  # fmt: skip
        return json.dumps(value, separators=(",", ":")).encode()

    def check_in(self, request: Request) -> bytes:
        """The payload of a check-in."""
        return M(
            "check-in",
            self.eid,
            u64(request.row),
            u16(request.style),
            *request.blinded,
            u8(request.kind),
            self.evidence(request),
        )

    def issue(self, request: Request, check_in: bytes, r: int) -> bytes:
        """The payload of a registrar's issue."""
        digest = sha256(check_in).digest()
        return M("issue", self.eid, u16(r), digest, self.blind_signature(request, r))

    def blind_signature(self, request: Request, r: int) -> bytes:
        """What registrar r answers."""
        return sign_blindly(self.blind_keys[r, request.style], request.blinded[r - 1])

    def credential(self, voter: int, r: int, bk: bytes) -> bytes:
        """The finished signature of registrar r, as the voter's device makes it."""
        style = self.plan.voters[voter].style
        key = self.blind_keys[r, style]
        message = self.credential_message(r, style, bk)
        factor = self.blinding(voter, r, style)
        blinded = blind_rsa.blind(key.public, message, factor)
        signed = sign_blindly(key, blinded)
        return blind_rsa.finalize(key.public, message, signed, factor)

    def issuing(self) -> list[int]:
        """The registrars that are there."""
        return [r for r in range(1, self.plan.registrars[0] + 1) if r not in self.plan.away]

    def check_in_group(self, voter: int) -> list[bytes]:
        """The check-in of a voter and its issues, in the order of a batch."""
        request = self.request(voter)
        check_in = self.check_in(request)
        return [check_in, *(self.issue(request, check_in, r) for r in self.issuing())]

    def check_in_batches(self) -> list[list[bytes]]:
        """The batches of the check-in log: each a list of groups, by the check-in's hash."""
        present = [n for n, voter in enumerate(self.plan.voters) if voter.kind is not None]
        groups = [self.check_in_group(voter) for voter in present]
        per_batch = max(self.plan.batch_min, 2)
        batches = [groups[at : at + per_batch] for at in range(0, len(groups), per_batch)]
        return [self.sorted_check_ins(batch) for batch in batches]

    def sorted_check_ins(self, groups: list[list[bytes]]) -> list[bytes]:
        """A batch as the log must hold it."""
        groups = sorted(groups, key=lambda group: sha256(group[0]).digest())
        return [payload for group in groups for payload in group]
