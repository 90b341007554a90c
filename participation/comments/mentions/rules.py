"""Who is meant by the names in a reply. Pure.

Names are not unique here. A reply names only people who take part in its thread, by a tick or by
`@` and a name; where several there have the name, the writer is asked and nothing is guessed.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from participation.comments.quoting import own_words
from participation.core.errors import Invalid
from participation.core.words import words

MOST = 5
"""So many people one reply may name."""

FIELD = "mentions"


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who takes part in a thread, known by the latest thing they said there."""

    account_id: UUID
    name: str
    said_id: UUID
    begins: str = ""


def named(
    body: str, ticked: Collection[UUID], people: Sequence[Participant]
) -> tuple[Participant, ...]:
    """The people whom a reply names, each once; `ticked` are ids of what they said.

    Raises `Invalid` for the field `mentions`: for a name that several have of whom none is ticked,
    for too many, and for somebody who does not take part.
    """
    by_what_they_said = {each.said_id: each for each in people}
    if not set(ticked) <= by_what_they_said.keys():
        message = words("Somebody chosen here does not take part in this conversation any more.")
        raise Invalid(message, field=FIELD)
    found = {each: by_what_they_said[each] for each in ticked}
    for same in _at_names(own_words(body), people):
        if found.keys() & {each.said_id for each in same}:
            continue
        if len(same) > 1:
            raise _ambiguous(same)
        found[same[0].said_id] = same[0]
    if len(found) > MOST:
        message = words("A reply can mention at most %(most)s people.", most=MOST)
        raise Invalid(message, field=FIELD)
    return tuple(found.values())


def _at_names(text: str, people: Sequence[Participant]) -> list[list[Participant]]:
    """For each `@` that stands before a name, everybody who has that name."""
    folded = text.casefold()
    places = [at for at, sign in enumerate(folded) if sign == "@" and not _is_word(folded, at - 1)]
    meant = (_longest(folded, at + 1, people) for at in places)
    return [same for same in meant if same]


def _longest(text: str, at: int, people: Sequence[Participant]) -> list[Participant]:
    """Those whose whole name stands there, the longest name first; else whose first name does."""
    for names in (_whole, _first):
        fitting = [each for each in people if _stands(text, at, names(each))]
        longest = max((len(names(each)) for each in fitting), default=0)
        if longest:
            return [each for each in fitting if len(names(each)) == longest]
    return []


def _whole(person: Participant) -> str:
    return person.name.casefold()


def _first(person: Participant) -> str:
    return person.name.casefold().split(maxsplit=1)[0] if person.name.strip() else ""


def _stands(text: str, at: int, name: str) -> bool:
    return bool(name) and text.startswith(name, at) and not _is_word(text, at + len(name))


def _is_word(text: str, at: int) -> bool:
    return 0 <= at < len(text) and text[at].isalnum()


def _ambiguous(same: Sequence[Participant]) -> Invalid:
    message = words(
        "Several people here are called %(name)s. Tick below whom you mean.", name=same[0].name
    )
    return Invalid(message, field=FIELD)
