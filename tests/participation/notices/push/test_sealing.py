"""Sealed as RFC 8291 says, signed as RFC 8292 says: held against the published example."""

import json
import stat
from datetime import UTC, datetime

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid02

from participation.notices.push.keys import kept_key, public_text
from participation.notices.push.rules import Device, from_b64
from participation.notices.push.sealing import headers, seal
from tests.places import ROOT

VECTOR = json.loads((ROOT / "tests/vectors/rfc8291-push.json").read_text())
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
SITE = "https://suara.example"


def octets(name: str) -> bytes:
    return from_b64(VECTOR[name])


def key(name: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(octets(name), "big"), ec.SECP256R1())


def receiver() -> Device:
    return Device("https://push.example.net/push/x", octets("ua_public"), octets("auth_secret"))


def opened(body: bytes, device_key: ec.EllipticCurvePrivateKey, auth: bytes) -> bytes:
    return http_ece.decrypt(body, private_key=device_key, auth_secret=auth, version="aes128gcm")


def test_the_published_message_is_sealed_byte_for_byte():
    sealed = seal(octets("plaintext"), receiver(), own=key("as_private"), salt=octets("salt"))
    assert sealed == octets("body")
    assert public_text(key("as_private")) == VECTOR["as_public"]


def test_the_published_receiver_opens_what_we_seal():
    sealed = seal(b"Ada kabar.", receiver())
    assert opened(sealed, key("ua_private"), octets("auth_secret")) == b"Ada kabar."


def test_every_message_has_a_key_and_a_salt_of_its_own():
    one, other = (seal(b"same", receiver()) for _ in range(2))
    assert one[:16] != other[:16]
    assert one[21:86] != other[21:86]


def test_the_site_signs_for_the_service_and_for_half_a_day(tmp_path):
    made = kept_key(tmp_path)
    above = headers("https://push.example.net:8443/push/x", made, SITE, NOW)
    assert Vapid02.verify(above["Authorization"])
    token, public = above["Authorization"].removeprefix("vapid t=").split(",k=")
    assert public == public_text(made)
    claims = json.loads(from_b64(token.split(".")[1]))
    assert claims["aud"] == "https://push.example.net:8443"
    assert claims["sub"] == SITE
    assert claims["exp"] - NOW.timestamp() == 12 * 3600
    assert (above["TTL"], above["Topic"], above["Urgency"]) == ("86400", "news", "normal")


def test_the_key_is_made_once_and_nobody_else_reads_it(tmp_path):
    first = kept_key(tmp_path / "var")
    assert public_text(kept_key(tmp_path / "var")) == public_text(first)
    (file,) = (tmp_path / "var").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
