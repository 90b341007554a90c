"""Sealing and opening by HPKE in base mode (RFC 9180): HKDF-SHA256 and AES-128-GCM, empty aad.

Two suites: DHKEM(P-256) for ballots, whose ephemeral pair is derived so that a second device can
make it again, and DHKEM(X25519) for the trustees' shares. Opening many ballots goes through the
library's own HPKE; sealing is written out, because no library takes the ephemeral pair.
"""

from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from crypto.encoding import hkdf_expand, hkdf_extract
from crypto.errors import BadEncoding, BadKey, CannotOpen
from crypto.p256 import UNCOMPRESSED_OCTETS, Q, private_key, public_key
from crypto.randomness import random_bytes

P256_KEM = 0x0010
X25519_KEM = 0x0020
X25519_OCTETS = 32
TAG_OCTETS = 16
KEY_OCTETS = 16
NONCE_OCTETS = 12

_KDF_AND_AEAD = bytes.fromhex("00010001")
_MODE_BASE = b"\x00"
_P256_SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_128_GCM)


# --- ballots: DHKEM(P-256)


def seal_p256(public65: bytes, info: bytes, plaintext: bytes, ikm: bytes) -> tuple[bytes, bytes]:
    """`(enc, ct)`: the plaintext sealed to a 65-byte point, `enc` 65 bytes, `ct` 16 longer.

    The ephemeral pair is `DeriveKeyPair(ikm)`: one ikm must never meet two plaintexts under one
    key and info. `BadKey` if the key is no point, `BadEncoding` for an ikm below 32 bytes.
    """
    aead, nonce, enc = _p256_sender(public65, info, ikm)
    return enc, aead.encrypt(nonce, plaintext, None)


def open_with_ikm(ikm: bytes, public65: bytes, ct: bytes, info: bytes) -> tuple[bytes, bytes]:
    """`(enc, plaintext)` of what `seal_p256` sealed with this ikm: the second device's opening.

    The caller compares `enc` with the published one. `CannotOpen` if it does not open.
    """
    aead, nonce, enc = _p256_sender(public65, info, ikm)
    try:
        return enc, aead.decrypt(nonce, ct, None)
    except InvalidTag:
        raise CannotOpen("the sealed message does not open with this ikm") from None


class Opener:
    """A P-256 secret held ready to open many sealed messages; `BadKey` unless 1 <= secret < q."""

    __slots__ = ("_key",)

    def __init__(self, secret: int) -> None:
        self._key = private_key(secret)

    def open(self, enc: bytes, ct: bytes, info: bytes) -> bytes:
        """The plaintext; `CannotOpen` for a wrong point, length, key, info or ciphertext."""
        if len(enc) != UNCOMPRESSED_OCTETS:
            raise CannotOpen("an encapsulated key has 65 bytes")
        try:
            return _P256_SUITE.decrypt(enc + ct, self._key, info)
        except InvalidTag:
            raise CannotOpen("the sealed message does not open with this key") from None


def open_p256(secret: int, enc: bytes, ct: bytes, info: bytes) -> bytes:
    """The plaintext sealed to `secret * G`; `CannotOpen`, or `BadKey` for the secret itself."""
    return Opener(secret).open(enc, ct, info)


def derive_p256(ikm: bytes) -> int:
    """The secret scalar of `DeriveKeyPair(ikm)`, section 7.1.3; `BadEncoding` below 32 bytes."""
    prk = labeled_extract(_kem_suite(P256_KEM), b"", b"dkp_prk", _long_enough(ikm))
    for counter in range(256):
        octets = labeled_expand(
            _kem_suite(P256_KEM), prk, b"candidate", bytes([counter]), length=32
        )
        candidate = int.from_bytes(octets, "big")
        if 0 < candidate < Q:
            return candidate
    raise BadKey("no key pair can be derived")


def _p256_sender(public65: bytes, info: bytes, ikm: bytes) -> tuple[AESGCM, bytes, bytes]:
    if len(public65) != UNCOMPRESSED_OCTETS:
        raise BadKey("a P-256 key to seal to has 65 bytes")
    receiver = public_key(public65)
    ephemeral = private_key(derive_p256(ikm))
    own = ephemeral.public_key().public_numbers()
    enc = b"\x04" + own.x.to_bytes(32, "big") + own.y.to_bytes(32, "big")
    secret = shared_secret(P256_KEM, ephemeral.exchange(ec.ECDH(), receiver), enc + public65)
    key, nonce = key_schedule(P256_KEM, secret, info)
    return AESGCM(key), nonce, enc


# --- the trustees' shares: DHKEM(X25519)


def seal_x25519(public32: bytes, info: bytes, plaintext: bytes) -> bytes:
    """`enc || ct`, 48 bytes longer than the plaintext, sealed to an X25519 key; `BadKey`."""
    ephemeral = random_bytes(X25519_OCTETS)
    enc = x25519_public(ephemeral)
    aead, nonce = _x25519_schedule(x25519(ephemeral, public32), enc + public32, info)
    return enc + aead.encrypt(nonce, plaintext, None)


def open_x25519(secret32: bytes, sealed: bytes, info: bytes) -> bytes:
    """The plaintext of `enc || ct`; `CannotOpen`, or `BadKey` for a secret of another length."""
    enc, ct = sealed[:X25519_OCTETS], sealed[X25519_OCTETS:]
    own = x25519_public(secret32)
    try:
        aead, nonce = _x25519_schedule(x25519(secret32, enc), enc + own, info)
        return aead.decrypt(nonce, ct, None)
    except (BadKey, InvalidTag):
        raise CannotOpen("the sealed message does not open with this key") from None


def derive_x25519(ikm: bytes) -> bytes:
    """The secret of `DeriveKeyPair(ikm)`, section 7.1.3, 32 bytes; `BadEncoding` below 32."""
    prk = labeled_extract(_kem_suite(X25519_KEM), b"", b"dkp_prk", _long_enough(ikm))
    return labeled_expand(_kem_suite(X25519_KEM), prk, b"sk", b"", length=32)


def x25519_public(secret32: bytes) -> bytes:
    """The public key of an X25519 secret, 32 bytes; `BadKey` for another length."""
    return _x25519_private(secret32).public_key().public_bytes_raw()


def x25519(secret32: bytes, public32: bytes) -> bytes:
    """The shared point of RFC 7748, 32 bytes; `BadKey` for lengths and for a point all zero."""
    try:
        return _x25519_private(secret32).exchange(X25519PublicKey.from_public_bytes(public32))
    except ValueError:
        raise BadKey("not an X25519 public key to agree with") from None


def _x25519_private(secret32: bytes) -> X25519PrivateKey:
    try:
        return X25519PrivateKey.from_private_bytes(secret32)
    except ValueError:
        raise BadKey("an X25519 secret has 32 bytes") from None


def _x25519_schedule(dh: bytes, kem_context: bytes, info: bytes) -> tuple[AESGCM, bytes]:
    key, nonce = key_schedule(X25519_KEM, shared_secret(X25519_KEM, dh, kem_context), info)
    return AESGCM(key), nonce


# --- RFC 9180, sections 4 and 5


def labeled_extract(suite_id: bytes, salt: bytes, label: bytes, ikm: bytes) -> bytes:
    """`LabeledExtract` of section 4, 32 bytes."""
    return hkdf_extract(salt, b"HPKE-v1" + suite_id + label + ikm)


def labeled_expand(suite_id: bytes, prk: bytes, label: bytes, info: bytes, *, length: int) -> bytes:
    """`LabeledExpand` of section 4, `length` bytes."""
    labeled = length.to_bytes(2, "big") + b"HPKE-v1" + suite_id + label + info
    return hkdf_expand(prk, labeled, length)


def shared_secret(kem: int, dh: bytes, kem_context: bytes) -> bytes:
    """`ExtractAndExpand` of section 4.1; `kem_context` is `enc || receiver's key`."""
    suite_id = _kem_suite(kem)
    prk = labeled_extract(suite_id, b"", b"eae_prk", dh)
    return labeled_expand(suite_id, prk, b"shared_secret", kem_context, length=32)


def key_schedule(kem: int, secret: bytes, info: bytes) -> tuple[bytes, bytes]:
    """`(key, base_nonce)` of section 5.1 in mode base, 16 and 12 bytes.

    The nonce of the first and here only message is the base nonce itself.
    """
    suite_id = _hpke_suite(kem)
    info_hash = labeled_extract(suite_id, b"", b"info_hash", info)
    context = _MODE_BASE + _no_psk(suite_id) + info_hash
    prk = labeled_extract(suite_id, secret, b"secret", b"")
    key = labeled_expand(suite_id, prk, b"key", context, length=KEY_OCTETS)
    return key, labeled_expand(suite_id, prk, b"base_nonce", context, length=NONCE_OCTETS)


@cache
def _no_psk(suite_id: bytes) -> bytes:
    return labeled_extract(suite_id, b"", b"psk_id_hash", b"")


def _kem_suite(kem: int) -> bytes:
    return b"KEM" + kem.to_bytes(2, "big")


def _hpke_suite(kem: int) -> bytes:
    return b"HPKE" + kem.to_bytes(2, "big") + _KDF_AND_AEAD


def _long_enough(ikm: bytes) -> bytes:
    if len(ikm) < 32:  # noqa: PLR2004 - section 7.1.3: at least as long as the secret
        raise BadEncoding("keys are derived from 32 bytes or more")
    return ikm
