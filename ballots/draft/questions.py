"""Reading and writing a question and its rule: which keys belong to which method and rule."""

from collections.abc import Mapping
from typing import Any, cast

from ballots.document import IDENTIFIER, Place, refuse_repeats
from ballots.draft.parts import RULES_OF, Fraction, Method, Option, Question, Rule
from ballots.draft.words import Languages, read_text

_QUESTION_KEYS = ("id", "text", "method", "options", "min", "max", "rule")
_METHOD_KEYS: Mapping[str, tuple[str, ...]] = {
    "single": (),
    "approval": (),
    "score": ("max_score",),
    "ranked": ("equal",),
    "budget": ("ballot",),
}
_RULE_REQUIRED: Mapping[str, tuple[str, ...]] = {
    "greedy": ("budget", "costs"),
    "equal-shares": ("budget", "costs", "utility"),
}
_RULE_OPTIONAL: Mapping[str, tuple[str, ...]] = {
    "plurality": ("seats",),
    "yes-no": ("quorum", "majority", "strict"),
    "approval": ("seats",),
    "score": ("seats",),
    "stv-scottish": ("seats",),
    "schulze": ("seats",),
    "equal-shares": ("completion", "completion_step"),
}
_MOST_OPTIONS = 255
_DEFAULTS: Mapping[str, Any] = {"seats": 1, "majority": (1, 2), "strict": True}
_COMPLETION = "add1u-greedy"


def read_question(place: Place, languages: Languages) -> Question:
    """One question; raises BadDocument at the first wrong place."""
    method = _method(place)
    keys = (*_QUESTION_KEYS, *_METHOD_KEYS[method])
    if method == "budget" and place.value.get("ballot") == "points":
        keys = (*keys, "points")
    fields = place.fields(keys)
    question = Question(
        id=fields["id"].matching(IDENTIFIER),
        text=read_text(fields["text"], languages),
        method=method,
        options=_options(fields["options"], languages),
        min=fields["min"].number(),
        max=fields["max"].number(least=fields["min"].number()),
        rule=_read_rule(fields["rule"], method),
        **_marks(fields),
    )
    _check_fit(question, fields)
    return question


def _method(place: Place) -> Method:
    if not isinstance(place.value, dict) or "method" not in place.value:
        place.refuse("an object with the key 'method'")
    method = Place(f"{place.path}.method", place.value["method"]).one_of(*RULES_OF)
    return cast("Method", method)


def _marks(fields: dict[str, Place]) -> dict[str, Any]:
    marks: dict[str, Any] = {}
    if "max_score" in fields:
        marks["max_score"] = fields["max_score"].number(least=1)
    if "equal" in fields:
        marks["equal"] = fields["equal"].flag()
    if "ballot" in fields:
        marks["ballot"] = fields["ballot"].one_of("approval", "points")
    if "points" in fields:
        marks["points"] = fields["points"].number(least=1)
    return marks


def _options(place: Place, languages: Languages) -> tuple[Option, ...]:
    places = place.items(least=1, most=_MOST_OPTIONS)
    found = tuple(_option(each, languages) for each in places)
    refuse_repeats(places, [each.id for each in found], "an option id")
    return found


def _option(place: Place, languages: Languages) -> Option:
    fields = place.fields(["id", "text"])
    return Option(fields["id"].matching(IDENTIFIER), read_text(fields["text"], languages))


def _read_rule(place: Place, method: Method) -> Rule:
    if not isinstance(place.value, dict) or "name" not in place.value:
        place.refuse("an object with the key 'name'")
    name = Place(f"{place.path}.name", place.value["name"]).one_of(*RULES_OF[method])
    required = ("name", *_RULE_REQUIRED.get(name, ()))
    fields = place.fields(required, _RULE_OPTIONAL.get(name, ()))
    if ("completion" in fields) != ("completion_step" in fields):
        place.refuse("both of completion and completion_step, or neither")
    values: dict[str, Any] = {key: _READERS[key](each) for key, each in fields.items()}
    stated = frozenset(k for k, v in values.items() if k in _DEFAULTS and v == _DEFAULTS[k])
    return Rule(**values, stated=stated)


def _fraction(place: Place) -> Fraction:
    expected = "a share [n, d] with 0 ≤ n ≤ d and 1 ≤ d"
    if not isinstance(place.value, list) or len(place.value) != len(("n", "d")):
        place.refuse(expected)
    share, whole = (each.number() for each in place.items())
    if not share <= whole or whole == 0:
        place.refuse(expected)
    return share, whole


def _costs(place: Place) -> tuple[int, ...]:
    return tuple(each.number() for each in place.items())


_READERS: Mapping[str, Any] = {
    "name": Place.text,
    "seats": lambda place: place.number(least=1),
    "quorum": _fraction,
    "majority": _fraction,
    "strict": Place.flag,
    "budget": Place.number,
    "costs": _costs,
    "utility": lambda place: place.one_of("cost", "cardinality"),
    "completion": lambda place: place.one_of(_COMPLETION),
    "completion_step": lambda place: place.number(least=1),
}


def _check_fit(question: Question, fields: dict[str, Place]) -> None:
    """What the rule asks of the rest of its question."""
    rule, options = question.rule, [option.id for option in question.options]
    if rule.name == "yes-no" and options != ["yes", "no"]:
        fields["options"].refuse("the options yes and no, in this order")
    if rule.name == "equal-shares" and question.ballot != "approval":
        fields["ballot"].refuse("approval, for the rule equal-shares")
    if rule.name == "stv-scottish" and question.equal:
        fields["equal"].refuse("false, for the rule stv-scottish")
    if question.method == "budget" and len(rule.costs) != len(options):
        fields["rule"].refuse(f"as many costs as options, {len(options)}")


def question_value(question: Question) -> dict[str, Any]:
    """The JSON value of a question."""
    value: dict[str, Any] = {
        "id": question.id,
        "text": dict(question.text),
        "method": question.method,
        "options": [{"id": each.id, "text": dict(each.text)} for each in question.options],
        "min": question.min,
        "max": question.max,
        "rule": _rule_value(question.rule),
    }
    for key in ("max_score", "equal", "ballot", "points"):
        if getattr(question, key) is not None:
            value[key] = getattr(question, key)
    return value


def _rule_value(rule: Rule) -> dict[str, Any]:
    value: dict[str, Any] = {"name": rule.name}
    for key in ("quorum", "budget", "utility", "completion", "completion_step"):
        if getattr(rule, key) is not None:
            value[key] = getattr(rule, key)
    for key, default in _DEFAULTS.items():
        if key in rule.stated or getattr(rule, key) != default:
            value[key] = getattr(rule, key)
    if rule.costs:
        value["costs"] = rule.costs
    return {k: list(v) if isinstance(v, tuple) else v for k, v in value.items()}
