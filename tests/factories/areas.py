"""Made-up areas, topics and offices in a real database."""

from participation.areas.files import read
from participation.areas.services import Imported, import_areas
from participation.core.access import READER, Actor, Role
from participation.organisations.models import Organisation
from participation.organisations.services import Facts, add_organisation
from participation.topics.models import Topic
from participation.topics.services import Names, add_topic
from tests.factories.consultations import NOW
from tests.participation.people import make_person

AREAS = """\
kode,nama
98,Senja
98.01,Kabupaten Fajar
98.01.01,Randu
98.01.01.2001,Sumber
98.71,Kota Lembayung
98.71.01,Legi
98.71.01.1001,Randu
98.71.01.1002,Legi Lor
98.71.02,Kali
98.71.02.1001,"Tepi, Kali"
"""


def lay_areas(session, text: str = AREAS, under: str = "") -> Imported:
    """Takes in a list of areas."""
    lines = [f"{line}\n".encode() for line in text.splitlines()]
    return import_areas(session, READER, read(lines, under=under), NOW)


def make_chief(session) -> Actor:
    """An administrator."""
    return make_person(session, "Tuti Suryani", Role.ADMINISTRATOR)


def make_topic(session, chief: Actor, indonesian: str = "Air", english: str = "Water") -> Topic:
    """A topic."""
    return add_topic(session, chief, Names(indonesian, english), NOW)


def make_office(session, chief: Actor, name: str = "Dinas Air", area: str = "") -> Organisation:
    """An organisation."""
    return add_organisation(session, chief, Facts(name, "Jalan Cemara 12.", area), NOW)
