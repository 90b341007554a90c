"""What the pages of everyday cost with many comments behind them, beside an empty Flask page.

python benchmarks/pages.py [--comments 1000] [--rounds 30] [--no-postgres]

Median milliseconds of the server for one page, by the wall's clock and of the process's own (a
busy machine slows only the first; what PostgreSQL does is only in the first), and the questions it
asks the database, on SQLite and, where it is installed, on PostgreSQL.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from statistics import median

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlmodel import Session

from benchmarks.filling import CLAUSE, NOW, VOTES, Filled, fill
from participation.accounts import services as accounts
from participation.app import create_app
from participation.consultations import services
from participation.consultations.models import Consultation
from participation.consultations.rules import Step
from participation.consultations.services import Moment
from participation.core.access import Actor
from participation.core.db import Database
from participation.settings import read_settings
from tests.postgres import fresh_database, running_server

BAR_MILLISECONDS = 30
Visit = tuple[str, str, FlaskClient]


def main() -> None:
    """Measures and prints."""
    given = arguments()
    print(f"{given.comments} comments on one clause, {VOTES} votes, median of {given.rounds}")
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
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
    app = site(address, folder)
    database: Database = app.extensions["suara"].database
    with closing(database), database.session() as session:
        filled = fill(session, database, given.comments)
        for label, page, client in pages(app, session, filled):
            with questions(database) as asked:
                client.get(page)
                number = len(asked)
            tell(label, measure(client, page, given.rounds), number)


def site(address: str, folder: Path) -> Flask:
    """The site on an empty database."""
    app = create_app(read_settings(var=folder / "var", environment="development", database=address))
    app.extensions["suara"].database.create_tables()
    return app


def pages(
    app: Flask, session: Session, filled: Filled, *, is_closing: bool = True
) -> Iterator[Visit]:
    """The pages to measure: what they are, where, and who asks.

    The last is public only once the comments are closed, which ends the consultation's open phase.
    """
    reader = app.test_client()
    resident, officer, moderator = (
        known(app, session, each) for each in (filled.resident, filled.officer, filled.moderator)
    )
    here = f"/id/consultations/{filled.slug}"
    desk = f"/id/desk/consultations/{filled.slug}"
    clause = f"{here}/clauses/{CLAUSE}"
    yield "home", "/id/", reader
    yield "list of consultations", "/id/consultations", reader
    yield "a consultation", here, reader
    yield "a chapter", f"{here}/chapters/2", reader
    yield "comments on a clause", clause, reader
    yield "the same, signed in", clause, resident
    yield "the same, most agreed", f"{clause}?order=agreed", reader
    yield "a comment with its replies", f"{here}/comments/{filled.talkative}", reader
    yield "the same, signed in", f"{here}/comments/{filled.talkative}", resident
    yield "waiting comments (desk)", f"{desk}/waiting", officer
    yield "families (desk)", f"{desk}/families", officer
    yield "moderators' queue (desk)", "/id/desk/moderation", moderator
    yield "list of votes", "/id/votes", reader
    yield "search", "/id/search?q=sumur", reader
    yield "comments, interface", f"/api/v1/consultations/{filled.slug}/comments", reader
    if not is_closing:
        return
    close(session, filled)
    yield "matrix", f"{here}/matrix", reader


def known(app: Flask, session: Session, actor: Actor) -> FlaskClient:
    """A browser in which somebody is signed in."""
    client = app.test_client()
    token = accounts.start_session(session, actor, "benchmark", NOW)
    session.commit()
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = token, True
    return client


def close(session: Session, filled: Filled) -> None:
    """Ends the comments of the consultation, so that its matrix is public."""
    found = session.get_one(Consultation, filled.consultation_id)
    services.take_step(
        session, filled.officer, found, Step.CLOSE, Moment(NOW, date.max)
    )  # fmt: skip
    session.commit()


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


if __name__ == "__main__":
    main()
