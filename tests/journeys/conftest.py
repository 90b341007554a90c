"""A living site and a real browser, for journeys that need scripts.

`live` is the site in a thread, on an empty SQLite database, with a clock that the test moves;
`device_of` makes phones: browsers of different people, which share nothing. `city` is the made-up
city that `suara demo` prepares, and `visitor_of` makes its visitors.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.journeys.demonstration import Demonstration, prepared
from tests.journeys.living import Device, Live, living
from tests.participation.people import Clock
from tests.places import ROOT

Devices = Callable[..., Device]


@pytest.fixture(scope="session")
def built() -> None:
    """The scripts and styles must have been built, or there is nothing to see."""
    if not (ROOT / "static" / "dist" / "manifest.json").is_file():
        pytest.fail("static/dist is missing; run: make build")


@pytest.fixture
def clock() -> Clock:
    """The site's time, moved by the test."""
    return Clock()


@pytest.fixture
def live(built, tmp_path, clock) -> Iterator[Live]:
    """The site, answering."""
    with living(tmp_path / "var", clock) as site:
        yield site


@pytest.fixture
def device_of(chromium, live) -> Iterator[Devices]:
    """Makes devices: `device_of()`, or with options of a browser's context."""
    with ExitStack() as made:

        def make(**options: object) -> Device:
            device = Device.of(chromium, live, **options)
            made.callback(device.context.close)
            return device

        yield make


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory, request) -> Demonstration:
    """What `suara demo` makes; made once, for all test processes. Copy it before changing it."""
    base: Path = tmp_path_factory.getbasetemp()
    is_one_of_several = hasattr(request.config, "workerinput")
    return prepared(base.parent if is_one_of_several else base)


@pytest.fixture(scope="session")
def city(built, demonstration, tmp_path_factory) -> Iterator[Live]:
    """The made-up city, answering, on the day on which it was prepared."""
    var = tmp_path_factory.mktemp("city") / "var"
    shutil.copytree(demonstration.var, var)
    with living(var, Clock(datetime.now(UTC))) as site:
        yield site


@pytest.fixture
def visitor_of(chromium, city, demonstration) -> Iterator[Devices]:
    """Makes visitors of the city: `visitor_of("sri")`, or a reader without account."""
    with ExitStack() as made:

        def make(key: str = "", **options: object) -> Device:
            device = Device.of(chromium, city, **options)
            made.callback(device.context.close)
            return device.sign_in(*demonstration.sign_in(key)) if key else device

        yield make
