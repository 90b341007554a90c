"""What the pages of everyday cost with many comments behind them, beside an empty Flask page.

python benchmarks/pages.py [--comments 1000] [--rounds 30] [--export 250000] [--no-postgres]

Median milliseconds of the server for one page, by the wall's clock and of the process's own (a
busy machine slows only the first; what PostgreSQL does is only in the first), and the questions it
asks the database, on SQLite and, where it is installed, on PostgreSQL. The words are those of the
Decide Madrid comments where they lie beside the repository, else made up.
"""

import argparse
import csv
import random
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from uuid import UUID, uuid4

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, insert, text
from sqlmodel import Session

from participation.accounts import services as accounts
from participation.app import create_app
from participation.comments.models import Comment
from participation.consultations import services
from participation.consultations.models import Consultation
from participation.consultations.queries import consultation
from participation.consultations.rules import Step
from participation.consultations.services import Moment
from participation.core.access import Actor, Role
from participation.core.db import Database
from participation.search.services import minute
from participation.settings import read_settings
from participation.votes import services as votes
from participation.votes.models import Vote
from tests.factories.consultations import City
from tests.participation.people import make_person
from tests.participation.votes.hall import PROPOSAL
from tests.places import SHARED_DATA
from tests.postgres import fresh_database, running_server

MADRID = SHARED_DATA / "consultation" / "decide-madrid-comments.csv"
CLAUSE = "pasal-2-ayat-1"
VOTES = 1000
CHUNK = 2000
STANCES = ("support", "concern", "question", "idea")
NOW = datetime.now(UTC).replace(microsecond=0)
BAR_MILLISECONDS = 30


def main() -> None:
    """Measures and prints."""
    given = arguments()
    print(f"{given.comments} comments on one clause, {VOTES} votes, median of {given.rounds}")
    tell("an empty Flask page (the floor)", measure(empty_page(), "/", given.rounds), 0)
    with tempfile.TemporaryDirectory(prefix="suara-pages-") as folder:
        run("SQLite", f"sqlite:///{folder}/suara.sqlite3", Path(folder), given)
    if given.no_postgres:
        return
    with (
        tempfile.TemporaryDirectory(prefix="suara-pages-") as folder,
        running_server() as server,
        fresh_database(server, "suara_pages") as address,
    ):
        run("PostgreSQL", address, Path(folder), given)


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--comments", type=int, default=1000, help="on one clause")
    parser.add_argument("--rounds", type=int, default=30, help="how often each page is asked for")
    parser.add_argument("--export", type=int, default=0, help="comments to export; 0 for none")
    parser.add_argument("--no-postgres", action="store_true", help="SQLite only")
    return parser.parse_args()


def empty_page() -> FlaskClient:
    """An application that does nothing but answer."""
    app = Flask("empty")
    app.add_url_rule("/", "empty", lambda: "")
    return app.test_client()


def run(name: str, address: str, folder: Path, given: argparse.Namespace) -> None:
    """Fills a database and measures the pages on it."""
    print(f"{name}:")
    app = create_app(read_settings(var=folder / "var", environment="development", database=address))
    database: Database = app.extensions["suara"].database
    database.create_tables()
    with closing(database), database.session() as session:
        slug, officer = fill(session, database, given.comments)
        for label, page, client in pages(app, session, slug, officer):
            with questions(database) as asked:
                client.get(page)
                number = len(asked)
            tell(label, measure(client, page, given.rounds), number)
        if given.export:
            export(app, session, slug, given.export - given.comments)


def pages(
    app: Flask, session: Session, slug: str, officer: Actor
) -> Iterator[tuple[str, str, FlaskClient]]:
    """The pages to measure: what they are, where, and who asks."""
    reader, known = app.test_client(), app.test_client()
    token = accounts.start_session(session, officer, "benchmark", NOW)
    session.commit()
    with known.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = token, True
    yield "home", "/id/", reader
    yield "list of consultations", "/id/consultations", reader
    yield "a consultation", f"/id/consultations/{slug}", reader
    yield "thread of a clause", f"/id/consultations/{slug}/clauses/{CLAUSE}", reader
    yield "waiting comments (desk)", f"/id/desk/consultations/{slug}/waiting", known
    yield "list of votes", "/id/votes", reader
    yield "search", "/id/search?q=sumur", reader
    yield "comments, interface", f"/api/v1/consultations/{slug}/comments", reader


def fill(session: Session, database: Database, comments: int) -> tuple[str, Actor]:
    """A consultation with comments and the votes; its address and an officer of it."""
    city = City(session)
    found = city.announced()
    today = date.today()  # noqa: DTZ011 - any day within the consultation's
    found.opens_on, found.closes_on = today - timedelta(days=9), today + timedelta(days=9)
    services.take_step(session, city.officer, found, Step.OPEN, Moment(NOW, today))
    organiser = make_person(session, "Panitia", Role.ORGANISER, email="panitia@example.id")
    session.flush()
    write_comments(session, found, city.resident.id, comments)
    write_votes(session, organiser)
    session.commit()
    with database.transaction() as opened:
        minute(opened, NOW + timedelta(minutes=1))
    if database.is_sqlite:
        session.execute(text("ANALYZE"))
        session.commit()
    return found.slug, city.officer


def write_comments(session: Session, found: Consultation, author_id: UUID, count: int) -> None:
    """Comments without the acts that would make them: only their number and words matter."""
    words = bodies()
    fixed = {"subject_kind": "consultation", "subject_id": found.id, "place": CLAUSE}
    fixed |= {"edition": 1, "author_id": author_id}
    for start in range(0, count, CHUNK):
        rows = [
            fixed
            | {
                "id": uuid4(),
                "form_key": uuid4().hex,
                "stance": STANCES[number % len(STANCES)],
                "body": words[number % len(words)],
                "written_at": NOW - timedelta(seconds=number),
            }
            for number in range(start, min(start + CHUNK, count))
        ]
        session.execute(insert(Comment), rows)
    session.commit()


def bodies() -> list[str]:
    """What people say: in Madrid, or made up."""
    if MADRID.exists():
        with MADRID.open(newline="") as file:
            return [row["text"][:5000] for row in csv.DictReader(file) if row["text"].strip()]
    drawn = random.Random(1)  # noqa: S311 - the same words at each run
    words = "sumur air warga timba kebersihan pagi anak jalan kelurahan jadwal biaya izin".split()  # noqa: SIM905
    return [" ".join(drawn.choices(words, k=drawn.randint(8, 90))) for _ in range(1000)]


def write_votes(session: Session, organiser: Actor) -> None:
    """Announced votes as the list shows them; they have no elections."""
    drawn = votes.draw_up(session, organiser, PROPOSAL, NOW).model_dump()
    drawn |= {"state": "announced", "announced_at": NOW}
    opens = NOW + timedelta(days=1)
    rows = [
        drawn
        | {
            "id": uuid4(),
            "slug": f"vote-{number}",
            "voting_closes_at": opens + timedelta(days=7, seconds=number),
        }
        for number in range(VOTES)
    ]
    session.execute(insert(Vote), rows)


@contextmanager
def questions(database: Database) -> Iterator[list[str]]:
    """What the site asks its database meanwhile."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield asked
    event.remove(database.engine, "before_cursor_execute", note)


def measure(client: FlaskClient, page: str, rounds: int) -> tuple[float, float]:
    """Median milliseconds of one answer, of the wall and of this process, caches filled."""
    if client.get(page).status_code != 200:  # noqa: PLR2004 - OK
        raise SystemExit(f"{page} answers {client.get(page).status}")
    took = [milliseconds(lambda: client.get(page)) for _ in range(rounds)]
    return median(wall for wall, _ in took), median(own for _, own in took)


def milliseconds(act: Callable[[], object]) -> tuple[float, float]:
    """How long an act takes: by the wall's clock, and of the processor's time."""
    wall, own = time.perf_counter(), time.process_time()
    act()
    return 1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - own)


def tell(label: str, took: tuple[float, float], number: int) -> None:
    """One line; a page over the bar is marked."""
    wall, own = took
    mark = "  over the bar" if wall > BAR_MILLISECONDS else ""
    print(f"  {label:<32} {wall:8.2f} ms {own:8.2f} ms {number:3} queries{mark}", flush=True)


def export(app: Flask, session: Session, slug: str, more: int) -> None:
    """Adds comments, then exports all of them and says how long and how large."""
    found = consultation(session, slug)
    write_comments(session, found, found.created_by, more)
    session.expunge_all()
    for form in ("ndjson", "csv"):
        address = f"/data/consultations/{slug}/comments.{form}"
        answer = app.test_client().get(address, buffered=False)
        start, size = time.perf_counter(), 0
        tracemalloc.start()
        for piece in answer.iter_encoded():
            size += len(piece)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        took = time.perf_counter() - start
        print(f"  export as {form}: {size / 1e6:.0f} MB in {took:.0f} s, peak {peak / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
