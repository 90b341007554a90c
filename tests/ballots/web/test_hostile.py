"""Whatever bytes come to whatever service address: an answer in words, and nothing is kept.

The services are found in `ballots/web` and their addresses in the URL map, so that a new one is
tried as soon as it is there.
"""

import importlib
import inspect
import json
import pkgutil
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from ballots import web
from ballots.services import witness
from ballots.services.mirror import record_folder
from ballots.services.names import write_name
from ballots.services.witness import Post
from ballots.store.tables import TABLES
from ballots.web.answers import Provide
from crypto.encoding import TAGS, M, u16, u32
from tests.ballots.town import Town
from tests.records.builder import Builder, write_folder
from tests.records.plan import Plan

# A witness answers as tlog-witness has it: a line of text, not a problem document.
DECLINES = {"witness": ("text/plain", "text/x.tlog.size")}
PROBLEM = ("application/problem+json",)
BLUEPRINTS = {
    name.removesuffix("_blueprint"): make
    for module in pkgutil.iter_modules(web.__path__)
    for name, make in vars(importlib.import_module(f"ballots.web.{module.name}")).items()
    if name.endswith("_blueprint") and make.__module__.endswith(module.name)
}

DEEP = [b"[" * 60_000, b'{"a":' * 12_000, b"[" * 900 + b"]" * 900]
LONG = [bytes(65_504), b"9" * 200_000, b'"' + b"x" * 300_000 + b'"']
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=12,
)
FIELDS = st.lists(st.binary(max_size=70) | st.sampled_from([bytes(32), bytes(64)]), max_size=9)
MESSAGES = st.builds(lambda tag, fields: M(tag, *fields), st.sampled_from(sorted(TAGS)), FIELDS)
WRAPPED = st.builds(
    lambda role, index, inner: M("signed", role, u16(index), inner, bytes(64)),
    st.sampled_from([b"organiser", b"trustee", b"registrar", b"\xff"]),
    st.integers(0, 3),
    MESSAGES,
)
LYING = st.builds(
    lambda tag, count, size, rest: M(tag)[:-2] + u16(count) + u32(size) + rest,
    st.sampled_from(sorted(TAGS)),
    st.integers(0, 2**16 - 1),
    st.integers(0, 2**32 - 1),
    st.binary(max_size=60),
)
BODIES = (
    st.binary(max_size=400)
    | VALUES.map(lambda value: json.dumps(value).encode("utf-8", "surrogatepass"))
    | MESSAGES
    | WRAPPED
    | LYING
    | st.sampled_from([*DEEP, *LONG])
)
KINDS = st.sampled_from(
    ["application/octet-stream", "application/json", "multipart/form-data", "x"]
)
ODD_NAMES = [
    "A" * 43,
    "..",
    "%00",
    "%ff",
    "a%2fb",
    "checkpoint",
    "-1",
    "x" * 300,
    "\N{HIGH VOLTAGE SIGN}",
]


def given_to(parameter, town, folder):
    """What a service wants, made for a test."""
    if parameter.annotation is Provide:
        return lambda: town.context
    if parameter.annotation is Path:
        write_folder(Builder(Plan()).build().files, record_folder(folder, write_name(town.eid)))
        return folder
    if parameter.annotation is Post:
        return Post(witness.signer(town.context, "saksi.example"), alarms=folder / "alarms")
    if is_dataclass(parameter.annotation):  # who a registrar or a box is, and whom it serves
        known = {"name": "Kantor", "origin": "https://kantor.example", "serves": {}}
        own = {each.name for each in fields(parameter.annotation)}
        return parameter.annotation(**{name: known[name] for name in known if name in own})
    raise AssertionError(f"say here what {parameter} is")


def site(make, town, folder):
    """An application with nothing but one service."""
    app = Flask("hostile")
    wanted = inspect.signature(make).parameters.values()
    app.register_blueprint(make(*(given_to(each, town, folder) for each in wanted)))
    return app


def addresses(app, method):
    """The rules that answer to a method."""
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]
    assert rules
    return [rule for rule in rules if method in rule.methods]


def filled(rule, names):
    """The address of a rule with these names for its parts."""
    found = rule.rule
    for part, name in zip(sorted(rule.arguments), names, strict=False):
        for written in (f"<{part}>", f"<path:{part}>"):
            found = found.replace(written, name)
    return found


def everything(town):
    """Every row of every table."""
    with town.context.store.reading() as connection:
        return {table.name: connection.execute(select(table)).all() for table in TABLES}


@pytest.fixture
def town(sqlite_engine):
    return Town.of(sqlite_engine).freeze().open()


@pytest.fixture
def names(town):
    """Names that exist, and names that cannot."""
    known = [write_name(each) for each in (town.eid, town.eid0, bytes(32))]
    return st.lists(st.sampled_from([*known, *known, *ODD_NAMES]), min_size=3, max_size=3)


def test_every_service_is_found():
    assert {"box", "record", "doors", "registrar", "witness", "mirror"} <= set(BLUEPRINTS)


@pytest.mark.parametrize("service", BLUEPRINTS)
def test_no_body_breaks_a_service_or_stays_in_it(service, town, names, tmp_path):
    """A26, A30: a refusal in words, never a fault of ours, and every table as it was."""
    app = site(BLUEPRINTS[service], town, tmp_path)
    posts = addresses(app, "POST") or [None]
    client = app.test_client()
    kinds = DECLINES.get(service, PROBLEM) + PROBLEM
    before = everything(town)

    @settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
    @given(rule=st.sampled_from(posts), parts=names, body=BODIES, kind=KINDS)
    def check(rule, parts, body, kind):
        answer = client.post(filled(rule, parts), data=body, content_type=kind)
        assert 300 <= answer.status_code < 500, (rule.rule, body[:80])
        assert answer.content_type.startswith((*kinds, "text/html")), answer.content_type
        assert answer.content_type.startswith(kinds) or answer.status_code in {404, 308}

    if any(posts):
        check()
    assert everything(town) == before


@pytest.mark.parametrize("service", BLUEPRINTS)
def test_no_address_breaks_a_service(service, town, names, tmp_path):
    """A service that is read answers bytes, or says why not."""
    app = site(BLUEPRINTS[service], town, tmp_path)
    gets = addresses(app, "GET") or [None]
    client = app.test_client()
    for rule in filter(None, gets):  # a service may make its own key when it is first asked
        client.get(filled(rule, [write_name(town.eid)] * 3)).close()
    before = everything(town)

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        rule=st.sampled_from(gets),
        parts=names,
        query=st.text(max_size=20),
        method=st.sampled_from(["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"]),
    )
    def check(rule, parts, query, method):
        with client.open(filled(rule, parts), method=method, query_string={"q": query}) as answer:
            assert answer.status_code < 500, (rule.rule, parts)
            assert "Set-Cookie" not in answer.headers

    if any(gets):
        check()
    assert everything(town) == before


@pytest.mark.parametrize("service", BLUEPRINTS)
def test_nothing_is_read_past_a_bound(service, town, tmp_path):
    """A48: a body that never ends is left after the longest that could mean anything."""
    app = site(BLUEPRINTS[service], town, tmp_path)
    client = app.test_client()
    for rule in addresses(app, "POST"):
        address = filled(rule, [write_name(town.eid)] * 3)
        for length in ({"CONTENT_LENGTH": str(2**40)}, {"wsgi.input_terminated": True}):
            endless = Endless()
            answer = client.post(address, environ_overrides={"wsgi.input": endless, **length})
            assert 400 <= answer.status_code < 500, rule.rule
            assert endless.given < 2**24, rule.rule


class Endless:
    """A body without end, which counts how much of it was taken."""

    given = 0

    def read(self, size=-1):
        """The next bytes; asking for all of them is asking for too much."""
        assert size >= 0, "all of it"
        self.given += size
        assert self.given < 2**26
        return bytes(size)

    readline = read

    def readinto(self, buffer):
        """The next bytes, into a buffer."""
        buffer[:] = self.read(len(buffer))
        return len(buffer)
