"""Acts: flag, remove, keep, redact, release, appeal, decide. Each flushes; none commits.

Each records one event, which holds no words of the comment. What the public may know of an act is
a row of its own, `ModerationAct`.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from participation.comments.models import Comment
from participation.comments.standing import services as standing
from participation.comments.standing.rules import Rule, Withheld
from participation.comments.standing.services import Grounds
from participation.comments.wordings.services import delete_wordings
from participation.core.access import Actor, Permission, allows
from participation.core.errors import Conflict, Invalid, NotAllowed
from participation.core.events import EventTag, record
from participation.core.ids import new_id
from participation.core.words import words
from participation.moderation import queries
from participation.moderation.models import Appeal, Flag, ModerationAct
from participation.moderation.queries import Case
from participation.moderation.rules import (
    APPEAL_LENGTH,
    APPEAL_WITHIN,
    DECIDE_WITHIN,
    WORDS_LENGTH,
    Kind,
    Outcome,
    check_appeal,
    check_judge,
    check_reason,
    redacted,
)

_REMOVE = Permission.COMMENTS_COMMENT_REMOVE


@dataclass(frozen=True, slots=True)
class Ruling:
    """Which rule, and why in words for everybody."""

    rule: Rule
    reason: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of an appeal, and why in words for everybody."""

    outcome: Outcome
    reason: str


def flag(session: Session, actor: Actor, found: Case, ruling: Ruling, now: datetime) -> None:
    """Says that a comment breaks a rule; a second time by the same person changes nothing.

    `ruling.reason` may be empty. Raises `NotAllowed` for readers and one's own comment, `Conflict`
    for words that are not shown any more.
    """
    if found.comment.author_id == actor.id:
        message = words("This is your own comment. You can correct or withdraw it.")
        raise NotAllowed(message, code="own-comment")
    if found.withheld is not None:
        raise Conflict("withheld", words("The words of this comment are not shown any more."))
    if len(ruling.reason) > WORDS_LENGTH:
        raise Invalid(words("At most %(most)s characters.", most=WORDS_LENGTH), field="body")
    insert = postgresql.insert if _is_postgres(session) else sqlite.insert
    table = Flag.__table__  # type: ignore[attr-defined]  # SQLModel adds it unseen
    values = {
        "id": new_id(),
        "comment_id": found.comment.id,
        "account_id": actor.id,
        "rule": ruling.rule.value,
        "body": ruling.reason,
        "at": now,
    }
    once = insert(table).values(**values).on_conflict_do_nothing().returning(table.c.id)
    if session.execute(once).one_or_none() is not None:
        _record(session, EventTag.MODERATION_FLAG_RAISE, actor, found, now, rule=ruling.rule.value)


def check_removal(actor: Actor, found: Case, ruling: Ruling) -> None:
    """Nothing when the comment may be removed like this; also asked before the preview."""
    allows(actor, _REMOVE)
    check_reason(ruling.reason, found.author)
    if found.comment.author_id == actor.id:
        raise NotAllowed(words("Nobody moderates their own words."), code="own-comment")
    if found.withheld not in {None, Withheld.WAITING}:
        raise Conflict("withheld-already", words("The words of this comment are gone already."))


def remove(
    session: Session, actor: Actor, found: Case, ruling: Ruling, now: datetime
) -> ModerationAct:
    """Withholds the words of a comment under a rule; its replies stay.

    Raises `NotAllowed` without the permission or for one's own words, `Invalid` for a missing
    reason, `Conflict` where they are withheld already.
    """
    check_removal(actor, found, ruling)
    waited = _waited(session, found, now)
    until = now + APPEAL_WITHIN
    grounds = Grounds(ruling.rule.value, ruling.reason, until)
    standing.withhold(session, found.comment, Withheld.REMOVED, now, grounds)
    done = _note(session, actor, found, Kind.REMOVED, ruling, waited=waited, now=now)
    _settle(session, found, now)
    told = {"rule": ruling.rule.value, "reason": ruling.reason}
    _record(session, EventTag.COMMENTS_COMMENT_REMOVE, actor, found, now, **told)
    return done


def keep(session: Session, actor: Actor, found: Case, reason: str, now: datetime) -> None:
    """Settles the flags of a comment, which stays; `Conflict` where nothing is flagged."""
    allows(actor, _REMOVE)
    check_reason(reason, found.author, field="kept_because")
    if found.comment.author_id == actor.id:
        raise NotAllowed(words("Nobody moderates their own words."), code="own-comment")
    flags = queries.open_flags(session, found.comment.id)
    if not flags:
        raise Conflict("no-flags", words("Nobody has flagged this comment since."))
    waited = int((now - flags[0].at).total_seconds())
    _note(
        session,
        actor,
        found,
        Kind.KEPT,
        Ruling(Rule(flags[0].rule), reason),
        waited=waited,
        now=now,
    )
    _settle(session, found, now)
    _record(session, EventTag.MODERATION_FLAGS_DISMISS, actor, found, now)


def release(session: Session, actor: Actor, found: Case, now: datetime) -> None:
    """Shows a comment that waited for a look; it counts as written from now on."""
    allows(actor, _REMOVE)
    if found.withheld is not Withheld.WAITING:
        raise Conflict("not-waiting", words("This comment does not wait for a look any more."))
    waited = _waited(session, found, now)
    standing.show_again(session, found.comment)
    _note(session, actor, found, Kind.RELEASED, None, waited=waited, now=now)
    _record(session, EventTag.COMMENTS_COMMENT_WRITE, actor, found, now, released="yes")


def redact(
    session: Session, actor: Actor, found: Case, passage: str, reason: str, *, now: datetime
) -> None:
    """Takes personal data out of a comment for good; neither log nor event holds the passage."""
    allows(actor, _REMOVE)
    check_reason(reason, found.author, field="redacted_because")
    if passage and passage in reason:
        message = words("The reason is public: it must not repeat what is taken out.")
        raise Invalid(message, field="redacted_because")
    if found.withheld is not None:
        raise Conflict("withheld", words("The words of this comment are not shown any more."))
    found.comment.body = redacted(found.comment.body, passage)
    session.add(found.comment)
    delete_wordings(session, found.comment.id)
    session.flush()
    _note(session, actor, found, Kind.REDACTED, Ruling(Rule.PRIVACY, reason), waited=None, now=now)
    _record(session, EventTag.COMMENTS_COMMENT_REDACT, actor, found, now)


def check_may_appeal(actor: Actor, found: Case, now: datetime) -> None:
    """Nothing when the actor may appeal for this comment now; says why not otherwise."""
    check_appeal(found.comment.author_id, found.appeal_until, asker_id=actor.id, now=now)


def appeal(session: Session, actor: Actor, found: Case, body: str, now: datetime) -> Appeal:
    """The author's appeal against the removal of a comment, once for each removal.

    Raises `NotAllowed` for others, `Conflict` after the deadline or for a second appeal, `Invalid`
    without words.
    """
    check_may_appeal(actor, found, now)
    if not 0 < len(body) <= APPEAL_LENGTH:
        raise Invalid(words("Say in your own words why it should be shown."), field="body")
    removal = queries.last_removal(session, found.comment.id)
    made = Appeal(
        act_id=removal.id,
        comment_id=found.comment.id,
        removed_by=removal.moderator_id,
        body=body,
        made_at=now,
        due_at=now + DECIDE_WITHIN,
    )
    session.add(made)
    standing.note_appeal(session, found.comment, made.due_at)
    _record(session, EventTag.MODERATION_APPEAL_MAKE, actor, found, now, appeal=str(made.id))
    return made


def decide(
    session: Session, actor: Actor, made: Appeal, found: Case, verdict: Verdict, *, now: datetime
) -> None:
    """Decides an appeal: the words are shown again, or stay away.

    Raises `NotAllowed` for the moderator who removed them and for their author, `Conflict` when it
    is decided already.
    """
    allows(actor, _REMOVE)
    check_judge(made.removed_by, asker_id=actor.id)
    if found.comment.author_id == actor.id:
        raise NotAllowed(words("Nobody moderates their own words."), code="own-comment")
    check_reason(verdict.reason, found.author)
    if made.decided_at is not None or found.withheld is not Withheld.REMOVED:
        raise Conflict("decided-already", words("This appeal is decided already."))
    made.decided_at, made.decided_by, made.outcome = now, actor.id, verdict.outcome.value
    session.add(made)
    rule = Rule(queries.act(session, made.act_id).rule)
    waited = int((now - made.made_at).total_seconds())
    kind = Kind(verdict.outcome.value)
    tag = EventTag.MODERATION_APPEAL_DECIDE
    if verdict.outcome is Outcome.RESTORED:
        standing.show_again(session, found.comment)
        tag = EventTag.COMMENTS_COMMENT_RESTORE
    else:
        standing.note_appeal(session, found.comment, None)
    _note(session, actor, found, kind, Ruling(rule, verdict.reason), waited=waited, now=now)
    _record(session, tag, actor, found, now, appeal=str(made.id), outcome=verdict.outcome.value)


def _note(
    session: Session,
    actor: Actor,
    found: Case,
    kind: Kind,
    ruling: Ruling | None,
    *,
    waited: int | None,
    now: datetime,
) -> ModerationAct:
    done = ModerationAct(
        kind=kind.value,
        rule=ruling.rule.value if ruling else "",
        reason=ruling.reason if ruling else "",
        comment_id=found.comment.id,
        consultation_id=found.comment.subject_id,
        place=found.comment.place,
        citation=found.citation,
        moderator_id=actor.id,
        at=now,
        waited_seconds=waited,
    )
    session.add(done)
    session.flush()
    return done


def _waited(session: Session, found: Case, now: datetime) -> int | None:
    """How long the first flag, or the held comment, has waited."""
    if found.withheld is Withheld.WAITING and found.withheld_at:
        return int((now - found.withheld_at).total_seconds())
    flags = queries.open_flags(session, found.comment.id)
    return int((now - flags[0].at).total_seconds()) if flags else None


def _settle(session: Session, found: Case, now: datetime) -> None:
    for each in queries.open_flags(session, found.comment.id):
        each.settled_at = now
        session.add(each)
    session.flush()


def _record(
    session: Session, tag: EventTag, actor: Actor, found: Case, now: datetime, **more: str
) -> None:
    comment = found.comment
    told = {"place": comment.place, "of": f"{comment.subject_kind}:{comment.subject_id}"} | more
    subject: tuple[str, UUID] = ("comment", comment.id)
    record(session, tag, at=now, actor=actor, subject=subject, details=told)


def _is_postgres(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"


def forget(session: Session, actor: Actor, _now: datetime) -> None:
    """Deletes the words of the actor's flags and appeals; that there were some stays counted."""
    session.execute(update(Flag).where(col(Flag.account_id) == actor.id).values(body=""))
    own = select(col(Comment.id)).where(col(Comment.author_id) == actor.id)
    session.execute(update(Appeal).where(col(Appeal.comment_id).in_(own)).values(body=""))
