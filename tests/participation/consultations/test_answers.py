"""The ledger of answers: what waits and for whom, one answer to many, families, matrix, letters."""

from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from sqlalchemy import event
from sqlmodel import select

from participation.comments.ledger import queries as ledger
from participation.comments.models import Answer, Comment
from participation.comments.rules import Coverage, Reason, Stance
from participation.consultations.queries import subject_of
from participation.consultations.rules import Step
from participation.core.access import Role
from participation.core.errors import Conflict, NotAllowed
from participation.core.events import Event
from tests.factories.consultations import NOW

SUMUR = "/desk/consultations/pemakaian-sumur"
HOME = "/consultations/pemakaian-sumur"
AFTER = date(2026, 12, 3)
SAME = "Sumur jangan dibuka sebelum pukul tujuh pagi karena banyak warga yang masih tidur."


@pytest.fixture
def officer(browser_of):
    return browser_of("Ratna Wulandari", Role.OFFICER)


@pytest.fixture
def found(town):
    opened = town.opened()
    town.session.commit()
    return opened


@pytest.fixture
def queries_of(app):
    """Counts the statements that a visit costs."""

    def count(act) -> int:
        seen = []
        engine = app.extensions["suara"].database.engine
        note = lambda *_args: seen.append(1)  # noqa: E731 - removed again below
        event.listen(engine, "before_cursor_execute", note)
        try:
            act()
        finally:
            event.remove(engine, "before_cursor_execute", note)
        return len(seen)

    return count


def close(town, found):
    town.step(found, Step.CLOSE, AFTER)
    town.session.commit()


def ids_in(page, name="comments"):
    return [each.attributes["value"] for each in page.all("input", name=name)]


def test_a_comment_is_heard_then_considered_then_answered(town, found, browser, officer):
    said = town.comment(found, SAME)
    town.session.commit()
    assert "1 comment: 0 answered, 1 waiting." in browser.visit(HOME).words
    desk, _actor = officer
    desk.visit(f"{SUMUR}/waiting")
    page = desk.send("ticked-form", button="Give them to this officer", comments=[str(said.id)])
    assert "Ratna Wulandari considers 1 comment now." in page.words
    assert "1 comment: 1 being considered." in browser.visit(HOME).words
    clause = browser.visit(f"{HOME}/clauses/pasal-2-ayat-1")
    assert "Ratna Wulandari considers it since" in clause.words
    desk.visit(f"{SUMUR}/comments/{said.id}/answer")
    desk.send("answer-form", reason="adopted", body="Baik.", place="pasal-3")
    assert "1 comment: 1 answered." in browser.visit(HOME).words
    answer = browser.visit(f"{HOME}/clauses/pasal-2-ayat-1").one("div", class_="answer")
    assert "Adopted" in answer.words
    assert "Changed because of it: Pasal 3" in answer.words
    tags = town.session.exec(select(Event.tag).where(Event.subject_id == str(said.id))).all()
    assert tags[-2:] == ["comments:comment:consider", "comments:answer:write"]


def test_several_are_ticked_and_answered_with_the_same_words(town, found, browser, officer):
    said = [town.comment(found, f"{SAME} {number}", minutes=number) for number in range(3)]
    town.session.commit()
    desk, _actor = officer
    desk.visit(f"{SUMUR}/waiting")
    page = desk.send(
        "ticked-form", button="Answer them together", comments=[str(each.id) for each in said]
    )
    assert "One answer to 3 comments" in page.words
    left_out = ids_in(page)[:2]
    page = desk.send("answer-form", reason="cost", body="Terlalu mahal.", comments=left_out)
    assert "Your answer stands under 2 comments now." in page.words
    (answer,) = town.session.exec(select(Answer)).all()
    answered = town.session.exec(select(Comment).where(Comment.answer_id == answer.id)).all()
    assert {str(each.id) for each in answered} == set(left_out)
    told = town.session.exec(select(Event).where(Event.tag == "comments:answer:write")).all()
    assert {each.subject_id for each in told} == set(left_out)
    assert all(each.details["answer"] == str(answer.id) for each in told)


def test_the_redirect_says_whose_half_typed_words_have_arrived(town, found, officer):
    said = town.comment(found)
    town.session.commit()
    desk, _actor = officer
    page = desk.visit(f"{SUMUR}/comments/{said.id}/answer")
    kept = page.one("form", id="answer-form").attributes["data-keep-draft"]
    page = desk.send("answer-form", reason="explained", body="Begini.")
    assert page.one("span", data_draft_done=kept)


def test_words_of_an_answer_that_has_not_arrived_are_not_dropped(town, found, officer):
    said = town.comment(found)
    town.session.commit()
    desk, _actor = officer
    page = desk.visit(f"{SUMUR}/waiting?done={said.id}")
    assert not [each for each in page.all("span") if "data-draft-done" in each.attributes]


def test_nothing_ticked_is_said_beside_the_list(town, found, officer):
    town.comment(found)
    town.session.commit()
    desk, _actor = officer
    desk.visit(f"{SUMUR}/waiting")
    page = desk.send("ticked-form", 422, button="Answer them together")
    assert "Choose at least one comment." in page.words


def test_the_list_is_filtered_by_clause_stance_and_officer(town, found, officer):
    town.comment(found, "Setuju sekali.")
    town.comment(found, "Mengapa dilarang?", clause_id="pasal-3", stance=Stance.QUESTION)
    town.session.commit()
    desk, _actor = officer
    assert "Setuju sekali." not in desk.visit(f"{SUMUR}/waiting?clause=pasal-3").words
    assert "Mengapa dilarang?" not in desk.visit(f"{SUMUR}/waiting?stance=support").words
    assert "No waiting comment fits" in desk.visit(f"{SUMUR}/waiting?officer=mine").words
    page = desk.visit(f"{SUMUR}/waiting?clause=pasal-3&officer=nobody")
    desk.send("ticked-form", button="Give them to this officer", comments=ids_in(page))
    assert "Mengapa dilarang?" in desk.visit(f"{SUMUR}/waiting?officer=mine").words
    assert "Setuju sekali." not in desk.page.words
    assert "Pasal 3 (1)" in desk.page.words


def test_a_family_is_one_card_and_answered_at_once(town, found, officer):
    people = [town.person(f"Warga {number}", Role.RESIDENT) for number in range(4)]
    for number, person in enumerate(people):
        more = " Gang kami gelap." if number == 3 else ""
        town.comment(found, SAME + more, by=person, minutes=number)
    town.comment(found, "Siapa yang memegang kunci sumur?", stance=Stance.QUESTION)
    town.session.commit()
    desk, _actor = officer
    page = desk.visit(f"{SUMUR}/families")
    assert "4 people say nearly this" in page.words
    assert "Gang kami gelap." in page.words
    page = desk.click("Answer these 4 comments")
    assert len(ids_in(page)) == 4
    desk.send("answer-form", reason="adopted-in-part", body="Pukul enam.")
    assert ledger.waiting_at(town.session, subject_of(found)) == {"pasal-2-ayat-1": 1}
    assert desk.visit(f"{SUMUR}/answer?like={town.officer.id}", 404)


def test_the_matrix_stands_open_once_the_office_answers(town, found, browser):
    town.comment(found, "=1+1")
    town.session.commit()
    for address in ("matrix", "matrix.xlsx", "matrix.pdf", "outcome"):
        assert browser.client.get(f"{HOME}/{address}").status_code == 409
    close(town, found)
    assert browser.client.get(f"{HOME}/outcome").status_code == 409
    assert "=1+1" in browser.visit(f"{HOME}/matrix").words
    book = ZipFile(BytesIO(browser.client.get(f"{HOME}/matrix.xlsx").data))
    assert "=1+1" in "".join(
        book.read(name).decode() for name in book.namelist() if name.endswith(".xml")
    )
    assert browser.client.get(f"{HOME}/matrix.pdf").data.startswith(b"%PDF")


def test_the_matrix_is_read_in_the_order_of_the_draft_page_by_page(town, found, browser):
    for number in range(30):
        town.comment(found, f"Nomor {number:02}.", clause_id="pasal-3", minutes=number)
    town.comment(found, "Paling akhir ditulis.", clause_id="pasal-1", minutes=99)
    close(town, found)
    first = browser.visit(f"{HOME}/matrix").one("tbody")
    assert first.words.startswith("Pasal 1 ")
    assert len(first.all("tr")) == 25
    rest = browser.click("Show more").one("tbody")
    assert len(rest.all("tr")) == 6
    assert "Nomor 29." in rest.words
    assert browser.client.get(f"{HOME}/matrix?after=eHg").status_code in {400, 404, 422}


def test_what_became_of_it_is_told_in_numbers_and_clauses(town, found, browser):
    one, two = town.comment(found, "Satu."), town.comment(found, "Dua.", minutes=1)
    close(town, found)
    town.answer(found, one, reason=Reason.ADOPTED, place="pasal-3")
    town.answer(found, two, reason=Reason.COST)
    town.step(found, Step.DECIDE, AFTER, outcome="Sumur dibuka pukul enam.")
    town.session.commit()
    page = browser.visit(f"{HOME}/outcome")
    assert "1 comment was adopted" in page.words
    assert "Not adopted: cost 1" in page.words
    assert "Pasal 3 because of 1 comment" in page.words
    assert "Sumur dibuka pukul enam." in page.words
    assert "What we asked, what you said, what we did" in browser.visit(HOME).words


def test_a_thousand_waiting_comments_cost_as_many_queries_as_thirty(
    town, found, officer, queries_of
):
    desk, _actor = officer
    told = town.comment(found, SAME).model_dump() | {"agreements": 0}
    add = [
        Comment(**(told | {"id": None, "form_key": f"f{n}", "body": f"{SAME} kata{n}",
                           "written_at": NOW + timedelta(seconds=n)}))
        for n in range(1000)
    ]  # fmt: skip
    for row in add:
        row.id = Comment.model_fields["id"].default_factory()
    addresses = [f"{SUMUR}/waiting", f"{SUMUR}/families"]
    town.session.add_all(add[:30])
    town.session.commit()
    few = [queries_of(lambda at=at: desk.visit(at)) for at in addresses]
    town.session.add_all(add[30:])
    town.session.commit()
    assert [queries_of(lambda at=at: desk.visit(at)) for at in addresses] == few


@pytest.mark.parametrize("address", ["waiting", "families", "answer"])
def test_residents_have_no_desk(found, browser_of, address):
    resident, _actor = browser_of("Yoga Pratama")
    resident.visit(f"{SUMUR}/{address}", 403)


def test_comments_are_given_only_to_those_who_may_answer(city):
    found = city.opened()
    said = city.comment(found)
    with pytest.raises(NotAllowed):
        city.consider(found, said, to=city.resident)
    city.consider(found, said)
    assert said.assignee_id == city.officer.id


def test_one_answered_comment_among_many_refuses_them_all(city):
    found = city.opened()
    one, two = city.comment(found, "Satu."), city.comment(found, "Dua.")
    city.answer(found, one)
    with pytest.raises(Conflict) as refused:
        city.answer(found, two, one)
    assert refused.value.code == "answered-already"
    assert two.answer_id is None


def test_nobody_considers_after_the_decision(city):
    found = city.opened()
    said = city.comment(found)
    city.step(found, Step.CLOSE, AFTER)
    city.answer(found, said)
    city.step(found, Step.DECIDE, AFTER, outcome="Dibuka.")
    with pytest.raises(Conflict) as refused:
        city.consider(found, said)
    assert refused.value.code == "no-answers-now"


def test_coverage_counts_what_is_considered(city):
    found = city.opened()
    one, two, _three = (city.comment(found, body) for body in ("Satu.", "Dua.", "Tiga."))
    city.consider(found, one)
    city.consider(found, two)
    city.answer(found, two)
    assert city.coverage(found) == Coverage(3, 1, 1)


def test_figures_of_answers_are_the_same_on_both_databases(city):
    found = city.opened()
    said = [city.comment(found, body) for body in ("Satu.", "Dua.", "Tiga.")]
    city.answer(found, *said[:2], reason=Reason.ADOPTED, place="pasal-3")
    subject = subject_of(found)
    assert ledger.reasons(city.session, subject)[Reason.ADOPTED] == 2
    assert ledger.changed(city.session, subject) == [ledger.Changed("pasal-3", "Pasal 3", 2)]
    assert ledger.number_of_authors(city.session, subject) == 1
    assert ledger.stances(city.session, subject)[Stance.SUPPORT] == 3
    assert [each.id for each in ledger.waiting(city.session, subject, limit=5)] == [said[2].id]
