"""The list of areas is taken in; residents choose theirs."""

import pytest
from sqlmodel import func, select

from participation.areas import files, queries, services
from participation.areas.models import AccountArea, Area
from participation.areas.services import Imported
from participation.core.access import READER
from participation.core.db import Database
from participation.core.errors import Invalid, NotFound
from participation.core.events import Event
from tests.factories.areas import AREAS, lay_areas
from tests.factories.consultations import NOW
from tests.participation.people import make_person
from tests.places import shared


@pytest.fixture
def store(database):
    with database.transaction() as opened:
        yield opened


def names(found):
    return [each.name for each in found]


def test_taking_in_the_same_list_again_changes_nothing(store):
    assert lay_areas(store) == Imported(new=10)
    assert lay_areas(store) == Imported(known=10)
    changed = AREAS.replace("98.71.02,Kali", "98.71.02,Kali Senja")
    assert lay_areas(store, changed) == Imported(renamed=1, known=9)
    store.expire_all()
    assert queries.area(store, "98.71.02").name == "Kali Senja"


def test_only_one_area_with_what_lies_around_it_can_be_taken_in(store):
    assert lay_areas(store, under="98.71.01").new == 5
    assert names(queries.around(store, "98.71.01.1002")) == ["Senja", "Kota Lembayung", "Legi"]
    assert queries.inside(store, "98.01") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("code,name\n98,Senja\n", "line 1: the first line must be kode,nama"),
        ("", "line 1"),
        ("kode,nama\n98,Senja\n98.7,Kota\n", "line 3: '98.7' is no code"),
        ("kode,nama\n98,Senja\n98,Senja\n", "line 3: 98 stands twice"),
        ("kode,nama\n98.71,Kota\n", "line 2: 98.71 must stand after 98, which contains it"),
        ("kode,nama\n98,\n", "line 2: 98 needs a name"),
        ("kode,nama\n98,Senja,1\n", "line 2: two columns"),
        ('kode,nama\n98,"Senja\n', "line 2"),
        ("kode,nama\n98,Se\x07nja\n", "line 2: 98 needs a name"),
    ],
)
def test_a_bad_line_is_named_by_its_number(store, text, words):
    with pytest.raises(Invalid, match=words.replace(".", r"\.")):
        lay_areas(store, text)


def test_signs_that_are_not_utf8_are_named_by_their_line():
    with pytest.raises(Invalid, match="line 3: holds signs"):
        list(files.read([b"\xef\xbb\xbfkode,nama\n", b"98,Senja\n", b"98.71,Kot\xff\n"]))


def test_stepping_down_begins_where_there_is_something_to_choose(store):
    lay_areas(store)
    assert names(queries.start(store)) == ["Kabupaten Fajar", "Kota Lembayung"]
    assert names(queries.inside(store, "98.71")) == ["Kali", "Legi"]


def test_an_area_is_found_by_name_by_code_and_by_what_lies_around_it(store):
    lay_areas(store)
    titles = [each.full for each in queries.found(store, "RANDU", limit=9)]
    assert titles == [
        "Kecamatan Randu, Kabupaten Fajar, Senja",
        "Kelurahan Randu, Kecamatan Legi, Kota Lembayung, Senja",
    ]
    assert [each.code for each in queries.found(store, "randu, kota", limit=9)] == ["98.71.01.1001"]
    assert [each.code for each in queries.found(store, "98.71.01", limit=9)] == ["98.71.01"]
    assert next(each.code for each in queries.found(store, "legi", limit=9)) == "98.71.01"
    assert queries.found(store, "100%", limit=9) == []
    assert queries.found(store, " ", limit=9) == []


def test_one_area_is_meant_or_the_several_are_told(store):
    lay_areas(store)
    assert queries.meant(store, "Legi").code == "98.71.01"
    assert queries.meant(store, "Kelurahan Randu").code == "98.71.01.1001"
    assert queries.meant(store, "Kecamatan Randu, Kabupaten Fajar, Senja").code == "98.01.01"
    with pytest.raises(Invalid, match=r"98\.01\.01 .*98\.71\.01\.1001"):
        queries.meant(store, "Randu")
    with pytest.raises(Invalid, match="No area is called Nirwana"):
        queries.meant(store, "Nirwana")


def test_ones_own_area_is_only_a_code_and_can_be_given_up(store):
    lay_areas(store)
    sri = make_person(store)
    services.choose_area(store, sri, "98.71.01", NOW)
    services.choose_area(store, sri, "98.71.01.1002", NOW)
    assert queries.own_area(store, sri.id).name == "Legi Lor"
    assert list(queries.remember(store, sri.id)) == [{"kind": "area", "code": "98.71.01.1002"}]
    services.give_up_area(store, sri, NOW)
    assert queries.own_area(store, sri.id) is None
    assert store.exec(select(AccountArea)).all() == []
    told = store.exec(select(Event).where(Event.actor_id == sri.id)).all()
    assert len(told) == 3
    assert not any("98.71" in f"{each.subject_id}{each.details}" for each in told)


def test_nobody_chooses_an_area_that_is_not_there(store):
    with pytest.raises(NotFound):
        services.choose_area(store, make_person(store), "98.71", NOW)


def test_the_official_list_is_taken_in_whole(sqlite_url):
    """91,599 areas of the Kemendagri, twice."""
    place = shared("wilayah/wilayah.csv")
    opened = Database(sqlite_url)
    opened.create_tables()
    with opened.transaction() as session:
        with place.open("rb") as lines:
            done = services.import_areas(session, READER, files.read(lines), NOW)
        assert done.new == session.exec(select(func.count()).select_from(Area)).one() == 91_599
        with place.open("rb") as lines:
            again = services.import_areas(session, READER, files.read(lines, under="34.71"), NOW)
        assert again == Imported(known=2 + 14 + 45)
        assert queries.meant(session, "Kricak, Yogyakarta").code == "34.71.01.1001"
        assert len(queries.start(session)) == 38
    opened.close()
