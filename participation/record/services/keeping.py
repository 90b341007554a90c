"""The minute's work: whatever happened since the last one is written into the records.

Nothing tells the record that something happened: it finds, by what is missing, the events that no
log holds yet. One keeper works at a time; what cannot be written down of one consultation is
tried again in the next minute and hinders no other.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy import insert
from sqlmodel import Session

from ballots.services.keyring import Keyring
from ballots.store.secrets import Locker
from participation.consultations.extending.queries import calendar_at
from participation.consultations.models import Consultation
from participation.consultations.rules import SUBJECT_KIND, Phase
from participation.core.events import Event
from participation.record import queries
from participation.record.entries import Begun
from participation.record.models import RecordedEvent, RecordLog
from participation.record.services.book import Book, take_turn
from participation.record.services.making import MAKERS, NAMING, subject_id
from participation.record.services.scribe import Scribe
from participation.record.services.telling import enter_phase, seconds, told_of
from participation.record.signing import origin_of

MOST_EVENTS = 1000
"""More wait for the next minute: SQLite has one writer, who must not be kept waiting for long."""

_ROLE = "log/consultations"
_COMMENT = "comment"
_ANNOUNCED = "announced"
_RANKS = {tag: rank for rank, tag in enumerate(MAKERS)}
_PHASES = {phase.value: number for number, phase in enumerate(Phase)}
_log = structlog.get_logger()


def keyring_of(secrets: Sequence[str]) -> Keyring:
    """The keys of the records, under the site's secret; former secrets still open them."""
    newest, *former = (secret.encode() for secret in secrets)
    return Keyring(Locker(newest, former))


def keep_records(session: Session, keyring: Keyring, authority: str) -> None:
    """Bring every record up to date; `authority` is this site's host, for the names of new logs.

    Each event is written down once, whoever else does the same at this moment, and every log that
    grew gets one checkpoint.
    """
    take_turn(session)
    events = queries.waiting(session, list(MAKERS), limit=MOST_EVENTS)
    batches, of_no_record = _sorted_out(session, events)
    _mark(session, of_no_record)
    found = queries.consultations(session, list(batches))
    marked: set[UUID] = set()
    for consultation_id, batch in batches.items():
        try:
            with session.begin_nested():
                desk = _Desk(session, keyring, authority, found[consultation_id])
                desk.write(batch)
                _mark(session, [each for each in batch if each.id not in marked])
        except Exception as error:  # noqa: BLE001 - the next record must be kept whatever this met
            _log.exception("record-not-kept", consultation=str(consultation_id), exc_info=error)
        else:
            marked |= {each.id for each in batch}


class _Desk:
    """One consultation, its log begun where there is none."""

    def __init__(
        self, session: Session, keyring: Keyring, authority: str, found: Consultation
    ) -> None:
        self._session = session
        self._keyring = keyring
        self._found = found
        row = queries.log_of(session, found.id)
        self._book = Book(session, row) if row else self._begin(authority)

    def write(self, events: Iterable[Event]) -> None:
        """Turn the events into entries, in order, and sign."""
        scribe = Scribe(self._session, self._found, self._book)
        in_order = sorted(events, key=_order)
        scribe.prepare({subject_id(each) for each in in_order if each.subject_kind == _COMMENT})
        for event in in_order:
            scribe.publish_versions(event.at)
            MAKERS[event.tag](scribe, event)
        self._session.add(self._book.row)
        scribe.finish()
        self._book.close(self._keyring)

    def _begin(self, authority: str) -> Book:
        """A new log: what people are told, and that it was announced."""
        found, announced_at = self._found, self._found.announced_at or self._found.created_at
        origin = origin_of(authority, found.id.hex)
        public32 = self._keyring.own_identity(self._session.connection(), _ROLE)
        days = calendar_at(self._session, found, announced_at)
        document = told_of(found, days, origin, public32).write()
        row = RecordLog(
            consultation_id=found.id,
            origin=origin,
            public_key=public32,
            size=0,
            document=document,
            phase="",
            versions=0,
            begun_at=announced_at,
        )
        self._session.add(row)
        self._session.flush()
        book = Book(self._session, row)
        book.add(Begun(seconds(announced_at), document))
        enter_phase(book, _ANNOUNCED, announced_at)
        return book


def _sorted_out(
    session: Session, events: Sequence[Event]
) -> tuple[dict[UUID, list[Event]], list[Event]]:
    """The events of each announced consultation, and those that are none of the record's business.

    Events of a consultation that is not announced yet are in neither: they wait.
    """
    about = _consultations_of(session, events)
    known = queries.consultations(session, {each for ids in about.values() for each in ids})
    batches: dict[UUID, list[Event]] = defaultdict(list)
    of_none = []
    for event in events:
        ids = about[event.id] & known.keys()
        if not ids:
            of_none.append(event)
        for each in ids:
            if known[each].announced_at is not None:
                batches[each].append(event)
    return batches, of_none


def _consultations_of(session: Session, events: Iterable[Event]) -> dict[UUID, set[UUID]]:
    """The consultations that each event is about; several only for the change of a name."""
    found: dict[UUID, set[UUID]] = {}
    orphans = []
    for event in events:
        if event.tag in NAMING:
            own = queries.contributions_by(session, subject_id(event))
            found[event.id] = {row.consultation_id for row in own}
        elif event.subject_kind == SUBJECT_KIND:
            found[event.id] = {subject_id(event)}
        elif "of" in event.details:
            kind, _, name = str(event.details["of"]).partition(":")
            found[event.id] = {UUID(name)} if kind == SUBJECT_KIND else set()
        else:
            orphans.append(event)
    subjects = queries.subjects_of_comments(session, {subject_id(each) for each in orphans})
    for event in orphans:
        about, consultation_id = subjects.get(subject_id(event), ("", event.id))
        found[event.id] = {consultation_id} if about == SUBJECT_KIND else set()
    return found


def _order(event: Event) -> tuple[datetime, int, int, UUID]:
    """By moment; acts of one moment as the table of makers has them, phases as they follow."""
    phase = str(event.details.get("phase", ""))
    return event.at, _RANKS[event.tag], _PHASES.get(phase, 0), event.id


def _mark(session: Session, events: Sequence[Event]) -> None:
    """Note that these events have been dealt with."""
    if events:
        session.execute(insert(RecordedEvent), [{"event_id": each.id} for each in events])
