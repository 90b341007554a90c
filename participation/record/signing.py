"""The name and signature of a consultation's log: C2SP checkpoints. Pure."""

from crypto.encoding import sha256 as digest
from crypto.note import ED25519, Checkpoint, Signer, VerifierKey, sign_checkpoint


def origin_of(authority: str, consultation_hex: str) -> str:
    """The log's name: `<authority>/suara/consultations/<id>`."""
    return f"{authority}/suara/consultations/{consultation_hex}"


def vkey_of(origin: str, public32: bytes) -> str:
    """The log's key as C2SP writes it, for `consultation.json` and for people."""
    return VerifierKey.of(origin, ED25519, public32).vkey


def signed_note(origin: str, seed: bytes, size: int, root: bytes) -> bytes:
    """The checkpoint of this size and root, signed with the log's secret `seed` (32 bytes)."""
    return sign_checkpoint(Signer(origin, seed), Checkpoint(origin, size, root))


def sha256(octets: bytes) -> bytes:
    """SHA-256, 32 bytes: what the log says of texts that are not secret."""
    return digest(octets)
