"""The rounds of the ceremony, read from the set-up log that this server keeps."""

from typing import Self

from ballots import rounds
from ballots.entries import parse_payload
from ballots.rounds import Which
from ballots.services.logbook import Logbook
from ballots.store import logs

__all__ = ["Rounds", "Which"]


class Rounds(rounds.Rounds):
    """Reg-keys and the three rounds, each by tag, number and style."""

    __slots__ = ()

    @classmethod
    def read(cls, book: Logbook) -> Self:
        """The rounds as they stand."""
        payloads = logs.payloads(book.connection, book.key("setup"))
        return cls.of(book.draft, (parse_payload("setup", payload) for payload in payloads))
