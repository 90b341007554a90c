"""A simulated election from the first step to the verified record."""

import multiprocessing
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TypeVar

from ballots.log import read_bundle, tiles_of
from ballots.plaintext import Choice
from ballots.verifier.beside import Beside
from ballots.verifier.verification import Verification, verify
from crypto.note import Checkpoint, Note
from participation.simulation import electors
from participation.simulation.choices import Poll, blank
from participation.simulation.electors import Elector, Hall, Ready, Report, Voted
from participation.simulation.organiser import Organiser, Times
from participation.simulation.sessions import SignedIn
from participation.simulation.wire import Wire

_CHUNK = 64
_EPOCH_SECONDS = 5

Tell = Callable[[str, int, int], None]
Item = TypeVar("Item")
Result = TypeVar("Result")


class Host(Protocol):
    """A running site, and what time it is there."""

    @property
    def origin(self) -> str:
        """Where it answers, like http://127.0.0.1:8000."""

    def times(self) -> Times:
        """Windows for an election that begins now."""

    def wait_until(self, moment: datetime) -> None:
        """Returns once it is that time at the site."""


@dataclass(frozen=True, slots=True)
class Stage:
    """How long a part of the election took, and for how many ballots."""

    name: str
    seconds: float
    ballots: int = 0


@dataclass(slots=True)
class Run:
    """One election: who takes part, how it is told, and what came of it.

    `again` of every hundred voters vote twice. `failures` says in words who could not do what.
    """

    host: Host
    organiser: Organiser
    poll: Poll
    workers: int
    again: int = 0
    tell: Tell = lambda _stage, _done, _total: None
    stages: list[Stage] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def hold(self, people: Sequence[SignedIn], out: Path) -> Verification:
        """Holds the election, stores its record at `out`, and verifies it with every promise."""
        times = self.host.times()
        slug = self._prepare(times, [each.voter_id for each in people])
        eid = self.organiser.eid(slug)
        hall = self._hall(slug, eid)
        ready, voted = self._vote(hall, times, people)
        with self.timed("close"):
            self.host.wait_until(times.check_in_closes)
            self.organiser.take(slug, "close-check-in")
            self.host.wait_until(times.voting_closes)
            self.organiser.take(slug, "close")
        with self.timed("open and count", len(voted)):
            self.organiser.take(slug, "count")
        with self.timed("download"):
            _download(self.host.origin, eid, out)
        with self.timed("verify", len(voted)):
            beside = Beside(promises=tuple(_promises(ready, voted)))
            return verify(str(out), beside, workers=self.workers, progress=self.tell)

    def _prepare(self, times: Times, voter_ids: Sequence[str]) -> str:
        with self.timed("draw up and freeze"):
            slug = self.organiser.draw_up(self.poll, times, epoch_seconds=_EPOCH_SECONDS)
            self.organiser.set_roll(slug, voter_ids)
            self.organiser.take(slug, "announce", "freeze")
        return slug

    def _vote(
        self, hall: Hall, times: Times, people: Sequence[SignedIn]
    ) -> tuple[Sequence[Ready], Sequence[Voted]]:
        """Check-in, then casting: the promises of both."""
        arriving = [
            Elector(number, person, self._casts(number, choice))
            for number, (person, choice) in enumerate(zip(people, self.poll.choices, strict=True))
        ]
        self.host.wait_until(times.check_in_opens)
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(self.workers, mp_context=context) as pool:
            with self.timed("check in", len(arriving)):
                ready = self._each(pool, "check in", partial(electors.check_in, hall), arriving)
            self.host.wait_until(times.voting_opens)
            with self.timed("open"):
                self.organiser.take(hall.slug, "open")
            with self.timed("cast", sum(len(each.choices) for each in ready)):
                voted = self._each(pool, "cast", partial(electors.cast, hall), ready)
        return ready, voted

    def _each(
        self,
        pool: ProcessPoolExecutor,
        name: str,
        work: Callable[[Sequence[Item]], Report[Result]],
        items: Sequence[Item],
    ) -> list[Result]:
        """The work of every item, in the worker processes."""
        chunks = [items[at : at + _CHUNK] for at in range(0, len(items), _CHUNK)]
        results: list[Result] = []
        finished = 0
        for future in as_completed(pool.submit(work, chunk) for chunk in chunks):
            report = future.result()
            results.extend(report.done)
            self.failures.extend(report.failed)
            finished += len(report.done) + len(report.failed)
            self.tell(name, finished, len(items))
        return results

    def _casts(self, number: int, choice: Choice) -> tuple[Choice, ...]:
        """What one voter casts: some change their mind after a blank ballot."""
        changes_mind = number % 100 < self.again
        return (blank(self.poll), choice) if changes_mind else (choice,)

    def _hall(self, slug: str, eid: str) -> Hall:
        """The published documents, as a voter's device fetches them."""
        record = f"/elections/{eid}/record"
        with Wire(self.host.origin) as wire:

            def file(path: str) -> bytes:
                return wire.ask("GET", f"{record}/{path}").good()

            manifest = file("manifest.json")
            size = Checkpoint.parse_text(Note.parse(file("setup/checkpoint")).text).size
            bundles = [file(f"setup/{tile.path}") for tile in tiles_of(size) if tile.is_bundle]
        entries = tuple(entry for bundle in bundles for entry in read_bundle(bundle))
        return Hall(self.host.origin, slug, manifest, entries)

    @contextmanager
    def timed(self, name: str, ballots: int = 0) -> Iterator[None]:
        """Notes how long the block took."""
        begun = time.perf_counter()
        yield
        self.stages.append(Stage(name, time.perf_counter() - begun, ballots))


def _promises(ready: Iterable[Ready], voted: Iterable[Voted]) -> Iterator[tuple[str, bytes]]:
    """Every promise that a voter holds, as (file name, bytes)."""
    both: tuple[tuple[str, Iterable[Any]], ...] = (("check-in", ready), ("ballot", voted))
    for kind, people in both:
        for person in people:
            for place, promise in enumerate(person.promises, start=1):
                yield f"{kind}-{person.number}-{place}.promise", promise


def _download(origin: str, eid: str, out: Path) -> None:
    with Wire(origin) as wire:
        out.write_bytes(wire.ask("GET", f"/elections/{eid}/{eid}.suara").good())
