"""The table of attachments; the files themselves lie on the shelf, named by their digests."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from participation.core.db import Row
from participation.core.ids import new_id


class Attachment(Row, table=True):
    """A file beside a draft. Removed, it keeps its title, and the reason why it went.

    It stands on the page from version `edition` on; `kind` is what its content was found to be,
    `purpose` what the officer says it is for.
    """

    id: UUID = Field(default_factory=new_id, primary_key=True)
    consultation_id: UUID = Field(foreign_key="consultation.id", index=True)
    title: str = Field(max_length=160)
    purpose: str = Field(max_length=20)
    kind: str = Field(max_length=8)
    sha256: str = Field(max_length=64, index=True)
    size_bytes: int
    edition: int
    added_by: UUID = Field(foreign_key="account.id")
    added_at: datetime
    removed_by: UUID | None = Field(default=None, foreign_key="account.id")
    removed_at: datetime | None = None
    removal_reason: str = ""
