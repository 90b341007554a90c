import copy

import pytest
from hypothesis import given, settings

from ballots.draft import MOST_BYTES, Draft, Rule
from ballots.errors import BadDocument, Refused
from crypto import canonical
from crypto.encoding import H
from tests.strategies.ballots import draft_values, drafts
from tests.strategies.elections import (
    draft_of,
    draft_value,
    light_changes,
    options,
    ranked_value,
    witness,
    words,
    yes_no_value,
)


def change(path, new):
    """The small draft's bytes with one value replaced; `path` is a list of keys and indices."""
    value = copy.deepcopy(draft_value())
    place = value
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = new
    return canonical.write(value)


def without(path):
    value = copy.deepcopy(draft_value())
    place = value
    for key in path[:-1]:
        place = place[key]
    del place[path[-1]]
    return canonical.write(value)


def refused_at(document):
    with pytest.raises(BadDocument) as refusal:
        Draft.parse(document)
    return refusal.value.where


@given(draft_values())
@settings(max_examples=60)
def test_writing_what_was_parsed_gives_the_same_bytes(value):
    document = canonical.write(value)
    assert Draft.parse(document).write() == document


@given(drafts)
@settings(max_examples=30)
def test_parsing_what_was_written_gives_the_same_draft(draft):
    assert Draft.parse(draft.write()) == draft


def test_eid0_is_the_hash_of_the_bytes_under_its_tag():
    document = canonical.write(draft_value())
    assert Draft.parse(document).eid0 == H("draft", document)


def test_a_changed_translation_is_another_draft():
    """A40: different questions cannot be shown to different voters."""
    look_alike = change(["questions", 0, "text", "en"], "Tаman")  # noqa: RUF001 - Cyrillic a
    assert Draft.parse(look_alike).eid0 != draft_of().eid0


def test_absent_keys_of_a_rule_have_the_protocols_defaults():
    rule = Draft.parse(change(["questions", 0, "rule"], {"name": "yes-no"})).questions[0].rule
    assert (rule.seats, rule.quorum, rule.majority, rule.strict) == (1, None, (1, 2), True)


def test_a_default_that_was_written_out_is_written_out_again():
    document = change(["questions", 1, "rule"], {"name": "stv-scottish", "seats": 1})
    draft = Draft.parse(document)
    assert draft.questions[1].rule == Rule("stv-scottish", stated=frozenset({"seats"}))
    assert draft.write() == document


def test_the_policy_is_exact():
    draft = draft_of()
    logs = [f"log {draft.log_vkey(log)}" for log in ("setup", "check-ins", "ballots")]
    witnesses = [f"witness w{i} {witness(i).verifier.vkey}" for i in (1, 2, 3, 4)]
    assert draft.policy == "\n".join([*logs, *witnesses, "group g 3 w1 w2 w3 w4", "quorum g", ""])


def test_the_policy_without_witnesses_asks_for_none():
    policy = draft_of(**light_changes()).policy
    assert policy.endswith("\nquorum none\n")
    assert policy.count("\n") == 4


def test_origins_name_the_draft_and_the_log():
    draft = draft_of()
    origin = draft.log_origin("check-ins")
    assert origin.startswith("suara.example/suara/")
    assert origin.endswith("/check-ins")
    assert draft.log_vkey("check-ins").startswith(origin + "+")


def test_a_style_knows_its_questions_in_its_own_order():
    draft = draft_of()
    assert [each.id for each in draft.questions_of(7)] == ["taman", "dewan"]
    assert [each.id for each in draft.questions_of(2)] == ["taman"]


def test_an_unknown_style_or_question_is_refused():
    with pytest.raises(Refused, match="style 3"):
        draft_of().style(3)
    with pytest.raises(Refused, match="jembatan"):
        draft_of().question("jembatan")


def test_a_draft_made_in_code_is_checked_too():
    draft = draft_of()
    with pytest.raises(BadDocument, match="authority"):
        Draft.__init__(draft, **{**_fields(draft), "authority": "Suara Example"})


def _fields(draft):
    derived = {"document", "eid0"}
    return {name: getattr(draft, name) for name in Draft.__slots__ if name not in derived}


def test_bytes_that_are_not_canonical_are_refused():
    """A26: two encodings of one draft."""
    document = canonical.write(draft_value())
    for other in (b" " + document, document + b"\n", document[:-1], b"\xff" + document, b"null"):
        with pytest.raises(BadDocument):
            Draft.parse(other)


def test_a_repeated_key_is_refused():
    document = canonical.write(draft_value())
    with pytest.raises(BadDocument, match="canonical"):
        Draft.parse(document[:-1] + b',"suite":"suara/v1"}')


def test_a_draft_that_fits_no_entry_is_refused():
    with pytest.raises(BadDocument, match=str(MOST_BYTES)):
        Draft.parse(change(["about"], words("a" * 33_000)))


@pytest.mark.parametrize("key", sorted(draft_value()))
def test_every_key_is_needed(key):
    assert refused_at(without([key])) == "document"


@pytest.mark.parametrize(
    "path",
    [
        ["extra"],
        ["log_keys", "results"],
        ["organiser", "mail"],
        ["questions", 0, "max_score"],
        ["questions", 0, "rule", "seats"],
        ["questions", 1, "rule", "quorum"],
        ["styles", 0, "size"],
        ["schedule", "result"],
        ["trustees", "faulty"],
        ["title", "jv"],
    ],
)
def test_an_unknown_key_is_refused(path):
    with pytest.raises(BadDocument, match=f"no key '{path[-1]}'"):
        Draft.parse(change(path, 1))


WRONG = [
    (["suite"], "suara/v2", "suite"),
    (["languages"], [], "languages"),
    (["languages"], ["id", "id"], "languages[1]"),
    (["languages"], ["id", "é"], "languages[1]"),
    (["languages"], ["id", "en", "jv"], "questions[0].text"),
    (["title"], {"id": "a"}, "title"),
    (["title", "en"], 1, "title.en"),
    (["nonce"], "AAAAAAAAAAAAAAAAAAAAAA==", "nonce"),
    (["nonce"], "AAAAAAAAAAAAAAAAAAAAAB", "nonce"),
    (["nonce"], "AAAA", "nonce"),
    (["authority"], "https://suara.example", "authority"),
    (["attachments", 0, "name"], "../naskah.pdf", "attachments[0].name"),
    (["log_keys", "setup"], "AAAA", "log_keys.setup"),
    (["organiser", "name"], "", "organiser.name"),
    (["questions"], [], "questions"),
    (["questions"], [yes_no_value(), yes_no_value()], "questions[1]"),
    (["questions", 0, "id"], "Taman", "questions[0].id"),
    (["questions", 0, "method"], "open", "questions[0].method"),
    (["questions", 0, "options"], options("no", "yes"), "questions[0].options"),
    (["questions", 1, "options"], options(*[str(i) for i in range(256)]), "questions[1].options"),
    (["questions", 1, "options"], options("a", "a"), "questions[1].options[1]"),
    (["questions", 0, "min"], 2, "questions[0].max"),
    (["questions", 0, "min"], -1, None),
    (["questions", 1, "equal"], 0, "questions[1].equal"),
    (["questions", 1, "equal"], True, "questions[1].equal"),
    (["questions", 0, "rule", "name"], "approval", "questions[0].rule.name"),
    (["questions", 0, "rule", "quorum"], [1], "questions[0].rule.quorum"),
    (["questions", 0, "rule", "quorum"], [2, 1], "questions[0].rule.quorum"),
    (["questions", 0, "rule", "quorum"], [0, 0], "questions[0].rule.quorum"),
    (["questions", 0, "rule", "quorum"], ["1", 4], "questions[0].rule.quorum[0]"),
    (["questions", 0, "rule", "strict"], 1, "questions[0].rule.strict"),
    (["questions", 1, "rule", "seats"], 0, "questions[1].rule.seats"),
    (["questions", 1, "rule", "seats"], True, "questions[1].rule.seats"),
    (["styles", 0, "id"], 0, "styles[0].id"),
    (["styles", 0, "id"], 65_536, "styles[0].id"),
    (["styles", 0, "id"], 2, "styles[1]"),
    (["styles", 0, "questions"], [], "styles[0].questions"),
    (["styles", 0, "questions"], ["jalan"], "styles[0].questions[0]"),
    (["styles", 0, "questions"], ["taman", "taman"], "styles[0].questions[1]"),
    (["schedule", "voting_opens"], "1500", "schedule.voting_opens"),
    (["registrars", "list"], [], "registrars.list"),
    (["registrars", "list", 0, "origin"], "panitera", "registrars.list[0].origin"),
    (["trustees", "list", 0, "held"], "bank", "trustees.list[0].held"),
    (["witnesses", "list", 0, "vkey"], 7, "witnesses.list[0].vkey"),
    (["officers", 0, "cose"], "AAAA", "officers[0].cose"),
    (["passkeys", "rp_id"], "suara example", "passkeys.rp_id"),
    (["passkeys", "origins"], ['https://a"b'], "passkeys.origins[0]"),
    (["merge_delay_epochs"], 65_536, "merge_delay_epochs"),
    (["max_revisions"], 2**32, "max_revisions"),
]


@pytest.mark.parametrize(("path", "new", "where"), WRONG)
def test_a_wrong_value_is_refused_at_its_place(path, new, where):
    if where is None:
        document = canonical.write(draft_value()).replace(b'"min":0', b'"min":-1', 1)
        assert refused_at(document) == "draft"
    else:
        assert refused_at(change(path, new)) == where


BUDGET = {
    "id": "dana",
    "text": words("Untuk apa?"),
    "method": "budget",
    "options": options("jalan", "taman"),
    "ballot": "approval",
    "min": 0,
    "max": 2,
    "rule": {"name": "equal-shares", "budget": 90, "costs": [50, 60], "utility": "cost"},
}


def budget(**changes):
    value = {**copy.deepcopy(BUDGET), **changes}
    return canonical.write(
        draft_value(
            questions=[value, ranked_value()],
            styles=[{"id": 1, "name": words("Warga"), "questions": ["dana"]}],
        ),
    )


def test_a_budget_question_keeps_its_costs_and_steps():
    rule = {**BUDGET["rule"], "completion": "add1u-greedy", "completion_step": 5}
    found = Draft.parse(budget(rule=rule)).questions[0].rule
    assert (found.budget, found.costs, found.utility) == (90, (50, 60), "cost")
    assert (found.completion, found.completion_step) == ("add1u-greedy", 5)


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"rule": {**BUDGET["rule"], "costs": [50]}}, "questions[0].rule"),
        ({"rule": {**BUDGET["rule"], "completion": "add1u-greedy"}}, "questions[0].rule"),
        ({"rule": {"name": "equal-shares", "budget": 90, "costs": [1, 2]}}, "questions[0].rule"),
        ({"ballot": "points", "points": 5}, "questions[0].ballot"),
        ({"points": 5}, "questions[0]"),
        ({"ballot": "points"}, "questions[0]"),
    ],
)
def test_a_budget_question_that_does_not_fit_its_rule_is_refused(changes, where):
    assert refused_at(budget(**changes)) == where
