"""The people of the demonstration: accounts with roles, some with a password to try."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from participation.accounts import queries, services
from participation.accounts.models import AccountRole
from participation.accounts.rules import Purpose
from participation.accounts.services import NewAccount
from participation.core.access import Actor, Role
from participation.core.ids import new_token
from participation.demo import texts


@dataclass(frozen=True, slots=True)
class SignIn:
    """A sign-in to try: `about` says in each language who it is."""

    name: str
    email: str
    password: str
    about: Mapping[str, str]


def sign_ins() -> tuple[SignIn, ...]:
    """Everybody who can be tried out; exists in demonstration databases only."""
    return tuple(
        SignIn(each["name"], each["email"], each["password"], each["about"])
        for each in texts.table("people")["people"]
        if "password" in each
    )


def settle(session: Session, at: datetime) -> dict[str, Actor]:
    """Makes all accounts, confirmed and with their roles; the actors by key."""
    people = texts.table("people")["people"]
    made = {each["key"]: _register(session, each, at) for each in people}
    first = _first_administrator(session, made, people)
    for each in people:
        for role in each["roles"]:
            if role not in {Role.RESIDENT, Role.ADMINISTRATOR}:
                services.grant_role(session, first, made[each["key"]].id, Role(role), at)
    return {key: _actor(session, actor) for key, actor in made.items()}


def _register(session: Session, person: Mapping[str, Any], at: datetime) -> Actor:
    """Through the same door as everybody; who has no password gets one that nobody knows."""
    password = person.get("password") or new_token()
    new = NewAccount(email=person["email"], name=person["name"], password=password)
    actor = services.register(session, new, at)
    account = queries.account(session, actor.id)
    services.confirm_email(session, services.mail_link(session, account, Purpose.CONFIRM, at), at)
    return actor


def _first_administrator(
    session: Session, made: Mapping[str, Actor], people: list[Mapping[str, Any]]
) -> Actor:
    """The first administrator has nobody to be named by."""
    key = next(each["key"] for each in people if Role.ADMINISTRATOR in each["roles"])
    session.add(AccountRole(account_id=made[key].id, role=Role.ADMINISTRATOR))
    session.flush()
    return _actor(session, made[key])


def _actor(session: Session, actor: Actor) -> Actor:
    return queries.actor_of(session, queries.account(session, actor.id))
