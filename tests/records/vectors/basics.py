"""Vectors of section 1 and of the strict Ed25519 rule: what everything else stands on."""

from typing import Any

from crypto.ed25519 import SMALL_ORDER, L, SecretKey
from crypto.encoding import H, M, hkdf
from tests.records import edwards
from tests.records.builder import Builder
from tests.records.forgeries.strict import NOT_CANONICAL
from tests.records.vectors.shown import vector

KEY = SecretKey(bytes(range(32)))
SAID = M("open", bytes(32))


def encoding(_built: Builder) -> list[dict[str, Any]]:
    """`M`, `H` and HKDF."""
    messages = [
        ("open", ()),
        ("open", (b"",)),
        ("ack", (b"a", b"", bytes(3))),
        ("check-in-ask", (bytes(32), b"\x00" * 300)),
    ]
    made = [
        vector(f"M and H of {len(fields)} fields", {"tag": tag, "fields": list(fields)},
               {"message": M(tag, *fields), "hash": H(tag, *fields)})
        for tag, fields in messages
    ]  # fmt: skip
    for length in (32, 400):
        given = {"ikm": bytes(range(32)), "info": M("ballot-key", bytes(32)), "length": length}
        made.append(
            vector(
                f"HKDF-SHA256 with empty salt, {length} bytes",
                given,
                {"output": hkdf(given["ikm"], given["info"], length)},
            )
        )
    return made


def ed25519(_built: Builder) -> list[dict[str, Any]]:
    """Signatures on which libraries differ, and what the strict rule says: `ok` or the reason."""
    honest = KEY.sign(SAID)
    larger = (int.from_bytes(honest[32:], "little") + L).to_bytes(32, "little")
    mixed = edwards.mixed_key(KEY)
    cases = [
        ("an honest signature", KEY.public32, honest, "ok"),
        ("S + L", KEY.public32, honest[:32] + larger, "encoding"),
        ("another message's signature", KEY.public32, KEY.sign(b"another"), "equation"),
        ("R of mixed order", KEY.public32, mixed_nonce(), "equation"),
        ("A of mixed order, k a multiple of 8", mixed, by_mixed_key({0}), "ok"),
        ("A of mixed order, another k", mixed, by_mixed_key(set(range(1, 8))), "equation"),
        ("A that is no point", (2).to_bytes(32, "little"), honest, "equation"),
    ]
    cases += [("A of small order", key, honest, "key") for key in sorted(SMALL_ORDER)]
    cases += [("A not canonical", key, honest, "key") for key in NOT_CANONICAL]
    cases += [
        ("R of small order", KEY.public32, R + honest[32:], "encoding") for R in sorted(SMALL_ORDER)
    ]
    cases += [("R not canonical", KEY.public32, R + honest[32:], "encoding") for R in NOT_CANONICAL]
    return [
        vector(says, {"key": key, "message": SAID, "signature": signature}, {"verdict": verdict})
        for says, key, signature, verdict in cases
    ]


def mixed_nonce() -> bytes:
    """A signature whose R has a point of order 8 in it."""
    return edwards.sign(KEY, KEY.public32, SAID, r=5, mixed_r=True)


def by_mixed_key(remainders: set[int]) -> bytes:
    """A signature by the mixed key whose `k mod 8` is one of these."""
    mixed = edwards.mixed_key(KEY)
    signatures = (edwards.sign(KEY, mixed, SAID, r=r) for r in range(1, 200))
    return next(
        each for each in signatures if edwards.challenge(each[:32], mixed, SAID) % 8 in remainders
    )
