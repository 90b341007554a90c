"""From rows to what pages show: times in the city's hours, agendas, minutes, what became of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from participation.comments.rules import Stance
from participation.consultations.matrix.queries import clause_names
from participation.consultations.models import Consultation
from participation.consultations.queries import citations, edition, editions
from participation.consultations.services import Moment
from participation.intake.rules import State as EntryState
from participation.meetings import pages, queries
from participation.meetings.forms import STANCES, zone
from participation.meetings.models import AgendaItem, Meeting, Minutes, MinutesLine
from participation.meetings.queries import Fate
from participation.meetings.rules import Kind
from participation.web.database import session
from participation.web.language import _, date_words, local_date, say, time_words
from participation.web.site import now

_CHIPS = {Stance.SUPPORT: "for", Stance.CONCERN: "concern", Stance.QUESTION: "ask",
          Stance.IDEA: "idea"}  # fmt: skip
_MINUTE = timedelta(minutes=1)
_TO = "\N{EN DASH}"


def moment() -> Moment:
    """This request's moment and the city's day, for acts."""
    return Moment(now(), local_date(now()))


def when(found: Meeting) -> pages.When:
    """When a meeting is: its day in words, its hours, the name of the city's time."""
    begins, ends = found.begins_at, found.ends_at
    hours = f"{time_words(begins)}{_TO}{time_words(ends)}"
    if local_date(begins) != local_date(ends):
        hours = f"{time_words(begins)} {_TO} {date_words(ends)} {time_words(ends)}"
    return pages.When(begins, date_words(begins, "full"), hours, zone_words(begins))


def zone_words(at: datetime) -> str:
    """What people call the city's time then: WIB; where it has no name, its distance from UTC."""
    name = at.astimezone(zone()).tzname() or ""
    return name if name.isalpha() else f"UTC{name}"


def head(found: Meeting, about: Consultation) -> pages.Head:
    """The top of every page of one meeting."""
    stage = queries.stage(found, now())
    return pages.Head(
        slug=found.slug,
        title=found.title,
        when=when(found),
        stage=stage,
        word=say(pages.STAGES[stage]),
        chip=pages.CHIPS.get(stage, ""),
        draft_slug=about.slug,
        draft_title=about.title,
        reason=found.cancelled_because,
        changes=found.revision,
        changed_at=found.changed_at,
    )


def row(found: queries.Listed) -> pages.MeetingRow:
    """One meeting in a list."""
    stage = queries.stage(found.meeting, now())
    return pages.MeetingRow(
        slug=found.meeting.slug,
        title=found.meeting.title,
        when=when(found.meeting),
        place=found.meeting.place,
        stage=say(pages.STAGES[stage]),
        chip=pages.CHIPS.get(stage, ""),
        draft_slug=found.slug,
        draft_title=found.title,
    )


def agenda_of(found: Meeting) -> tuple[pages.ItemView, ...]:
    """The agenda with the hours that follow from the lengths of its items."""
    items = queries.agenda(session(), found.id)
    cited = cite(found, {each.place for each in items if each.place})
    shown, at = [], found.begins_at
    for each in items:
        shown.append(_item(each, at, cited))
        at += each.minutes * _MINUTE
    return tuple(shown)


def cite(found: Meeting, places: set[str]) -> dict[str, str]:
    """How these clauses of the meeting's draft are cited, by their id."""
    newest = editions(session(), found.consultation_id, limit=1) if places else []
    return citations(session(), newest[0].id, places) if newest else {}


def clause_choices(about: Consultation) -> list[tuple[str, str]]:
    """The clauses of the draft for a select, after the choice of none; none before it is public."""
    if about.announced_at is None:
        return [("", _("No single clause"))]
    named = clause_names(session(), edition(session(), about.id).id)
    return [("", _("No single clause")), *named]


def minutes_of(found: Meeting, version: Minutes) -> pages.MinutesView:
    """One version of the minutes, each thing said with what became of it."""
    lines = queries.lines(session(), version.id)
    cited = cite(found, {each.place for each in lines if each.place})
    fates = queries.fates(session(), found)
    is_public = version.published_at is not None
    said = [
        (line.item_id, _said(line, cited, fates.get(line.line_id), is_public=is_public))
        for line in lines
        if line.kind == Kind.SAID
    ]
    summaries = {line.item_id: line.body for line in lines if line.kind == Kind.SUMMARY}
    return pages.MinutesView(
        number=version.number,
        came=version.came,
        groups=version.groups,
        reason=version.reason,
        published_at=version.published_at,
        items=minuted(agenda_of(found), summaries, said),
    )


def minuted(
    agenda: Sequence[pages.ItemView],
    summaries: Mapping[UUID, str],
    said: Sequence[tuple[UUID, pages.SaidView]],
) -> tuple[pages.MinutedItem, ...]:
    """Each item with its summary and what was said on it."""
    return tuple(
        pages.MinutedItem(
            item=item,
            summary=summaries.get(item.id, ""),
            said=tuple(view for item_id, view in said if item_id == item.id),
        )
        for item in agenda
    )


def _item(found: AgendaItem, at: datetime, cited: Mapping[str, str]) -> pages.ItemView:
    return pages.ItemView(
        id=found.id,
        title=found.title,
        hours=f"{time_words(at)}{_TO}{time_words(at + found.minutes * _MINUTE)}",
        minutes=found.minutes,
        place=found.place,
        citation=cited.get(found.place, ""),
    )


def _said(
    line: MinutesLine, cited: Mapping[str, str], fate: Fate | None, *, is_public: bool
) -> pages.SaidView:
    stance = Stance(line.stance)
    return pages.SaidView(
        line_id=line.line_id,
        name=line.name,
        stance=say(STANCES[stance]),
        chip=_CHIPS[stance],
        body=_body(line, fate),
        place=line.place,
        citation=cited.get(line.place, ""),
        fate=_fate(line, fate, is_public=is_public),
    )


def _body(line: MinutesLine, fate: Fate | None) -> str:
    """The words as they may be read now: those of the contribution, which moderators can reach."""
    if fate is None or fate.comment is None:
        return line.body
    return fate.comment.body if fate.is_shown else ""


def _fate(line: MinutesLine, fate: Fate | None, *, is_public: bool) -> pages.FateView:
    if fate is None:
        return pages.FateView(_unhanded(line, is_public=is_public))
    if fate.state is EntryState.ASIDE:
        return pages.FateView(_("Not taken over as a contribution."))
    if fate.comment is None:
        return pages.FateView(_("Becomes a contribution once a second person has compared it."))
    if fate.comment.answer_id is not None:
        return pages.FateView(_("answered"), fate.comment.id, "for")
    if fate.comment.considered_at is not None:
        return pages.FateView(_("being considered"), fate.comment.id, "now")
    return pages.FateView(_("waiting for an answer"), fate.comment.id)


def _unhanded(line: MinutesLine, *, is_public: bool) -> str:
    if not line.place:
        return str(_("Noted here: it was not about a single clause."))
    if is_public:
        return str(_("Noted here: comments were not open for it any more."))
    return str(_("Goes to a second person when the minutes are published."))
