"""Counts what a page asks of the database."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import event


@pytest.fixture
def questions(app) -> Iterator[Callable[[], int]]:
    """How many statements the site has sent to the database since the fixture began."""
    engine = app.extensions["suara"].database.engine
    sent: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield lambda: len(sent)
    event.remove(engine, "before_cursor_execute", note)
