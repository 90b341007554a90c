"""The act: one round of reminders, on each day, whole or not at all."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import Session, col

from participation.consultations.duties import answerable
from participation.core.access import Actor, Permission
from participation.home.reminders import queries
from participation.home.reminders.models import Reminder, ReminderRound
from participation.home.reminders.queries import Recipient
from participation.home.reminders.rules import answers_stage, appeal_stage, assignment_stage
from participation.moderation import queue

_KEPT = timedelta(days=400)
_MOST_APPEALS = 500

ToDay = Callable[[datetime], date]
"""The calendar day of a moment where the city is."""


class About(StrEnum):
    """What somebody is reminded of."""

    GIVEN = "given"  # comments given to them, the promised day is near
    UNTAKEN = "untaken"  # comments given to nobody, and they are in charge
    WAITING = "waiting"  # comments given to them a week ago or more
    APPEAL = "appeal"  # an appeal that they may decide


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to be reminded of; `place` is a consultation's slug or an appeal's id."""

    account_id: UUID
    about: About
    name: str
    stage: str
    title: str
    place: str
    number: int
    day: date


def go_round(session: Session, now: datetime, to_day: ToDay) -> list[tuple[Recipient, list[Due]]]:
    """Who is reminded today of what, noted as told; empty when today's round is over.

    The caller writes the letters in the same transaction: a crash before its end leaves nothing,
    and two rounds at once end in one, because a day has one row.
    """
    today = to_day(now)
    if queries.has_gone_round(session, today):
        return []
    session.add(ReminderRound(day=today))
    session.execute(delete(Reminder).where(col(Reminder.day) < today - _KEPT))
    session.flush()
    found = [*_of_answers(session, today, to_day), *_of_appeals(session, today, to_day)]
    before = queries.told(session, {each.account_id for each in found})
    new: defaultdict[UUID, list[Due]] = defaultdict(list)
    for each in found:
        if (each.account_id, each.name, each.stage) not in before:
            new[each.account_id].append(each)
    people = queries.recipients(session, new.keys())
    session.add_all(_note(each, today) for who in people for each in new[who.id])
    session.flush()
    return [(who, new[who.id]) for who in people]


def erase(session: Session, actor: Actor, _now: datetime) -> None:
    """Deletes what somebody who leaves was told."""
    session.execute(delete(Reminder).where(col(Reminder.account_id) == actor.id))


def _of_answers(session: Session, today: date, to_day: ToDay) -> Iterator[Due]:
    held = {each.id: each for each in answerable(session)}
    charged = queries.in_charge(session, list(held.values()))
    for pile in queries.piles(session, held.keys()):
        found = held[pile.consultation_id]
        stage = answers_stage(found.answers_by, today)
        facts = (found.title, found.slug, pile.comments)
        about = About.UNTAKEN if pile.officer_id is None else About.GIVEN
        concerned = charged[found.id] if pile.officer_id is None else {pile.officer_id}
        if not stage and pile.since is not None:
            about, day = About.WAITING, to_day(pile.since)
            stage = assignment_stage(day, today)
        else:
            day = found.answers_by
        for account_id in concerned if stage else ():
            yield Due(account_id, about, f"{about} {found.id}", stage, *facts, day)


def _of_appeals(session: Session, today: date, to_day: ToDay) -> Iterator[Due]:
    judges = queries.holders(session, Permission.COMMENTS_COMMENT_REMOVE)
    for each in queue.open_appeals(session, limit=_MOST_APPEALS):
        day = to_day(each.due_at)
        stage = appeal_stage(day, today)
        for account_id in judges - {each.removed_by} if stage else ():
            name = f"{About.APPEAL} {each.id}"
            yield Due(account_id, About.APPEAL, name, stage, each.title, str(each.id), 1, day)


def _note(each: Due, today: date) -> Reminder:
    return Reminder(account_id=each.account_id, about=each.name, stage=each.stage, day=today)
