"""Where a consultation belongs, as links; and what belongs to an area, a topic, an office."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from flask import url_for
from sqlmodel import Session

from participation.areas.queries import area_of_id
from participation.areas.rules import SUBJECT_KIND as AREA
from participation.comments.queries import coverages
from participation.comments.rules import Coverage
from participation.consultations.belonging import belongings
from participation.consultations.finding import Wanted
from participation.consultations.models import Consultation
from participation.consultations.pages.finding import Asked, Chip
from participation.consultations.pages.parts import PHASES
from participation.consultations.queries import announced
from participation.consultations.rules import SUBJECT_KIND, Phase
from participation.organisations.queries import organisation_of_id
from participation.organisations.rules import SUBJECT_KIND as ORGANISATION
from participation.topics.queries import topic_of_id
from participation.topics.rules import SUBJECT_KIND as TOPIC
from participation.topics.rules import name_in
from participation.web.database import session
from participation.web.language import (
    _,
    day_words,
    language,
    ngettext,
    number_words,
    percent_words,
    say,
)
from participation.web.site import Beside

_MOST = 200
_SHOWN = 8


def chips_of(found: Consultation) -> tuple[Chip, ...]:
    """The areas, topics and office of a consultation, each with its page."""
    here = belongings(session(), [found.id])[found.id]
    areas = [Chip(each.title, url_for("areas.area", code=each.code)) for each in here.areas]
    topics = [
        Chip(name_in(each.names, language()), url_for("topics.topic", slug=each.slug))
        for each in here.topics
    ]
    held = here.organisation
    office = (
        [Chip(held.name, url_for("organisations.organisation", slug=held.slug))] if held else []
    )
    return (*areas, *topics, *office)


def beside(opened: Session, kind: str, subject_id: UUID, _now: datetime) -> tuple[Beside, ...]:
    """The consultations of an area, a topic or an organisation, those open for comments first.

    The last line leads to all of them. Nothing beside other things. Four queries.
    """
    wanted, asked = _wanted(opened, kind, subject_id)
    found = announced(opened, wanted, limit=_MOST + 1) if asked else []
    if asked is None or not found:
        return ()
    covered = coverages(opened, SUBJECT_KIND, [each.id for each in found])
    ordered = sorted(found, key=lambda each: each.phase != Phase.OPEN)[:_SHOWN]
    lines = [
        Beside(
            each.title,
            url_for("consultations.consultation", slug=each.slug),
            f"{_state(each)} · {_share(covered[each.id])}",
        )
        for each in ordered
    ]
    return (*lines, Beside(str(_("All of them")), asked.address(), _sum(list(covered.values()))))


def _wanted(opened: Session, kind: str, subject_id: UUID) -> tuple[Wanted, Asked | None]:
    """Which consultations belong to a subject, and where their list is."""
    everything = tuple(Phase)
    if kind == AREA:
        code = area_of_id(opened, subject_id).code
        return Wanted(everything, area=code), Asked("all", area=code)
    if kind == TOPIC:
        slug = topic_of_id(opened, subject_id).slug
        return Wanted(everything, topic=subject_id), Asked("all", topic=slug)
    if kind == ORGANISATION:
        slug = organisation_of_id(opened, subject_id).slug
        return Wanted(everything, organisation=subject_id), Asked("all", organisation=slug)
    return Wanted(()), None


def _state(found: Consultation) -> str:
    if found.phase == Phase.OPEN:
        return str(_("comments until %(day)s", day=day_words(found.closes_on)))
    return say(PHASES[Phase(found.phase)])


def _share(coverage: Coverage) -> str:
    if not coverage.total:
        return str(_("no comments yet"))
    comments = ngettext("%(num)s comment", "%(num)s comments", coverage.total)
    answered = percent_words(coverage.answered, coverage.total)
    return f"{comments}, {_('%(share)s answered', share=answered)}"


def _sum(parts: Sequence[Coverage]) -> str:
    """How many there are, with the share answered of all their comments."""
    if len(parts) > _MOST:
        return str(_("more than %(number)s", number=number_words(_MOST)))
    number = ngettext("%(num)s consultation", "%(num)s consultations", len(parts))
    whole = Coverage(
        total=sum(each.total for each in parts),
        answered=sum(each.answered for each in parts),
        considered=sum(each.considered for each in parts),
    )
    return f"{number} · {_share(whole)}"
