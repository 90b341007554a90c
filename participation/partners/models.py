"""Tables: the bodies elsewhere that this site knows."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from participation.core.db import Row
from participation.core.ids import new_id


class Partner(Row, table=True):
    """A registrar, witness or ballot box elsewhere.

    `kind` is one of these three words, `key` as its service says it (a witness's is a verifier
    key). `seen_at` is when it last answered, `problem` what went wrong at the last try, if
    anything did.
    """

    id: UUID = Field(default_factory=new_id, primary_key=True)
    kind: str = Field(max_length=10)
    name: str = Field(max_length=120)
    address: str = Field(max_length=200, unique=True)
    key: str = Field(max_length=200)
    added_at: datetime
    seen_at: datetime | None = None
    problem: str = Field(default="", max_length=200)
