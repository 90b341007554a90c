"""A finished election's record, made once."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlmodel import SQLModel

from ballots.services import record
from ballots.store.tables import TABLES
from tests.ballots.town import Town

YES, NO = 0, 1


@dataclass(frozen=True)
class Finished:
    """A record in one file, and a promise that a voter of it holds."""

    record: Path
    promise: Path


@pytest.fixture(scope="session")
def finished(tmp_path_factory) -> Finished:
    """Five voters on the roll, four ballots, counted."""
    folder = tmp_path_factory.mktemp("finished")
    engine = create_engine(f"sqlite:///{folder / 'town.sqlite3'}")
    SQLModel.metadata.create_all(engine, tables=TABLES)
    names = ("ani", "budi", "citra", "dewi", "eko")
    town = Town.of(engine).freeze(*names).open()
    promises = [
        town.check_in(name).cast(choice)
        for name, choice in zip(names, (YES, NO, YES, YES), strict=False)
    ]
    town.finish()
    made = Finished(folder / "record.suara", folder / "mine.promise")
    made.promise.write_bytes(promises[0])
    with made.record.open("wb") as output:
        record.write_zip(town.context, town.eid, output)
    engine.dispose()
    return made
