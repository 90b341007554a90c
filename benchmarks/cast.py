"""What accepting a ballot costs, durably, beside the sum of its primitive operations.

python benchmarks/cast.py [--ballots 2000] [--profile]

The checks alone; the service, whose answer comes after the commit; and the whole
site over HTTP, two processes of gunicorn and the clients on the same machine.
"""

import argparse
import cProfile
import pstats
import sqlite3
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from ballots.ballot import Cast, check_cast
from ballots.services import box
from ballots.services.context import Context
from ballots.services.names import write_name
from benchmarks import elections, floor
from participation.settings import read_settings
from participation.simulation.local import free_port, running
from participation.simulation.wire import Wire

LANES = 48
COMMITS = 50
BYTES = {"Content-Type": "application/octet-stream"}
Lane = Callable[[Sequence[bytes]], None]


def main() -> None:
    """Measures and prints."""
    given = arguments()
    made = elections.make(given.ballots)
    print("primitive operations on one ballot, the disk left out:")
    least = floor.show(floor.measure(floor.ACCEPTING))
    with tempfile.TemporaryDirectory(prefix="suara-cast-") as folder:
        print(
            f"  {'one row made durable by SQLite, alone':<42} {commit_cost(Path(folder)):9.1f} us"
        )
    with tempfile.TemporaryDirectory(prefix="suara-cast-") as folder:
        tell("checks alone, one thread", check_all(made, Path(folder)), len(made.ballots), least)
    for lanes in (1, LANES):
        with tempfile.TemporaryDirectory(prefix="suara-cast-") as folder:
            seconds = cast_all(made, Path(folder), lanes)
        tell(f"service, durable, {lanes} at a time", seconds, len(made.ballots), least)
    with tempfile.TemporaryDirectory(prefix="suara-cast-") as folder:
        seconds = send_all(made, Path(folder), workers=2)
    tell(f"site over HTTP, 2 processes, {LANES} at a time", seconds, len(made.ballots), least)
    if given.profile:
        with tempfile.TemporaryDirectory(prefix="suara-cast-") as folder:
            show_profile(made, Path(folder))


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ballots", type=int, default=2000, help="how many to make and cast")
    parser.add_argument("--profile", action="store_true", help="also say where the time goes")
    return parser.parse_args()


def commit_cost(folder: Path) -> float:
    """Microseconds of a transaction of one row as long as a ballot, written through to the disk."""
    with closing(sqlite3.connect(folder / "floor.sqlite3", isolation_level=None)) as rows:
        rows.execute("PRAGMA journal_mode = WAL")
        rows.execute("PRAGMA synchronous = FULL")
        rows.execute("CREATE TABLE ballot (payload BLOB)")
        begun = time.perf_counter()
        for _ in range(COMMITS):
            rows.execute("INSERT INTO ballot VALUES (?)", (bytes(floor.ENTRY_BYTES),))
        return (time.perf_counter() - begun) / COMMITS * 1e6


def check_all(made: elections.Made, folder: Path) -> float:
    """Seconds of the processor for parsing and checking every ballot, as the box does first."""
    context, database = elections.context_of(made.copy_database(folder), now())
    election = context.election(made.eid)
    begun = time.process_time()
    for ballot in made.ballots:
        check_cast(Cast.parse(ballot), election.manifest, election.registrar_keys)
    seconds = time.process_time() - begun
    database.close()
    return seconds


def cast_all(made: elections.Made, folder: Path, lanes: int) -> float:
    """Seconds for casting every ballot through the service; each answer is durable."""
    context, database = elections.context_of(made.copy_database(folder), now())
    box.cast(context, made.eid, made.ballots[0])  # what a process reads once
    begun = time.perf_counter()
    in_lanes(partial(cast_some, context, made.eid), made.ballots, lanes)
    seconds = time.perf_counter() - begun
    database.close()
    return seconds


def cast_some(context: Context, eid: bytes, ballots: Sequence[bytes]) -> None:
    """One lane's ballots, one after the other."""
    for ballot in ballots:
        box.cast(context, eid, ballot)


def send_all(made: elections.Made, folder: Path, workers: int) -> float:
    """Seconds for casting every ballot over HTTP, from the first request to the last answer."""
    offset = folder / "offset"
    offset.write_text("0")
    port = free_port()
    settings = read_settings(
        origin=f"http://127.0.0.1:{port}",
        port=port,
        workers=workers,
        threads=LANES,
        var=folder,
        database=made.copy_database(folder),
        secret_key=elections.SECRET,
    )
    with running(settings, offset):
        send_some(settings.origin, made.eid, made.ballots[:1])
        begun = time.perf_counter()
        in_lanes(partial(send_some, settings.origin, made.eid), made.ballots, LANES)
        return time.perf_counter() - begun


def send_some(origin: str, eid: bytes, ballots: Sequence[bytes]) -> None:
    """One lane's ballots over one connection; stops at a ballot that is refused."""
    path = f"/box/{write_name(eid)}/ballots"
    with Wire(origin) as wire:
        for ballot in ballots:
            wire.ask("POST", path, body=ballot, headers=BYTES).good()


def in_lanes(work: Lane, ballots: Sequence[bytes], lanes: int) -> None:
    """The ballots, dealt to so many threads."""
    with ThreadPoolExecutor(lanes) as threads:
        list(threads.map(work, [ballots[lane::lanes] for lane in range(lanes)]))


def now() -> elections.Clock:
    """A clock that shows the present."""
    return elections.Clock(datetime.now(UTC))


def tell(how: str, seconds: float, ballots: int, least: float) -> None:
    """One line: per ballot, ballots a second, and how much of the floor that is."""
    per_ballot = seconds / ballots * 1e6
    rate = ballots / seconds
    print(f"  {how:<42} {per_ballot:9.1f} us   x {per_ballot / least:5.2f}   {rate:7,.0f} a second")


def show_profile(made: elections.Made, folder: Path) -> None:
    """Where the service's time goes, one ballot at a time."""
    context, database = elections.context_of(made.copy_database(folder), now())
    profile = cProfile.Profile()
    profile.enable()
    cast_some(context, made.eid, made.ballots)
    profile.disable()
    pstats.Stats(profile).sort_stats("tottime").print_stats(35)
    database.close()


if __name__ == "__main__":
    main()
