"""What the views share about now: the city's day, whether comments are open, cursors."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from uuid import UUID

from flask import get_flashed_messages, request

from participation.comments.queries import Place, Said, rank_of
from participation.comments.rules import Order
from participation.consultations.models import Consultation
from participation.consultations.queries import ListedPlace, calendar_of
from participation.consultations.rules import Phase, are_comments_open, check_comments_open
from participation.consultations.services import Moment
from participation.core.access import Permission
from participation.core.errors import Conflict, Invalid
from participation.core.words import words
from participation.web import hx
from participation.web.forms import Form
from participation.web.language import _l, local_date, say
from participation.web.paging import Key, read_cursor
from participation.web.session import actor
from participation.web.site import now


def today() -> date:
    """The day it is in the city."""
    return local_date(now())


def moment() -> Moment:
    """This request's moment and day, for acts."""
    return Moment(now(), today())


def is_open(found: Consultation) -> bool:
    """Whether residents may comment now."""
    return are_comments_open(Phase(found.phase), calendar_of(found), today())


def said_key(said: Said) -> Key:
    """Where a page of comments ends."""
    return said.written_at.isoformat(), said.id.hex


def listed_key(found: Consultation) -> Key:
    """Where a page of the list ends."""
    return (found.announced_at or found.created_at).isoformat(), found.id.hex


def order_asked() -> Order:
    """The order of comments that the address asks for; the newest first unless it names one."""
    asked = request.args.get("order", "")
    return Order(asked) if asked in set(Order) else Order.NEWEST


def ranked_key(said: Said, order: Order) -> Key:
    """Where a page of comments ends in an order that looks at a rank first."""
    return rank_of(said, order), *said_key(said)


def ranked_after(cursor: str) -> Place | None:
    """Where the page of comments before ended, with its rank; `Invalid` for a broken cursor."""
    key = read_cursor(cursor, 3)
    if key is None:
        return None
    rank, *moment_and_id = key
    place = _read_key(tuple(moment_and_id))
    if not isinstance(rank, int):
        raise Invalid(words("This address is incomplete."))
    return Place(*place, rank)


def place_after(cursor: str) -> Place | None:
    """Where the page of comments before ended; `Invalid` for a broken cursor."""
    key = _moment_and_id(cursor)
    return Place(*key) if key else None


def listed_after(cursor: str) -> ListedPlace | None:
    """Where the page of the list before ended; `Invalid` for a broken cursor."""
    key = _moment_and_id(cursor)
    return ListedPlace(*key) if key else None


def _moment_and_id(cursor: str) -> tuple[datetime, UUID] | None:
    key = read_cursor(cursor, 2)
    return None if key is None else _read_key(key)


def _read_key(key: Key) -> tuple[datetime, UUID]:
    try:
        return datetime.fromisoformat(str(key[0])).astimezone(UTC), UUID(str(key[1]))
    except ValueError as error:
        raise Invalid(words("This address is incomplete.")) from error


def closed_because(found: Consultation) -> str:
    """Why this reader cannot comment here now, in words; empty when it is possible.

    Readers without an account get the form: they sign in after writing and lose nothing.
    """
    try:
        check_comments_open(Phase(found.phase), calendar_of(found), today())
    except Conflict as conflict:
        return say(conflict.message)
    who = actor()
    if who.is_signed_in and not who.may(Permission.COMMENTS_COMMENT_WRITE):
        return say(_l("Residents comment here; with your account you answer from the desk."))
    return ""


def notice_of_fragment() -> str:
    """The waiting notice when only a fragment is asked: the frame that shows it stays away."""
    return " ".join(map(str, get_flashed_messages())) if hx.wants_fragment() else ""


@contextmanager
def refusals_beside(form: Form) -> Iterator[None]:
    """Says a refusal of the phase above the form, so that the words in it are not lost."""
    try:
        with form.errors_of_act():
            yield
    except Conflict as conflict:
        form.blame(Invalid(conflict.message, code=conflict.code))
