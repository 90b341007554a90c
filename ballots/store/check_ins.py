"""Check-ins and the blind signatures they got: the registrar's side, which sees no ballot."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields

from sqlalchemy import Connection, and_, bindparam, case, func, insert, select, union, update

from ballots.store.tables import check_in, issue, roll_row
from crypto.encoding import sha256


@dataclass(frozen=True, slots=True)
class StoredCheckIn:
    """A row's check-in: kind, ask (32 bytes), payload, the epoch promised, its place if any."""

    row: int
    kind: int
    ask: bytes
    payload: bytes
    epoch: int
    place: int | None = None


@dataclass(frozen=True, slots=True)
class StoredIssue:
    """A registrar's blind signature for a row's check-in."""

    row: int
    registrar: int
    signature: bytes
    epoch: int
    place: int | None = None


_AT_ONCE = 1000

_CHECK_IN = tuple(check_in.c[each.name] for each in fields(StoredCheckIn))
_ISSUE = tuple(issue.c[each.name] for each in fields(StoredIssue))


def of_rows(connection: Connection, election: int, rows: Iterable[int]) -> dict[int, StoredCheckIn]:
    """The check-ins of these rows, by row; a row that stayed away is absent."""
    wanted = select(*_CHECK_IN).where(
        check_in.c.election == election, check_in.c.row.in_(sorted(rows))
    )
    return {found.row: StoredCheckIn(*found) for found in connection.execute(wanted)}


def payload_hashes(connection: Connection, election: int, rows: Iterable[int]) -> dict[int, bytes]:
    """The SHA-256 of the check-in payloads of these rows, by row."""
    asked = sorted(rows)
    hashes: dict[int, bytes] = {}
    for begin in range(0, len(asked), _AT_ONCE):
        found = of_rows(connection, election, asked[begin : begin + _AT_ONCE])
        hashes |= {row: sha256(each.payload) for row, each in found.items()}
    return hashes


def issues_of(connection: Connection, election: int, rows: Iterable[int]) -> list[StoredIssue]:
    """The blind signatures given to these rows, by row and registrar."""
    wanted = select(*_ISSUE).where(issue.c.election == election, issue.c.row.in_(sorted(rows)))
    in_order = wanted.order_by(issue.c.row, issue.c.registrar)
    return [StoredIssue(*found) for found in connection.execute(in_order)]


def add(
    connection: Connection,
    election: int,
    check_ins: Sequence[StoredCheckIn],
    issues: Sequence[StoredIssue],
) -> None:
    """Store new check-ins and signatures; a row or registrar that has one is refused by its key.

    Sorted, so that two processes never wait for each other, and the order tells nothing.
    """
    in_order = sorted(check_ins, key=lambda each: each.row)
    signatures = sorted(issues, key=lambda each: (each.row, each.registrar))
    if in_order:
        connection.execute(insert(check_in), [_values(election, each) for each in in_order])
    if signatures:
        connection.execute(insert(issue), [_values(election, each) for each in signatures])


def count_waiting(connection: Connection, election: int) -> int:
    """How many rows wait for the end of their epoch, with a check-in or a signature that came late.

    Rows and not payloads: a batch of one row's many signatures would hide nobody.
    """
    waiting = (
        select(table.c.row).where(table.c.election == election, table.c.place.is_(None))
        for table in (check_in, issue)
    )
    rows = union(*waiting).subquery()
    return int(connection.execute(select(func.count()).select_from(rows)).scalar_one())


def count_by_kind(connection: Connection, election: int) -> dict[int, tuple[int, int]]:
    """By kind, how many check-ins there are, and how many of them for rows with a passkey."""
    has_passkey = func.length(roll_row.c.passkeys) > 0
    of_row = and_(roll_row.c.election == check_in.c.election, roll_row.c.row == check_in.c.row)
    wanted = (
        select(check_in.c.kind, func.count(), func.sum(case((has_passkey, 1), else_=0)))
        .join(roll_row, of_row)
        .where(check_in.c.election == election)
        .group_by(check_in.c.kind)
    )
    return {kind: (number, int(some)) for kind, number, some in connection.execute(wanted)}


def waiting_check_ins(connection: Connection, election: int) -> list[StoredCheckIn]:
    """The check-ins that wait, by row."""
    wanted = select(*_CHECK_IN).where(check_in.c.election == election, check_in.c.place.is_(None))
    return [StoredCheckIn(*found) for found in connection.execute(wanted.order_by(check_in.c.row))]


def waiting_issues(connection: Connection, election: int) -> list[StoredIssue]:
    """The blind signatures that wait, by row and registrar."""
    wanted = select(*_ISSUE).where(issue.c.election == election, issue.c.place.is_(None))
    in_order = wanted.order_by(issue.c.row, issue.c.registrar)
    return [StoredIssue(*found) for found in connection.execute(in_order)]


def set_places(
    connection: Connection,
    election: int,
    *,
    check_ins: Mapping[int, int],
    issues: Mapping[tuple[int, int], int],
) -> None:
    """Note the index in the log: of check-ins by row, of issues by row and registrar.

    In the order of the places, so that rows written anew tell no order of arrival.
    """
    if check_ins:
        of_row = (check_in.c.election == election, check_in.c.row == bindparam("of_row"))
        by_place = sorted(check_ins.items(), key=lambda each: each[1])
        connection.execute(
            update(check_in).where(*of_row).values(place=bindparam("at")),
            [{"of_row": row, "at": place} for row, place in by_place],
        )
    if issues:
        of_issue = (
            issue.c.election == election,
            issue.c.row == bindparam("of_row"),
            issue.c.registrar == bindparam("by"),
        )
        in_order = sorted(issues.items(), key=lambda each: each[1])
        connection.execute(
            update(issue).where(*of_issue).values(place=bindparam("at")),
            [{"of_row": key[0], "by": key[1], "at": place} for key, place in in_order],
        )


def _values(election: int, each: StoredCheckIn | StoredIssue) -> dict[str, object]:
    return {"election": election, **asdict(each)}
