"""Table: browsers that are told of news."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from participation.core.db import Row
from participation.core.ids import new_id
from participation.notices.push.rules import ENDPOINT_LENGTH, NAME_LENGTH


class PushSubscription(Row, table=True):
    """One browser of one person: where its messages go, and the keys that only it can open.

    `p256dh` and `auth` are base64url, 65 and 16 bytes (RFC 8291, section 2).
    """

    __tablename__ = "push_subscription"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    account_id: UUID = Field(foreign_key="account.id", index=True, ondelete="CASCADE")
    endpoint: str = Field(max_length=ENDPOINT_LENGTH, unique=True)
    p256dh: str = Field(max_length=88)
    auth: str = Field(max_length=24)
    name: str = Field(max_length=NAME_LENGTH)
    created_at: datetime
