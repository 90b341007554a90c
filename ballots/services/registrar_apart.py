"""A registrar that is run by another body, in a process and with a database of its own.

It trusts no site. It makes keys only for a draft that names it and that a site it serves has
published; it acknowledges one manifest a draft. What it signs afterwards, `registrar_issuing`
says.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from ballots.draft import Draft
from ballots.entries import Ack, DraftEntry, RegKey, entry_bytes, signed
from ballots.errors import Refused
from ballots.log import FIRST_PREV, bundle
from ballots.manifest import Manifest
from ballots.parameters import check_safe
from ballots.services import ceremony
from ballots.services.context import Context
from ballots.services.elections import State
from ballots.services.names import write_name
from ballots.store import elections as rows
from ballots.store.database import LogKey, lock_logs
from crypto import blind_rsa
from crypto.ed25519 import SecretKey
from crypto.encoding import sha256

ROLE = "registrar"
_DESK: LogKey = (0, "registrar")
"""Whoever changes an election here holds this lock, so that no key is made twice."""


@dataclass(frozen=True, slots=True)
class Office:
    """Who this registrar is: its name, its origin, and the sites it serves, origin by authority."""

    name: str
    origin: str
    serves: Mapping[str, str]


def identity(context: Context) -> bytes:
    """This registrar's long-lived public key (32 bytes), made when it is first asked for."""
    with context.store.writing() as connection:
        return context.keyring.own_identity(connection, ROLE)


def make_keys(context: Context, office: Office, eid0: bytes, document: bytes) -> tuple[bytes, ...]:
    """The signed `reg-key` payloads for a draft, one for each style; the keys are durable.

    The same draft again gets the same payloads. Raises Refused `not-allowed` for a site that this
    registrar does not serve or a draft that does not name it, `not-published` for one that its
    site does not show, `unsafe-parameters`, `check-in-closed`; BadDocument for other bytes.
    """
    draft = Draft.parse(document)
    if draft.eid0 != eid0:
        raise Refused("malformed", "this is the draft of another address")
    registrar = _own_number(context, draft, office)
    with context.store.reading() as connection:
        is_known = rows.has_eid0(connection, eid0)
    if not is_known:
        _check_new(context, office, draft)
        _keep_keys(context, draft, registrar)
    return _said_keys(context, draft, registrar)


def acknowledge(context: Context, eid: bytes, document: bytes) -> bytes:
    """The signed `ack` payload for a manifest: its draft has keys from here, and names them.

    One manifest a draft: raises Refused `already-done` for a second one, `bad-ceremony` for other
    keys than were made here, `unsafe-parameters`, `unknown-election`; BadDocument.
    """
    manifest = Manifest.parse(document)
    manifest.check_eid0()
    if manifest.eid != eid:
        raise Refused("malformed", "this is the manifest of another address")
    check_safe(manifest.draft, {each.style: each.size for each in manifest.roll.styles})
    with context.store.writing() as connection:
        lock_logs(connection, [_DESK], exclusive=True)
        stored = rows.by_eid0(connection, manifest.eid0)
        if stored.eid not in {None, eid}:
            raise Refused("already-done", "another manifest of this draft was acknowledged")
        registrar = number_of(manifest.draft, context.keyring.own_identity(connection, ROLE))
        if stored.eid is None:
            _check_own_keys(context, connection, manifest, registrar)
            values = {"eid": eid, "manifest": document, "state": State.FROZEN.value}
            rows.change(connection, stored.id, values)
        secret = _secret(context, connection)
    return signed("registrar", registrar, Ack(eid), secret).payload


def forget_keys(context: Context) -> None:
    """Delete the blind keys of every election whose check-in is over by this clock."""
    with context.store.reading() as connection:
        found = rows.in_states(connection, [State.DRAFTED.value, State.FROZEN.value])
    for each in found:
        draft = Draft.parse(each.draft)
        if context.now_seconds >= draft.schedule.check_in_closes:
            with context.store.writing() as connection:
                context.keyring.drop_blind_keys(connection, draft.eid0)
                rows.change(connection, each.id, {"state": State.CLOSED.value})


def check_not_over(context: Context, draft: Draft) -> None:
    """Pass before the end of check-in by this clock; after it the keys are deleted.

    Raises Refused `check-in-closed`.
    """
    if context.now_seconds >= draft.schedule.check_in_closes:
        forget_keys(context)
        raise Refused("check-in-closed", "check-in has ended")


def _own_number(context: Context, draft: Draft, office: Office) -> int:
    """This registrar's number in a draft; raises Refused `not-allowed` where it has none."""
    if draft.authority not in office.serves:
        raise Refused("not-allowed", f"this registrar does not serve {draft.authority}")
    with context.store.reading() as connection:
        own = context.keyring.own_identity(connection, ROLE)
    registrar = number_of(draft, own)
    origin = draft.registrars.list[registrar - 1].origin
    if origin != office.origin:
        raise Refused("not-allowed", f"this registrar is at {office.origin}, not {origin}")
    return registrar


def number_of(draft: Draft, own: bytes) -> int:
    """The number of the registrar with this key in a draft; raises Refused `not-allowed`."""
    for registrar, each in enumerate(draft.registrars.list, start=1):
        if each.key == own:
            return registrar
    raise Refused("not-allowed", "the draft does not name this registrar's key")


def _check_new(context: Context, office: Office, draft: Draft) -> None:
    """Pass for a draft that is safe, not over, and published by a site that is served (A40)."""
    check_safe(draft)
    check_not_over(context, draft)
    origin = office.serves[draft.authority]
    place = f"{origin}/elections/{write_name(draft.eid0)}/setup/tile/entries/000.p/1"
    entry = entry_bytes(FIRST_PREV, DraftEntry(draft.document).payload)
    found = context.wire.ask("GET", place)
    if not found.is_good or found.body != bundle([entry]):
        raise Refused("not-published", f"{origin} has not published this draft")


def _keep_keys(context: Context, draft: Draft, registrar: int) -> None:
    """Make this registrar's key for every style; whoever was quicker made them already."""
    wanted = [(registrar, style.id) for style in draft.styles]
    fresh = ceremony.fresh_blind_keys(wanted)  # slow, so outside the transaction
    for key in fresh.values():
        blind_rsa.check_sound(key.public)
    with context.store.writing() as connection:
        lock_logs(connection, [_DESK], exclusive=True)
        if rows.has_eid0(connection, draft.eid0):
            return
        state = State.DRAFTED.value
        rows.add(connection, eid0=draft.eid0, draft=draft.document, state=state)
        for which, key in fresh.items():
            context.keyring.keep_blind_key(connection, draft.eid0, which, key)


def _said_keys(context: Context, draft: Draft, registrar: int) -> tuple[bytes, ...]:
    """The `reg-key` payloads; the same for the same keys, because nothing in them is drawn."""
    said = []
    with context.store.reading() as connection:
        secret = _secret(context, connection)
        for style in draft.styles:
            key = own_key(context, connection, draft, (registrar, style.id))
            spki = key.public.spki
            messages = ceremony.certificate_messages(draft.eid0, (registrar, style.id), spki)
            certificate = blind_rsa.certify(key, messages)
            entry = RegKey(draft.eid0, registrar, style.id, spki, certificate)
            said.append(signed("registrar", registrar, entry, secret).payload)
    return tuple(said)


def _check_own_keys(
    context: Context, connection: Connection, manifest: Manifest, registrar: int
) -> None:
    for style in manifest.draft.styles:
        key = own_key(context, connection, manifest.draft, (registrar, style.id))
        if manifest.spki_sha256(registrar, style.id) != sha256(key.public.spki):
            raise Refused("bad-ceremony", f"the manifest names another key for style {style.id}")


def own_key(
    context: Context, connection: Connection, draft: Draft, which: tuple[int, int]
) -> blind_rsa.SecretKey:
    """The blind key of (registrar, style); raises Refused `check-in-closed` once it is deleted."""
    registrar, style = which
    keys = context.keyring.blind_keys(connection, draft.eid0, style, [registrar])
    if registrar not in keys:
        raise Refused("check-in-closed", "the keys of this election are deleted")
    return keys[registrar]


def _secret(context: Context, connection: Connection) -> SecretKey:
    own = context.keyring.own_identity(connection, ROLE)
    return context.keyring.identity(connection, own)
