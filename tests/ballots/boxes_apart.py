"""A ballot box that another body runs, and a town whose ballots go there."""

from dataclasses import dataclass

from flask import Flask
from sqlalchemy import Engine

from ballots.services import box, box_apart, box_copy, setup
from ballots.services.box_apart import BoxOffice
from ballots.services.context import Context
from ballots.services.plan import Box
from ballots.web.box import box_blueprint
from ballots.web.box_apart import box_apart_blueprint
from ballots.web.record import record_blueprint
from tests.ballots.bodies import SECRET, SITE, Bodies
from tests.ballots.town import CLIENT, plan, voters

ORIGIN = "https://kotak.example"


@dataclass
class BoxBody:
    """A box elsewhere: who it is, what it stores, its application."""

    office: BoxOffice
    context: Context
    app: Flask

    @classmethod
    def of(cls, made: Bodies, engine: Engine, **office) -> "BoxBody":
        """A box that serves the town and asks its witnesses; it answers on the wire."""
        who = BoxOffice("Kotak", {"suara.example": SITE}, **office)
        town = made.town.context
        told = {"wire": made.wire, "witness_address": town.witness_address}
        context = Context.of(engine, made.town.clock, SECRET, **told)
        app = Flask("box")
        app.register_blueprint(box_apart_blueprint(lambda: context, who))
        app.register_blueprint(box_blueprint(lambda: context))
        app.register_blueprint(record_blueprint(lambda: context))
        made.wire.apps[ORIGIN] = app
        return cls(who, context, app)

    @property
    def key(self) -> bytes:
        """The key of its logs."""
        return box_apart.identity(self.context)

    def cast(self, ready, *choices) -> bytes:
        """A voter who has checked in votes here; the promise."""
        made = ready.device.cast(choices, ready.credentials, ready.last)
        promise = box.cast(self.context, made.eid, made.payload)
        ready.last = made
        return promise


def freeze_apart(made: Bodies, apart: BoxBody, *names: str, **changes) -> None:
    """Prepare and freeze an election whose box is this one, and settle with it."""
    town = made.town
    draft = plan(box=Box(apart.key, ORIGIN), **changes)
    town.eid0 = setup.prepare(town.context, draft, voters(*names))
    town.eid = setup.freeze(town.context, town.eid0, CLIENT)
    box_copy.settle(town.context, town.eid)
