"""Real and large loads: all comments of Decide Madrid, 100,000 comments, an export of 250,000.

python benchmarks/loads.py [--comments 100000] [--export 250000] [--rounds 5] [--no-postgres]

Seconds for writing the rows and for the search index, milliseconds of the pages with all of them
behind, and for the exports the seconds, the size, and by how much the process grew beyond what the
idle site takes (each export runs in a process of its own). The comments of Madrid keep their
threads and their votes in favour; they are left out where they do not lie beside the repository.
"""

import argparse
import csv
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import func, insert, select
from sqlmodel import Session

from benchmarks.filling import (
    BODY_LENGTH,
    MADRID,
    STANCES,
    Filled,
    Values,
    fill,
    neighbours,
    settle,
    write_comments,
    write_events,
)
from benchmarks.pages import measure, pages, questions, site, tell
from participation.comments.models import Comment
from participation.consultations.models import Consultation
from participation.core.db import Database
from tests.factories.consultations import City
from tests.postgres import fresh_database, running_server

PLACES = ("pasal-1", "pasal-2-ayat-1", "pasal-2-ayat-2", "pasal-3")
KILOBYTE = 1024


def main() -> None:
    """Measures and prints, or exports for the process that measures."""
    given = arguments()
    if given.only:
        export_here(*given.only)
        return
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory(prefix="suara-loads-") as folder:
        run("SQLite", f"sqlite:///{folder}/suara.sqlite3", Path(folder), given)
    if given.no_postgres:
        return
    with (
        tempfile.TemporaryDirectory(prefix="suara-loads-") as folder,
        running_server() as server,
        fresh_database(server, "suara_loads") as address,
    ):
        run("PostgreSQL", address, Path(folder), given)


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--comments", type=int, default=100_000, help="behind the pages")
    parser.add_argument("--export", type=int, default=250_000, help="rows to export")
    parser.add_argument("--rounds", type=int, default=5, help="how often each page is asked for")
    parser.add_argument("--no-postgres", action="store_true", help="SQLite only")
    parser.add_argument("--only", nargs=4, help=argparse.SUPPRESS)
    return parser.parse_args()


def run(name: str, address: str, folder: Path, given: argparse.Namespace) -> None:
    """Loads a database step by step and measures after each."""
    print(f"{name}:")
    app = site(address, folder)
    database: Database = app.extensions["suara"].database
    with closing(database), database.session() as session:
        filled = fill(session, database, 2)
        found = session.get_one(Consultation, filled.consultation_id)
        people = neighbours(City(session, people=1000))
        if MADRID.exists():
            begun = time.perf_counter()
            number = load_madrid(session, found, people)
            told("Decide Madrid's comments", number, begun)
            index(session, database)
            visit(app, session, filled, given.rounds)
        grow(session, found, people, given.comments)
        index(session, database)
        visit(app, session, filled, given.rounds)
        if given.export:
            grow(session, found, people, given.export)
            for form in ("csv", "ndjson"):
                export_apart(address, folder, filled.slug, form)


def load_madrid(session: Session, found: Consultation, people: Sequence[UUID]) -> int:
    """Every comment that people wrote in Madrid, threads and votes in favour kept; how many."""
    with MADRID.open(newline="") as file:
        rows = list(csv.DictReader(file))
    ids = {row["id"]: uuid4() for row in rows}
    parents = {row["id"]: row["parentId"] for row in rows}
    firsts = [row for row in rows if parents[row["id"]] not in ids]
    replies = [row for row in rows if parents[row["id"]] in ids]
    for some in (firsts, replies):
        written = [_row(each, ids, parents, found, people) for each in some]
        session.execute(insert(Comment), written)
        write_events(session, written)
    session.commit()
    return len(rows)


def _row(
    row: dict[str, str],
    ids: dict[str, UUID],
    parents: dict[str, str],
    found: Consultation,
    people: Sequence[UUID],
) -> Values:
    top, parent = row["id"], parents[row["id"]]
    while parents[top] in ids:
        top = parents[top]
    is_reply = top != row["id"]
    proposal = int(row["proposalId"])
    return {
        "id": ids[row["id"]],
        "subject_kind": "consultation",
        "subject_id": found.id,
        "place": PLACES[proposal % len(PLACES)],
        "edition": 1,
        "author_id": people[int(row["userId"][1:]) % len(people)],
        "form_key": uuid4().hex,
        "stance": None if is_reply else STANCES[int(row["id"]) % len(STANCES)],
        "thread_id": ids[top] if is_reply else None,
        "reply_to_id": ids[parent] if is_reply else None,
        "body": row["text"][:BODY_LENGTH],
        "written_at": datetime.fromisoformat(f"{row['date']}T{row['time']}").replace(tzinfo=UTC),
        "agreements": int(row["numPositiveVotes"]),
    }


def grow(session: Session, found: Consultation, people: Sequence[UUID], total: int) -> None:
    """Made-up comments until there are so many, replies too; how long that took."""
    begun = time.perf_counter()
    while (missing := total - number_of_comments(session)) > 0:
        write_comments(session, found, people, max(1, missing // 2), PLACES)
    told("comments in all", number_of_comments(session), begun)


def index(session: Session, database: Database) -> None:
    """Takes everything into the search index; how long that took."""
    begun = time.perf_counter()
    settle(session, database)
    told("in the search index", number_of_comments(session), begun)


def number_of_comments(session: Session) -> int:
    """How many there are, replies too."""
    return session.execute(select(func.count()).select_from(Comment)).scalar_one()


def told(label: str, number: int, begun: float) -> None:
    """One line: how many, in how many seconds."""
    print(f"  {label:<32} {number:8,} {time.perf_counter() - begun:8.1f} s", flush=True)


def visit(app: Flask, session: Session, filled: Filled, rounds: int) -> None:
    """The pages that show comments, with all of them behind."""
    database: Database = app.extensions["suara"].database
    for label, page, client in pages(app, session, filled, is_closing=False):
        with questions(database) as asked:
            client.get(page)
            number = len(asked)
        tell(label, measure(client, page, rounds), number)


def export_apart(address: str, folder: Path, slug: str, form: str) -> None:
    """Exports in a process of its own and prints what it says."""
    again = [sys.executable, __file__, "--only", address, str(folder), slug, form]
    subprocess.run(again, check=True)


def export_here(address: str, folder: str, slug: str, form: str) -> None:
    """Exports everything and says how long it took, how large it is, how much memory it needed."""
    app = site(address, Path(folder))
    client = app.test_client()
    client.get(f"/id/consultations/{slug}")
    idle = peak()
    answer = client.get(f"/data/consultations/{slug}/comments.{form}", buffered=False)
    begun, size, lines = time.perf_counter(), 0, 0
    for piece in answer.iter_encoded():
        size += len(piece)
        lines += piece.count(b"\n")
    took = time.perf_counter() - begun
    print(
        f"  export as {form:<8} {lines:8,} lines, {size / 1e6:.0f} MB in {took:.1f} s;"
        f" memory {idle:.0f} MB idle, {peak():.0f} MB at most",
        flush=True,
    )
    app.extensions["suara"].database.close()


def peak() -> float:
    """The most memory that this process has had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILOBYTE


if __name__ == "__main__":
    main()
