"""Second bodies that run registrars, each with a database of its own, and a town that asks them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask import Flask
from sqlalchemy import Engine, create_engine
from sqlmodel import SQLModel

from ballots.draft import Registrar, Registrars
from ballots.services import invitations, registrar_apart, setup
from ballots.services.context import Context
from ballots.services.plan import HERE
from ballots.services.registrar_apart import Office
from ballots.store.tables import TABLES
from ballots.web.doors import doors_blueprint
from ballots.web.record import record_blueprint
from ballots.web.registrar import registrar_blueprint
from tests.ballots.town import CLIENT, Clock, Town, plan, voters
from tests.ballots.wires import LocalWire

SITE = "https://suara.example"
SECRET = b"the secret of a body of its own"
HERE_TOO = Registrar("Panitera", HERE, SITE)


@dataclass
class Body:
    """A registrar elsewhere: who it is, what it stores, and its application."""

    office: Office
    context: Context
    app: Flask

    @property
    def registrar(self) -> Registrar:
        """What a draft says of it."""
        key = registrar_apart.identity(self.context)
        return Registrar(self.office.name, key, self.office.origin)


def body(name: str, engine: Engine, clock: Clock, wire: LocalWire) -> Body:
    """A registrar of this name that serves the town; it answers on the wire."""
    office = Office(name, f"https://{name.lower()}.example", {"suara.example": SITE})
    context = Context.of(engine, clock, SECRET, wire=wire)
    app = Flask(name)
    app.register_blueprint(registrar_blueprint(lambda: context, office))
    wire.apps[office.origin] = app
    return Body(office, context, app)


@dataclass
class Bodies:
    """A town and the registrars elsewhere that it may ask."""

    town: Town
    wire: LocalWire
    elsewhere: list[Body]

    def add(self, name: str, engine: Engine) -> None:
        """One more, on this database."""
        self.elsewhere.append(body(name, engine, self.town.clock, self.wire))

    def draft(self, k: int, *names: str, faulty: int = 1, has_own: bool = True) -> "Bodies":
        """Prepare a draft that names them, after the town's own registrar if it has one."""
        named = [each.registrar for each in self.elsewhere]
        every = (HERE_TOO, *named) if has_own else tuple(named)
        registrars = Registrars(k, faulty, every)
        these = voters(*(names or ("ani", "budi", "citra")))
        made = plan(registrars=registrars)
        self.town.eid0 = setup.prepare(self.town.context, made, these)
        return self

    def freeze(self, k: int, *names: str, has_own: bool = True) -> "Bodies":
        """Prepare, ask for keys, freeze, ask for acks: nobody is missing."""
        self.draft(k, *names, has_own=has_own)
        assert invitations.ask_for_keys(self.town.context, self.town.eid0) == ()
        self.town.eid = setup.freeze(self.town.context, self.town.eid0, CLIENT)
        assert invitations.ask_for_acks(self.town.context, self.town.eid) == ()
        return self

    def stop(self, place: int) -> None:
        """Let one of those elsewhere not answer."""
        self.wire.down.add(self.elsewhere[place].office.origin)

    def start(self) -> None:
        """Let all of them answer again."""
        self.wire.down.clear()


@contextmanager
def bodies(engine: Engine, folder, *names: str) -> Iterator[Bodies]:
    """A town on this database, and registrars of these names on SQLite databases of their own."""
    wire, clock = LocalWire(), Clock()
    town = Town(Context.of(engine, clock, b"the town's own secret", wire=wire), clock)
    site = Flask("site")
    site.register_blueprint(record_blueprint(lambda: town.context))
    site.register_blueprint(doors_blueprint(lambda: town.context))
    wire.apps[SITE] = site
    engines = [own_engine(folder, name) for name in names]
    pairs = zip(names, engines, strict=True)
    yield Bodies(town, wire, [body(name, own, clock, wire) for name, own in pairs])
    for each in engines:
        each.dispose()


def own_engine(folder, name: str) -> Engine:
    """An empty SQLite database with the tables of elections."""
    made = create_engine(f"sqlite:///{folder / name}.sqlite3")
    SQLModel.metadata.create_all(made, tables=TABLES)
    return made
