"""Group commit: many small writes, one durable transaction.

Who comes first writes for all who wait: while one caller's transaction is being made durable,
others queue; the next one takes the whole queue. So the number of disk flushes follows the disk
and not the number of ballots, there is one writer a process, and no thread to keep alive, to stop
or to lose at a fork.

An answer is given only after the commit. If a transaction fails, everybody in it is refused with
`not-durable`, whether it took effect or not: whoever asks again is answered from what is stored.
"""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from ballots.errors import Refused
from ballots.store.database import OwnTransactions

MOST_AT_ONCE = 256

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")


class Waiting(Generic[Item, Outcome]):
    """One caller's item, and what came of it."""

    __slots__ = ("_cause", "_is_durable", "_outcome", "_refusal", "is_settled", "item")

    def __init__(self, item: Item) -> None:
        self.item = item
        self.is_settled = False
        self._outcome: Outcome | None = None
        self._refusal: Refused | None = None
        self._cause: Exception | None = None
        self._is_durable = False

    def accept(self, outcome: Outcome) -> None:
        """What the caller is answered once the transaction is durable."""
        self._outcome, self._refusal = outcome, None

    def refuse(self, refusal: Refused) -> None:
        """What the caller is told instead; the others in the batch are not touched."""
        self._outcome, self._refusal = None, refusal

    def fail(self, cause: Exception | None) -> None:
        """Nothing came of it, so far or for good."""
        self._outcome = self._refusal = None
        self._is_durable = False
        self._cause = cause

    def confirm(self) -> None:
        """The transaction is durable, and so is what was accepted in it."""
        self._is_durable = True

    def result(self) -> Outcome:
        """The outcome; raises what the item was refused with, `not-durable` without a commit."""
        if self._is_durable and self._refusal is not None:
            raise self._refusal
        if not self._is_durable or self._outcome is None:
            text = "it could not be stored durably; please send it again"
            raise Refused("not-durable", text) from self._cause
        return self._outcome


Write = Callable[[Connection, Sequence[Waiting[Item, Outcome]]], None]
"""Writes a batch and accepts or refuses each item of it; inside a transaction, never commits.

It may be called again for the same items when another process was quicker with the same key."""

_Ask = tuple[Write[Any, Any], Waiting[Any, Any]]


class GroupCommit:
    """The one writer of arrivals in this process.

    Items with different writers never share a transaction: what registrar and box store has
    nothing in common, not even a commit.
    """

    def __init__(self, store: OwnTransactions, most: int = MOST_AT_ONCE) -> None:
        self.store = store
        self._most = most
        self._turn = threading.Lock()
        self._queue: deque[_Ask] = deque()

    def submit(self, write: Write[Item, Outcome], item: Item) -> Outcome:
        """What `write` answers to `item`; durable on return.

        Raises what the writer refused it with, and `not-durable` if nothing may be promised.
        """
        waiting: Waiting[Item, Outcome] = Waiting(item)
        self._queue.append((write, waiting))
        with self._turn:
            while not waiting.is_settled:
                self._commit(*self._take())
        return waiting.result()

    def _take(self) -> tuple[Write[Any, Any], list[Waiting[Any, Any]]]:
        """The next writer, and the items at the head of the queue that are for it."""
        write = self._queue[0][0]
        batch: list[Waiting[Any, Any]] = []
        while self._queue and self._queue[0][0] is write and len(batch) < self._most:
            batch.append(self._queue.popleft()[1])
        return write, batch

    def _commit(self, write: Write[Any, Any], batch: list[Waiting[Any, Any]]) -> None:
        try:
            self._attempt(write, batch)
        except IntegrityError:
            # Another process stored one of the keys first. Alone, each finds out who it was.
            for each in batch:
                self._commit_alone(write, each)
        except Exception as error:  # noqa: BLE001 - whatever it was, nobody gets a promise
            for each in batch:
                each.fail(error)
        finally:
            for each in batch:
                each.is_settled = True

    def _commit_alone(self, write: Write[Any, Any], waiting: Waiting[Any, Any]) -> None:
        try:
            self._attempt(write, [waiting])
        except Exception as error:  # noqa: BLE001 - as above
            waiting.fail(error)

    def _attempt(self, write: Write[Any, Any], batch: list[Waiting[Any, Any]]) -> None:
        for each in batch:
            each.fail(None)
        with self.store.writing() as connection:
            write(connection, batch)
        for each in batch:
            each.confirm()
