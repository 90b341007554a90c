"""New versions: matched, checked, published; comments keep their clause. On both databases."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from participation.comments import queries as comments
from participation.consultations import history, queries, services
from participation.consultations.drafting.settling import Change
from participation.consultations.models import DraftChange
from participation.consultations.rules import Step
from participation.consultations.services import Moment, versioning
from participation.core.errors import Conflict, Invalid, NotAllowed, NotFound
from participation.core.events import Event
from tests.factories.consultations import CALENDAR, NOW, TEXT, TODAY

MOMENT = Moment(NOW, TODAY)
INSERTED = TEXT.replace("Pasal 3\n", "Pasal 3\nPenjaga dipilih rapat warga.\nPasal 4\n")
"""A new article before the last, which moves on."""
REMOVED = TEXT.replace("Pasal 3\nDilarang mandi di sumur.\n", "").replace(
    "Sumur dibuka setiap hari.", "Sumur dibuka setiap hari kerja dan hari pasar."
)
SPLIT = TEXT.replace(
    "Sumur adalah lubang yang berisi air.",
    "Sumur adalah lubang.\nPasal 1A\nLubang yang berisi air bersih disebut sumur.",
)


@pytest.fixture
def opened(city):
    return city.opened()


def hand_in(city, found, text):
    return services.import_draft(city.session, city.officer, found, text, NOW)


def publish(city, found, version, *, is_checked=True, moment=MOMENT):
    if is_checked:
        rows = history.all_changes(city.session, version.id)
        asked = {versioning.key_of(row): as_proposed(row) for row in rows if row.is_doubtful}
        versioning.correct_matching(city.session, city.officer, found, asked, MOMENT)
    seen = version.source_sha256
    return versioning.publish_version(city.session, city.officer, found, seen, moment)


def as_proposed(row):
    return row.new_id if versioning.is_asked_from_old(Change(row.change)) else row.old_id


def changes(store, version):
    rows = history.all_changes(store, version.id)
    return [(row.change, row.old_id, row.new_id) for row in rows if row.change != Change.SAME]


def test_a_new_version_is_announced_to_nobody_before_it_is_published(city, store, opened):
    hand_in(city, opened, INSERTED)
    assert queries.edition(store, opened.id).number == 1
    with pytest.raises(NotFound):
        queries.clause(store, queries.edition(store, opened.id).id, "pasal-4")


def test_a_renumbered_clause_keeps_its_comments(city, store, opened):
    said = city.comment(opened, clause_id="pasal-3")
    version = publish(city, opened, hand_in(city, opened, INSERTED))
    assert changes(store, version) == [
        ("new", "", "pasal-3-v2"),
        ("moved", "pasal-3", "pasal-3"),
    ]
    moved = queries.clause(store, version.id, said.place)
    assert (moved.citation, moved.text) == ("Pasal 4", "Dilarang mandi di sumur.")
    fresh = queries.clause(store, version.id, "pasal-3-v2")
    assert fresh.citation == "Pasal 3"
    assert said.edition == 1


def test_what_is_new_never_inherits_the_comments_of_what_was_removed(city, store, opened):
    said = city.comment(opened, clause_id="pasal-3")
    publish(city, opened, hand_in(city, opened, REMOVED))
    (gone,) = history.gone(store, opened, queries.edition(store, opened.id))
    assert (gone.last.clause.clause_id, gone.last.version, gone.comments) == ("pasal-3", 1, 1)
    other = REMOVED.replace("Ditetapkan di", "Pasal 3\nTarif air dibahas bersama.\nDitetapkan di")
    third = publish(city, opened, hand_in(city, opened, other))
    assert third.number == 3
    with pytest.raises(NotFound):
        queries.clause(store, third.id, said.place)
    assert queries.clause(store, third.id, "pasal-3-v3").citation == "Pasal 3"
    subject = queries.subject_of(opened)
    assert comments.coverage(store, subject).total == 1


def test_a_split_clause_keeps_its_id_on_the_first_part(city, store, opened):
    text = SPLIT.replace("Pasal 1A", "Pasal 2").replace("Pasal 2\n(1)", "Pasal 3\n(1)")
    text = text.replace("Pasal 3\nDilarang", "Pasal 4\nDilarang")
    version = hand_in(city, opened, text)
    rows = {row.new_id: row for row in history.all_changes(store, version.id)}
    pairs = {versioning.key_of(rows["pasal-2"]): "pasal-1"}
    versioning.correct_matching(store, city.officer, opened, pairs, MOMENT)
    publish(city, opened, version)
    parts = [row.new_id for row in history.relations(store, opened.id, "pasal-1")]
    assert parts == ["pasal-1", "pasal-2-v2"]
    assert queries.clause(store, version.id, "pasal-1").text == "Sumur adalah lubang."


def test_nothing_is_published_while_a_doubt_is_left(city, store, opened):
    text = TEXT.replace("Dilarang mandi di sumur.", "Dilarang keras mencuci di dekat sumur.")
    version = hand_in(city, opened, text)
    assert history.doubts_left(store, version.id) > 0
    with pytest.raises(Conflict) as refused:
        publish(city, opened, version, is_checked=False)
    assert refused.value.code == "doubts-left"
    publish(city, opened, version)
    assert queries.edition(store, opened.id).number == 2


def test_an_officer_may_say_that_a_clause_is_another(city, store, opened):
    version = hand_in(city, opened, INSERTED)
    chosen = {"new:pasal-3": "pasal-3", "new:pasal-4": ""}
    versioning.correct_matching(store, city.officer, opened, chosen, MOMENT)
    assert changes(store, version) == [("edited", "pasal-3", "pasal-3"), ("new", "", "pasal-4")]


def test_a_clause_that_does_not_exist_cannot_be_chosen(city, store, opened):
    hand_in(city, opened, INSERTED)
    chosen = {"new:pasal-3": "pasal-9"}
    with pytest.raises(Invalid):
        versioning.correct_matching(store, city.officer, opened, chosen, MOMENT)
    with pytest.raises(Conflict) as refused:
        versioning.correct_matching(store, city.officer, opened, {"new:pasal-9": ""}, MOMENT)
    assert refused.value.code == "matched-meanwhile"


def test_a_clause_cannot_be_split_and_merged_at_once(city, store, opened):
    version = hand_in(city, opened, REMOVED.replace("Pasal 2\n", "Pasal 2\nPembuka.\n"))
    rows = history.all_changes(store, version.id)
    gone = next(row for row in rows if row.change == Change.REMOVED)
    chosen = {versioning.key_of(gone): "pasal-1", "new:pasal-2": "pasal-1"}
    before = changes(store, version)
    with pytest.raises(Invalid, match="cannot be split while"):
        versioning.correct_matching(store, city.officer, opened, chosen, MOMENT)
    assert changes(store, version) == before


def test_a_text_that_was_replaced_meanwhile_is_not_published(city, opened):
    seen = replace_text(city, opened)
    with pytest.raises(Conflict) as refused:
        versioning.publish_version(city.session, city.officer, opened, seen, MOMENT)
    assert refused.value.code == "text-replaced"


def replace_text(city, found):
    """The digest that an officer has before them while another one imports again."""
    seen = hand_in(city, found, INSERTED).source_sha256
    hand_in(city, found, REMOVED)
    return seen


def test_a_version_is_published_once(city, store, opened):
    version = hand_in(city, opened, INSERTED)
    publish(city, opened, version)
    with pytest.raises(NotFound):
        publish(city, opened, version)


def test_the_same_text_again_is_refused(city, opened):
    with pytest.raises(Invalid) as refused:
        hand_in(city, opened, TEXT)
    assert refused.value.field == "source"


def test_versions_come_while_comments_are_open_or_answered_only(city, store, opened):
    late = CALENDAR.closes_on + timedelta(days=1)
    city.step(opened, Step.CLOSE, today=late)
    publish(city, opened, hand_in(city, opened, INSERTED))
    waiting = hand_in(city, opened, REMOVED)
    city.step(opened, Step.DECIDE, outcome="Ditetapkan.")
    with pytest.raises(Conflict) as refused:
        publish(city, opened, waiting, is_checked=False)
    assert refused.value.code == "no-version-now"
    with pytest.raises(Conflict) as refused:
        hand_in(city, opened, SPLIT)
    assert refused.value.code == "text-decided"


def test_residents_may_neither_match_nor_publish(city, store, opened):
    version = hand_in(city, opened, INSERTED)
    with pytest.raises(NotAllowed):
        versioning.correct_matching(store, city.resident, opened, {}, MOMENT)
    with pytest.raises(NotAllowed):
        versioning.publish_version(store, city.resident, opened, version.source_sha256, MOMENT)


def test_each_act_leaves_an_event_with_its_version(city, store, opened):
    publish(city, opened, hand_in(city, opened, INSERTED))
    events = store.exec(select(Event).where(col(Event.tag).startswith("consultations:draft"))).all()
    told = {(event.tag, event.details["version"]) for event in events}
    assert told == {
        ("consultations:draft:import", 1),
        ("consultations:draft:publish", 1),
        ("consultations:draft:import", 2),
        ("consultations:draft:match", 2),
        ("consultations:draft:publish", 2),
    }


def test_every_row_has_a_side(city, store, opened):
    publish(city, opened, hand_in(city, opened, REMOVED))
    rows = store.exec(select(DraftChange)).all()
    assert len(rows) > 10
    assert all(row.old_id or row.new_id for row in rows)


def test_a_wording_can_be_read_in_every_version(city, store, opened):
    publish(city, opened, hand_in(city, opened, REMOVED))
    then, now = history.wordings(store, opened.id, "pasal-2-ayat-1")
    assert (then.version, then.text) == (1, "Sumur dibuka setiap hari.")
    assert now.text == "Sumur dibuka setiap hari kerja dan hari pasar."
    (last,) = history.wordings(store, opened.id, "pasal-3")
    assert last.version == 1
