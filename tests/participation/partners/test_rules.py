"""Addresses and introductions of partners."""

import json

import pytest

from participation.core.errors import Invalid
from participation.core.reach import is_public
from participation.partners.rules import Kind, clean_address, read_about
from tests.participation.partners.askers import KEY, VKEY


@pytest.mark.parametrize(
    ("typed", "origin"),
    [
        ("https://Registrar.Example.id/", "https://registrar.example.id"),
        (" https://registrar.example.id:8443 ", "https://registrar.example.id:8443"),
        ("https://[2001:db8::1]:8443", "https://[2001:db8::1]:8443"),
    ],
)
def test_an_address_becomes_an_origin(typed, origin):
    assert clean_address(typed, may_be_private=False) == origin


@pytest.mark.parametrize(
    "typed",
    [
        "http://registrar.example.id", "registrar.example.id", "ftp://a.example", "https://",
        "https://a.example/path", "https://a.example?x=1", "https://user@a.example",
        "https://a.example:99999", "https://[::1", f"https://{'a' * 200}.example", "",
    ],
)  # fmt: skip
def test_anything_else_is_refused(typed):
    with pytest.raises(Invalid) as refused:
        clean_address(typed, may_be_private=False)
    assert refused.value.field == "address"


def test_http_is_for_private_places_only():
    assert clean_address("http://127.0.0.1:8100", may_be_private=True) == "http://127.0.0.1:8100"


@pytest.mark.parametrize(
    "number", ["127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "::1", "fd00::1"]
)
def test_private_places_are_told_from_the_open_internet(number):
    assert not is_public(number)
    assert is_public("9.9.9.9")


def about(**changes):
    return json.dumps({"kind": "registrar", "name": "KPU Kota", "key": KEY} | changes).encode()


def test_a_service_introduces_itself():
    said = read_about(Kind.REGISTRAR, about())
    assert (said.name, said.key) == ("KPU Kota", KEY)
    witness = about(kind="witness", key=VKEY)
    assert read_about(Kind.WITNESS, witness).key == VKEY


@pytest.mark.parametrize(
    "body",
    [
        b"", b"\xff", b"[]", b"{}", about(kind="box"), about(name=""), about(name="x" * 121),
        about(name=7), about(key=VKEY), about(key="A" * 42), about(key="A" * 42 + "B"),
        about(key=None), b"[" * 5000,
    ],
)  # fmt: skip
def test_other_answers_are_no_introduction(body):
    with pytest.raises(ValueError):  # noqa: PT011 - its kind is the point
        read_about(Kind.REGISTRAR, body)
