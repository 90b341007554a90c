"""A push service beside the site."""

from collections.abc import Iterator

import pytest

from tests.participation.notices.push.twin import PushService, push_service


@pytest.fixture
def service() -> Iterator[PushService]:
    """Answers 201 unless an address says otherwise."""
    with push_service() as twin:
        yield twin
