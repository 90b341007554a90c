"""The one way to turn fields into bytes, and the small conversions around it.

`M(tag, f1..fn) = u8(len(tag)) || tag || u16(n) || for each field: u32(len) || bytes`
(protocol, section 1). Everything that is hashed or signed by an election goes through it; the tag
says for what, so that bytes made for one purpose never pass for another.
"""

import base64
import hashlib
import hmac
import re

from crypto.errors import BadEncoding

PREFIX = "suara/v1/"

TAGS = frozenset({
    # documents, section 1
    "draft", "manifest",
    # the roll, section 3
    "voter", "passkey", "roll",
    # what a role says, section 4
    "signed", "by",
    # the set-up log, sections 4 and 5
    "reg-key", "rsa-cert", "dkg1", "dkg2", "dkg3", "dkg-complaint", "roll-note",
    "dkg-commit", "dkg-pop", "dkg-share", "dkg-transcript",
    # the check-in log, section 6
    "check-in", "issue", "epoch", "check-in-ask", "webauthn", "webauthn-desk", "promise-issue",
    "ballot-key", "blind", "credential",
    # the ballot log, sections 4, 7 and 9
    "ack", "open", "cast", "issue-close", "close", "share", "result", "attest",
    "ephemeral", "seal", "ballot", "promise", "tie", "seed", "tally",
    # files beside the record, section 12
    "promised",
    # the log of a consultation, docs/consultation-record.md
    "consult-begun", "consult-changed", "consult-version", "consult-phase", "consult-extended",
    "contribution", "contribution-edited", "contribution-redacted", "contribution-withdrawn",
    "contribution-held", "contribution-removed", "contribution-restored", "contribution-erased",
    "contribution-answered", "contribution-author", "contribution-content", "contribution-receipt",
})  # fmt: skip
"""Every tag of the protocol and of the records of consultations; none serves two purposes."""

# A note never begins with a byte below 0x20 and `M` always does, so that one key may sign both:
# the prefix and a name of at most 22 letters stay under 32.
_HEADS = {name: bytes([len(PREFIX) + len(name)]) + (PREFIX + name).encode() for name in TAGS}
_NAMES = {head: name for name, head in _HEADS.items()}

_SHA256_OCTETS = 32
_HKDF_EMPTY_SALT = bytes(_SHA256_OCTETS)
_BASE64URL = re.compile(r"[A-Za-z0-9_-]*", re.ASCII)
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CROCKFORD_BITS = 5


def M(tag: str, *fields: bytes) -> bytes:
    """The message of `fields` under `tag`, the short name of `TAGS`; injective.

    Raises `BadEncoding` for a name that is not a tag. Source: protocol, section 1.
    """
    head = _HEADS.get(tag)
    if head is None:
        raise BadEncoding(f"{tag!r} is not a tag of the protocol")
    parts = [head, len(fields).to_bytes(2, "big")]
    for each in fields:
        parts.append(len(each).to_bytes(4, "big"))
        parts.append(each)
    return b"".join(parts)


def H(tag: str, *fields: bytes) -> bytes:
    """SHA-256 of `M(tag, *fields)`, 32 bytes."""
    return hashlib.sha256(M(tag, *fields)).digest()


def split(message: bytes) -> tuple[str, tuple[bytes, ...]]:
    """The tag's short name and the fields of a message.

    Raises `BadEncoding` for an unknown tag, a cut message or bytes behind its end.
    """
    tag = tag_of(message)
    head_end = 1 + message[0]
    position = head_end + 2
    if len(message) < position:
        raise BadEncoding("the message ends before the number of its fields")
    fields = []
    for _ in range(int.from_bytes(message[head_end:position], "big")):
        start = position + 4
        end = start + int.from_bytes(message[position:start], "big")
        if len(message) < start or len(message) < end:
            raise BadEncoding("the message ends inside a field")
        fields.append(message[start:end])
        position = end
    if position != len(message):
        raise BadEncoding("bytes follow the last field of the message")
    return tag, tuple(fields)


def parse(tag: str, message: bytes, *, count: int | None = None) -> tuple[bytes, ...]:
    """The fields of a message under this very tag, `count` of them where it is given.

    Raises `BadEncoding` for anything that `M(tag, ...)` does not write.
    """
    found, fields = split(message)
    if found != tag:
        raise BadEncoding(f"expected a {tag} message, found {found}")
    if count is not None and len(fields) != count:
        raise BadEncoding(f"a {tag} message has {count} fields, not {len(fields)}")
    return fields


def tag_of(message: bytes) -> str:
    """The short name of a message's tag, its fields unread; `BadEncoding` for an unknown one."""
    tag = _NAMES.get(message[: 1 + message[0]]) if message else None
    if tag is None:
        raise BadEncoding("the message does not begin with a tag of the protocol")
    return tag


def u8(value: int) -> bytes:
    """One byte; `BadEncoding` outside 0..255."""
    return _unsigned(value, 1)


def u16(value: int) -> bytes:
    """Two bytes, big-endian; `BadEncoding` outside 0..2^16-1."""
    return _unsigned(value, 2)


def u32(value: int) -> bytes:
    """Four bytes, big-endian; `BadEncoding` outside 0..2^32-1."""
    return _unsigned(value, 4)


def u64(value: int) -> bytes:
    """Eight bytes, big-endian; `BadEncoding` outside 0..2^64-1."""
    return _unsigned(value, 8)


def _unsigned(value: int, octets: int) -> bytes:
    try:
        return value.to_bytes(octets, "big")
    except OverflowError:
        raise BadEncoding(f"{value} does not fit an unsigned number of {octets} bytes") from None


def number(octets: bytes) -> int:
    """The big-endian number in all of these bytes; the caller has checked how many they are."""
    return int.from_bytes(octets, "big")


def sha256(octets: bytes) -> bytes:
    """SHA-256, 32 bytes."""
    return hashlib.sha256(octets).digest()


def hkdf(ikm: bytes, info: bytes, length: int = 32) -> bytes:
    """HKDF-SHA256 with empty salt, `length` bytes out (RFC 5869; protocol, section 1)."""
    return hkdf_expand(hkdf_extract(b"", ikm), info, length)


def hkdf_extract(salt: bytes, ikm: bytes) -> bytes:
    """HKDF-Extract of RFC 5869 section 2.2: the 32-byte key `PRK`."""
    return hmac.digest(salt or _HKDF_EMPTY_SALT, ikm, "sha256")


def hkdf_expand(prk: bytes, info: bytes, length: int) -> bytes:
    """HKDF-Expand of RFC 5869 section 2.3: `length` bytes, at most 8,160 (`BadEncoding`)."""
    blocks = -(-length // _SHA256_OCTETS)
    if not 0 < blocks < 256:  # noqa: PLR2004 - the counter is one byte
        raise BadEncoding("HKDF-SHA256 gives 1 to 8,160 bytes")
    block, output = b"", b""
    for counter in range(1, blocks + 1):
        block = hmac.digest(prk, block + info + bytes([counter]), "sha256")
        output += block
    return output[:length]


def b64url(octets: bytes) -> str:
    """base64url without padding (RFC 4648 section 5)."""
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


def from_b64url(text: str) -> bytes:
    """The bytes whose `b64url` is exactly this text; `BadEncoding` for anything else."""
    if _BASE64URL.fullmatch(text) is None or len(text) % 4 == 1:
        raise BadEncoding("not base64url without padding")
    octets = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if b64url(octets) != text:
        raise BadEncoding("base64url with bits behind its last byte")
    return octets


def crockford(octets: bytes, bits: int) -> str:
    """The first `bits` bits in Crockford's base32, upper case, five bits a letter.

    Raises `BadEncoding` unless `bits` is a multiple of five and the bytes hold so many.
    """
    if bits % _CROCKFORD_BITS or not 0 < bits <= 8 * len(octets):
        raise BadEncoding(f"{len(octets)} bytes do not give {bits} bits in letters of five")
    value = number(octets) >> (8 * len(octets) - bits)
    places = range(bits - _CROCKFORD_BITS, -1, -_CROCKFORD_BITS)
    return "".join(_CROCKFORD[value >> place & 31] for place in places)
