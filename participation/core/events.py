"""What happened: one enumerated list, one append-only table.

A service records exactly one event for its act. An event names its subject by kind and id and
holds no free text written by people, so that erasing somebody's words stays possible.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON
from sqlmodel import Field, Session

from participation.core.access import Actor
from participation.core.db import Row
from participation.core.ids import new_id


class EventTag(StrEnum):
    """Every act that leaves a trace, as `feature:thing:act`, in alphabetical order."""

    ACCOUNTS_ACCOUNT_CONFIRM = "accounts:account:confirm"
    ACCOUNTS_ACCOUNT_EDIT = "accounts:account:edit"
    ACCOUNTS_ACCOUNT_LEAVE = "accounts:account:leave"
    ACCOUNTS_ACCOUNT_REGISTER = "accounts:account:register"
    ACCOUNTS_PASSKEY_ADD = "accounts:passkey:add"
    ACCOUNTS_PASSKEY_REMOVE = "accounts:passkey:remove"
    ACCOUNTS_PASSWORD_CHANGE = "accounts:password:change"  # noqa: S105 - a name of an act
    ACCOUNTS_PASSWORD_RESET = "accounts:password:reset"  # noqa: S105 - a name of an act
    ACCOUNTS_ROLE_GRANT = "accounts:role:grant"
    ACCOUNTS_ROLE_TAKE = "accounts:role:take"
    ACCOUNTS_SESSION_END = "accounts:session:end"
    ACCOUNTS_SESSION_START = "accounts:session:start"
    AREAS_LIST_IMPORT = "areas:list:import"
    AREAS_OWN_CHOOSE = "areas:own:choose"
    AREAS_OWN_REMOVE = "areas:own:remove"
    COMMENTS_ANSWER_WRITE = "comments:answer:write"
    COMMENTS_COMMENT_CONSIDER = "comments:comment:consider"
    COMMENTS_COMMENT_EDIT = "comments:comment:edit"
    COMMENTS_COMMENT_ENDORSE = "comments:comment:endorse"
    COMMENTS_COMMENT_ERASE = "comments:comment:erase"
    COMMENTS_COMMENT_HOLD = "comments:comment:hold"
    COMMENTS_COMMENT_REDACT = "comments:comment:redact"
    COMMENTS_COMMENT_REMOVE = "comments:comment:remove"
    COMMENTS_COMMENT_RESTORE = "comments:comment:restore"
    COMMENTS_COMMENT_UNENDORSE = "comments:comment:unendorse"
    COMMENTS_COMMENT_WITHDRAW = "comments:comment:withdraw"
    COMMENTS_COMMENT_WRITE = "comments:comment:write"
    CONSULTATIONS_ATTACHMENT_ADD = "consultations:attachment:add"
    CONSULTATIONS_ATTACHMENT_REMOVE = "consultations:attachment:remove"
    CONSULTATIONS_CLAUSE_EXPLAIN = "consultations:clause:explain"
    CONSULTATIONS_CONSULTATION_CREATE = "consultations:consultation:create"
    CONSULTATIONS_CONSULTATION_EDIT = "consultations:consultation:edit"
    CONSULTATIONS_DAYS_EXTEND = "consultations:days:extend"
    CONSULTATIONS_DRAFT_IMPORT = "consultations:draft:import"
    CONSULTATIONS_DRAFT_MATCH = "consultations:draft:match"
    CONSULTATIONS_DRAFT_PUBLISH = "consultations:draft:publish"
    CONSULTATIONS_PHASE_CHANGE = "consultations:phase:change"
    CONSULTATIONS_TERM_ADD = "consultations:term:add"
    CONSULTATIONS_TERM_REMOVE = "consultations:term:remove"
    INTAKE_BATCH_HAND_OVER = "intake:batch:hand-over"
    INTAKE_BATCH_OPEN = "intake:batch:open"
    INTAKE_CODES_MAKE = "intake:codes:make"
    INTAKE_ENTRY_CONFIRM = "intake:entry:confirm"
    INTAKE_ENTRY_CORRECT = "intake:entry:correct"
    INTAKE_ENTRY_DELETE = "intake:entry:delete"
    INTAKE_ENTRY_RETURN = "intake:entry:return"
    INTAKE_ENTRY_SET_ASIDE = "intake:entry:set-aside"
    INTAKE_ENTRY_TYPE = "intake:entry:type"
    MEETINGS_AGENDA_EDIT = "meetings:agenda:edit"
    MEETINGS_COMING_SAY = "meetings:coming:say"
    MEETINGS_COMING_WITHDRAW = "meetings:coming:withdraw"
    MEETINGS_MEETING_ANNOUNCE = "meetings:meeting:announce"
    MEETINGS_MEETING_CANCEL = "meetings:meeting:cancel"
    MEETINGS_MEETING_CREATE = "meetings:meeting:create"
    MEETINGS_MEETING_DISCARD = "meetings:meeting:discard"
    MEETINGS_MEETING_EDIT = "meetings:meeting:edit"
    MEETINGS_MINUTES_PUBLISH = "meetings:minutes:publish"
    MEETINGS_MINUTES_REDACT = "meetings:minutes:redact"
    MEETINGS_MINUTES_WRITE = "meetings:minutes:write"
    MODERATION_APPEAL_DECIDE = "moderation:appeal:decide"
    MODERATION_APPEAL_MAKE = "moderation:appeal:make"
    MODERATION_FLAG_RAISE = "moderation:flag:raise"
    MODERATION_FLAGS_DISMISS = "moderation:flags:dismiss"
    ORGANISATIONS_OFFICER_ADD = "organisations:officer:add"
    ORGANISATIONS_OFFICER_REMOVE = "organisations:officer:remove"
    ORGANISATIONS_ORGANISATION_ADD = "organisations:organisation:add"
    ORGANISATIONS_ORGANISATION_EDIT = "organisations:organisation:edit"
    PARTNERS_PARTNER_ADD = "partners:partner:add"
    PARTNERS_PARTNER_CHECK = "partners:partner:check"
    PARTNERS_PARTNER_REMOVE = "partners:partner:remove"
    SURVEYS_QUESTION_EDIT = "surveys:question:edit"
    SURVEYS_SHEET_SEND = "surveys:sheet:send"
    SURVEYS_SHEET_WITHDRAW = "surveys:sheet:withdraw"
    SURVEYS_SURVEY_CLOSE = "surveys:survey:close"
    SURVEYS_SURVEY_CREATE = "surveys:survey:create"
    SURVEYS_SURVEY_EDIT = "surveys:survey:edit"
    SURVEYS_SURVEY_OPEN = "surveys:survey:open"
    SURVEYS_SURVEY_PUBLISH = "surveys:survey:publish"
    SURVEYS_TEXT_RELEASE = "surveys:text:release"
    SURVEYS_TEXT_WITHHOLD = "surveys:text:withhold"
    TOPICS_TOPIC_ADD = "topics:topic:add"
    TOPICS_TOPIC_EDIT = "topics:topic:edit"
    TOPICS_TOPIC_REMOVE = "topics:topic:remove"
    VOTES_CHECK_IN_CLOSE = "votes:check-in:close"
    VOTES_PARTIES_SET = "votes:parties:set"
    VOTES_ROLL_ERASE = "votes:roll:erase"
    VOTES_ROLL_SET = "votes:roll:set"
    VOTES_VOTE_ANNOUNCE = "votes:vote:announce"
    VOTES_VOTE_CLOSE = "votes:vote:close"
    VOTES_VOTE_DRAFT = "votes:vote:draft"
    VOTES_VOTE_EDIT = "votes:vote:edit"
    VOTES_VOTE_FREEZE = "votes:vote:freeze"
    VOTES_VOTE_OPEN = "votes:vote:open"
    VOTES_VOTE_PUBLISH = "votes:vote:publish"
    VOTES_VOTE_WITHDRAW = "votes:vote:withdraw"


class Event(Row, table=True):
    """One act of one actor on one subject."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    at: datetime = Field(index=True)
    tag: str = Field(index=True, max_length=60)
    actor_id: UUID | None = Field(default=None, index=True)
    subject_kind: str = Field(max_length=40)
    subject_id: str = Field(max_length=120, index=True)
    details: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)


def record(
    session: Session,
    tag: EventTag,
    *,
    at: datetime,
    actor: Actor,
    subject: tuple[str, object],
    details: dict[str, Any] | None = None,
) -> Event:
    """Adds the event of one act; `subject` is (kind, id). Flushed, not committed."""
    kind, subject_id = subject
    event = Event(
        at=at,
        tag=tag.value,
        actor_id=actor.account_id,
        subject_kind=kind,
        subject_id=str(subject_id),
        details=details or {},
    )
    session.add(event)
    session.flush()
    return event
