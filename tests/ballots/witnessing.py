"""Witnesses for a town: each with a database of its own, reached over a wire without a network."""

from dataclasses import dataclass, field

from flask import Flask
from sqlalchemy import create_engine
from sqlmodel import SQLModel

from ballots.draft import Witness, Witnesses
from ballots.services import cosigning, witness
from ballots.services.context import Context
from ballots.services.witness import Post
from ballots.store.tables import TABLES
from ballots.web.doors import doors_blueprint
from ballots.web.record import record_blueprint
from ballots.web.witness import witness_blueprint
from tests.ballots.town import MASTER, Clock, Town
from tests.ballots.wires import LocalWire

SITE = "https://suara.example"


@dataclass
class WitnessElsewhere:
    """A witness in a process of its own, as far as tests need one."""

    context: Context
    clock: Clock
    post: Post

    @classmethod
    def of(cls, folder, name, wire, clock=None, **told):
        """A witness that watches what it was told, by default whatever the site's drafts name."""
        folder.mkdir(parents=True, exist_ok=True)
        engine = create_engine(f"sqlite:///{folder / 'witness.sqlite3'}")
        SQLModel.metadata.create_all(engine, tables=TABLES)
        clock = clock or Clock()
        context = Context.of(engine, clock, MASTER, wire=wire)
        told = told or {"sites": {"suara.example": SITE}}
        post = Post(witness.signer(context, name), alarms=folder / "alarms", **told)
        return cls(context, clock, post)

    @property
    def vkey(self):
        """Its verifier key."""
        return self.post.signer.verifier.vkey

    def app(self):
        """Its service."""
        app = Flask("witness")
        app.register_blueprint(witness_blueprint(lambda: self.context, self.post))
        return app


@dataclass
class Watch:
    """A town, its witnesses by name, and the wire between all of them."""

    town: Town
    wire: LocalWire
    witnesses: dict[str, WitnessElsewhere] = field(default_factory=dict)

    @classmethod
    def of(cls, engine, folder, *names):
        """A town that knows these witnesses; no election yet."""
        wire, town, watch = LocalWire(), Town.of(engine), None
        watch = cls(town, wire)
        town.context = Context.of(
            engine, town.clock, MASTER, wire=wire, witness_address=watch.address
        )
        wire.apps[SITE] = watch.site()
        for name in names:
            made = WitnessElsewhere.of(folder / name, name, wire, town.clock)
            watch.witnesses[name] = made
            wire.apps[f"https://{name}"] = made.app()
        return watch

    def address(self, vkey):
        """Where the witness of a key answers."""
        return f"https://{vkey.partition('+')[0]}"

    def site(self):
        """The site's record and doors."""
        app = Flask("site")
        app.register_blueprint(record_blueprint(lambda: self.town.context))
        app.register_blueprint(doors_blueprint(lambda: self.town.context))
        return app

    def quorum(self, k, faulty=0):
        """The witnesses of a plan."""
        named = tuple(Witness(name, each.vkey) for name, each in self.witnesses.items())
        return Witnesses(k, faulty, named)

    def down(self, *names):
        """Let these witnesses be off from now on, and all others on."""
        self.wire.down = {f"https://{name}" for name in names}

    def ask(self):
        """Ask the witnesses, as each minute does; what went wrong."""
        return cosigning.ask_all(self.town.context)
