import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ballots.ceremony import Dealing
from ballots.trustee.errors import BadKeyFile
from ballots.trustee.keyfile import ITERATIONS, KeyFile, check_strong, plain
from ballots.trustee.keys import TrusteeKeys
from crypto import canonical

WORDS = "acar adik alun amplop angin angsa apel arus asri awan"
KEYS = (
    TrusteeKeys.fresh("Ayu Lestari")
    .seated(b"0" * 32, 2)
    .with_dealing(7, Dealing.fresh(2))
    .with_dealing(1, Dealing.fresh(2))
    .with_share(1, b"x" * 32)
    .saying(b"said")
)


@pytest.fixture(scope="module")
def sealed():
    return KeyFile.seal(KEYS, WORDS, title="Jalan “Kenanga”")


def refused(octets, passphrase=WORDS):
    with pytest.raises(BadKeyFile) as found:
        KeyFile.parse(octets).open(passphrase)
    return found.value.code


def test_what_is_sealed_comes_back(sealed):
    again = KeyFile.parse(sealed.write())
    assert (again, again.write()) == (sealed, sealed.write())
    assert again.open(WORDS) == KEYS
    assert again.open(f"  {WORDS.replace(' ', chr(10))}\t") == KEYS
    assert (again.title, again.name, again.number) == ("Jalan “Kenanga”", "Ayu Lestari", 2)


def test_a_wrong_passphrase_opens_nothing(sealed):
    for wrong in ("", WORDS[:-1], f"{WORDS} acar", WORDS.upper()):
        assert refused(sealed.write(), wrong) == "wrong-passphrase"


def test_each_field_altered_alone_opens_nothing(sealed):
    value = json.loads(sealed.write())
    altered = {
        "title": "Jalan Lain", "name": "Bima", "number": 3, "iterations": ITERATIONS + 1,
        "salt": "A" * 22, "nonce": "A" * 16, "sealed": "A" * len(value["sealed"]),
    }  # fmt: skip
    assert altered.keys() | {"format"} == value.keys()
    for name, other in altered.items():
        assert refused(canonical.write({**value, name: other})) == "wrong-passphrase", name


def test_what_no_writer_writes_is_refused_before_a_passphrase_is_tried(sealed):
    value = json.loads(sealed.write())
    bad = [
        b"", b"{}", b"[]", b"null", b"\xff", sealed.write() + b" ", sealed.write()[:-1],
        *(canonical.write({**value, **change}) for change in (
            {"format": "suara/trustee-key/v2"}, {"iterations": ITERATIONS - 1},
            {"iterations": 10**9}, {"iterations": "600000"}, {"number": True}, {"number": "2"},
            {"salt": ""}, {"nonce": "AA"}, {"sealed": 5}, {"title": 1}, {"more": 1},
        )),
    ]  # fmt: skip
    for octets in bad:
        assert refused(octets) == "bad-key-file", octets[:80]


@given(st.binary(max_size=200))
@settings(max_examples=50)
def test_random_bytes_are_no_key_file(octets):
    for read in (KeyFile.parse, TrusteeKeys.parse):
        with pytest.raises(BadKeyFile):
            read(octets)


def test_keys_come_back_as_they_were_written():
    written = KEYS.write()
    assert TrusteeKeys.parse(written) == KEYS
    assert TrusteeKeys.parse(written).write() == written
    assert KEYS.identity not in written  # never raw
    assert str(KEYS.identity) not in repr(KEYS)


def test_keys_with_a_field_altered_are_no_keys():
    value = json.loads(KEYS.write())
    dealing = value["dealings"][0]
    bad = (
        {"identity": ""}, {"identity": "AA"}, {"eid0": "AA"}, {"number": True}, {"name": 1},
        {"said": ["="]}, {"shares": [{"style": 1}]}, {"shares": [{"style": "1", "x": "A" * 43}]},
        {"dealings": [{**dealing, "points": dealing["points"][::-1]}]},
        {"dealings": [{**dealing, "coefficients": ["A" * 43, "A" * 43]}]},
        {"dealings": [{**dealing, "style": "7"}]},
    )  # fmt: skip
    for change in bad:
        with pytest.raises(BadKeyFile):
            TrusteeKeys.parse(canonical.write({**value, **change}))


def test_weak_passphrases_are_refused():
    check_strong(WORDS)
    for weak in ("", "rahasia", "a" * 40, "12345 12345 12345 12345", " " * 40):
        with pytest.raises(BadKeyFile) as found:
            check_strong(weak)
        assert found.value.code == "weak-passphrase"


def test_a_passphrase_is_the_same_however_it_was_typed():
    assert plain("  satu\r\n dua\u00a0tiga ") == "satu dua tiga"
    assert plain("cafe\u0301") == plain("caf\u00e9")
