"""Who is asking and what they may do: a closed list of roles and permissions.

A permission reads `feature:thing:act`. Phases and states decide *when* something may be done;
they live in each feature's `rules`. Here stands only *who*.
"""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from participation.core.errors import NotAllowed
from participation.core.words import words


class Role(StrEnum):
    """What a person is on this site; one account may have several."""

    RESIDENT = "resident"
    OFFICER = "officer"
    MODERATOR = "moderator"
    ORGANISER = "organiser"
    ADMINISTRATOR = "administrator"


class Permission(StrEnum):
    """Every act that needs more than a signed-in account, in alphabetical order."""

    ACCOUNTS_ROLES_GRANT = "accounts:roles:grant"
    COMMENTS_ANSWER_WRITE = "comments:answer:write"
    COMMENTS_COMMENT_RECEIVE = "comments:comment:receive"
    COMMENTS_COMMENT_REMOVE = "comments:comment:remove"
    COMMENTS_COMMENT_WRITE = "comments:comment:write"
    CONSULTATIONS_DRAFT_IMPORT = "consultations:draft:import"
    CONSULTATIONS_DRAFT_PUBLISH = "consultations:draft:publish"
    CONSULTATIONS_PHASE_CHANGE = "consultations:phase:change"
    DESK_PAGE_READ = "desk:page:read"
    INTAKE_BATCH_WRITE = "intake:batch:write"
    MEETINGS_MEETING_ANNOUNCE = "meetings:meeting:announce"
    MEETINGS_MEETING_DRAFT = "meetings:meeting:draft"
    MEETINGS_MINUTES_WRITE = "meetings:minutes:write"
    ORGANISATIONS_ORGANISATION_EDIT = "organisations:organisation:edit"
    PARTNERS_PARTNER_EDIT = "partners:partner:edit"
    SURVEYS_SHEET_SEND = "surveys:sheet:send"
    SURVEYS_SURVEY_EDIT = "surveys:survey:edit"
    TOPICS_TOPIC_EDIT = "topics:topic:edit"
    VOTES_CHECK_IN_ASK = "votes:check-in:ask"
    VOTES_DESK_CHECK_IN = "votes:desk:check-in"
    VOTES_ROLL_READ = "votes:roll:read"
    VOTES_VOTE_CLOSE = "votes:vote:close"
    VOTES_VOTE_DRAFT = "votes:vote:draft"
    VOTES_VOTE_FREEZE = "votes:vote:freeze"
    VOTES_VOTE_OPEN = "votes:vote:open"
    VOTES_VOTE_PUBLISH = "votes:vote:publish"


GRANTS: dict[Role, frozenset[Permission]] = {
    Role.RESIDENT: frozenset(
        {
            Permission.COMMENTS_COMMENT_WRITE,
            Permission.SURVEYS_SHEET_SEND,
            Permission.VOTES_CHECK_IN_ASK,
        }
    ),
    Role.OFFICER: frozenset(
        {
            Permission.COMMENTS_ANSWER_WRITE,
            Permission.COMMENTS_COMMENT_RECEIVE,
            Permission.CONSULTATIONS_DRAFT_IMPORT,
            Permission.CONSULTATIONS_DRAFT_PUBLISH,
            Permission.CONSULTATIONS_PHASE_CHANGE,
            Permission.DESK_PAGE_READ,
            Permission.INTAKE_BATCH_WRITE,
            Permission.MEETINGS_MEETING_ANNOUNCE,
            Permission.MEETINGS_MEETING_DRAFT,
            Permission.MEETINGS_MINUTES_WRITE,
            Permission.SURVEYS_SURVEY_EDIT,
            Permission.VOTES_DESK_CHECK_IN,
        }
    ),
    Role.MODERATOR: frozenset({Permission.COMMENTS_COMMENT_REMOVE, Permission.DESK_PAGE_READ}),
    Role.ORGANISER: frozenset(
        {
            Permission.DESK_PAGE_READ,
            Permission.PARTNERS_PARTNER_EDIT,
            Permission.VOTES_DESK_CHECK_IN,
            Permission.VOTES_ROLL_READ,
            Permission.VOTES_VOTE_CLOSE,
            Permission.VOTES_VOTE_DRAFT,
            Permission.VOTES_VOTE_FREEZE,
            Permission.VOTES_VOTE_OPEN,
            Permission.VOTES_VOTE_PUBLISH,
        }
    ),
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.ACCOUNTS_ROLES_GRANT,
            Permission.DESK_PAGE_READ,
            Permission.ORGANISATIONS_ORGANISATION_EDIT,
            Permission.PARTNERS_PARTNER_EDIT,
            Permission.TOPICS_TOPIC_EDIT,
        }
    ),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever makes this request; without an account it is a reader."""

    account_id: UUID | None = None
    name: str = ""
    roles: frozenset[Role] = frozenset()
    language: str | None = None

    @property
    def is_signed_in(self) -> bool:
        """Whether an account stands behind the request."""
        return self.account_id is not None

    @property
    def id(self) -> UUID:
        """The account's id; `NotAllowed` for a reader without one."""
        if self.account_id is None:
            raise NotAllowed(words("Please sign in first."), code="sign-in-first")
        return self.account_id

    def may(self, permission: Permission) -> bool:
        """Whether one of the actor's roles grants `permission`."""
        return any(permission in GRANTS[role] for role in self.roles)


READER = Actor()


def allows(actor: Actor, permission: Permission) -> None:
    """Nothing when the actor holds `permission`; raises `NotAllowed` otherwise."""
    if not actor.may(permission):
        raise NotAllowed(words("Your account may not do this."), code=f"needs-{permission}")
