"""A town's box and record over HTTP."""

import pytest
from flask import Flask

from ballots.web.box import box_blueprint
from ballots.web.record import record_blueprint
from tests.ballots.town import Town


def site_of(town):
    """An application with nothing but the two services."""
    app = Flask("box")
    app.register_blueprint(box_blueprint(lambda: town.context))
    app.register_blueprint(record_blueprint(lambda: town.context))
    return app


@pytest.fixture
def town(engine):
    """A town that votes, on both databases."""
    return Town.of(engine).freeze("ani", "budi", "citra").open()


@pytest.fixture
def client(town):
    """A client of its services."""
    return site_of(town).test_client()
