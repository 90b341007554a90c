"""Which events the record knows, and what each becomes: a table from tag to maker.

Adding a tag is one line. Events under other tags are none of the record's business.
"""

from collections.abc import Callable, Mapping
from uuid import UUID

from participation.consultations.extending import queries as extending
from participation.core.events import Event, EventTag
from participation.record import queries
from participation.record.entries import Erased, Held, Removed, Restored, Withdrawn
from participation.record.rules import Act, State
from participation.record.services.scribe import Scribe
from participation.record.services.telling import describe, enter_phase, seconds

Maker = Callable[[Scribe, Event], None]

DECIDED = "decided"


def _publish(scribe: Scribe, event: Event) -> None:
    enter_phase(scribe.book, str(event.details.get("phase", "")), event.at)


def _describe(scribe: Scribe, event: Event) -> None:
    _tell(scribe, event)


def _extend(scribe: Scribe, event: Event) -> None:
    """Days moved, for the reason that everybody reads on the page."""
    extension_id = UUID(str(event.details["extension"]))
    _tell(scribe, event, extending.reason_of(scribe.session, extension_id))


def _tell(scribe: Scribe, event: Event, reason: str = "") -> None:
    days = extending.calendar_at(scribe.session, scribe.found, event.at)
    describe(scribe.book, scribe.found, days, event.at, reason)


def _enter(scribe: Scribe, event: Event) -> None:
    phase = str(event.details.get("phase", ""))
    enter_phase(scribe.book, phase, event.at)
    if phase == DECIDED:
        _tell(scribe, event)


def _write(scribe: Scribe, event: Event) -> None:
    """Something new, or something that was held and is shown now."""
    found = scribe.contribute(subject_id(event), event.at)
    if found.state == State.HELD:
        _restore(scribe, event)


def _hold(scribe: Scribe, event: Event) -> None:
    found = subject_id(event)
    if scribe.change(found, Act.HOLD, event.at):
        scribe.book.add(Held(seconds(event.at), found.bytes))


def _edit(scribe: Scribe, event: Event) -> None:
    scribe.recommit(subject_id(event), Act.EDIT, event.at)


def _answer(scribe: Scribe, event: Event) -> None:
    scribe.answer(subject_id(event), event.at)


def _withdraw(scribe: Scribe, event: Event) -> None:
    found = subject_id(event)
    if scribe.change(found, Act.WITHDRAW, event.at):
        scribe.book.add(Withdrawn(seconds(event.at), found.bytes))


def _remove(scribe: Scribe, event: Event) -> None:
    found = subject_id(event)
    if scribe.change(found, Act.REMOVE, event.at):
        rule, reason = grounds(event)
        scribe.book.add(Removed(seconds(event.at), found.bytes, rule, reason))


def _restore(scribe: Scribe, event: Event) -> None:
    found = subject_id(event)
    if scribe.change(found, Act.RESTORE, event.at):
        scribe.book.add(Restored(seconds(event.at), found.bytes))


def _redact(scribe: Scribe, event: Event) -> None:
    scribe.recommit(subject_id(event), Act.REDACT, event.at)


def _erase(scribe: Scribe, event: Event) -> None:
    found = subject_id(event)
    if scribe.change(found, Act.ERASE, event.at):
        scribe.book.add(Erased(seconds(event.at), found.bytes))


def _rename(scribe: Scribe, event: Event) -> None:
    """An author goes by another name now: so do their contributions, from here on."""
    own = queries.contributions_by(scribe.session, subject_id(event), scribe.found.id)
    ids = [row.contribution_id for row in own]
    scribe.prepare(ids)
    for each in ids:
        if scribe.has_another_name(each):
            scribe.recommit(each, Act.EDIT, event.at)


MAKERS: Mapping[str, Maker] = {
    EventTag.CONSULTATIONS_DRAFT_PUBLISH: _publish,
    EventTag.CONSULTATIONS_CONSULTATION_EDIT: _describe,
    EventTag.CONSULTATIONS_DAYS_EXTEND: _extend,
    EventTag.CONSULTATIONS_PHASE_CHANGE: _enter,
    EventTag.COMMENTS_COMMENT_WRITE: _write,
    EventTag.COMMENTS_COMMENT_HOLD: _hold,
    EventTag.COMMENTS_COMMENT_EDIT: _edit,
    EventTag.ACCOUNTS_ACCOUNT_EDIT: _rename,
    EventTag.ACCOUNTS_ACCOUNT_LEAVE: _rename,
    EventTag.COMMENTS_ANSWER_WRITE: _answer,
    EventTag.COMMENTS_COMMENT_REMOVE: _remove,
    EventTag.COMMENTS_COMMENT_RESTORE: _restore,
    EventTag.COMMENTS_COMMENT_REDACT: _redact,
    EventTag.COMMENTS_COMMENT_WITHDRAW: _withdraw,
    EventTag.COMMENTS_COMMENT_ERASE: _erase,
}
"""Of acts at one moment, the earlier in this table comes first in the log."""

NAMING = frozenset({EventTag.ACCOUNTS_ACCOUNT_EDIT, EventTag.ACCOUNTS_ACCOUNT_LEAVE})
"""Acts on an account after which its owner may go by another name."""

HIDING = frozenset(
    {
        EventTag.COMMENTS_COMMENT_REMOVE,
        EventTag.COMMENTS_COMMENT_REDACT,
        EventTag.COMMENTS_COMMENT_WITHDRAW,
        EventTag.COMMENTS_COMMENT_ERASE,
    }
)
"""Acts that take words away: while one waits to be written down, the words are shown no more."""


def subject_id(event: Event) -> UUID:
    """The id of what an event is about."""
    return UUID(event.subject_id)


def grounds(event: Event) -> tuple[str, str]:
    """The rule and the reason of a removal."""
    return str(event.details.get("rule", "")), str(event.details.get("reason", ""))
