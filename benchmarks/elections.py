"""An election with ballots that are ready to be cast, made once and kept in var/benchmarks.

Making a ballot costs more than accepting or checking it: the registrar's signature alone takes
two milliseconds. So a benchmark of N ballots makes them once; delete the folder to make them anew.
"""

import os
import shutil
import struct
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ballots.draft import Option, Question, Rule, Schedule, Style
from ballots.services import box, closing, counting, record, registrar, roll, sequencing, setup
from ballots.services.context import Context
from ballots.services.plan import Plan, Voter
from ballots.store import logs
from crypto.encoding import sha256
from participation import migrating
from participation.core.db import Database
from participation.simulation.voter import Device, read_registrar_keys
from tests.ballots.town import plan, words

ROOT = Path(__file__).resolve().parent.parent
SECRET = "a secret for benchmarks only, never for a site"  # noqa: S105 - says so
OPTIONS = ("kiss", "montroll", "simpson", "smith", "wright", "write-in")
_LENGTH = struct.Struct(">I")
_OPEN_FOR = timedelta(days=3650)


@dataclass
class Clock:
    """A clock that the benchmark sets."""

    moment: datetime

    def __call__(self) -> datetime:
        """What it shows."""
        return self.moment


@dataclass(frozen=True)
class Made:
    """An open election whose voters have checked in: its database, and their ballots."""

    folder: Path
    eid: bytes
    ballots: list[bytes]

    def copy_database(self, folder: Path) -> str:
        """The address of a copy of the database, with an empty ballot box."""
        copied = folder / "suara.sqlite3"
        shutil.copyfile(self.folder / "open.sqlite3", copied)
        return f"sqlite:///{copied}"

    @property
    def record(self) -> Path:
        """The record of the same election, finished."""
        return self.folder / "record.suara"


def make(number: int) -> Made:
    """The election with so many ballots, made now or before."""
    folder = ROOT / "var" / "benchmarks" / str(number)
    if not (folder / "ballots").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        print(f"making {number} ballots, once, in {folder.relative_to(ROOT)} ...", flush=True)
        _make(folder, number)
    octets = (folder / "ballots").read_bytes()
    return Made(folder, octets[:32], _read(octets[32:]))


def context_of(url: str, clock: Clock) -> tuple[Context, Database]:
    """The acts on elections in a database, and the database to be closed."""
    database = Database(url)
    return Context.of(database.engine, clock, SECRET.encode()), database


def _make(folder: Path, number: int) -> None:
    clock = Clock(datetime.now(UTC).replace(microsecond=0))
    url = f"sqlite:///{folder / 'open.sqlite3'}"
    migrating.upgrade(url)
    context, database = context_of(url, clock)

    eid = _open(context, clock, number)
    ballots = _ballots(context, eid, number)
    sequencing.end_epoch(context, eid, "check-ins")
    database.close()
    made = Made(folder, eid, ballots)
    _finish(made, clock)
    _write(folder / "ballots", made)


def _open(context: Context, clock: Clock, number: int) -> bytes:
    voters = [Voter(f"v{each}", 1) for each in range(number)]
    eid = setup.freeze(context, setup.prepare(context, _plan(clock()), voters), sha256(b"client"))
    closing.open_voting(context, eid)
    return eid


def _ballots(context: Context, eid: bytes, number: int) -> list[bytes]:
    election = context.election(eid)
    with context.store.reading() as connection:
        key = election.log("setup")
        entries = list(logs.entries(connection, key, 0, logs.head(connection, key).size))
    keys = read_registrar_keys(election.manifest, entries)

    def one(each: int) -> bytes:
        own = roll.row_of(context, election.manifest.eid0, f"v{each}")
        device = Device(election.manifest, keys, 1, os.urandom(32))
        ask = registrar.Ask(own.index, 1, device.blinded())
        answer = registrar.check_in(context, eid, f"v{each}", ask)
        signed = {each.registrar: each.blind_signature for each in answer.signatures}
        ranks = tuple((each + place) % len(OPTIONS) + 1 for place in range(len(OPTIONS)))
        return device.cast([ranks], device.credentials(signed)).payload

    with ThreadPoolExecutor(16) as threads:
        return list(threads.map(one, range(number)))


def _finish(made: Made, clock: Clock) -> None:
    """Casts every ballot into a copy, closes, counts, and keeps the record."""
    context, database = context_of(made.copy_database(made.folder), clock)
    with ThreadPoolExecutor(16) as threads:
        list(threads.map(lambda ballot: box.cast(context, made.eid, ballot), made.ballots))
    clock.moment += _OPEN_FOR
    closing.close_check_in(context, made.eid)
    closing.close(context, made.eid)
    counting.release_shares(context, made.eid)
    counting.count_and_publish(context, made.eid)
    with made.record.open("wb") as output:
        record.write_zip(context, made.eid, output)
    database.close()


def _plan(now: datetime) -> Plan:
    begins, ends = int(now.timestamp()), int((now + _OPEN_FOR).timestamp())
    options = tuple(Option(each, words(each)) for each in OPTIONS)
    rule = Rule("instant-runoff")
    question = Question("mayor", words("Mayor?"), "ranked", options, 0, 6, rule, equal=True)
    return plan(
        questions=(question,),
        styles=(Style(1, words("All"), ("mayor",)),),
        schedule=Schedule(begins, ends, begins, ends, 600),
        epoch_seconds=300,
        batch_min=5,
        max_revisions=9,
    )


def _write(place: Path, made: Made) -> None:
    arriving = place.with_suffix(".new")
    with arriving.open("wb") as file:
        file.write(made.eid)
        for ballot in made.ballots:
            file.write(_LENGTH.pack(len(ballot)) + ballot)
    arriving.replace(place)


def _read(octets: bytes) -> list[bytes]:
    ballots, at = [], 0
    while at < len(octets):
        (length,) = _LENGTH.unpack_from(octets, at)
        at += _LENGTH.size
        ballots.append(octets[at : at + length])
        at += length
    return ballots
