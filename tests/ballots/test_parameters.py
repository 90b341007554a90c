import copy

import pytest

from ballots.draft import Draft
from ballots.errors import Refused
from ballots.parameters import check_safe, unsafe
from crypto import canonical, p256
from crypto.encoding import b64url
from crypto.note import Signer
from tests.strategies.elections import (
    draft_of,
    draft_value,
    identity,
    light_changes,
    options,
    ranked_value,
    registrars_value,
    trustees_value,
    witnesses_value,
    words,
)


def findings(**changes):
    return unsafe(draft_of(**changes))


def with_schedule(**times):
    return {"schedule": {**draft_value()["schedule"], **times}}


def with_question(**changes):
    """The small draft with another second question."""
    value = {**ranked_value(), **changes}
    return {"questions": [draft_value()["questions"][0], value]}


def test_the_small_draft_and_the_light_one_are_safe():
    assert findings() == []
    assert findings(**light_changes()) == []
    check_safe(draft_of(), {7: 3, 2: 3})


def test_check_in_and_voting_may_coincide():
    times = {"check_in_opens": 1, "check_in_closes": 9, "voting_opens": 1, "voting_closes": 9}
    assert findings(**with_schedule(**times)) == []


@pytest.mark.parametrize(
    ("times", "finding"),
    [
        ({"check_in_opens": 2_001}, "schedule: check_in_opens ≤ check_in_closes ≤ voting_closes"),
        ({"check_in_closes": 3_001}, "schedule: check_in_opens ≤ check_in_closes ≤ voting_closes"),
        ({"voting_opens": 3_000}, "schedule: voting_opens < voting_closes"),
    ],
)
def test_times_out_of_order_are_unsafe(times, finding):
    assert findings(**with_schedule(**times)) == [finding]


@pytest.mark.parametrize(
    ("n", "k", "faulty"), [(2, 2, 1), (3, 3, 1), (3, 3, 2), (4, 3, 1), (5, 4, 2)]
)
def test_safe_numbers_of_registrars(n, k, faulty):
    assert findings(registrars=registrars_value(n, k, faulty)) == []


@pytest.mark.parametrize(
    ("n", "k", "faulty"),
    [
        (3, 2, 1),
        (5, 3, 1),
        (2, 1, 1),
        (2, 2, 0),
        (2, 3, 1),
        (4, 3, 2),
        (1, 1, 1),
        (1, 0, 0),
        (1, 2, 0),
    ],
)
def test_registrars_whose_quorum_a_voter_could_split_are_unsafe(n, k, faulty):
    """A2: two disjoint quorums, or k that collude; never 2 of 3."""
    found = findings(registrars=registrars_value(n, k, faulty))
    assert found
    assert all(each.startswith("registrars: ") for each in found)


@pytest.mark.parametrize(("n", "k", "faulty"), [(1, 1, 0), (3, 3, 2), (4, 3, 1), (0, 0, 0)])
def test_safe_numbers_of_witnesses(n, k, faulty):
    assert findings(witnesses=witnesses_value(n, k, faulty)) == []


@pytest.mark.parametrize(
    ("n", "k", "faulty"), [(0, 1, 0), (4, 2, 0), (4, 3, 2), (3, 4, 0), (3, 0, 0), (2, 1, 1)]
)
def test_witnesses_whose_quorums_need_not_meet_are_unsafe(n, k, faulty):
    """A41: two quorums share an honest witness."""
    found = findings(witnesses=witnesses_value(n, k, faulty))
    assert found
    assert all(each.startswith("witnesses: ") for each in found)


@pytest.mark.parametrize(("n", "k"), [(3, 0), (3, 4), (33, 5)])
def test_trustees_out_of_range_are_unsafe(n, k):
    assert findings(trustees=trustees_value(n, k)) == ["trustees: 1 ≤ k ≤ n ≤ 32"]


def test_a_style_with_few_rows_is_unsafe():
    """A19"""
    found = unsafe(draft_of(), {7: 2})
    assert found == [
        "style 7: 2 rows in the roll, at least 3 needed",
        "style 2: 0 rows in the roll, at least 3 needed",
    ]


def test_two_roles_with_one_key_are_unsafe():
    """A42"""
    trustees = trustees_value(3, 2)
    trustees["list"][2]["key"] = b64url(identity("organiser").public32)
    assert findings(trustees=trustees) == ["trustee 3: the key of organiser, no key twice"]


def test_a_witness_with_the_key_of_a_log_is_unsafe():
    witnesses = witnesses_value(4, 3, 1)
    twin = Signer("kembar.example", identity("log ballots").seed, 4)
    witnesses["list"][0]["vkey"] = twin.verifier.vkey
    found = findings(witnesses=witnesses)
    assert found == ["witness 1: the key of log ballots, no key twice"]


@pytest.mark.parametrize("vkey", ["saksi", "saksi\nquorum none", draft_of().log_vkey("setup")])
def test_a_witness_without_a_witness_key_is_unsafe(vkey):
    witnesses = witnesses_value(4, 3, 1)
    witnesses["list"][0]["vkey"] = vkey
    assert findings(witnesses=witnesses) == ["witness 1: not a key"]


def test_a_key_of_small_order_is_unsafe():
    """A29"""
    organiser = {"name": "Panitia", "key": b64url(bytes(32))}
    assert findings(organiser=organiser) == ["organiser: not a key"]


def test_officers_need_keys_of_their_own():
    cose = p256.secret_mul_base(9).cose
    bent = cose[:-1] + bytes([cose[-1] ^ 1])
    officers = [{"name": "A", "cose": b64url(each)} for each in (cose, cose, bent)]
    assert findings(officers=officers) == [
        "officer 2: the key of officer 1, no key twice",
        "officer 3: not a key",
    ]


SCORE = {"method": "score", "max_score": 255, "rule": {"name": "star"}}


def score(**changes):
    question = {**ranked_value(), **SCORE, **changes}
    del question["equal"]
    return {"questions": [draft_value()["questions"][0], question]}


def budget(rule, **changes):
    question = {**ranked_value(), "method": "budget", "ballot": "approval", "rule": rule, **changes}
    del question["equal"]
    return {"questions": [draft_value()["questions"][0], question]}


SHARES = {
    "name": "equal-shares",
    "budget": 50_000,
    "costs": [1, 2, 3],
    "utility": "cost",
    "completion": "add1u-greedy",
    "completion_step": 5,
}
GREEDY = {"name": "greedy", "budget": 0, "costs": [1, 2, 3]}


def test_questions_at_the_edge_are_safe():
    assert findings(**score()) == []
    assert findings(**budget(SHARES)) == []
    assert findings(**budget(GREEDY, ballot="points", points=255)) == []
    assert findings(**with_question(rule={"name": "stv-scottish", "seats": 3})) == []


@pytest.mark.parametrize(
    ("changes", "finding"),
    [
        (score(max_score=256), "max_score ≤ 255"),
        (score(options=options("a")), "star: at least two options"),
        (budget({**GREEDY, "costs": [1, 0, 1]}), "costs ≥ 1"),
        (budget(GREEDY, ballot="points", points=256), "points ≤ 255"),
        (budget({**SHARES, "budget": 50_001}), "budget ≤ 10000 · completion_step"),
        (with_question(rule={"name": "stv-scottish", "seats": 4}), "seats ≤ options"),
    ],
)
def test_questions_past_the_edge_are_unsafe(changes, finding):
    assert findings(**changes) == [f"question dewan: {finding}"]


def test_a_refusal_says_everything_at_once():
    value = copy.deepcopy(draft_value())
    value["schedule"]["voting_opens"] = 4_000
    value["trustees"]["k"] = 9
    value["about"] = words("…")
    draft = Draft.parse(canonical.write(value))
    with pytest.raises(Refused, match=r"schedule: .*; trustees: ") as refusal:
        check_safe(draft)
    assert refusal.value.code == "unsafe-parameters"
