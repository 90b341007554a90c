"""What an organiser decides, and the draft and roll that follow from it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import TypeVar

from sqlalchemy import Connection

from ballots.draft import (
    LOGS,
    Attachment,
    Draft,
    Officer,
    Organiser,
    Passkeys,
    Question,
    Registrar,
    Registrars,
    Schedule,
    Style,
    Text,
    Trustee,
    Trustees,
    Verifier,
    Witnesses,
)
from ballots.errors import Refused
from ballots.roll import SALT_BYTES, Row
from ballots.services.keyring import Keyring
from ballots.store.rolls import StoredRow
from crypto import ed25519
from crypto.encoding import sha256
from crypto.errors import CryptoError
from crypto.randomness import new_nonce, random_bytes

HERE = b""
"""In a plan, the key of a role that this server holds."""


@dataclass(frozen=True, slots=True)
class Box:
    """A ballot box that stands apart: its log's Ed25519 key (32 bytes), and where it answers."""

    key: bytes
    origin: str


BOX_HERE = Box(HERE, "")
"""The ballot box of this server."""

RoleT = TypeVar("RoleT", Organiser, Registrar, Trustee, Verifier)


@dataclass(frozen=True, slots=True)
class Plan:
    """What an organiser decides; field by field as in the draft (protocol, section 3).

    The server puts its own key into a role whose key is `HERE`. `attachments` are the texts
    themselves by file name.
    """

    languages: tuple[str, ...]
    title: Text
    about: Text
    authority: str
    organiser: Organiser
    questions: tuple[Question, ...]
    styles: tuple[Style, ...]
    schedule: Schedule
    registrars: Registrars
    trustees: Trustees
    witnesses: Witnesses
    passkeys: Passkeys
    epoch_seconds: int
    batch_min: int
    merge_delay_epochs: int
    max_revisions: int
    min_group: int
    officers: tuple[Officer, ...] = ()
    verifiers: tuple[Verifier, ...] = ()
    attachments: Mapping[str, bytes] = field(default_factory=dict)
    box: Box = BOX_HERE


@dataclass(frozen=True, slots=True)
class Voter:
    """One who may vote: the site's id, the ballot style, COSE keys of enrolled passkeys."""

    voter_id: str
    style: int
    passkeys: tuple[bytes, ...] = ()


def draft_of(connection: Connection, keyring: Keyring, plan: Plan) -> Draft:
    """The draft of a plan, with a fresh nonce and this server's keys where the plan says so.

    Raises BadDocument naming the place of what a draft cannot say.
    """

    def keyed(role: str, each: RoleT) -> RoleT:
        if each.key != HERE:
            return each
        return replace(each, key=keyring.own_identity(connection, f"{role}/{each.name}"))

    given = {each.name: getattr(plan, each.name) for each in fields(plan) if each.name != "box"}
    log_keys = {log: keyring.own_identity(connection, f"log/{log}") for log in LOGS}
    if plan.box != BOX_HERE:
        log_keys["ballots"] = plan.box.key
    registrars = tuple(keyed("registrar", each) for each in plan.registrars.list)
    trustees = tuple(keyed("trustee", each) for each in plan.trustees.list)
    attachments = ((name, sha256(content)) for name, content in plan.attachments.items())
    return Draft(
        **given
        | {
            "nonce": new_nonce(),
            "log_keys": log_keys,
            "organiser": keyed("organiser", plan.organiser),
            "registrars": replace(plan.registrars, list=registrars),
            "trustees": replace(plan.trustees, list=trustees),
            "verifiers": tuple(keyed("verifier", each) for each in plan.verifiers),
            "attachments": tuple(Attachment(*each) for each in attachments),
        }
    )


def sketch_of(plan: Plan) -> Draft:
    """The draft of a plan with made-up keys in the places of this server's: only to look at.

    Raises BadDocument as `draft_of`.
    """
    given = {each.name: getattr(plan, each.name) for each in fields(plan) if each.name != "box"}
    made_up = {log: sha256(f"log {log}".encode()) for log in LOGS}

    def keyed(each: RoleT) -> RoleT:
        return replace(each, key=each.key or sha256(each.name.encode()))

    return Draft(
        **given
        | {
            "nonce": bytes(16),
            "log_keys": made_up,
            "organiser": keyed(plan.organiser),
            "registrars": replace(
                plan.registrars, list=tuple(keyed(each) for each in plan.registrars.list)
            ),
            "trustees": replace(
                plan.trustees, list=tuple(keyed(each) for each in plan.trustees.list)
            ),
            "attachments": (),
        }
    )


def check_role_key(key: bytes) -> None:
    """Pass for 32 bytes that may be a role's public key; raises Refused `bad-key-encoding`."""
    try:
        ed25519.check_public(key)
    except CryptoError as error:
        raise Refused("bad-key-encoding", f"this is no Ed25519 public key: {error}") from error


def draw_roll(voters: Iterable[Voter]) -> list[StoredRow]:
    """The roll's rows in their order, each voter hidden behind a salt drawn now.

    Raises Refused `already-done` for a voter who is named twice, BadDocument for a style or
    number of passkeys that a row cannot say.
    """
    drawn: dict[str, tuple[Row, bytes]] = {}
    for voter in voters:
        if voter.voter_id in drawn:
            raise Refused("already-done", f"the voter {voter.voter_id} is on the roll twice")
        salt = random_bytes(SALT_BYTES)
        row = Row.of(voter.voter_id, salt, voter.style, voter.passkeys)
        drawn[voter.voter_id] = (row, salt)
    in_order = sorted(drawn.items(), key=lambda each: each[1][0].leaf)
    return [
        StoredRow(
            row=place,
            commitment=row.commitment,
            style=row.style,
            passkeys=b"".join(row.passkeys),
            voter_id=voter_id,
            salt=salt,
            struck=False,
        )
        for place, (voter_id, (row, salt)) in enumerate(in_order)
    ]
