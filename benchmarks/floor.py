"""The floor: what the primitive operations on one ballot cost here and now, in microseconds.

Each is the library's own call, on material of the sizes that a ballot has, measured in the same
run as what is compared with it: the median of several batches, in seconds of the processor, so
that a busy machine slows the floor as it slows what stands on it.
"""

import hashlib
import os
import time
from collections.abc import Callable, Mapping
from statistics import median

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

ENTRY_BYTES = 900
"""About as long as a `cast` entry with one credential."""

_BATCHES = 15
_SECONDS = 0.02
"""How long one batch takes, roughly."""

_PSS = padding.PSS(padding.MGF1(hashes.SHA384()), 0)


def rsa_verification() -> Callable[[], object]:
    """RSASSA-PSS, SHA-384, 3072 bit, no salt."""
    key = rsa.generate_private_key(65537, 3072)
    message = os.urandom(130)
    signature = key.sign(message, _PSS, hashes.SHA384())
    public = key.public_key()
    return lambda: public.verify(signature, message, _PSS, hashes.SHA384())


def ed25519_verification() -> Callable[[], object]:
    """Ed25519 under a key that was not seen before, as every voter's is."""
    key = Ed25519PrivateKey.generate()
    message = os.urandom(250)
    signature, octets = key.sign(message), key.public_key().public_bytes_raw()
    return lambda: Ed25519PublicKey.from_public_bytes(octets).verify(signature, message)


def ed25519_signature() -> Callable[[], object]:
    """Ed25519, as a promise is signed."""
    key = Ed25519PrivateKey.generate()
    message = os.urandom(110)
    return lambda: key.sign(message)


def hpke_opening() -> Callable[[], object]:
    """HPKE base: P-256, HKDF-SHA256, AES-128-GCM."""
    suite = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_128_GCM)
    key, info = ec.generate_private_key(ec.SECP256R1()), os.urandom(150)
    sealed = suite.encrypt(os.urandom(7), key.public_key(), info)
    return lambda: suite.decrypt(sealed, key, info)


def point_check() -> Callable[[], object]:
    """Whether 65 bytes are a point of P-256."""
    point = ec.generate_private_key(ec.SECP256R1()).public_key().public_numbers()
    octets = b"\x04" + point.x.to_bytes(32, "big") + point.y.to_bytes(32, "big")
    return lambda: ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), octets)


def two_hashes() -> Callable[[], object]:
    """SHA-256 of an entry, and of two hashes."""
    entry, pair = os.urandom(ENTRY_BYTES), os.urandom(65)
    return lambda: (hashlib.sha256(entry).digest(), hashlib.sha256(pair).digest())


VERIFYING: Mapping[str, Callable[[], Callable[[], object]]] = {
    "RSA-3072 verification": rsa_verification,
    "Ed25519 verification": ed25519_verification,
    "P-256 HPKE opening": hpke_opening,
    "two hashes": two_hashes,
}
"""What cannot be left out when a ballot is verified."""

ACCEPTING: Mapping[str, Callable[[], Callable[[], object]]] = {
    "RSA-3072 verification": rsa_verification,
    "Ed25519 verification": ed25519_verification,
    "point on the curve": point_check,
    "two hashes": two_hashes,
    "Ed25519 signature (promise)": ed25519_signature,
}
"""What cannot be left out when a ballot is accepted, besides writing it to the disk."""


def measure(operations: Mapping[str, Callable[[], Callable[[], object]]]) -> dict[str, float]:
    """Microseconds of each operation."""
    return {name: _microseconds(make()) for name, make in operations.items()}


def show(costs: Mapping[str, float]) -> float:
    """Prints the operations and their sum, and gives the sum."""
    for name, cost in costs.items():
        print(f"  {name:<42} {cost:9.1f} us")
    floor = sum(costs.values())
    print(f"  {'floor, the sum':<42} {floor:9.1f} us")
    return floor


def _microseconds(operation: Callable[[], object]) -> float:
    operation()
    begun = time.process_time()
    operation()
    rounds = max(1, int(_SECONDS / max(time.process_time() - begun, 1e-7)))
    return median(_batch(operation, rounds) for _ in range(_BATCHES)) * 1e6


def _batch(operation: Callable[[], object], rounds: int) -> float:
    begun = time.process_time()
    for _ in range(rounds):
        operation()
    return (time.process_time() - begun) / rounds
