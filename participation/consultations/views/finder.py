"""The list of consultations, narrowed by state, words, area, topic and office."""

from dataclasses import replace

from flask import request
from flask.typing import ResponseReturnValue

from participation.areas import queries as areas
from participation.areas.queries import Placed
from participation.areas.rules import WORDS_LENGTH as AREA_LENGTH
from participation.comments import queries as comments
from participation.consultations import queries
from participation.consultations.belonging import belongings
from participation.consultations.finding import WORDS_LENGTH, Wanted
from participation.consultations.models import Consultation
from participation.consultations.pages.finding import Asked, Chip, Filter, ListPage, ListRow
from participation.consultations.pages.parts import head_of
from participation.consultations.rules import SUBJECT_KIND, Phase
from participation.consultations.views.blueprints import public_pages
from participation.consultations.views.present import is_open, listed_after, listed_key
from participation.organisations.models import Organisation
from participation.organisations.queries import organisation
from participation.topics.models import Topic
from participation.topics.queries import topics
from participation.topics.rules import name_in
from participation.web.database import session
from participation.web.guard import public
from participation.web.language import _, _l, language, say
from participation.web.page import show
from participation.web.paging import PER_PAGE, Slice, cut
from participation.web.session import actor

_SHOWN = {
    "all": (_l("All"), tuple(Phase)),
    "open": (_l("Open now"), (Phase.OPEN,)),
    "coming": (_l("Coming"), (Phase.ANNOUNCED,)),
    "answering": (_l("Being answered"), (Phase.ANSWERING,)),
    "finished": (_l("Decided"), (Phase.DECIDED, Phase.ARCHIVED)),
}
_MOST_PLACES = 2
_SLUG_LENGTH = 80


@public_pages.get("/consultations")
@public
def index() -> ResponseReturnValue:
    """All announced consultations, or those that fit what the address asks; the latest first."""
    known, asked = topics(session()), _asked()
    topic = next((each for each in known if each.slug == asked.topic), None)
    holder = organisation(session(), asked.organisation) if asked.organisation else None
    candidates = areas.candidates(session(), asked.area)
    area = candidates[0] if len(candidates) == 1 else None
    found: Slice[Consultation] = Slice(())
    if area or not asked.area:
        wanted = Wanted(
            _SHOWN[asked.show][1],
            words=asked.words,
            area=area.code if area else "",
            topic=topic.id if topic else None,
            organisation=holder.id if holder else None,
        )
        found = _found(wanted)
    asked = replace(asked, topic=topic.slug if topic else "")
    page = ListPage(
        asked=asked,
        rows=_rows(found),
        filters=_filters(asked),
        topics=_topics(known, asked),
        area=area,
        candidates=() if area else tuple(candidates),
        own=None if asked.area else _own(),
        organisation=holder.name if holder else "",
        ways_out=_ways_out(asked, area, topic, holder),
        after=found.after,
    )
    return show(page)


def _asked() -> Asked:
    """What this request asks for; what makes no sense is taken as not said."""
    said = request.args.get
    shown = said("show", "all")
    return Asked(
        show=shown if shown in _SHOWN else "all",
        words=" ".join(said("words", "")[:WORDS_LENGTH].split()),
        area=" ".join(said("area", "")[:AREA_LENGTH].split()),
        topic=said("topic", "")[:_SLUG_LENGTH],
        organisation=said("organisation", "")[:_SLUG_LENGTH],
    )


def _found(wanted: Wanted) -> Slice[Consultation]:
    after = listed_after(request.args.get("after", ""))
    return cut(queries.announced(session(), wanted, after=after, limit=PER_PAGE + 1), listed_key)


def _own() -> Placed | None:
    """The area of whoever is signed in, if they chose one."""
    own = areas.own_area(session(), actor().id) if actor().is_signed_in else None
    return Placed(own.code, own.name) if own else None


def _rows(found: Slice[Consultation]) -> tuple[ListRow, ...]:
    ids = [row.id for row in found.items]
    covered, belongs = comments.coverages(session(), SUBJECT_KIND, ids), belongings(session(), ids)
    return tuple(
        ListRow(
            slug=row.slug,
            title=row.title,
            document=row.document,
            office=row.office,
            places=_places(belongs[row.id].areas),
            phase=head_of(row, is_open=is_open(row)).phase,
            is_open=is_open(row),
            closes_on=row.closes_on,
            coverage=covered[row.id],
        )
        for row in found.items
    )


def _places(found: tuple[Placed, ...]) -> tuple[str, ...]:
    """The first areas of a consultation by name, and that there are more."""
    named = tuple(each.title for each in found[:_MOST_PLACES])
    return (*named, "…") if len(found) > _MOST_PLACES else named


def _filters(asked: Asked) -> tuple[Filter, ...]:
    return tuple(
        Filter(value, say(label), is_here=value == asked.show)
        for value, (label, _phases) in _SHOWN.items()
    )


def _topics(known: list[Topic], asked: Asked) -> tuple[Filter, ...]:
    return tuple(
        Filter(each.slug, name_in(each.names, language()), is_here=each.slug == asked.topic)
        for each in known
    )


def _ways_out(
    asked: Asked, area: Placed | None, topic: Topic | None, holder: Organisation | None
) -> tuple[Chip, ...]:
    """Links that take one condition away each."""
    parts = {
        "words": asked.words,
        "area": area.title if area else asked.area,
        "topic": name_in(topic.names, language()) if topic else "",
        "organisation": holder.name if holder else "",
    }
    return tuple(
        Chip(str(_("without “%(part)s”", part=label)), asked.address(**{name: None}))
        for name, label in parts.items()
        if label
    )
