"""Rows, the page and the feed of what changed because of people's comments."""

from dataclasses import dataclass
from typing import ClassVar

from flask import Response, request, url_for

from participation.comments.rules import REASON_NAMES, Reason
from participation.core.headlines import opening_words
from participation.home.changes import Change
from participation.home.pages import Row
from participation.open_data import atom
from participation.open_data.addresses import absolute
from participation.web.language import _, day_words, language, ngettext, say
from participation.web.page import Page
from participation.web.site import now, site


@dataclass(frozen=True, slots=True)
class ChangesPage(Page):
    """Everything that changed because of people's comments, the latest first."""

    template: ClassVar[str] = "home/changes.html"
    rows: tuple[Row, ...]
    after: str


def change_row(found: Change) -> Row:
    """One change, with the way to the clause as it was and as it is."""
    people = ngettext("From one comment.", "From %(num)s comments.", found.comments)
    by = _("Answered by %(name)s, %(office)s.", name=found.name, office=found.office)
    return Row(
        kind=found.citation or _("Consultation"),
        title=opening_words(found.body),
        address=url_for("consultations.clause", slug=found.slug, clause_id=found.place),
        detail=f"{found.title}. {people} {by}",
        state=say(REASON_NAMES[found.reason]),
        style="for" if found.reason is Reason.ADOPTED else "now",
        figures=day_words(found.written_at),
        further=_further(found),
        further_label=_("Then and now"),
    )


def feed(found: list[Change]) -> Response:
    """The same for feed readers (RFC 4287)."""
    told = atom.Feed(
        id=atom.tag(site().origin, "changes"),
        title=f"{_('What changed because of you')} · {site().name}",
        author=site().name,
        address=f"{site().origin}{request.script_root}{request.path}",
        page=absolute("home.changes"),
        language=language(),
        entries=tuple(map(_entry, found)),
    )
    response = Response(atom.write(told, now=now()), mimetype=atom.MEDIA_TYPE)
    response.vary.update(["Accept-Language", "Cookie"])
    return response


def _entry(found: Change) -> atom.Entry:
    place = absolute("consultations.clause", slug=found.slug, clause_id=found.place)
    return atom.Entry(
        id=atom.tag(site().origin, "answer", found.id),
        title=f"{found.citation}: {found.title}" if found.citation else found.title,
        address=place,
        at=found.written_at,
        summary=found.body,
    )


def _further(found: Change) -> str:
    """Where the clause is shown as people read it and as it is now; empty where nothing differs."""
    if not found.then:
        return ""
    return url_for(
        "consultations.then_and_now", slug=found.slug, clause_id=found.place, number=found.then
    )
