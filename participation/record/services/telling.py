"""What people are told about a consultation, as its record writes it down."""

from dataclasses import replace
from datetime import datetime

from participation.consultations.models import Consultation
from participation.consultations.rules import Calendar
from participation.record.documents import Told
from participation.record.entries import Changed, Extended, PhaseChanged
from participation.record.models import RecordLog
from participation.record.services.book import Book
from participation.record.signing import vkey_of

OPEN = "open"


def told_of(found: Consultation, days: Calendar, origin: str, public32: bytes) -> Told:
    """The document of a consultation as it stands now, with the days of a moment."""
    return Told(
        id=found.id.hex,
        slug=found.slug,
        title=found.title,
        document=found.document,
        office=found.office,
        decider=found.decider,
        summary=found.summary,
        opens_on=days.opens_on.isoformat(),
        closes_on=days.closes_on.isoformat(),
        answers_by=days.answers_by.isoformat(),
        decides_by=days.decides_by.isoformat(),
        outcome=found.outcome,
        origin=origin,
        key=vkey_of(origin, public32),
    )


def key_of(row: RecordLog) -> str:
    """The verifier key of a log, as C2SP writes it."""
    return vkey_of(row.origin, bytes(row.public_key))


def describe(
    book: Book, found: Consultation, days: Calendar, at: datetime, reason: str = ""
) -> None:
    """Write down what changed of what people are told; nothing where nothing did.

    `days` are those that they were told at this moment. Once comments are open, a later last day
    is an entry of its own, with the reason.
    """
    row = book.row
    before = Told.read(bytes(row.document))
    now = told_of(found, days, row.origin, bytes(row.public_key))
    if row.phase == OPEN and now.closes_on > before.closes_on:
        book.add(Extended(seconds(at), before.closes_on, now.closes_on, reason))
        before = replace(before, closes_on=now.closes_on)
    if now != before:
        book.add(Changed(seconds(at), now.write()))
    row.document = now.write()


def enter_phase(book: Book, phase: str, at: datetime) -> None:
    """Write down the phase that the consultation came to, unless the log stands there already."""
    if phase and phase != book.row.phase:
        book.add(PhaseChanged(seconds(at), phase))
        book.row.phase = phase


def seconds(at: datetime) -> int:
    """The whole second of a moment, since 1970."""
    return int(at.timestamp())
