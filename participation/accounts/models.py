"""Tables: accounts, roles, login sessions, mailed links, passkeys, kept forms."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON
from sqlmodel import Field

from participation.core.db import Row
from participation.core.ids import new_id


class Account(Row, table=True):
    """A person with an account; the e-mail address is the sign-in name."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    email: str = Field(max_length=254, unique=True)
    name: str = Field(max_length=80)
    password_hash: str = Field(max_length=200)
    language: str = Field(default="id", max_length=8)
    created_at: datetime
    confirmed_at: datetime | None = None


class AccountRole(Row, table=True):
    """One role of one account."""

    __tablename__ = "account_role"

    account_id: UUID = Field(foreign_key="account.id", primary_key=True, ondelete="CASCADE")
    role: str = Field(primary_key=True, max_length=20)


class LoginSession(Row, table=True):
    """A browser that is signed in; the cookie holds the token, the row only its hash."""

    __tablename__ = "login_session"

    token_hash: str = Field(primary_key=True, max_length=64)
    account_id: UUID = Field(foreign_key="account.id", index=True, ondelete="CASCADE")
    device: str = Field(max_length=80)
    created_at: datetime
    seen_at: datetime
    expires_at: datetime = Field(index=True)


class MailedLink(Row, table=True):
    """A link sent by mail: confirms an address or lets its owner set a new password."""

    __tablename__ = "mailed_link"

    token_hash: str = Field(primary_key=True, max_length=64)
    account_id: UUID = Field(foreign_key="account.id", index=True, ondelete="CASCADE")
    purpose: str = Field(max_length=10)
    email: str = Field(max_length=254)
    expires_at: datetime = Field(index=True)


class Passkey(Row, table=True):
    """A passkey of an account, for voting: `cose` is its public key in the 77-byte form."""

    credential_id: bytes = Field(primary_key=True, max_length=1023)
    account_id: UUID = Field(foreign_key="account.id", index=True, ondelete="CASCADE")
    cose: bytes
    name: str = Field(max_length=80)
    created_at: datetime


class KeptForm(Row, table=True):
    """A form that could not be accepted yet, waiting to be shown again to its writer."""

    __tablename__ = "kept_form"

    token_hash: str = Field(primary_key=True, max_length=64)
    account_id: UUID = Field(foreign_key="account.id", index=True, ondelete="CASCADE")
    fields: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    expires_at: datetime = Field(index=True)
