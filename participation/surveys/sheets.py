"""What somebody answered: read from the fields of a form, judged, reduced to what was asked. Pure.

A field is named by the question's number, `q3`, in a matrix also by the row, `q3_1`; its values
are numbers of choices, or the words of an open question. The empty value means no answer.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from participation.core.errors import Invalid
from participation.core.text import tidy
from participation.core.words import Words, words
from participation.surveys.asked import Asked, Kind

TEXT_LENGTH = 2000
_MOST_DIGITS = 2

Fields = Mapping[str, Sequence[str]]
"""The values of a form by the names of its fields."""


@dataclass(frozen=True, slots=True)
class Given:
    """The answer to one question: (row, choice) pairs, or the words of an open question."""

    chosen: frozenset[tuple[int, int]] = frozenset()
    text: str = ""

    def __bool__(self) -> bool:
        return bool(self.chosen or self.text)


Sheet = Mapping[UUID, Given]
"""Answers by the id of the question; questions without an answer are left out."""


class FaultySheet(Invalid):
    """A sheet that cannot be taken; `faults` holds one error for every field concerned."""

    def __init__(self, faults: Sequence[Invalid]) -> None:
        super().__init__(faults[0].message, field=faults[0].field, code="faulty-sheet")
        self.faults = tuple(faults)


def field_names(asked: Asked) -> tuple[str, ...]:
    """The names of a question's fields: one, or one for each row of a matrix."""
    name = f"q{asked.number}"
    return tuple(f"{name}_{row}" for row in range(len(asked.rows))) if asked.rows else (name,)


def read(questions: Sequence[Asked], fields: Fields) -> Sheet:
    """The answers in the fields; raises `FaultySheet` for choices that do not exist."""
    sheet: dict[UUID, Given] = {}
    faults: list[Invalid] = []
    for asked in questions:
        try:
            given = _given(asked, fields)
        except Invalid as fault:
            faults.append(fault)
            continue
        if given:
            sheet[asked.id] = given
    if faults:
        raise FaultySheet(faults)
    return sheet


def readable(questions: Sequence[Asked], fields: Fields) -> Sheet:
    """The answers in the fields without those that name choices which do not exist."""
    sheet: dict[UUID, Given] = {}
    for asked in questions:
        try:
            sheet |= read([asked], fields)
        except FaultySheet:
            continue
    return sheet


def asked_of(questions: Sequence[Asked], sheet: Sheet) -> tuple[Asked, ...]:
    """The questions that are asked of somebody who answered so, in order.

    A question that depends on one which is not asked is not asked either.
    """
    asked: list[Asked] = []
    ids: set[UUID] = set()
    for question in questions:
        condition = question.only_if
        if condition is not None:
            given = sheet.get(condition.question_id, Given())
            if condition.question_id not in ids or (0, condition.choice) not in given.chosen:
                continue
        asked.append(question)
        ids.add(question.id)
    return tuple(asked)


def reduced(questions: Sequence[Asked], sheet: Sheet) -> Sheet:
    """The answers without those to questions that are not asked."""
    return {each.id: sheet[each.id] for each in asked_of(questions, sheet) if each.id in sheet}


def check(questions: Sequence[Asked], sheet: Sheet) -> None:
    """Nothing for a sheet that can be taken; raises `FaultySheet` with everything that is wrong.

    Looks only at questions that are asked of somebody who answered so.
    """
    faults = [
        fault
        for asked in asked_of(questions, sheet)
        for fault in _faults(asked, sheet.get(asked.id, Given()))
    ]
    if faults:
        raise FaultySheet(faults)


def check_one(asked: Asked, sheet: Sheet) -> None:
    """Nothing when one question is answered as it can be taken; raises `FaultySheet` otherwise."""
    faults = list(_faults(asked, sheet.get(asked.id, Given())))
    if faults:
        raise FaultySheet(faults)


def fields_of(questions: Sequence[Asked], sheet: Sheet) -> dict[str, list[str]]:
    """The fields of a form that holds these answers."""
    filled: dict[str, list[str]] = {}
    for asked in questions:
        given = sheet.get(asked.id, Given())
        for row, name in enumerate(field_names(asked)):
            values = [str(choice) for at, choice in sorted(given.chosen) if at == row]
            if values or given.text:
                filled[name] = values or [given.text]
    return filled


def _given(asked: Asked, fields: Fields) -> Given:
    if asked.kind is Kind.TEXT:
        return Given(text=tidy("\n".join(fields.get(f"q{asked.number}", ())[:1])))
    pairs = frozenset(
        (row, _choice(asked, name, value))
        for row, name in enumerate(field_names(asked))
        for value in fields.get(name, ())
        if value != ""
    )
    _check_one_each(asked, pairs)
    return Given(pairs)


def _choice(asked: Asked, name: str, value: str) -> int:
    is_number = value.isascii() and value.isdigit() and len(value) <= _MOST_DIGITS
    if not is_number or int(value) >= len(asked.choices):
        message = words("Question %(number)s has no such choice.", number=asked.number)
        raise Invalid(message, field=name)
    return int(value)


def _check_one_each(asked: Asked, pairs: frozenset[tuple[int, int]]) -> None:
    rows = [row for row, _choice in pairs]
    if asked.kind is not Kind.MULTIPLE and len(set(rows)) < len(rows):
        message = words("Question %(number)s takes one choice.", number=asked.number)
        raise Invalid(message, field=field_names(asked)[0])


def _faults(asked: Asked, given: Given) -> Iterator[Invalid]:
    names = field_names(asked)
    answered = {row for row, _choice in given.chosen}
    for row, name in enumerate(names):
        if asked.is_required and row not in answered and not given.text:
            yield Invalid(_unanswered(asked, row), field=name)
    if asked.most and len(given.chosen) > asked.most:
        yield Invalid(
            words(
                "Question %(number)s: choose at most %(most)s.",
                number=asked.number,
                most=asked.most,
            ),
            field=names[0],
        )
    if len(given.text) > TEXT_LENGTH:
        yield Invalid(
            words(
                "Question %(number)s: at most %(most)s characters; this has %(length)s.",
                number=asked.number,
                most=TEXT_LENGTH,
                length=len(given.text),
            ),
            field=names[0],
        )


def _unanswered(asked: Asked, row: int) -> Words:
    if asked.rows:
        return words(
            "Question %(number)s still needs an answer for “%(row)s”.",
            number=asked.number,
            row=asked.rows[row],
        )
    return words("Question %(number)s still needs an answer.", number=asked.number)
