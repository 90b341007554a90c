"""The mark by which a database says of itself that everything in it is made up.

A table of its own, which no other database has: so no setting can make a demonstration look
real, and none can make a real city look like a demonstration.
"""

from enum import Enum

from sqlalchemy import Boolean, Column, Engine, MetaData, Table, insert, inspect, select, update

_TABLE = Table("demonstration", MetaData(), Column("is_finished", Boolean, nullable=False))


class Mark(Enum):
    """How far a database is a demonstration."""

    NONE = "none"
    BEGUN = "begun"
    FINISHED = "finished"


def mark_of(engine: Engine) -> Mark:
    """The mark that the database bears."""
    if not inspect(engine).has_table(_TABLE.name):
        return Mark.NONE
    with engine.connect() as connection:
        is_finished = connection.execute(select(_TABLE.c.is_finished)).scalar()
    return Mark.FINISHED if is_finished else Mark.BEGUN


def is_demonstration(engine: Engine) -> bool:
    """Whether the people and words in this database are made up."""
    return mark_of(engine) is not Mark.NONE


def begin(engine: Engine) -> None:
    """Marks the database before anything made up is written."""
    with engine.begin() as connection:
        _TABLE.create(connection)
        connection.execute(insert(_TABLE).values(is_finished=False))


def finish(engine: Engine) -> None:
    """Notes that everything is there."""
    with engine.begin() as connection:
        connection.execute(update(_TABLE).values(is_finished=True))
