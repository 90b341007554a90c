"""Points of edwards25519 by the textbook, to make keys and signatures that libraries disagree on.

Nothing here is secret or fast. Source: RFC 8032 section 5.1; the cases are those of Chalkias,
Garillot and Nikolaenko, "Taming the many EdDSAs", table 5, made anew for our own messages.
"""

from hashlib import sha512

from crypto.ed25519 import L, SecretKey

P = 2**255 - 19
D = -121665 * pow(121666, -1, P) % P
ORDER_EIGHT = bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")

Point = tuple[int, int]


def add(a: Point, b: Point) -> Point:
    """The sum of two points; the formula is complete."""
    (x1, y1), (x2, y2) = a, b
    k = D * x1 * x2 * y1 * y2 % P
    x = (x1 * y2 + x2 * y1) * pow(1 + k, -1, P)
    y = (y1 * y2 + x1 * x2) * pow(1 - k, -1, P)
    return x % P, y % P


def times(n: int, point: Point) -> Point:
    """A multiple of a point."""
    total = (0, 1)
    for bit in f"{n:b}":
        total = add(total, total)
        if bit == "1":
            total = add(total, point)
    return total


def decode(octets: bytes) -> Point:
    """The point that 32 bytes encode."""
    encoded = int.from_bytes(octets, "little")
    y, sign = encoded & (1 << 255) - 1, encoded >> 255
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * pow(2, (P - 1) // 4, P) % P
    assert x * x % P == square
    return (P - x if x & 1 != sign else x), y


def encode(point: Point) -> bytes:
    """The 32 bytes of a point."""
    return (point[1] | (point[0] & 1) << 255).to_bytes(32, "little")


BASE = decode((4 * pow(5, -1, P) % P).to_bytes(32, "little"))
TORSION = decode(ORDER_EIGHT)


def scalar(key: SecretKey) -> int:
    """The secret scalar of a key."""
    octets = bytearray(sha512(key.seed).digest()[:32])
    octets[0] &= 248
    octets[31] = octets[31] & 127 | 64
    return int.from_bytes(octets, "little")


def challenge(R: bytes, A: bytes, message: bytes) -> int:
    """`k` of a signature."""
    return int.from_bytes(sha512(R + A + message).digest(), "little") % L


def mixed_key(key: SecretKey) -> bytes:
    """The public key of a key with a point of order 8 added."""
    return encode(add(times(scalar(key), BASE), TORSION))


def sign(key: SecretKey, A: bytes, message: bytes, *, r: int, mixed_r: bool = False) -> bytes:
    """A signature under the public key `A` with the nonce `r`.

    With `mixed_r` its R has a point of order 8 added. Both equations, or the cofactored one only,
    hold for it: that hangs on the torsion that `R + k·A` is left with.
    """
    point = times(r, BASE)
    R = encode(add(point, TORSION) if mixed_r else point)
    s = (r + challenge(R, A, message) * scalar(key)) % L
    return R + s.to_bytes(32, "little")
