"""Adding, asking again and removing partners, on both databases."""

import pytest
from sqlmodel import select

from participation.core.access import Role
from participation.core.errors import Invalid, NotAllowed
from participation.core.events import Event
from participation.partners import queries, services
from participation.partners.rules import Kind, Problem
from tests.participation.partners.askers import OTHER_KEY, NullAsker
from tests.participation.people import make_person

PLACE = "https://kpu.example"


@pytest.fixture
def asker():
    made = NullAsker()
    made.say(PLACE)
    return made


@pytest.fixture
def opened(database):
    with database.session() as session:
        yield session


@pytest.fixture
def organiser(opened):
    return make_person(opened, "Ratna Wulandari", Role.ORGANISER)


def add(opened, asker, organiser, clock, *, place=PLACE, kind=Kind.REGISTRAR):
    return services.add(opened, asker, organiser, (kind, place), clock())


def test_a_partner_is_asked_for_its_name_and_key(opened, asker, organiser, clock):
    made = add(opened, asker, organiser, clock)
    assert (made.kind, made.name, made.seen_at) == ("registrar", "KPU Kota", clock())
    assert queries.partners(opened, Kind.REGISTRAR) == [made]
    assert not queries.partners(opened, Kind.WITNESS)
    (event,) = opened.exec(select(Event)).all()
    assert (event.tag, event.details) == ("partners:partner:add", {"kind": "registrar"})


def test_a_resident_may_not_add_any(opened, asker, clock):
    with pytest.raises(NotAllowed):
        add(opened, asker, make_person(opened), clock)
    assert not asker.asked


def test_one_stands_in_the_list_once(opened, asker, organiser, clock):
    add(opened, asker, organiser, clock)
    with pytest.raises(Invalid):
        add(opened, asker, organiser, clock, place=f"{PLACE}/")


def test_a_place_where_nobody_or_something_else_answers_is_refused(opened, asker, organiser, clock):
    asker.answers[f"{PLACE}/box"] = b"<html>"
    for place, kind in (("https://nobody.example", Kind.REGISTRAR), (PLACE, Kind.BOX)):
        with pytest.raises(Invalid) as refused:
            add(opened, asker, organiser, clock, place=place, kind=kind)
        assert refused.value.field == "address"
    assert not queries.partners(opened)


def test_asked_again_it_is_noted_how_it_answered(opened, asker, organiser, clock):
    """A partner's key is never replaced: who answers with another one is somebody else (A44)."""
    made = add(opened, asker, organiser, clock)
    first = clock()
    clock.move(minutes=5)
    asker.say(PLACE, key=OTHER_KEY)
    services.check(opened, asker, organiser, made, clock())
    assert (made.problem, made.seen_at) == (Problem.OTHER_KEY, first)
    assert made.key != OTHER_KEY
    asker.answers.clear()
    services.check(opened, asker, organiser, made, clock())
    assert made.problem == Problem.SILENT
    asker.say(PLACE)
    services.check(opened, asker, organiser, made, clock())
    assert (made.problem, made.seen_at) == (Problem.NONE, clock())


def test_each_minute_those_are_asked_that_were_not_for_a_while(opened, asker, organiser, clock):
    made = add(opened, asker, organiser, clock)
    services.check_all(opened, asker, clock())
    assert len(asker.asked) == 1
    clock.move(minutes=11)
    services.check_all(opened, asker, clock())
    assert len(asker.asked) == 2
    assert made.seen_at == clock()


def test_a_removed_partner_is_gone(opened, asker, organiser, clock):
    services.remove(opened, organiser, add(opened, asker, organiser, clock), clock())
    assert not queries.partners(opened)
