"""A device that makes and uses passkeys, in Python; a test may let it lie in one place."""

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

UP, UV, AT = 0x01, 0x04, 0x40
ES256 = -7


def b64url(octets: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(octets).decode().rstrip("=")


@dataclass
class Authenticator:
    """One passkey on one device."""

    origin: str
    rp_id: str
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    key: Any = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    @property
    def cose(self) -> bytes:
        """The public key in the 77-byte form."""
        numbers = self.key.public_key().public_numbers()
        x, y = (each.to_bytes(32, "big") for each in (numbers.x, numbers.y))
        return bytes.fromhex("a5010203262001215820") + x + bytes.fromhex("225820") + y

    def create(self, options: str, **lies: Any) -> str:
        """The browser's answer to the options of an enrolment.

        Lies: `origin`, `rp_id`, `kind`, `challenge`, `flags`, `cose`, `add` (flags to add).
        """
        said = json.loads(options)
        client = self._client(lies.get("challenge", said["challenge"]), "webauthn.create", lies)
        cose = lies.get("cose", self.cose)
        length = len(self.credential_id).to_bytes(2, "big")
        attested = bytes(16) + length + self.credential_id + cose
        flags = lies.get("flags", UP | UV | AT)
        data = self._head(lies, flags) + attested
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return json.dumps(
            {
                "id": b64url(self.credential_id),
                "rawId": b64url(self.credential_id),
                "type": "public-key",
                "clientExtensionResults": {},
                "response": {
                    "attestationObject": b64url(attestation),
                    "clientDataJSON": b64url(client),
                },
            }
        )

    def sign(self, digest: bytes, **lies: Any) -> tuple[bytes, bytes, bytes]:
        """authenticatorData, clientDataJSON and signature over a challenge."""
        client = self._client(b64url(digest), "webauthn.get", lies)
        data = self._head(lies, lies.get("flags", UP | UV))
        message = data + hashlib.sha256(client).digest()
        return data, client, self.key.sign(message, ec.ECDSA(hashes.SHA256()))

    def _client(self, challenge: str, kind: str, lies: dict[str, Any]) -> bytes:
        origin = lies.get("origin", self.origin)
        said = {
            "type": lies.get("kind", kind),
            "challenge": challenge,
            "origin": origin,
            "crossOrigin": False,
        }
        return json.dumps(said, separators=(",", ":")).encode()

    def _head(self, lies: dict[str, Any], flags: int) -> bytes:
        rp_id = lies.get("rp_id", self.rp_id)
        return hashlib.sha256(rp_id.encode()).digest() + bytes([flags]) + bytes(4)
