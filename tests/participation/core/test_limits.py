"""Counted tries: in the database, with windows that end."""

from datetime import timedelta

import pytest
from sqlmodel import select

from participation.core.errors import TooMany
from participation.core.limits import (
    CountedTries,
    Limit,
    bucket,
    count_try,
    forget_tries,
    place_of,
)
from tests.participation.people import MORNING

THREE = Limit(3, timedelta(minutes=5))


def try_once(database, at=MORNING, name="b"):
    with database.transaction() as session:
        count_try(session, name, THREE, at)


def test_after_too_many_tries_one_has_to_wait_for_minutes_and_is_told_how_many(database):
    for _ in range(3):
        try_once(database)
    with pytest.raises(TooMany, match="wait 5 minutes") as refused:
        try_once(database, MORNING)
    assert refused.value.wait_seconds == 300


def test_the_window_ends_even_for_somebody_who_never_stops_trying(database):
    for second in range(60):
        if second < 3:
            try_once(database, MORNING + timedelta(seconds=second))
        else:
            with pytest.raises(TooMany):
                try_once(database, MORNING + timedelta(seconds=second * 5))
    try_once(database, MORNING + timedelta(minutes=5))


def test_buckets_do_not_touch_each_other_and_can_be_emptied(database):
    for _ in range(3):
        try_once(database)
    try_once(database, name="other")
    with database.transaction() as session:
        forget_tries(session, "b")
    try_once(database)


def test_a_bucket_tells_neither_address_nor_name(database):
    name = bucket("a secret", "account", "sri@example.id", "192.0.2.7")
    try_once(database, name=name)
    with database.session() as session:
        row = session.exec(select(CountedTries)).one()
    assert "sri" not in repr(row)
    assert "192" not in row.bucket or len(row.bucket) == 64


def test_parts_of_a_bucket_cannot_run_into_each_other():
    assert bucket("s", "ab", "c") != bucket("s", "a", "bc")


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("nonsense", "unknown"),
    ],
)
def test_one_household_is_one_place(address, place):
    assert place_of(address) == place
