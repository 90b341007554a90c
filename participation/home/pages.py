"""What each general page needs, and how rows of other features read there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar

from flask import url_for

from participation.comments.rules import Coverage
from participation.consultations.models import Consultation
from participation.consultations.rules import Phase
from participation.core.headlines import opening_words
from participation.home import queries
from participation.home.rules import in_language
from participation.meetings.queries import Listed
from participation.surveys.models import Survey
from participation.votes.counting_words import kind_words
from participation.votes.models import Vote
from participation.votes.rules import State
from participation.web.database import session
from participation.web.language import (
    _,
    date_words,
    day_words,
    language,
    local_date,
    moment_words,
    ngettext,
    number_words,
    percent_words,
    say,
    span_words,
)
from participation.web.page import Page
from participation.web.session import actor
from participation.web.site import DeskFigure, DeskItem, now

_SOON = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list: kind, title with its address, a small line, and where it stands.

    `further` is the address of more about it, said by `further_label`; empty for none.
    """

    kind: str
    title: str
    address: str
    detail: str
    state: str
    style: str = ""
    figures: str = ""
    further: str = ""
    further_label: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and what it counts."""

    number: str
    label: str


@dataclass(frozen=True, slots=True)
class DeskEntry:
    """A part of the desk: its name, its address, what one does there."""

    title: str
    address: str
    purpose: str
    figures: tuple[DeskFigure, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """What is open near the reader: their area, and where everything about it stands."""

    area: str
    address: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class HomePage(Page):
    """The front page: what is open, near the reader first; what was answered and counted.

    `choose` is where somebody without an area chooses one; empty where there are none.
    """

    template: ClassVar[str] = "home/index.html"
    speak_address: str
    figures: tuple[Figure, ...]
    near: Near | None
    choose: str
    open: tuple[Row, ...]
    changes: tuple[Row, ...]
    answers: tuple[Row, ...]
    results: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """A vote with a public record: its election's name, its title, how far it is."""

    eid: str
    title: str
    state: str


@dataclass(frozen=True, slots=True)
class VerifyPage(Page):
    """How anybody can check a result: here in the browser, or with a computer of their own.

    `records` are offered in this order, the first of them chosen beforehand.
    """

    template: ClassVar[str] = "home/verify.html"
    results: tuple[Row, ...]
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class SecondDevicePage(Page):
    """The check of one's own ballot with another device."""

    template: ClassVar[str] = "home/second_device.html"


@dataclass(frozen=True, slots=True)
class AccessibilityPage(Page):
    """What we do so that everybody can use the site, and where to complain."""

    template: ClassVar[str] = "home/accessibility.html"


@dataclass(frozen=True, slots=True)
class PrivacyPage(Page):
    """What is kept about people, and for how long."""

    template: ClassVar[str] = "home/privacy.html"


@dataclass(frozen=True, slots=True)
class DataPage(Page):
    """What anybody may take away and use."""

    template: ClassVar[str] = "home/data.html"
    results: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class DeskPage(Page):
    """The parts of the desk that are open to the reader."""

    template: ClassVar[str] = "home/desk.html"
    items: tuple[DeskEntry, ...]


def desk_page(items: Iterable[DeskItem]) -> DeskPage:
    """The desk with these parts."""
    return DeskPage(tuple(map(_desk_entry, items)))


def _desk_entry(item: DeskItem) -> DeskEntry:
    figures = item.figures(session(), actor(), now()) if item.figures else ()
    return DeskEntry(str(item.label), url_for(item.endpoint), str(item.purpose), figures)


def speak_address(found: queries.Current) -> str:
    """Where one can speak now: the open consultation, or the list when there are several."""
    is_open = [each for each, _coverage in found.consultations if each.phase == Phase.OPEN]
    if len(is_open) == 1:
        return url_for("consultations.consultation", slug=is_open[0].slug)
    return url_for("consultations.index")


def figures(year: queries.Figures) -> tuple[Figure, ...]:
    """The numbers that say something; a number that is still nothing is left out."""
    told = [
        (year.comments, number_words(year.comments), _("comments in a year")),
        (year.comments, percent_words(year.answered, year.comments), _("answered by now")),
        (year.decided, number_words(year.decided), _("drafts decided after being heard")),
        (year.recountable, number_words(year.recountable), _("results you can recount")),
    ]
    return tuple(Figure(number, label) for counts, number, label in told if counts)


def open_rows(found: queries.Current, at: datetime) -> tuple[Row, ...]:
    """Everything in which one can take part at the moment `at`, or soon."""
    today = local_date(at)
    return (
        *(consultation_row(*each, today) for each in found.consultations),
        *(vote_row(vote, at) for vote in found.votes),
        *(survey_row(survey, today) for survey in found.surveys),
        *map(meeting_row, found.meetings),
    )


def consultation_row(found: Consultation, coverage: Coverage, today: date) -> Row:
    """A consultation that is announced or open, as read on the day `today`."""
    left = timedelta(days=(found.closes_on - today).days + 1)
    is_open = found.phase == Phase.OPEN
    return Row(
        kind=_("Consultation"),
        title=found.title,
        address=url_for("consultations.consultation", slug=found.slug),
        detail=f"{found.document} · {found.office}",
        state=_left(left) if is_open else _("from %(day)s", day=day_words(found.opens_on)),
        style="now" if is_open and left <= _SOON else "",
        figures=_covered(coverage) if coverage.total else "",
    )


def survey_row(found: Survey, today: date) -> Row:
    """A survey that takes answers on the day `today`."""
    left = timedelta(days=(found.closes_on - today).days + 1)
    return Row(
        kind=_("Survey"),
        title=found.title,
        address=url_for("surveys.survey", slug=found.slug),
        detail=found.office,
        state=_left(left),
        style="now" if left <= _SOON else "",
    )


def meeting_row(found: Listed) -> Row:
    """A meeting that is announced and not over."""
    return Row(
        kind=_("Meeting"),
        title=found.meeting.title,
        address=url_for("meetings.meeting", slug=found.meeting.slug),
        detail=found.title,
        state=moment_words(found.meeting.begins_at),
    )


def vote_row(found: Vote, at: datetime) -> Row:
    """A vote that is announced, open or being counted at the moment `at`."""
    left, is_open = found.voting_closes_at - at, found.check_in_opens_at <= at
    present = _("%(here)s of %(all)s have checked in",
                here=number_words(found.checked_in), all=number_words(found.roll_size))  # fmt: skip
    opens = _("from %(day)s", day=day_words(found.check_in_opens_at))
    return Row(
        kind=say(kind_words(found)),
        title=in_language(found.title, language()),
        address=url_for("votes.vote", slug=found.slug),
        detail=in_language(found.electorate, language()),
        state=(_left(left) if left > timedelta() else _("being counted")) if is_open else opens,
        style="now" if is_open and timedelta() < left <= _SOON else "",
        figures=present if found.roll_size and is_open else "",
    )


def result_row(found: Vote) -> Row:
    """A counted vote."""
    counted = found.published_at or found.voting_closes_at
    return Row(
        kind=_("Result"),
        title=in_language(found.title, language()),
        address=url_for("votes.result", slug=found.slug),
        detail=in_language(found.electorate, language()),
        state=_("can be recounted"),
        style="for",
        figures=_("counted on %(day)s", day=date_words(counted)),
    )


def record(found: Vote) -> Record:
    """A vote whose record is public, finished or not."""
    counted = _("counted on %(day)s", day=date_words(found.published_at or found.voting_closes_at))
    running = _("not counted yet: what is there can be checked")
    state = counted if found.state == State.COUNTED else running
    return Record(found.eid or "", in_language(found.title, language()), state)


def answer_row(found: queries.Answered) -> Row:
    """An official answer, by the clause where most of its comments stand."""
    first = found.remarks[0]
    people = ngettext("From one comment.", "From %(num)s comments.", found.comments)
    by = _("Answered by %(name)s, %(office)s.", name=found.name, office=found.office)
    return Row(
        kind=first.citation or _("Consultation"),
        title=opening_words(found.body),
        address=url_for("consultations.clause", slug=first.slug, clause_id=first.clause_id),
        detail=f"{people} {by}",
        state=day_words(found.written_at),
    )


def _left(span: timedelta) -> str:
    return str(_("%(span)s left", span=span_words(span)))


def _covered(coverage: Coverage) -> str:
    comments = ngettext("%(num)s comment", "%(num)s comments", coverage.total)
    share = percent_words(coverage.answered, coverage.total)
    return f"{comments}, {_('%(share)s answered', share=share)}"
