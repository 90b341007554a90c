"""How often something may be tried: counted in the database, so in all processes together.

A window begins with the first try and ends after its length, whatever happens in between: who
keeps trying cannot keep anybody else out for longer. The table holds keyed hashes, never an
address or a name.
"""

import hashlib
import hmac
import ipaddress
import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Field, Session, col

from participation.core.db import Row
from participation.core.errors import TooMany
from participation.core.words import plural_words

_IPV6 = 6
_IPV6_HOUSEHOLD = 64


class CountedTries(Row, table=True):
    """How often something was tried since its window began."""

    __tablename__ = "counted_tries"

    bucket: str = Field(primary_key=True, max_length=64)
    tries: int
    window_ends_at: datetime = Field(index=True)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `tries` within `window`."""

    tries: int
    window: timedelta


def count_try(session: Session, bucket: str, limit: Limit, at: datetime) -> None:
    """Counts one try; raises `TooMany` once the bucket's window holds more than `limit`.

    Promises: one statement, so that tries in other processes are never lost.
    """
    insert = postgresql.insert if _is_postgres(session) else sqlite.insert
    table = CountedTries.__table__  # type: ignore[attr-defined]  # SQLModel adds it unseen
    is_over = table.c.window_ends_at <= at
    statement = insert(table).values(bucket=bucket, tries=1, window_ends_at=at + limit.window)
    counted = statement.on_conflict_do_update(
        index_elements=[table.c.bucket],
        set_={
            "tries": case((is_over, 1), else_=table.c.tries + 1),
            "window_ends_at": case((is_over, at + limit.window), else_=table.c.window_ends_at),
        },
    ).returning(table.c.tries, table.c.window_ends_at)
    tries, ends_at = session.execute(counted).one()
    if tries > limit.tries:
        raise _too_many(ends_at - at)


def forget_tries(session: Session, bucket: str) -> None:
    """Empties a bucket: after a success, earlier mistakes no longer count."""
    session.exec(delete(CountedTries).where(col(CountedTries.bucket) == bucket))


def bucket(secret: str, *parts: str) -> str:
    """The name under which tries are counted: a keyed hash of `parts`."""
    message = "".join(f"{len(part)}:{part}" for part in parts)
    return hmac.new(secret.encode(), message.encode(), hashlib.sha256).hexdigest()


def place_of(address: str) -> str:
    """The part of a network address that one household shares: all of IPv4, /64 of IPv6."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if parsed.version == _IPV6:
        return str(ipaddress.ip_network((parsed, _IPV6_HOUSEHOLD), strict=False))
    return str(parsed)


def _is_postgres(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"


def _too_many(wait: timedelta) -> TooMany:
    minutes = max(1, math.ceil(wait.total_seconds() / 60))
    return TooMany(
        plural_words(
            "Too many tries. Please wait one minute, then try again.",
            "Too many tries. Please wait %(count)s minutes, then try again.",
            minutes,
        ),
        wait_seconds=max(1, math.ceil(wait.total_seconds())),
    )
