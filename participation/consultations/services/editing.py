"""Creating a consultation, changing what people are told, importing a text."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from participation.consultations.belonging import Links, set_links
from participation.consultations.drafting.parser import parse_draft
from participation.consultations.models import Consultation, DraftVersion
from participation.consultations.queries import (
    calendar_of,
    editions,
    is_slug_taken,
    published_source,
    unpublished,
)
from participation.consultations.rules import (
    SOURCE_LENGTH,
    Calendar,
    Phase,
    check_calendar,
    check_details_changeable,
    check_text_changeable,
)
from participation.consultations.services.phases import record_act
from participation.consultations.services.versioning import match_with_published
from participation.core.access import Actor, Permission, allows
from participation.core.errors import Invalid
from participation.core.events import EventTag
from participation.core.ids import new_public_id, slug
from participation.core.words import words

_FIRST_VERSION = 1


@dataclass(frozen=True, slots=True)
class Details:
    """What people are told about a consultation besides its text."""

    title: str
    document: str
    office: str
    decider: str
    summary: str
    calendar: Calendar
    links: Links | None = None
    """Where it belongs; left as it is where nothing is said."""


def create_consultation(
    session: Session, actor: Actor, details: Details, now: datetime
) -> Consultation:
    """A new consultation in the phase `draft`, seen by the desk only.

    Raises `Invalid` for days out of order.
    """
    allows(actor, Permission.CONSULTATIONS_DRAFT_IMPORT)
    check_calendar(details.calendar)
    found = Consultation(
        slug=_free_slug(session, details.title),
        phase=Phase.DRAFT.value,
        created_by=actor.id,
        created_at=now,
        **_columns(details),
    )
    session.add(found)
    session.flush()
    if details.links is not None:
        set_links(session, found, details.links)
    record_act(session, EventTag.CONSULTATIONS_CONSULTATION_CREATE, actor, found, now)
    return found


def edit_consultation(
    session: Session, actor: Actor, found: Consultation, details: Details, now: datetime
) -> None:
    """Changes title, words and days as far as the phase allows; the address stays.

    Raises `Conflict` or `Invalid` with what may not change any more.
    """
    allows(actor, Permission.CONSULTATIONS_DRAFT_IMPORT)
    check_calendar(details.calendar)
    check_details_changeable(Phase(found.phase), calendar_of(found), details.calendar)
    for name, value in _columns(details).items():
        setattr(found, name, value)
    session.add(found)
    if details.links is not None:
        set_links(session, found, details.links)
    record_act(session, EventTag.CONSULTATIONS_CONSULTATION_EDIT, actor, found, now)


def import_draft(
    session: Session, actor: Actor, found: Consultation, source: str, now: datetime
) -> DraftVersion:
    """The imported text, waiting for publication; an earlier waiting one is replaced.

    While comments are open or being answered it is matched with the published version. Doubtful
    lines do not stop an import: the preview shows them. Raises `Conflict` in other phases,
    `Invalid` for a text that is empty, too long, or published already.
    """
    allows(actor, Permission.CONSULTATIONS_DRAFT_IMPORT)
    check_text_changeable(Phase(found.phase))
    _check_source(source)
    values = _text_values(source) | {"imported_by": actor.id, "imported_at": now}
    version = unpublished(session, found.id)
    if version is None:
        number = len(editions(session, found.id)) + 1
        version = DraftVersion(consultation_id=found.id, number=number, **values)
    for name, value in values.items():
        setattr(version, name, value)
    session.add(version)
    session.flush()
    if version.number > _FIRST_VERSION:
        _check_is_other_text(session, found, source)
        match_with_published(session, version)
    tag = EventTag.CONSULTATIONS_DRAFT_IMPORT
    record_act(session, tag, actor, found, now, version=version.number)
    return version


def _check_is_other_text(session: Session, found: Consultation, source: str) -> None:
    if published_source(session, found.id) == source:
        message = words("This is the text that is published already.")
        raise Invalid(message, field="source")


def _check_source(source: str) -> None:
    if not source.strip():
        raise Invalid(words("Paste the text or choose a file."), field="source")
    if len(source) > SOURCE_LENGTH:
        message = words(
            "At most %(most)s characters; this text has %(length)s.",
            most=SOURCE_LENGTH,
            length=len(source),
        )
        raise Invalid(message, field="source")


def _text_values(source: str) -> dict[str, Any]:
    draft = parse_draft(source)
    return {
        "source": source,
        "source_sha256": hashlib.sha256(source.encode()).hexdigest(),
        "article_count": len(draft.articles),
        "opening": _without_blank_lines(draft.opening),
        "closing": _without_blank_lines(draft.closing),
    }


def _without_blank_lines(text: str) -> str:
    return "\n".join(filter(None, (line.strip() for line in text.split("\n"))))


def _columns(details: Details) -> dict[str, Any]:
    calendar = details.calendar
    return {
        "title": details.title,
        "document": details.document,
        "office": details.office,
        "decider": details.decider,
        "summary": details.summary,
        "opens_on": calendar.opens_on,
        "closes_on": calendar.closes_on,
        "answers_by": calendar.answers_by,
        "decides_by": calendar.decides_by,
    }


def _free_slug(session: Session, title: str) -> str:
    wanted = slug(title)
    return f"{wanted}-{new_public_id(4)}" if is_slug_taken(session, wanted) else wanted
