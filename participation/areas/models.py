"""Tables: areas with their official codes, and the area in which somebody says they live."""

from uuid import UUID

from sqlmodel import Field

from participation.areas.rules import CODE_LENGTH, NAME_LENGTH
from participation.core.db import Row


class Area(Row, table=True):
    """A province, kabupaten or kota, kecamatan, kelurahan or desa; `id` follows from the code."""

    code: str = Field(primary_key=True, max_length=CODE_LENGTH)
    id: UUID = Field(unique=True)
    name: str = Field(max_length=NAME_LENGTH)
    parent: str | None = Field(
        default=None, foreign_key="area.code", index=True, max_length=CODE_LENGTH
    )


class AccountArea(Row, table=True):
    """The area that somebody chose as theirs: only its code, and only while they want it."""

    __tablename__ = "account_area"

    account_id: UUID = Field(foreign_key="account.id", primary_key=True, ondelete="CASCADE")
    area_code: str = Field(foreign_key="area.code", index=True, max_length=CODE_LENGTH)
