"""Addresses that no browser makes are refused in words."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from participation.core.errors import Invalid
from participation.notices.push.keys import public_text
from participation.notices.push.rules import device_of, to_b64

GOOD = "https://push.example.net/send/abc?x=1"
KEY = public_text(ec.generate_private_key(ec.SECP256R1()))
AUTH = to_b64(b"sixteen bytes 16")


def test_what_a_browser_gives_is_taken():
    found = device_of(GOOD, KEY, AUTH, may_be_private=False)
    assert (found.endpoint, len(found.p256dh), len(found.auth)) == (GOOD, 65, 16)
    assert device_of(GOOD, KEY + "=", AUTH + "==", may_be_private=False) == found


@pytest.mark.parametrize("endpoint", [
    "", "push.example.net", "http://push.example.net/x", "ftp://push.example.net/x", "https:///x",
    "https://127.0.0.1/x", "https://10.0.0.8/x", "https://169.254.169.254/latest", "https://[::1]/x",
    "https://localhost/x", "https://box.internal/x", "https://box/x", "https://box.local./x",
    "https://push.example.net:22/x", "https://me@push.example.net/x", "https://push.example.net/ä",
    "https://push.example.net/a b", "https://push.example.net/a\r\nHost: b", GOOD + "#part",
    "https://[x/", "https://push.example.net:99999/x", "https://push.example.net/" + "x" * 1000,
])  # fmt: skip
def test_other_addresses_are_refused(endpoint):
    with pytest.raises(Invalid):
        device_of(endpoint, KEY, AUTH, may_be_private=False)


@pytest.mark.parametrize(("key", "auth"), [
    ("", AUTH), (KEY, ""), (KEY[:-2], AUTH), (KEY + "AA", AUTH), (KEY, AUTH + "AA"),
    (to_b64(b"\x04" + b"\x01" * 64), AUTH), (KEY, "!" * 22), ("ä" * 87, AUTH), (KEY * 1000, AUTH),
], ids=[
    "no key", "no secret", "short key", "long key", "long secret", "off the curve",
    "no base64", "no ascii", "endless",
])  # fmt: skip
def test_keys_of_another_length_or_off_the_curve_are_refused(key, auth):
    with pytest.raises(Invalid):
        device_of(GOOD, key, auth, may_be_private=False)


def test_this_machine_is_a_place_only_where_settings_allow_it():
    place = "http://127.0.0.1:9/x"
    assert device_of(place, KEY, AUTH, may_be_private=True).endpoint == place
    with pytest.raises(Invalid):
        device_of("ftp://127.0.0.1/x", KEY, AUTH, may_be_private=True)
