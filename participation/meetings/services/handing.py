"""From the minutes to contributions: what was said on a clause is handed to a second person.

Who writes minutes never publishes a contribution alone: the intake feature asks somebody else to
compare each of them. What cannot become one, because comments were not open, stays in the minutes.
"""

from datetime import date

from sqlmodel import Session

from participation.comments.rules import Source, Stance
from participation.consultations.models import Consultation
from participation.consultations.queries import calendar_of, edition
from participation.consultations.rules import Phase
from participation.consultations.services import Moment
from participation.core.access import Actor
from participation.core.errors import Conflict, Invalid
from participation.intake import queries as intake
from participation.intake import services as taking_in
from participation.intake.rules import Situation, check_received, check_taken_in
from participation.meetings import queries
from participation.meetings.models import HandedLine, Meeting, Minutes, MinutesLine
from participation.meetings.rules import Kind


def hand_over_said(
    session: Session,
    actor: Actor,
    found: Meeting,
    published: Minutes,
    moment: Moment,
    *,
    held_on: date,
) -> int:
    """How many things said now wait for a second person; `held_on` is the meeting's day.

    None where comments were not open on that day or nothing is taken in any more. A line is handed
    over once, in whichever version it first stood.
    """
    about = queries.consultation_of(session, found)
    if not may_be_taken_in(about, moment, held_on):
        return 0
    there = dict(intake.clauses(session, about.id, edition(session, about.id).number))
    said = [
        line
        for line in queries.lines_not_handed_over(session, published.id)
        if line.kind == Kind.SAID and line.place in there
    ]
    if not said:
        return 0
    new = taking_in.NewBatch(Source.MEETING, held_on, found.title)
    batch = taking_in.open_batch(session, actor, about, new, moment)
    typed = taking_in.add_entries(session, actor, batch, list(map(_entry, said)), moment)
    for line, entry in zip(said, typed, strict=True):
        row = HandedLine(line_id=line.line_id, meeting_id=found.id, entry_id=entry.id)
        session.add(row)
    taking_in.hand_over(session, actor, batch, moment)
    return len(said)


def may_be_taken_in(about: Consultation, moment: Moment, held_on: date) -> bool:
    """Whether what was said on that day can still become a contribution."""
    now = Situation(Phase(about.phase), calendar_of(about), moment.today)
    try:
        check_taken_in(now)
        check_received(held_on, now)
    except (Conflict, Invalid):
        return False
    return True


def _entry(line: MinutesLine) -> taking_in.NewEntry:
    stance = Stance(line.stance)
    return taking_in.NewEntry(line.place, stance, line.body, line.name, token=line.line_id.hex)
