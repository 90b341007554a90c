"""Runs migrations: impatient with locks, one transaction each, one at a time."""
# ruff: noqa: INP001 - Alembic runs this file by its path

from typing import Any

from alembic import context
from sqlalchemy import Connection, text
from sqlmodel import SQLModel

from participation import features  # noqa: F401 - declares every table
from participation.core.db import Database

LOCK_NUMBER = 7_826_921


def run(connection: Connection) -> None:
    """Runs what is asked on an open connection."""
    is_sqlite = connection.dialect.name == "sqlite"
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=is_sqlite,
        compare_type=True,
        transaction_per_migration=True,
        include_object=is_ours,
    )
    with context.begin_transaction():
        if not is_sqlite:
            connection.execute(text("SET LOCAL lock_timeout = '4s'"))
            connection.execute(text("SET LOCAL statement_timeout = '10min'"))
            connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK_NUMBER})"))
        context.run_migrations()


def is_ours(found: Any, _name: str | None, kind: str, reflected: bool, _other: Any) -> bool:
    """Whether an object belongs to a declared table; others share the database in peace."""
    return not (kind == "table" and reflected and found.name not in SQLModel.metadata.tables)


database = Database(context.config.attributes["url"])
try:
    with database.engine.connect() as opened:
        run(opened)
        opened.commit()
finally:
    database.close()
