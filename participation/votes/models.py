"""Tables: votes as they were drawn up, the people on their rolls, and those at a desk.

Nothing here joins a check-in with a ballot: what the protocol keeps apart stands in the tables of
`ballots.store`, and a vote knows its election only by name.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON
from sqlmodel import Field

from participation.core.db import Row
from participation.core.ids import new_id


class Vote(Row, table=True):
    """A vote from its first draft to its result. Texts are language → words.

    `eid0` and `eid` name its election (base64url), from the announcement and from the freeze on.
    `rule_details` is what only some rules need; `parties` who takes part besides this site, empty
    for a vote that it holds alone.
    `checked_in` and `voted` count what stands in published epochs, never what waits;
    `label_counts` are the fields of `ballots.label.Counts` that are known and public.
    """

    id: UUID = Field(default_factory=new_id, primary_key=True)
    slug: str = Field(max_length=80, unique=True)
    state: str = Field(max_length=16, index=True)

    organiser: str = Field(max_length=120)
    languages: list[str] = Field(sa_type=JSON)
    title: dict[str, str] = Field(sa_type=JSON)
    about: dict[str, str] = Field(sa_type=JSON)
    electorate: dict[str, str] = Field(sa_type=JSON)
    question: dict[str, str] = Field(sa_type=JSON)
    options: list[dict[str, Any]] = Field(sa_type=JSON)

    rule: str = Field(max_length=20)
    quorum_percent: int | None = None
    majority: str = Field(max_length=8)
    seats: int
    most_marks: int | None = None
    rule_details: dict[str, Any] = Field(
        default_factory=dict, sa_type=JSON, sa_column_kwargs={"server_default": "{}"}
    )
    parties: dict[str, Any] = Field(
        default_factory=dict, sa_type=JSON, sa_column_kwargs={"server_default": "{}"}
    )

    check_in_opens_at: datetime
    check_in_closes_at: datetime
    voting_opens_at: datetime
    voting_closes_at: datetime = Field(index=True)

    epoch_seconds: int
    batch_min: int
    merge_delay_epochs: int
    max_revisions: int
    min_group: int

    roll_size: int = 0
    checked_in: int = 0
    voted: int = 0
    label_counts: dict[str, int] = Field(default_factory=dict, sa_type=JSON)
    eid0: str | None = Field(default=None, max_length=43)
    eid: str | None = Field(default=None, max_length=43, unique=True)

    created_by: UUID = Field(foreign_key="account.id")
    created_at: datetime
    announced_at: datetime | None = Field(default=None, index=True)
    frozen_at: datetime | None = None
    opened_at: datetime | None = None
    check_in_closed_at: datetime | None = None
    closed_at: datetime | None = None
    published_at: datetime | None = None


class VoteVoter(Row, table=True):
    """One person on the roll of a vote, as the organiser handed it in.

    `voter_id` is the e-mail address of an account; the name is for the organiser's eyes only.
    """

    __tablename__ = "vote_voter"

    vote_id: UUID = Field(foreign_key="vote.id", primary_key=True, ondelete="CASCADE")
    voter_id: str = Field(primary_key=True, max_length=254)
    name: str = Field(max_length=120)


class VoteTrustee(Row, table=True):
    """A trustee of a vote who keeps the key elsewhere; `number` is from 1, as in the draft.

    The link that was handed to them holds the token, the row only its hash. `key` (32 bytes) is
    their identity's, once they have made it.
    """

    __tablename__ = "vote_trustee"

    vote_id: UUID = Field(foreign_key="vote.id", primary_key=True, ondelete="CASCADE")
    number: int = Field(primary_key=True)
    name: str = Field(max_length=120)
    token_hash: str = Field(max_length=64, unique=True)
    key: bytes | None = None


class DeskVisit(Row, table=True):
    """A voter at an officer's desk, for half an hour.

    The voter's device came by a link that holds the token. `ask` is what it laid before the
    officer, as JSON; `is_done` once the officer has confirmed and the registrars have signed.
    """

    __tablename__ = "desk_visit"

    token_hash: str = Field(primary_key=True, max_length=64)
    vote_id: UUID = Field(foreign_key="vote.id", index=True, ondelete="CASCADE")
    officer_id: UUID = Field(foreign_key="account.id", ondelete="CASCADE")
    voter_id: str = Field(max_length=254)
    expires_at: datetime = Field(index=True)
    ask: bytes | None = None
    is_done: bool = False
