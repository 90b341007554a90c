"""Acts on surveys: one sheet for each person, whatever happens at once; counts that stay."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlmodel import col, func, select

from participation.consultations.services import Moment
from participation.core.access import Role
from participation.core.errors import Conflict, Invalid, NotAllowed, NotFound
from participation.core.events import Event
from participation.surveys import queries, services
from participation.surveys.asked import MOST_QUESTIONS, Condition, Kind
from participation.surveys.models import Survey, SurveyAnswer, SurveyDraft, SurveySheet, SurveyText
from participation.surveys.rules import Days, State, Step
from participation.surveys.services import Details, NewQuestion, Sent
from participation.surveys.sheets import FaultySheet
from tests.factories.consultations import NOW, TODAY, City
from tests.participation.surveys.conftest import AFTERWARDS, DAYS, FULL, Hall

HERE = Moment(NOW, TODAY)


def count(session, table) -> int:
    return session.scalars(select(func.count()).select_from(table)).one()


def fields_of(hall, found, by=0):
    sheet = queries.sheet_of(hall.session, found.id, hall.person(by).id)
    return queries.answers(hall.session, sheet.id)


def tags(hall) -> list[str]:
    return [each for each in hall.session.scalars(select(Event.tag).order_by(col(Event.tag)))
            if each.startswith("surveys:")]  # fmt: skip


def test_a_sheet_is_taken_as_it_was_answered(hall):
    found = hall.opened()
    assert hall.send(found) == services.Taken(is_replaced=False, left_out=())
    given = fields_of(hall, found)
    one, two, three, four, five, six = hall.asked(found)
    assert given[one.id].chosen == {(0, 0)}
    assert given[two.id].chosen == {(0, 2)}
    assert given[three.id].chosen == {(0, 0), (0, 1)}
    assert given[four.id].chosen == {(0, 1), (1, 0)}
    assert given[five.id].chosen == {(0, 4)}
    assert given[six.id].text == "Jemput sampah lebih pagi."


def test_a_second_sheet_takes_the_place_of_the_first(hall):
    found = hall.opened()
    hall.send(found)
    taken = hall.send(found, FULL | {"q5": ["0"], "q6": [""]}, token="u")
    assert taken.is_replaced
    given = fields_of(hall, found)
    assert given[hall.asked(found)[4].id].chosen == {(0, 0)}
    assert (count(hall.session, SurveySheet), count(hall.session, SurveyText)) == (1, 0)


def test_the_same_form_twice_is_one_sheet_and_one_event(hall):
    found = hall.opened()
    hall.send(found)
    assert not hall.send(found).is_replaced
    assert tags(hall).count("surveys:sheet:send") == 1
    assert count(hall.session, SurveySheet) == 1


def test_two_phones_at_the_same_time_leave_one_sheet(database):
    with database.transaction() as session:
        hall = Hall(City(session))
        found = hall.opened()
        who, survey_id = hall.person(), found.id

    def send(number: int) -> bool:
        with database.transaction() as session:
            survey = session.get_one(Survey, survey_id)
            sent = Sent(FULL | {"q5": [str(number % 5)]}, f"token {number}")
            return services.send_sheet(session, who, survey, sent, HERE).is_replaced

    with ThreadPoolExecutor(6) as pool:
        replaced = list(pool.map(send, range(6)))
    assert sorted(replaced) == [False, True, True, True, True, True]
    with database.session() as session:
        assert count(session, SurveySheet) == 1
        assert count(session, SurveyText) == 1
        assert count(session, SurveyAnswer) == 7


def test_an_answer_to_a_question_that_was_not_asked_is_left_out(hall):
    found = hall.opened()
    taken = hall.send(found, FULL | {"q1": ["1"]})
    assert taken.left_out == (2,)
    assert hall.asked(found)[1].id not in fields_of(hall, found)


def test_a_question_that_is_not_asked_needs_no_answer(hall):
    found = hall.opened()
    hall.send(found, {name: value for name, value in FULL.items() if name != "q2"} | {"q1": ["2"]})
    assert count(hall.session, SurveySheet) == 1


def test_everything_that_is_missing_is_said_at_once(hall):
    found = hall.opened()
    with pytest.raises(FaultySheet) as refused:
        hall.send(found, {"q1": ["0"], "q4_0": ["1"]})
    assert [fault.field for fault in refused.value.faults] == ["q2", "q3", "q4_1", "q5"]
    assert str(refused.value.faults[2].message) == "Question 4 still needs an answer for “Sekolah”."
    assert count(hall.session, SurveySheet) == 0


@pytest.mark.parametrize("fields", [
    {"q1": ["3"]}, {"q1": ["-1"]}, {"q1": ["0", "1"]}, {"q1": ["0 "]}, {"q1": ["²"]},
    {"q1": ["99999999999999999999"]}, {"q3": ["0", "1", "2"]}, {"q4_0": ["0", "1"]},
    {"q5": ["5"]}, {"q6": ["a" * 2001]}, {"q6": ["a" * 1_000_000]},
    {"q1": ["6b1f0f3e-0000-4000-8000-000000000000"]},
])  # fmt: skip
def test_a_choice_that_does_not_exist_and_too_much_is_refused(hall, fields):
    """A survey takes only its own choices, one where one is asked, and no flood of words."""
    found = hall.opened()
    with pytest.raises(FaultySheet):
        hall.send(found, FULL | fields)
    assert count(hall.session, SurveySheet) == 0


def test_fields_of_no_question_are_not_kept(hall):
    found = hall.opened()
    hall.send(found, FULL | {"q7": ["0"], "q4_9": ["1"], "account_id": ["x"]})
    assert count(hall.session, SurveyAnswer) == 7


@pytest.mark.parametrize("day", [date(2026, 10, 31), date(2026, 12, 3)])
def test_the_days_decide_when_a_sheet_is_taken(hall, day):
    found = hall.opened()
    with pytest.raises(Conflict):
        hall.send(found, day=day)


def test_the_first_and_the_last_day_count(hall):
    found = hall.opened()
    hall.send(found, day=DAYS.opens_on)
    assert hall.send(found, FULL | {"q5": ["0"]}, day=DAYS.closes_on).is_replaced


def test_no_sheet_for_a_survey_being_drawn_up_or_closed(hall):
    drafted = hall.six()
    with pytest.raises(Conflict) as refused:
        hall.send(drafted)
    assert refused.value.code == "not-open-yet"
    found = hall.opened(drafted)
    hall.step(found, Step.CLOSE)
    with pytest.raises(Conflict) as refused:
        hall.send(found)
    assert refused.value.code == "survey-closed"


def test_an_officer_does_not_answer_and_a_resident_does_not_ask(hall):
    found = hall.opened()
    with pytest.raises(NotAllowed):
        services.send_sheet(hall.session, hall.city.officer, found, Sent(FULL, "t"), HERE)
    with pytest.raises(NotAllowed):
        services.take_step(hall.session, hall.person(), found, Step.CLOSE, AFTERWARDS)


def test_what_is_filled_in_is_kept_until_it_is_sent(hall):
    found, who = hall.opened(), hall.person()
    services.keep_draft(hall.session, who, found, {"q1": ["0"], "q5": ["77"]}, HERE)
    services.keep_draft(hall.session, who, found, {"q1": ["1"], "q6": ["Nanti."]}, HERE)
    hall.session.expire_all()
    assert queries.draft(hall.session, found.id, who.id) == {"q1": ["1"], "q6": ["Nanti."]}
    assert queries.sheet_count(hall.session, found.id) == 0
    hall.send(found)
    assert count(hall.session, SurveyDraft) == 0


def test_far_too_many_words_are_not_kept(hall):
    found = hall.opened()
    with pytest.raises(Invalid):
        services.keep_draft(hall.session, hall.person(), found, {"q6": ["a" * 1_000_000]}, HERE)


def test_a_withdrawn_sheet_is_gone(hall):
    found, who = hall.opened(), hall.person()
    hall.send(found)
    services.withdraw_sheet(hall.session, who, found, HERE)
    assert (count(hall.session, SurveySheet), count(hall.session, SurveyAnswer)) == (0, 0)
    with pytest.raises(NotFound):
        services.withdraw_sheet(hall.session, who, found, HERE)


def test_after_the_last_day_nothing_is_withdrawn(hall):
    found = hall.opened()
    hall.send(found)
    with pytest.raises(Conflict):
        services.withdraw_sheet(hall.session, hall.person(), found, AFTERWARDS)


def test_erasing_leaves_no_answer_and_published_numbers_stay(hall):
    found = hall.finished()
    before = queries.counted(hall.session, hall.asked(found))
    services.erase_sheets(hall.session, hall.person(3).id)
    assert queries.sheet_of(hall.session, found.id, hall.person(3).id) is None
    assert count(hall.session, SurveyText) == 11
    assert queries.counted(hall.session, hall.asked(found)) == before
    assert queries.sheet_of(hall.session, found.id, hall.person(4).id) is not None


def test_a_person_gets_their_answers_in_words(hall):
    hall.send(hall.opened())
    (told,) = services.remember(hall.session, hall.person().id)
    answers = {each["question"]: each["answer"] for each in told["answers"]}
    assert answers["Seberapa puas?"] == ["Pasar: Tidak puas", "Sekolah: Puas"]
    assert answers["Apa lagi?"] == "Jemput sampah lebih pagi."
    assert list(services.remember(hall.session, hall.city.officer.id)) == []


def test_the_counts_made_at_the_closing_are_those_of_the_sheets(hall):
    found = hall.opened()
    for number in range(9):
        fields = FULL | {"q1": [str(number % 3)], "q5": [str(number % 5)], "q6": [""]}
        hall.send(found, fields, by=number)
    recounted = sorted(queries.recount(hall.session, found.id), key=str)
    hall.step(found, Step.CLOSE)
    one, two, three, four, _five, six = hall.asked(found)
    counted = queries.counted(hall.session, hall.asked(found))
    assert found.sheet_count == 9
    assert counted[one.id][0].counts == (3, 3, 3)
    assert (counted[two.id][0].answered, counted[two.id][0].counts) == (3, (0, 0, 3))
    assert (counted[three.id][0].answered, counted[three.id][0].counts) == (9, (9, 9, 0))
    assert [row.counts for row in counted[four.id]] == [(0, 9), (9, 0)]
    assert counted[six.id][0].answered == 0
    assert sorted(queries.recount(hall.session, found.id), key=str) == recounted


def test_two_officers_do_not_close_it_twice(hall):
    found = hall.opened()
    stale = Survey(**found.model_dump())
    hall.step(found, Step.CLOSE)
    with pytest.raises(Conflict):
        hall.step(stale, Step.CLOSE)


def test_from_the_opening_on_the_wording_is_fixed(hall):
    found = hall.opened()
    first = queries.question_rows(hall.session, found.id)[0]
    new = NewQuestion(Kind.SINGLE, "Lain?", choices=("A", "B"))
    officer = hall.city.officer
    for act in (
        lambda: services.add_question(hall.session, officer, found, new, NOW),
        lambda: services.change_question(hall.session, officer, found, first, new, now=NOW),
        lambda: services.move_question(hall.session, officer, found, first.id, 1, now=NOW),
        lambda: services.remove_question(hall.session, officer, found, first.id, NOW),
    ):
        with pytest.raises(Conflict) as refused:
            act()
        assert refused.value.code == "wording-fixed"


def test_once_open_only_the_last_day_moves_and_only_later(hall):
    found = hall.opened()
    officer, title = hall.city.officer, found.title

    def edit(days: Days) -> None:
        details = Details("Judul lain", "Lain", "Lain", days)
        services.edit_survey(hall.session, officer, found, details, NOW)

    with pytest.raises(Invalid):
        edit(Days(DAYS.opens_on, DAYS.closes_on - timedelta(1)))
    with pytest.raises(Invalid):
        edit(Days(DAYS.opens_on + timedelta(1), DAYS.closes_on))
    edit(Days(DAYS.opens_on, DAYS.closes_on + timedelta(7)))
    assert (found.title, found.closes_on) == (title, DAYS.closes_on + timedelta(7))


def test_a_survey_opens_with_questions_and_closes_after_its_last_day(hall):
    found = hall.survey()
    with pytest.raises(Conflict) as refused:
        hall.opened(found)
    assert refused.value.code == "no-questions"
    hall.ask(found, Kind.TEXT)
    hall.opened(found)
    with pytest.raises(Conflict) as refused:
        hall.step(found, Step.CLOSE, HERE)
    assert refused.value.code == "still-open"
    hall.step(found, Step.CLOSE)
    hall.step(found, Step.PUBLISH)
    assert found.state == State.PUBLISHED


def test_questions_move_and_keep_behind_what_they_depend_on(hall):
    found = hall.six()
    one, two, three, *_rest = queries.question_rows(hall.session, found.id)
    move = services.move_question
    officer = hall.city.officer
    move(hall.session, officer, found, three.id, -1, now=NOW)
    assert [row.id for row in queries.question_rows(hall.session, found.id)][:3] == [
        one.id, three.id, two.id]  # fmt: skip
    move(hall.session, officer, found, three.id, -1, now=NOW)
    with pytest.raises(Conflict):
        move(hall.session, officer, found, two.id, -1, now=NOW)
    move(hall.session, officer, found, three.id, -1, now=NOW)
    assert [each.number for each in hall.asked(found)] == [1, 2, 3, 4, 5, 6]
    with pytest.raises(Conflict):
        services.remove_question(hall.session, officer, found, one.id, NOW)
    services.remove_question(hall.session, officer, found, two.id, NOW)
    services.remove_question(hall.session, officer, found, one.id, NOW)
    assert [row.position for row in queries.question_rows(hall.session, found.id)] == [1, 2, 3, 4]


def test_a_condition_names_an_earlier_question_of_this_survey(hall):
    found, other = hall.survey(), hall.six(title="Lain")
    text = hall.ask(found, Kind.TEXT)
    single = hall.ask(found, Kind.SINGLE)
    theirs = queries.question_rows(hall.session, other.id)[0]
    for condition in (Condition(text.id, 0), Condition(single.id, 3), Condition(single.id, -1),
                      Condition(theirs.id, 0)):  # fmt: skip
        with pytest.raises(Invalid) as refused:
            hall.ask(found, Kind.TEXT, only_if=condition)
        assert refused.value.field == "only_if"


def test_a_choice_that_another_question_needs_is_not_taken_away(hall):
    found = hall.survey()
    first = hall.ask(found, Kind.SINGLE)
    hall.ask(found, Kind.TEXT, wording="Mengapa?", only_if=Condition(first.id, 2))
    new = NewQuestion(Kind.SINGLE, "Ya?", choices=("Ya", "Tidak"))
    with pytest.raises(Invalid) as refused:
        services.change_question(hall.session, hall.city.officer, found, first, new, now=NOW)
    assert "Mengapa?" in str(refused.value.message)


@pytest.mark.parametrize(("kind", "changes", "field"), [
    (Kind.SINGLE, {"wording": ""}, "wording"),
    (Kind.SINGLE, {"wording": "a" * 301}, "wording"),
    (Kind.SINGLE, {"choices": ("Ya",)}, "choices"),
    (Kind.SINGLE, {"choices": ("Ya", "ya")}, "choices"),
    (Kind.SINGLE, {"choices": tuple(map(str, range(21)))}, "choices"),
    (Kind.SINGLE, {"choices": ("a" * 121, "b")}, "choices"),
    (Kind.MULTIPLE, {"most": 4}, "most"),
    (Kind.MULTIPLE, {"most": -1}, "most"),
    (Kind.MATRIX, {"rows": ()}, "rows"),
    (Kind.SCALE, {"choices": ("1",)}, "points"),
    (Kind.SCALE, {"low": ""}, "low"),
    (Kind.TEXT, {"explanation": "a" * 601}, "explanation"),
])  # fmt: skip
def test_a_question_that_cannot_be_asked_says_which_field(hall, kind, changes, field):
    with pytest.raises(Invalid) as refused:
        hall.ask(hall.survey(), kind, **changes)
    assert refused.value.field == field


def test_a_survey_is_no_book(hall):
    found = hall.survey()
    for number in range(MOST_QUESTIONS):
        hall.ask(found, Kind.TEXT, wording=f"{number}?")
    with pytest.raises(Conflict):
        hall.ask(found, Kind.TEXT)


def test_texts_are_released_after_the_closing_and_taken_back(hall):
    found, officer = hall.opened(), hall.city.officer
    hall.send(found)
    text = hall.session.scalars(select(SurveyText)).one()
    with pytest.raises(Conflict):
        services.release_text(hall.session, officer, found, text, NOW)
    hall.step(found, Step.CLOSE)
    services.release_text(hall.session, officer, found, text, NOW)
    ids = [text.question_id]
    assert len(queries.released_texts(hall.session, ids, limit=9)) == 1
    services.withhold_text(hall.session, officer, found, text, NOW)
    assert queries.released_texts(hall.session, ids, limit=9) == []
    with pytest.raises(NotFound):
        queries.text(hall.session, hall.six(title="Lain").id, text.id)


def test_beside_a_consultation_that_is_not_announced_nobody_sees_it(hall):
    drafted = hall.city.drafted()
    found = hall.opened(consultation_id=drafted.id)
    with pytest.raises(NotFound):
        queries.public_survey(hall.session, found.slug)
    assert queries.surveys_beside(hall.session, "consultation", drafted.id) == []
    assert queries.public_surveys(hall.session, limit=9) == []


def test_beside_an_announced_consultation_everybody_sees_it(hall):
    announced = hall.city.announced()
    found = hall.opened(consultation_id=announced.id)
    assert queries.public_survey(hall.session, found.slug) == (found, announced)
    assert queries.surveys_beside(hall.session, "consultation", announced.id) == [found]


def test_events_name_no_answer(hall):
    hall.finished()
    events = list(hall.session.scalars(select(Event).where(col(Event.tag).startswith("surveys:"))))
    assert len(events) > 15
    assert all(set(event.details) <= {"state"} for event in events)
    assert Role.RESIDENT in hall.person().roles
