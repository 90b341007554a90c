"""Questions and ballots in short, for the tests of counting."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ballots.counting import Outcome, count
from ballots.draft import RULES_OF, Option, Question, Rule


def question(rule: str, options: Sequence[str] | int, **fields: Any) -> Question:
    """A question under this rule; `fields` are the rule's or the question's, by their names."""
    if isinstance(options, int):
        options = [f"option-{number}" for number in range(options)]
    of_question = {
        key: fields.pop(key) for key in ("max_score", "equal", "points") if key in fields
    }
    marks = {key: fields.pop(key, default) for key, default in (("min", 0), ("max", 255))}
    method = next(method for method, rules in RULES_OF.items() if rule in rules)
    if method == "budget":
        of_question["ballot"] = "points" if "points" in of_question else "approval"
    return Question(
        id="q",
        text={"en": "?"},
        method=method,
        options=tuple(Option(name, {"en": name}) for name in options),
        rule=Rule(rule, **fields),
        **marks,
        **of_question,
    )


def outcome(
    asked: Question,
    choices: Mapping[Any, int] | Iterable[Any],
    *,
    order: Sequence[int] | None = None,
    roll_size: int = 0,
) -> Outcome:
    """The count of choices, given with their numbers or one by one."""
    lots = tuple(range(len(asked.options)) if order is None else order)
    return count(asked, Counter(choices), tie_order=lots, roll_size=roll_size)


def ranked(text: str, options: str) -> dict[tuple[int, ...], int]:
    """Rank tuples → numbers from lines like `3 a>b=c`, options being single letters."""
    found: Counter[tuple[int, ...]] = Counter()
    for line in text.split("\n"):
        if line.strip():
            number, ranking = line.split()
            groups = ranking.split(">")
            place = {
                name: rank for rank, group in enumerate(groups, 1) for name in group.split("=")
            }
            found[tuple(place.get(name, 0) for name in options)] += int(number)
    return dict(found)
