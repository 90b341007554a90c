"""Generators of drafts, manifests, rolls and payloads, right and wrong."""

from typing import Any

from hypothesis import strategies as st

from ballots import entries
from ballots.ballot import Body, Cast
from ballots.credential import Credential
from ballots.draft import Draft
from ballots.evidence import DeskEvidence, PasskeyEvidence
from ballots.receipt import IssuePromise, Promise
from ballots.roll import Roll, Row
from crypto import canonical
from crypto.encoding import b64url
from tests.strategies.elections import (
    LANGUAGES,
    draft_value,
    manifest_of,
    registrars_value,
    trustees_value,
    witnesses_value,
)

hashes = st.binary(min_size=32, max_size=32)
signatures = st.binary(min_size=64, max_size=64)
rsa_numbers = st.binary(min_size=384, max_size=384)
u16s = st.integers(0, 2**16 - 1)
u64s = st.integers(0, 2**64 - 1)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
all_words = st.fixed_dictionaries(dict.fromkeys(LANGUAGES, texts))
identifiers = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=32)
shares_of_all = st.integers(1, 9).flatmap(
    lambda d: st.tuples(st.integers(0, d), st.just(d)).map(list)
)


@st.composite
def rules(draw: st.DrawFn, method: str, count: int) -> dict[str, Any]:
    """A rule for a method, with any of its optional keys."""
    seats = {"seats": st.integers(1, 4)}
    costs = st.lists(st.integers(1, 500), min_size=count, max_size=count)
    budget = {"budget": st.integers(0, 9_999), "costs": costs}
    shapes: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
        "plurality": ({}, seats),
        "yes-no": (
            {},
            {"quorum": shares_of_all, "majority": shares_of_all, "strict": st.booleans()},
        ),
        "approval": ({}, seats),
        "score": ({}, seats),
        "star": ({}, {}),
        "instant-runoff": ({}, {}),
        "stv-scottish": ({}, seats),
        "schulze": ({}, seats),
        "greedy": (budget, {}),
        "equal-shares": (budget | {"utility": st.sampled_from(["cost", "cardinality"])}, {}),
    }
    names = {
        "single": ["plurality"],
        "yes-no": ["yes-no"],
        "approval": ["approval"],
        "score": ["score", "star"],
        "ranked": ["instant-runoff", "stv-scottish"],
        "ranked-equal": ["schulze", "instant-runoff"],
        "approval-budget": ["greedy", "equal-shares"],
        "points-budget": ["greedy"],
    }
    name = draw(st.sampled_from(names[method]))
    required, optional = shapes[name]
    rule = draw(st.fixed_dictionaries(required | {"name": st.just(name)}, optional=optional))
    if name == "equal-shares" and draw(st.booleans()):
        rule |= {"completion": "add1u-greedy", "completion_step": draw(st.integers(1, 100))}
    return rule


@st.composite
def question_values(draw: st.DrawFn) -> dict[str, Any]:
    """A question of any method, as JSON."""
    kinds: dict[str, dict[str, Any]] = {
        "single": {"method": "single"},
        "yes-no": {"method": "single"},
        "approval": {"method": "approval"},
        "score": {"method": "score", "max_score": draw(st.integers(1, 300))},
        "ranked": {"method": "ranked", "equal": False},
        "ranked-equal": {"method": "ranked", "equal": True},
        "approval-budget": {"method": "budget", "ballot": "approval"},
        "points-budget": {"method": "budget", "ballot": "points", "points": 10},
    }
    kind = draw(st.sampled_from(sorted(kinds)))
    ids = draw(st.lists(identifiers, min_size=1, max_size=5, unique=True))
    ids = ["yes", "no"] if kind == "yes-no" else ids
    least = draw(st.integers(0, 2))
    return kinds[kind] | {
        "id": draw(identifiers),
        "text": draw(all_words),
        "options": [{"id": each, "text": draw(all_words)} for each in ids],
        "min": least,
        "max": least + draw(st.integers(0, 3)),
        "rule": draw(rules(kind, len(ids))),
    }


@st.composite
def draft_values(draw: st.DrawFn) -> dict[str, Any]:
    """A draft of right shape, safe or not, as JSON."""
    questions = draw(
        st.lists(question_values(), min_size=1, max_size=3, unique_by=lambda each: each["id"])
    )
    ids = [each["id"] for each in questions]
    asked = st.lists(st.sampled_from(ids), min_size=1, unique=True)
    style = st.fixed_dictionaries(
        {"id": st.integers(1, 2**16 - 1), "name": all_words, "questions": asked}
    )
    return draft_value(
        title=draw(all_words),
        nonce=b64url(draw(st.binary(min_size=16, max_size=16))),
        questions=questions,
        styles=draw(st.lists(style, min_size=1, max_size=3, unique_by=lambda each: each["id"])),
        registrars=registrars_value(draw(st.integers(1, 4)), *draw(st.tuples(u16s, u16s))),
        trustees=trustees_value(draw(st.integers(1, 4)), draw(u16s)),
        witnesses=witnesses_value(draw(st.integers(0, 4)), *draw(st.tuples(u16s, u16s))),
        epoch_seconds=draw(st.integers(0, 2**53 - 1)),
    )


drafts = draft_values().map(lambda value: Draft.parse(canonical.write(value)))
manifests = drafts.map(manifest_of)


@st.composite
def rows(draw: st.DrawFn) -> Row:
    """A row of a roll."""
    passkeys = draw(st.sets(hashes, max_size=4))
    return Row(draw(hashes), draw(st.integers(1, 2**16 - 1)), tuple(sorted(passkeys)))


rolls = st.lists(rows(), max_size=9, unique_by=lambda row: row.commitment).map(Roll.of)

credentials = st.builds(Credential, u16s, rsa_numbers)
bodies = st.builds(
    Body,
    eid=hashes,
    style=u16s,
    bk=hashes,
    seq=st.integers(0, 2**32 - 1),
    prev_own=hashes,
    enc=st.binary(min_size=65, max_size=65),
    ct=st.binary(max_size=40),
)
casts = st.builds(Cast.of, bodies, signatures, st.lists(credentials, max_size=3))
check_ins = st.builds(
    entries.CheckIn,
    eid=hashes,
    row=u64s,
    style=u16s,
    blinded=st.lists(rsa_numbers, max_size=3).map(tuple),
    kind=st.integers(0, 255),
    evidence=st.binary(max_size=40),
)
issues = st.builds(
    entries.Issue,
    eid=hashes,
    registrar=u16s,
    check_in_hash=hashes,
    blind_signature=rsa_numbers,
)
epochs = st.builds(entries.Epoch, eid=hashes, number=u64s, checkpoint_hash=hashes)
promises = st.builds(Promise, hashes, hashes, u64s, u16s) | st.builds(
    IssuePromise, hashes, hashes, u64s, u16s
)
evidence = st.builds(
    PasskeyEvidence, st.binary(), st.binary(), st.binary(), st.binary()
) | st.builds(DeskEvidence, u16s, st.binary(), st.binary(), st.binary())

INNER = {
    "reg-key": (
        "registrar",
        st.builds(
            entries.RegKey,
            eid0=hashes,
            registrar=st.just(1),
            style=u16s,
            spki=st.binary(max_size=40),
            certificate=st.lists(rsa_numbers, min_size=8, max_size=8).map(tuple),
        ),
    ),
    "dkg1": ("trustee", st.builds(entries.Dkg1, hashes, u16s, st.just(1), hashes, hashes)),
    "dkg2": (
        "trustee",
        st.builds(
            entries.Dkg2,
            eid0=hashes,
            style=u16s,
            trustee=st.just(1),
            points=st.binary(max_size=66),
            possession=signatures,
            sealed_shares=st.lists(st.binary(min_size=80, max_size=80), max_size=3).map(tuple),
        ),
    ),
    "dkg3": (
        "trustee",
        st.builds(
            entries.Dkg3, hashes, u16s, st.just(1), hashes, st.binary(min_size=33, max_size=33)
        ),
    ),
    "dkg-complaint": (
        "trustee",
        st.builds(entries.DkgComplaint, hashes, u16s, u16s, st.just(1), hashes),
    ),
    "roll-note": ("organiser", st.builds(entries.RollNote, hashes, u64s, texts)),
    "ack": ("trustee", st.builds(entries.Ack, hashes)),
    "open": ("organiser", st.builds(entries.Open, hashes)),
    "issue-close": ("organiser", st.builds(entries.IssueClose, hashes, u64s, hashes)),
    "close": ("organiser", st.builds(entries.Close, hashes, u64s, hashes)),
    "share": ("trustee", st.builds(entries.Share, hashes, u16s, hashes, hashes)),
    "result": ("organiser", st.builds(entries.Result, hashes, hashes, hashes, hashes)),
    "attest": ("verifier", st.builds(entries.Attest, hashes, hashes, texts)),
}
"""For every payload that a role says: the role, and a generator of the payload."""


def said(tag: str) -> st.SearchStrategy[entries.Signed]:
    """Wrapped entries of one kind, with any signature."""
    role, inner = INNER[tag]
    index = 0 if role == "organiser" else 1
    return st.builds(
        lambda each, signature: entries.Signed(role, index, each.payload, signature),
        inner,
        signatures,
    )


BARE = {
    "setup": [st.builds(entries.DraftEntry, st.binary(max_size=40))],
    "check-ins": [
        st.builds(entries.ManifestEntry, st.binary(max_size=40)),
        check_ins,
        issues,
        epochs,
    ],
    "ballots": [st.builds(entries.ManifestEntry, st.binary(max_size=40)), casts, epochs],
}
SAID_IN = {
    "setup": ["reg-key", "dkg1", "dkg2", "dkg3", "dkg-complaint", "roll-note"],
    "check-ins": [],
    "ballots": ["ack", "open", "issue-close", "close", "share", "result", "attest"],
}
logged = st.one_of(
    [
        st.tuples(st.just(log), st.one_of(*BARE[log], *(said(tag) for tag in SAID_IN[log])))
        for log in BARE
    ]
)
"""A log and any entry that it can hold."""
