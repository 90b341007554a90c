"""Asking registrars elsewhere for their part of a set-up: keys for the draft, then an `ack`.

They are asked over the wire, outside any transaction, and what they answer goes through the same
doors as everybody's. Whoever does not answer is named, and is asked again by the minute's work.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ballots.draft import Draft, Registrar
from ballots.entries import Ack, RegKey, Signed, parse_payload
from ballots.errors import BallotError, Refused
from ballots.services import doors
from ballots.services.context import Context
from ballots.services.elections import State
from ballots.services.logbook import Logbook
from ballots.services.names import write_name
from ballots.services.relayed import read_payloads
from ballots.services.rounds import Rounds
from ballots.services.wire import Answered
from ballots.store import elections as rows
from ballots.store import logs

_JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A registrar elsewhere whose part is still missing, and why, as a code and in words."""

    registrar: int
    name: str
    code: str
    why: str


def ask_for_keys(context: Context, eid0: bytes) -> tuple[Unanswered, ...]:
    """Ask every registrar elsewhere whose keys the set-up log lacks; who did not give them."""
    with context.store.reading() as connection:
        stored = rows.by_eid0(connection, eid0)
        draft = Draft.parse(stored.draft)
        book = Logbook(connection, context.keyring, draft, stored.id)
        missing = {number for number, _ in Rounds.read(book).missing(RegKey.tag)}
        asked = _elsewhere(book, missing)

    def ask(registrar: Registrar) -> None:
        place = f"{registrar.origin}/registrar/{write_name(eid0)}/keys"
        answer = _good(context.wire.ask("POST", place, draft.document, kind=_JSON))
        for payload in read_payloads(answer.body):
            doors.say_in_setup(context, eid0, payload)

    return tuple(_unanswered(asked, ask))


def ask_for_acks(context: Context, eid: bytes) -> tuple[Unanswered, ...]:
    """Ask every registrar elsewhere that has not acknowledged the manifest; who did not."""
    election = context.election(eid)
    with context.store.reading() as connection:
        book = context.logbook(connection, election)
        said = {
            entry.index
            for entry in (
                parse_payload("ballots", payload)
                for payload in logs.payloads(connection, election.log("ballots"))
            )
            if isinstance(entry, Signed)
            and entry.role == "registrar"
            and isinstance(entry.said, Ack)
        }
        every = set(range(1, len(election.draft.registrars.list) + 1))
        asked = _elsewhere(book, every - said)
    document = election.manifest.document

    def ask(registrar: Registrar) -> None:
        place = f"{registrar.origin}/registrar/{write_name(eid)}/ack"
        answer = _good(context.wire.ask("POST", place, document, kind=_JSON))
        doors.say_in_box(context, eid, answer.body)

    return tuple(_unanswered(asked, ask))


def ask_all(context: Context) -> None:
    """Ask for what is missing in every draft and every frozen election: each minute's work."""
    with context.store.reading() as connection:
        drafted = rows.in_states(connection, [State.DRAFTED.value])
        frozen = rows.in_states(connection, [State.FROZEN.value])
    for each in drafted:
        if context.now_seconds < Draft.parse(each.draft).schedule.check_in_closes:
            ask_for_keys(context, each.eid0)
    for each in frozen:
        ask_for_acks(context, each.eid or b"")


def _elsewhere(book: Logbook, numbers: set[int]) -> list[tuple[int, Registrar]]:
    """Those of these registrars whose identity is not on this server, by number."""
    return [
        (number, each)
        for number, each in enumerate(book.draft.registrars.list, start=1)
        if number in numbers and not book.keyring.holds(book.connection, each.key)
    ]


def _unanswered(
    asked: list[tuple[int, Registrar]], ask: Callable[[Registrar], None]
) -> Iterator[Unanswered]:
    for number, registrar in asked:
        try:
            ask(registrar)
        except BallotError as error:
            yield Unanswered(number, registrar.name, error.code, error.message)


def _good(answer: Answered) -> Answered:
    """A good answer; raises Refused `not-allowed` with what the registrar said otherwise."""
    if not answer.is_good:
        said = answer.body[:300].decode(errors="replace")
        raise Refused("not-allowed", f"the registrar refused ({answer.status}): {said}")
    return answer
