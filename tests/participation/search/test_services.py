"""What is found, on SQLite and on PostgreSQL."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlmodel import col

from participation.comments.services import edit_comment
from participation.comments.standing.models import Withholding
from participation.core.events import Event
from participation.search import queries, services
from participation.search.index import Search
from participation.search.models import SearchEntry
from participation.search.rules import Kind, terms
from tests.factories.consultations import NOW

LATER = NOW + timedelta(hours=1)


def find(session, query, kind=None, **more):
    return queries.found(session, Search(terms(query), kind, **more))


def kinds(session, query):
    return {text.kind for text in find(session, query)}


@pytest.fixture
def indexed(city, store):
    """A consultation with one comment, taken in."""
    found = city.opened()
    city.comment(found, "Penutupan jalan merugikan pedagang.")
    city.drafted(title="Rahasia pedagang")
    services.minute(store, LATER)
    return found


def test_consultations_clauses_and_comments_are_found(indexed, store):
    assert kinds(store, "sumur") == {Kind.CONSULTATION, Kind.CLAUSE}
    assert kinds(store, "pedagang") == {Kind.COMMENT}
    assert {text.place for text in find(store, "timba")} == {"pasal-2-ayat-2-huruf-a"}


@pytest.mark.parametrize("query", ["menutup", "ditutup", "tutup jalan", "PENUTUPAN", "dagang"])
def test_word_forms_are_found_together(indexed, store, query):
    assert Kind.COMMENT in kinds(store, query)


def test_every_word_must_occur(indexed, store):
    assert find(store, "pedagang sumur") == []


def test_a_kind_can_be_chosen(indexed, store):
    assert {text.kind for text in find(store, "sumur", Kind.CLAUSE)} == {Kind.CLAUSE}


def test_the_list_can_be_read_in_parts(indexed, store):
    everything = [text.where for text in find(store, "sumur")]
    parts = [find(store, "sumur", most=1, skipped=n)[0].where for n in range(len(everything))]
    assert parts == everything
    assert len(set(parts)) > 1


@pytest.mark.parametrize(
    "query",
    ['"', "a OR", "NEAR(", "sumur*", "title:sumur", "'; DROP TABLE comment; --", "& | ! ()", "\0",
     "-sumur", "^sumur", "{stems}", "%", "\\"],
)  # fmt: skip
def test_no_query_is_an_instruction_to_the_database(indexed, store, query):
    find(store, query)
    assert kinds(store, "pedagang") == {Kind.COMMENT}


def test_nothing_of_a_draft_is_found(indexed, store):
    assert find(store, "rahasia") == []


def test_a_corrected_comment_is_found_by_its_new_words_only(city, store, indexed):
    comment = city.comment(indexed, "Truk merusak jembatan.", minutes=1)
    services.minute(store, LATER)
    assert kinds(store, "jembatan") == {Kind.COMMENT}
    edit_comment(store, city.resident, comment, "Truk merusak aspal.", NOW + timedelta(minutes=2))
    services.minute(store, LATER)
    assert find(store, "jembatan") == []
    assert kinds(store, "aspal") == {Kind.COMMENT}


def test_a_removed_comment_is_not_found_even_before_the_index_knows(city, store, indexed):
    comment = city.comment(indexed, "Kelinci liar.", minutes=1)
    services.minute(store, LATER)
    assert kinds(store, "kelinci") == {Kind.COMMENT}
    store.add(Withholding(comment_id=comment.id, kind="removed", body=comment.body, at=LATER))
    store.flush()
    assert find(store, "kelinci") == []


def test_taking_in_twice_changes_nothing(indexed, store):
    before = [text.where for text in find(store, "sumur")]
    count = len(store.scalars(select(SearchEntry)).all())
    services.minute(store, LATER)
    assert [text.where for text in find(store, "sumur")] == before
    assert len(store.scalars(select(SearchEntry)).all()) == count


def test_an_event_that_came_late_is_still_taken_in(city, store, indexed):
    comment = city.comment(indexed, "Terlambat sekali.", minutes=2)
    city.comment(indexed, "Tepat waktu.", minutes=3)
    late = store.scalars(select(Event).where(col(Event.subject_id) == str(comment.id))).one()
    hidden, late.subject_kind = late.subject_kind, "not-yet"
    store.flush()
    services.minute(store, LATER)
    late.subject_kind = hidden
    store.flush()
    services.minute(store, LATER)
    assert kinds(store, "terlambat") == {Kind.COMMENT}


def test_a_long_past_is_taken_in_part_by_part(city, store, monkeypatch):
    monkeypatch.setattr(services, "_AT_ONCE", 2)
    found = city.opened()
    for number in range(5):
        city.comment(found, f"Kelinci nomor {number}", minutes=number)
    for _ in range(8):
        services.minute(store, LATER)
    assert len(find(store, "kelinci")) == 5
