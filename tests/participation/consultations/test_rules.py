from dataclasses import replace
from datetime import date, timedelta

import pytest

from participation.comments.rules import Coverage
from participation.consultations.rules import (
    TRANSITIONS,
    Phase,
    Situation,
    Step,
    after,
    are_comments_open,
    check_answers_open,
    check_comments_open,
    refusal,
)
from participation.core.errors import Conflict
from tests.factories.consultations import CALENDAR, TODAY

READY = Situation(
    phase=Phase.DRAFT,
    calendar=CALENDAR,
    today=TODAY,
    article_count=3,
    coverage=Coverage(2, 2),
    has_outcome=True,
)
AFTER_END = CALENDAR.closes_on + timedelta(days=1)


def test_every_phase_has_a_row_in_the_table():
    assert set(TRANSITIONS) == set(Phase)


def test_steps_lead_through_the_phases_in_order():
    day = {Step.CLOSE: AFTER_END}
    for phase, following in zip(Phase, list(Phase)[1:], strict=False):
        (step,) = TRANSITIONS[phase]
        assert after(step, replace(READY, phase=phase, today=day.get(step, TODAY))) is following
    assert TRANSITIONS[Phase.ARCHIVED] == {}


@pytest.mark.parametrize("phase", Phase)
@pytest.mark.parametrize("step", Step)
def test_a_step_from_any_other_phase_is_refused(phase, step):
    if step not in TRANSITIONS[phase]:
        with pytest.raises(Conflict) as refused:
            after(step, replace(READY, phase=phase))
        assert refused.value.code == "wrong-phase"
    else:
        assert TRANSITIONS[phase][step]


@pytest.mark.parametrize(
    ("step", "phase", "change", "code"),
    [
        (Step.PUBLISH, Phase.DRAFT, {"article_count": 0}, "no-draft-text"),
        (Step.OPEN, Phase.ANNOUNCED, {"today": date(2026, 10, 31)}, "opens-later"),
        (Step.OPEN, Phase.ANNOUNCED, {"today": AFTER_END}, "closing-day-passed"),
        (Step.CLOSE, Phase.OPEN, {"today": CALENDAR.closes_on}, "still-open"),
        (Step.DECIDE, Phase.ANSWERING, {"coverage": Coverage(2, 1)}, "unanswered"),
        (Step.DECIDE, Phase.ANSWERING, {"has_outcome": False}, "no-outcome"),
    ],
)
def test_a_step_says_what_is_missing(step, phase, change, code):
    found = refusal(step, replace(READY, phase=phase, **change))
    assert found is not None
    assert found.code == code
    assert str(found.message).endswith(".")


def test_a_step_that_may_be_taken_has_no_refusal():
    assert refusal(Step.PUBLISH, READY) is None


def test_the_last_day_counts_to_its_end():
    check_comments_open(Phase.OPEN, CALENDAR, CALENDAR.closes_on)
    assert are_comments_open(Phase.OPEN, CALENDAR, CALENDAR.closes_on)


@pytest.mark.parametrize(
    ("phase", "today", "code"),
    [
        (Phase.DRAFT, TODAY, "not-open-yet"),
        (Phase.ANNOUNCED, TODAY, "not-open-yet"),
        (Phase.OPEN, AFTER_END, "comments-closed"),
        (Phase.ANSWERING, TODAY, "comments-closed"),
        (Phase.DECIDED, TODAY, "comments-closed"),
        (Phase.ARCHIVED, TODAY, "comments-closed"),
    ],
)
def test_comments_are_closed_before_and_after_their_phase(phase, today, code):
    assert not are_comments_open(phase, CALENDAR, today)
    with pytest.raises(Conflict) as refused:
        check_comments_open(phase, CALENDAR, today)
    assert refused.value.code == code


@pytest.mark.parametrize("phase", [Phase.OPEN, Phase.ANSWERING])
def test_answers_are_written_from_the_opening_to_the_decision(phase):
    assert check_answers_open(phase) is None


@pytest.mark.parametrize("phase", [Phase.DRAFT, Phase.ANNOUNCED, Phase.DECIDED, Phase.ARCHIVED])
def test_answers_are_not_written_at_other_times(phase):
    with pytest.raises(Conflict):
        check_answers_open(phase)
