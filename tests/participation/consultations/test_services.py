from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from participation.consultations import queries, services
from participation.consultations.finding import Wanted
from participation.consultations.models import DraftClause, DraftVersion
from participation.consultations.rules import Calendar, Phase, Step
from participation.consultations.services import Moment
from participation.core.errors import Conflict, Invalid, NotAllowed, NotFound
from participation.core.events import Event
from tests.factories.consultations import CALENDAR, NOW, TEXT, TODAY


def tags(store):
    return list(store.exec(select(Event.tag).order_by(col(Event.at))))


def test_a_consultation_goes_from_draft_to_archive(city):
    found = city.opened()
    assert found.phase == Phase.OPEN
    after_end = CALENDAR.closes_on + timedelta(days=1)
    city.step(found, Step.CLOSE, today=after_end)
    city.step(found, Step.DECIDE, today=after_end, outcome="Ditetapkan tanpa perubahan.")
    assert (found.phase, found.outcome) == (Phase.DECIDED, "Ditetapkan tanpa perubahan.")
    city.step(found, Step.ARCHIVE)
    assert found.phase == Phase.ARCHIVED


def test_every_act_leaves_one_event(city, store):
    city.opened()
    assert tags(store) == [
        "consultations:consultation:create",
        "consultations:draft:import",
        "consultations:draft:publish",
        "consultations:phase:change",
    ]


def test_residents_may_not_touch_a_consultation(city, store):
    with pytest.raises(NotAllowed):
        services.create_consultation(store, city.resident, city.details(), NOW)
    found = city.drafted()
    with pytest.raises(NotAllowed):
        services.import_draft(store, city.resident, found, TEXT, NOW)
    with pytest.raises(NotAllowed):
        services.publish_draft(store, city.resident, found, Moment(NOW, TODAY))
    with pytest.raises(NotAllowed):
        services.take_step(store, city.resident, found, Step.OPEN, Moment(NOW, TODAY))


def test_two_consultations_of_one_title_have_different_addresses(city):
    assert city.drafted().slug == "pemakaian-sumur"
    assert city.drafted().slug.startswith("pemakaian-sumur-")


def test_days_out_of_order_are_refused_beside_their_field(city, store):
    calendar = Calendar(CALENDAR.opens_on, date(2026, 10, 1), *[CALENDAR.answers_by] * 2)
    with pytest.raises(Invalid) as refused:
        services.create_consultation(store, city.officer, city.details(calendar=calendar), NOW)
    assert refused.value.field == "closes_on"


def test_importing_again_replaces_the_waiting_text(city, store):
    found = city.drafted()
    services.import_draft(store, city.officer, found, TEXT.replace("mandi", "tidur"), NOW)
    (version,) = store.exec(select(DraftVersion))
    assert "tidur" in version.source
    assert version.article_count == 3


@pytest.mark.parametrize("text", ["", "   \n", "x" * 1_000_001])
def test_an_empty_or_endless_text_is_refused(city, store, text):
    found = city.drafted()
    with pytest.raises(Invalid) as refused:
        services.import_draft(store, city.officer, found, text, NOW)
    assert refused.value.field == "source"


def test_a_text_without_articles_cannot_be_published(city):
    with pytest.raises(Conflict) as refused:
        city.announced("Undangan rapat.")
    assert refused.value.code == "no-draft-text"


def test_a_published_text_never_changes(city, store):
    found = city.announced()
    with pytest.raises(Conflict) as refused:
        services.import_draft(store, city.officer, found, "Pasal 1\nLain.", NOW)
    assert refused.value.code == "text-published"
    with pytest.raises(Conflict) as refused:
        services.publish_draft(store, city.officer, found, Moment(NOW, TODAY))
    assert refused.value.code == "wrong-phase"


def test_a_step_that_somebody_else_took_meanwhile_is_refused(city, store):
    found = city.announced()
    store.expunge(found)
    city.step(queries.consultation(store, found.slug), Step.OPEN)
    with pytest.raises(Conflict) as refused:
        city.step(found, Step.OPEN)
    assert refused.value.code == "moved-meanwhile"


def test_a_published_text_is_laid_down_clause_by_clause(city, store):
    found = city.announced()
    edition = queries.edition(store, found.id)
    rows = store.exec(
        select(DraftClause)
        .where(DraftClause.version_id == edition.id)
        .order_by(col(DraftClause.position))
    ).all()
    told = [(row.clause_id, row.label, row.indent, row.chapter) for row in rows]
    assert told == [
        ("menimbang", "", 0, 0),
        ("menimbang-huruf-a", "a.", 0, 0),
        ("menimbang-huruf-b", "b.", 0, 0),
        ("menetapkan", "", 0, 0),
        ("bab-i", "", 0, 1),
        ("pasal-1", "", 0, 1),
        ("bab-ii", "", 0, 2),
        ("bab-ii-bagian-1", "", 0, 2),
        ("pasal-2", "", 0, 2),
        ("pasal-2-ayat-1", "(1)", 0, 2),
        ("pasal-2-ayat-2", "(2)", 0, 2),
        ("pasal-2-ayat-2-huruf-a", "a.", 1, 2),
        ("pasal-2-ayat-2-huruf-b", "b.", 1, 2),
        ("pasal-3", "", 0, 2),
    ]


def test_a_clause_is_read_within_its_whole_article(city, store):
    edition = queries.edition(store, city.announced().id)
    letter = queries.clause(store, edition.id, "pasal-2-ayat-2-huruf-a")
    block = queries.block_of(store, letter)
    assert block[0].clause_id == "pasal-2"
    assert len(block) == 5
    chapter = queries.clause(store, edition.id, "bab-ii")
    assert queries.block_of(store, chapter) == [chapter]


def test_an_unknown_clause_is_not_found(city, store):
    edition = queries.edition(store, city.announced().id)
    with pytest.raises(NotFound):
        queries.clause(store, edition.id, "pasal-99")


def test_a_draft_is_not_found_by_the_public(city, store):
    found = city.drafted()
    with pytest.raises(NotFound):
        queries.announced_consultation(store, found.slug)
    with pytest.raises(NotFound):
        queries.edition(store, found.id)


def test_before_opening_everything_may_change(city, store):
    found = city.announced()
    services.edit_consultation(store, city.officer, found, city.details(title="Sumur kita"), NOW)
    assert (found.title, found.slug) == ("Sumur kita", "pemakaian-sumur")


@pytest.mark.parametrize("begin", ["announced", "opened"])
def test_announced_days_are_no_ordinary_facts(city, store, begin):
    found = getattr(city, begin)()
    longer = replace(CALENDAR, closes_on=date(2026, 12, 9))
    with pytest.raises(Invalid) as refused:
        services.edit_consultation(store, city.officer, found, city.details(calendar=longer), NOW)
    assert refused.value.field == "closes_on"
    assert found.closes_on == CALENDAR.closes_on


def test_comments_are_taken_only_while_they_are_open(city):
    announced = city.announced()
    with pytest.raises(Conflict) as refused:
        city.comment(announced)
    assert refused.value.code == "not-open-yet"
    city.step(announced, Step.OPEN)
    city.comment(announced)
    city.step(announced, Step.CLOSE, today=CALENDAR.closes_on + timedelta(days=1))
    with pytest.raises(Conflict) as refused:
        city.comment(announced, "Terlambat.")
    assert refused.value.code == "comments-closed"


def test_a_decision_waits_for_the_last_answer(city):
    found = city.opened()
    said = city.comment(found)
    city.step(found, Step.CLOSE, today=CALENDAR.closes_on + timedelta(days=1))
    with pytest.raises(Conflict) as refused:
        city.step(found, Step.DECIDE, outcome="Ditetapkan.")
    assert refused.value.code == "unanswered"
    city.answer(found, said)
    with pytest.raises(Conflict) as refused:
        city.step(found, Step.DECIDE)
    assert refused.value.code == "no-outcome"
    city.step(found, Step.DECIDE, outcome="Ditetapkan.")


def test_a_comment_of_another_consultation_is_not_found(city):
    one, other = city.opened(), city.opened()
    said = city.comment(one)
    with pytest.raises(NotFound):
        city.reply(other, said)
    with pytest.raises(NotFound):
        city.answer(other, said)


def test_after_the_decision_nobody_answers_any_more(city):
    found = city.opened()
    said = city.comment(found)
    city.answer(found, said)
    late = CALENDAR.closes_on + timedelta(days=1)
    city.step(found, Step.CLOSE, today=late)
    city.step(found, Step.DECIDE, outcome="Ditetapkan.")
    with pytest.raises(Conflict) as refused:
        city.answer(found, said)
    assert refused.value.code == "no-answers-now"


def test_the_outline_counts_comments_by_chapter(city, store):
    found = city.opened()
    first = city.comment(found)
    city.reply(found, first)
    city.comment(found, "Satu lagi.", clause_id="pasal-3")
    city.comment(found, "Lubang apa?", clause_id="pasal-1")
    edition = queries.edition(store, found.id)
    counted = queries.outline(store, edition.id, queries.subject_of(found))
    assert [(entry.chapter.number, entry.comments) for entry in counted] == [(0, 0), (1, 1), (2, 2)]


def test_the_list_goes_on_where_it_ended(city, store):
    slugs = {city.announced().slug for _ in range(5)}
    seen, after = [], None
    for _ in range(3):
        page = queries.announced(store, Wanted(tuple(Phase)), after=after, limit=2)
        seen += [row.slug for row in page]
        after = queries.ListedPlace(page[-1].announced_at, page[-1].id)
    assert len(seen) == 5
    assert set(seen) == slugs
