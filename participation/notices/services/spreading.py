"""From tidings to notices: followers and authors are found in three queries for a whole batch."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from participation.accounts.models import Account
from participation.comments.models import Comment
from participation.comments.standing.queries import is_shown
from participation.notices.models import Follow, Notice, NoticeSetting
from participation.notices.rules import TOLD_BY_LETTER, Kind, Rhythm, due_at
from participation.notices.services.facts import Thing
from participation.notices.services.tidings import Tiding

_AT_ONCE = 1000
_Query = Select[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody to be told, and how they want mail; `NEVER` also without a confirmed address."""

    id: UUID
    rhythm: Rhythm
    answers_at_once: bool


@dataclass(frozen=True, slots=True)
class _Audience:
    """Everybody who may be told in this batch: by what they follow, by what they wrote, by id."""

    followers: Mapping[Thing, Sequence[tuple[Reader, str]]]
    stopped: frozenset[tuple[UUID, Thing]]
    authors: Mapping[Thing, Sequence[tuple[Reader, str]]]
    known: Mapping[UUID, Reader]

    def all(self, tidings: Sequence[Tiding]) -> Iterator[tuple[Tiding, Reader, tuple[str, ...]]]:
        """Everybody for each tiding, with those of its places that concern them.

        Own words first: of one answer to many, people are told what it says to theirs.
        """
        for people in (self.own, self.others):
            for tiding in tidings:
                yield from ((tiding, reader, places) for reader, places in people(tiding))

    def own(self, tiding: Tiding) -> Iterator[tuple[Reader, tuple[str, ...]]]:
        """Those whose own words a tiding is about, unless they stopped hearing of them."""
        own = (self.known[each] for each in tiding.whose if each in self.known)
        yield from ((reader, ()) for reader in own if not self._has_stopped(reader, tiding))

    def others(self, tiding: Tiding) -> Iterator[tuple[Reader, tuple[str, ...]]]:
        """Each follower and author once, with those of the tiding's places that concern them."""
        if tiding.follows is None:
            return
        reached: dict[UUID, tuple[Reader, set[str]]] = {}
        for reader, place in self._pairs(tiding, tiding.follows):
            reached.setdefault(reader.id, (reader, set()))[1].add(place)
        for reader, places in reached.values():
            yield reader, tuple(each for each in tiding.places if each in places)

    def _pairs(self, tiding: Tiding, thing: Thing) -> Iterator[tuple[Reader, str]]:
        sources = [self.followers.get(thing, ())]
        if tiding.authors:
            sources.append(self.authors.get(thing, ()))
        for source in sources:
            for reader, place in source:
                if tiding.all_places or place in tiding.places:
                    yield reader, place

    def _has_stopped(self, reader: Reader, tiding: Tiding) -> bool:
        return tiding.follows is not None and (reader.id, tiding.follows) in self.stopped


def spread(session: Session, tidings: Sequence[Tiding], now: datetime, zone: tzinfo) -> int:
    """How many notices were due; each person gets one of each cause, whoever else spreads it."""
    audience = _audience(session, tidings)
    due = {rhythm: due_at(rhythm, now, zone) for rhythm in Rhythm}
    rows: dict[tuple[UUID, UUID], dict[str, Any]] = {}
    for tiding, reader, places in audience.all(tidings):
        key = (reader.id, tiding.cause)
        if reader.id != tiding.by and key not in rows:
            rows[key] = _row(tiding, reader, places, _due(tiding, reader, now, due))
    waiting = list(rows.values())
    for start in range(0, len(waiting), _AT_ONCE):
        _insert(session, waiting[start : start + _AT_ONCE])
    return len(waiting)


def _row(
    tiding: Tiding, reader: Reader, places: tuple[str, ...], due: datetime | None
) -> dict[str, Any]:
    kind, subject_id = tiding.about
    is_about_clauses = tiding.kind is Kind.CLAUSE_CHANGED
    return {
        "account_id": reader.id,
        "cause_id": tiding.cause,
        "kind": tiding.kind.value,
        "subject_kind": kind,
        "subject_id": subject_id,
        "place": places[0] if is_about_clauses else tiding.place,
        "number": len(places) - 1 if is_about_clauses else tiding.number,
        "at": tiding.at,
        "is_read": False,
        "mail_due_at": due,
    }


def _due(
    tiding: Tiding, reader: Reader, now: datetime, due: Mapping[Rhythm, datetime | None]
) -> datetime | None:
    if tiding.kind in TOLD_BY_LETTER:
        return None
    is_own_answer = tiding.kind is Kind.ANSWERED and reader.id in tiding.whose
    return now if is_own_answer and reader.answers_at_once else due[reader.rhythm]


def _insert(session: Session, rows: list[dict[str, Any]]) -> None:
    is_postgres = session.get_bind().dialect.name == "postgresql"
    insert = postgresql.insert if is_postgres else sqlite.insert
    session.execute(insert(Notice).on_conflict_do_nothing(), rows)


def _audience(session: Session, tidings: Iterable[Tiding]) -> _Audience:
    things = {each.follows for each in tidings if each.follows is not None}
    followers: dict[Thing, list[tuple[Reader, str]]] = defaultdict(list)
    stopped = set()
    for *found, kind, subject_id, place, is_stopped in _followers(session, things):
        reader = _reader(*found)
        if is_stopped:
            stopped.add((reader.id, (kind, subject_id)))
        else:
            followers[kind, subject_id].append((reader, place))
    authors = _authors(session, [each for each in tidings if each.authors])
    known = _people(session, {one for each in tidings for one in each.whose})
    return _Audience(followers, frozenset(stopped), authors, known)


def _followers(session: Session, things: Iterable[Thing]) -> Iterable[Any]:
    of_kind: dict[str, list[UUID]] = defaultdict(list)
    for kind, subject_id in things:
        of_kind[kind].append(subject_id)
    if not of_kind:
        return ()
    followed = [
        and_(col(Follow.kind) == kind, col(Follow.subject_id).in_(ids))
        for kind, ids in of_kind.items()
    ]
    query = select(
        *_READER,
        col(Follow.kind),
        col(Follow.subject_id),
        col(Follow.place),
        col(Follow.is_stopped),
    ).join(Follow, col(Follow.account_id) == col(Account.id))
    return session.execute(_with_setting(query).where(or_(*followed)))


def _authors(
    session: Session, tidings: Sequence[Tiding]
) -> Mapping[Thing, Sequence[tuple[Reader, str]]]:
    """Who wrote about these things, and where."""
    wanted = []
    for each in tidings:
        kind, subject_id = each.follows or each.about
        same = (col(Comment.subject_kind) == kind, col(Comment.subject_id) == subject_id)
        at_places = () if each.all_places else (col(Comment.place).in_(each.places),)
        wanted.append(and_(*same, *at_places))
    if not wanted:
        return {}
    query = select(
        *_READER, col(Comment.subject_kind), col(Comment.subject_id), col(Comment.place)
    ).join(Comment, col(Comment.author_id) == col(Account.id))
    found: dict[Thing, list[tuple[Reader, str]]] = defaultdict(list)
    rows = session.execute(_with_setting(query).where(or_(*wanted), is_shown()).distinct())
    for *reader, kind, subject_id, place in rows:
        found[kind, subject_id].append((_reader(*reader), place))
    return found


def _people(session: Session, ids: Iterable[UUID]) -> dict[UUID, Reader]:
    wanted = list(ids)
    if not wanted:
        return {}
    rows = session.execute(_with_setting(select(*_READER)).where(col(Account.id).in_(wanted)))
    return {row[0]: _reader(*row) for row in rows}


_READER = (
    col(Account.id),
    col(Account.confirmed_at),
    col(NoticeSetting.rhythm),
    col(NoticeSetting.answers_at_once),
)


def _with_setting(query: _Query) -> _Query:
    return query.outerjoin(NoticeSetting, col(NoticeSetting.account_id) == col(Account.id))


def _reader(
    account_id: UUID,
    confirmed_at: datetime | None,
    rhythm: str | None,
    answers_at_once: bool | None,
) -> Reader:
    """Nobody gets mail because a stranger typed their address: only confirmed ones."""
    if confirmed_at is None:
        return Reader(account_id, Rhythm.NEVER, answers_at_once=False)
    if rhythm is None:
        return Reader(account_id, Rhythm.DAILY, answers_at_once=True)
    return Reader(account_id, Rhythm(rhythm), answers_at_once=bool(answers_at_once))
