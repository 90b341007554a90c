"""Acts on accounts: register, sign in and out, confirm, change, keep a form, tidy up."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from participation.accounts import queries
from participation.accounts.models import (
    Account,
    AccountRole,
    KeptForm,
    LoginSession,
    MailedLink,
)
from participation.accounts.rules import (
    KEPT_LENGTH,
    LINK_LENGTH,
    PER_ACCOUNT,
    PER_ACCOUNT_AND_PLACE,
    PER_DEVICE,
    PER_PLACE,
    SEEN_EVERY,
    SESSION_LENGTH,
    Purpose,
    check_new_password,
    clean_email,
)
from participation.core.access import Actor, Permission, Role, allows
from participation.core.errors import Conflict, Invalid, NotFound
from participation.core.events import EventTag, record
from participation.core.ids import new_token, token_hash
from participation.core.limits import CountedTries, bucket, count_try, forget_tries
from participation.core.passwords import check_password, hash_password, needs_new_hash
from participation.core.words import words

# Compared with when there is no such account, so that the answer takes as long as for one.
_NOBODYS_HASH = (
    "$argon2id$v=19$m=32768,t=3,p=1$c3VhcmEtbm9ib2R5LXNhbHQ$"
    "0000000000000000000000000000000000000000000"
)


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What registering asks for."""

    email: str
    name: str
    password: str
    language: str = "id"


@dataclass(frozen=True, slots=True)
class SignInTry:
    """Who somebody claims to be, from where, and by which known browser (empty if none)."""

    email: str
    place: str
    known_device: str = ""


def register(session: Session, new: NewAccount, at: datetime) -> Actor:
    """A new resident's account; `Invalid` for a bad or taken address or a weak password."""
    email = clean_email(new.email)
    check_new_password(new.password, email)
    taken = words("There is already an account with this address. Please sign in.")
    if queries.account_by_email(session, email) is not None:
        raise Invalid(taken, field="email")
    account = Account(
        email=email,
        name=new.name,
        password_hash=hash_password(new.password),
        language=new.language,
        created_at=at,
    )
    session.add(account)
    try:
        session.flush()
    except IntegrityError as error:  # two people, one address, the same moment
        raise Invalid(taken, field="email") from error
    session.add(AccountRole(account_id=account.id, role=Role.RESIDENT))
    session.flush()
    actor = queries.actor_of(session, account)
    _record(session, EventTag.ACCOUNTS_ACCOUNT_REGISTER, actor, account.id, at)
    return actor


def count_sign_in(session: Session, secret: str, trying: SignInTry, at: datetime) -> None:
    """Counts one try to sign in; `TooMany` when there were too many within minutes.

    A browser that once signed in to this account has a bucket of its own, so a stranger who
    keeps guessing cannot keep the owner out.
    """
    if trying.known_device:
        count_try(session, bucket(secret, "device", trying.known_device), PER_DEVICE, at)
        return
    pair = bucket(secret, "pair", trying.email, trying.place)
    count_try(session, pair, PER_ACCOUNT_AND_PLACE, at)
    count_try(session, bucket(secret, "account", trying.email), PER_ACCOUNT, at)
    count_try(session, bucket(secret, "place", trying.place), PER_PLACE, at)


def forget_sign_in(session: Session, secret: str, trying: SignInTry) -> None:
    """After a good sign-in this person's earlier mistakes count no more."""
    forget_tries(session, bucket(secret, "pair", trying.email, trying.place))
    forget_tries(session, bucket(secret, "device", trying.known_device))


def check_sign_in(session: Session, email: str, password: str) -> Actor:
    """The actor whose address and password these are; `Invalid` says not which is wrong."""
    account = queries.account_by_email(session, email)
    try:
        check_password(account.password_hash if account else _NOBODYS_HASH, password)
    except Invalid as error:
        raise Invalid(
            words("The address and the password do not belong together."), field="password"
        ) from error
    if account is None:  # nobody's hash has no password
        raise NotFound(words("There is no such account."))
    if needs_new_hash(account.password_hash):
        account.password_hash = hash_password(password)
    return queries.actor_of(session, account)


def start_session(session: Session, actor: Actor, device: str, at: datetime) -> str:
    """A fresh login token for one browser; only its hash is kept."""
    token = new_token()
    session.add(
        LoginSession(
            token_hash=token_hash(token),
            account_id=actor.id,
            device=device[:80],
            created_at=at,
            seen_at=at,
            expires_at=at + SESSION_LENGTH,
        )
    )
    _record(session, EventTag.ACCOUNTS_SESSION_START, actor, actor.id, at)
    return token


def end_session(session: Session, actor: Actor, token: str, at: datetime) -> None:
    """Signs one browser out."""
    session.exec(delete(LoginSession).where(col(LoginSession.token_hash) == token_hash(token)))
    _record(session, EventTag.ACCOUNTS_SESSION_END, actor, actor.id, at)


def end_other_sessions(session: Session, actor: Actor, token: str, at: datetime) -> None:
    """Signs every other browser of this account out."""
    session.exec(
        delete(LoginSession).where(
            col(LoginSession.account_id) == actor.id,
            col(LoginSession.token_hash) != token_hash(token),
        )
    )
    _record(session, EventTag.ACCOUNTS_SESSION_END, actor, actor.id, at)


def change_profile(
    session: Session, actor: Actor, at: datetime, *, name: str, language: str
) -> None:
    """A new display name and language."""
    account = queries.account(session, actor.id)
    account.name, account.language = name, language
    session.flush()
    _record(session, EventTag.ACCOUNTS_ACCOUNT_EDIT, actor, actor.id, at)


def change_password(
    session: Session, actor: Actor, at: datetime, *, old: str, new: str, token: str
) -> None:
    """A new password, proven with the old one; signs every other browser out."""
    account = queries.account(session, actor.id)
    try:
        check_password(account.password_hash, old)
    except Invalid as error:
        raise Invalid(error.message, field="old_password") from error
    check_new_password(new, account.email)
    account.password_hash = hash_password(new)
    session.flush()
    end_other_sessions(session, actor, token, at)
    _record(session, EventTag.ACCOUNTS_PASSWORD_CHANGE, actor, actor.id, at)


def mail_link(session: Session, account: Account, purpose: Purpose, at: datetime) -> str:
    """The token of a new link for this account's address."""
    token = new_token()
    session.add(
        MailedLink(
            token_hash=token_hash(token),
            account_id=account.id,
            purpose=purpose,
            email=account.email,
            expires_at=at + LINK_LENGTH[purpose],
        )
    )
    session.flush()
    return token


def confirm_email(session: Session, token: str, at: datetime) -> None:
    """Notes that whoever holds the link reads mail sent to the account's address."""
    account = _use_link(session, token, Purpose.CONFIRM, at)
    account.confirmed_at = at
    session.flush()
    actor = queries.actor_of(session, account)
    _record(session, EventTag.ACCOUNTS_ACCOUNT_CONFIRM, actor, account.id, at)


def reset_password(session: Session, token: str, password: str, at: datetime) -> Actor:
    """A new password for whoever holds the link; signs every browser out."""
    account = _use_link(session, token, Purpose.RESET, at)
    check_new_password(password, account.email)
    account.password_hash = hash_password(password)
    account.confirmed_at = account.confirmed_at or at
    session.exec(delete(LoginSession).where(col(LoginSession.account_id) == account.id))
    session.flush()
    actor = queries.actor_of(session, account)
    _record(session, EventTag.ACCOUNTS_PASSWORD_RESET, actor, account.id, at)
    return actor


def grant_role(session: Session, actor: Actor, account_id: UUID, role: Role, at: datetime) -> None:
    """Gives an account a role; only for administrators, and nobody gives one to themself."""
    allows(actor, Permission.ACCOUNTS_ROLES_GRANT)
    if account_id == actor.account_id:
        message = words("Nobody gives roles to themself. Ask another administrator.")
        raise Conflict("own-role", message)
    queries.account(session, account_id)
    session.merge(AccountRole(account_id=account_id, role=role))
    session.flush()
    record(
        session,
        EventTag.ACCOUNTS_ROLE_GRANT,
        at=at,
        actor=actor,
        subject=("account", account_id),
        details={"role": role.value},
    )


def take_role(session: Session, actor: Actor, account_id: UUID, role: Role, at: datetime) -> None:
    """Takes a role from an account; only for administrators.

    Raises `Conflict` for their own administrator's role, and for the last one there is.
    """
    allows(actor, Permission.ACCOUNTS_ROLES_GRANT)
    if role is Role.ADMINISTRATOR and account_id == actor.account_id:
        raise Conflict("own-role", words("Ask another administrator to do this."))
    if account_id not in queries.holders_of(session, role):
        return
    session.delete(session.get_one(AccountRole, (account_id, role.value)))
    session.flush()
    # Looked at afterwards, because on SQLite only this first change keeps others out.
    if role is Role.ADMINISTRATOR and not queries.holders_of(session, role):
        message = words("This is the last administrator. Name another one first.")
        raise Conflict("last-administrator", message)
    record(
        session,
        EventTag.ACCOUNTS_ROLE_TAKE,
        at=at,
        actor=actor,
        subject=("account", account_id),
        details={"role": role.value},
    )


def keep_form(
    session: Session, fields: dict[str, list[str]], account_id: UUID, at: datetime
) -> str:
    """Keeps sent fields for their writer; the token asks for them again."""
    token = new_token()
    session.add(
        KeptForm(
            token_hash=token_hash(token),
            account_id=account_id,
            fields=fields,
            expires_at=at + KEPT_LENGTH,
        )
    )
    session.flush()
    return token


def recognise(session: Session, token: str, at: datetime, *, prolongs: bool = True) -> Actor | None:
    """Who is behind a login token; nothing when expired.

    Prolongs it at most once an hour, and not where the caller must stay free of writes.
    """
    found = queries.login(session, token, at)
    if found is None:
        return None
    if prolongs and found.seen_at < at - SEEN_EVERY:
        session.exec(
            update(LoginSession)
            .where(col(LoginSession.token_hash) == token_hash(token))
            .values(seen_at=at, expires_at=at + SESSION_LENGTH)
        )
    return found.actor


def sweep(session: Session, at: datetime) -> None:
    """Deletes what has expired: sessions, links, kept forms, counted tries."""
    tables: tuple[tuple[Any, Any], ...] = (
        (LoginSession, LoginSession.expires_at),
        (MailedLink, MailedLink.expires_at),
        (KeptForm, KeptForm.expires_at),
        (CountedTries, CountedTries.window_ends_at),
    )
    for table, ends_at in tables:
        session.exec(delete(table).where(col(ends_at) < at))


def _use_link(session: Session, token: str, purpose: Purpose, at: datetime) -> Account:
    link = session.get(MailedLink, token_hash(token))
    if link is None or link.purpose != purpose or link.expires_at <= at:
        raise NotFound(words("This link has been used or is too old. Please ask for a new one."))
    account = queries.account(session, link.account_id)
    session.delete(link)
    if account.email != link.email:
        raise NotFound(words("This link belongs to an address that is no longer yours."))
    return account


def _record(session: Session, tag: EventTag, actor: Actor, account_id: UUID, at: datetime) -> None:
    record(session, tag, at=at, actor=actor, subject=("account", account_id))
