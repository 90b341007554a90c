"""Where a meeting stands, and which times, links and agendas are taken."""

from datetime import timedelta

import pytest

from participation.consultations.rules import Phase
from participation.core.errors import Conflict, Invalid
from participation.meetings.rules import (
    FURTHEST,
    LONGEST,
    Span,
    Stage,
    State,
    check_agenda_fits,
    check_announcement,
    check_link,
    check_span,
    stage_of,
)
from tests.factories.consultations import NOW

SPAN = Span(NOW + timedelta(hours=1), NOW + timedelta(hours=3))
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("now", "stage"),
    [
        (SPAN.begins_at - SECOND, Stage.COMING),
        (SPAN.begins_at, Stage.RUNNING),
        (SPAN.ends_at - SECOND, Stage.RUNNING),
        (SPAN.ends_at, Stage.HELD),
    ],
)
def test_the_clock_decides_where_an_announced_meeting_stands(now, stage):
    assert stage_of(State.ANNOUNCED, SPAN, is_minuted=False, now=now) is stage


def test_minutes_and_decisions_stand_above_the_clock():
    assert stage_of(State.ANNOUNCED, SPAN, is_minuted=True, now=SPAN.ends_at) is Stage.MINUTED
    for state in (State.DRAFT, State.CANCELLED):
        assert stage_of(state, SPAN, is_minuted=False, now=SPAN.ends_at) == state.value


@pytest.mark.parametrize(
    "link",
    [
        "https://temu.example.id/sampah",
        "http://127.0.0.1:8443/r?x=1#y",
        "https://temu.example.id/kamar/ruang%20satu",
    ],
)
def test_a_web_address_is_a_link(link):
    check_link(link)


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "JaVaScRiPt://example.id/%0aalert(1)",
        "data:text/html,<script>alert(1)</script>",
        "//example.id/x",
        "/desk",
        "https://",
        "https:///x",
        "https://bank.id@jahat.example/x",
        "https://example.id\\@jahat.example",
        "https://example.id/a b",
        "https://example.id/\u202eknil",
        "https://[::1",
        "https://example.id:99999999",
        "ftp://example.id",
    ],
)
def test_what_is_no_web_page_is_no_link(link):
    with pytest.raises(Invalid) as refused:
        check_link(link)
    assert refused.value.field == "link"


@pytest.mark.parametrize(
    ("span", "field"),
    [
        (Span(SPAN.ends_at, SPAN.begins_at), "ends_at"),
        (Span(SPAN.begins_at, SPAN.begins_at), "ends_at"),
        (Span(SPAN.begins_at, SPAN.begins_at + LONGEST + SECOND), "ends_at"),
        (Span(NOW + FURTHEST + SECOND, NOW + FURTHEST + LONGEST), "begins_at"),
    ],
)
def test_times_follow_each_other_and_are_near(span, field):
    with pytest.raises(Invalid) as refused:
        check_span(span, NOW)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("stage", "phase", "items", "now", "code"),
    [
        (Stage.COMING, Phase.OPEN, 1, NOW, "announced-already"),
        (Stage.DRAFT, Phase.OPEN, 1, SPAN.begins_at, "in-the-past"),
        (Stage.DRAFT, Phase.DRAFT, 1, NOW, "draft-not-public"),
        (Stage.DRAFT, Phase.DECIDED, 1, NOW, "decided"),
        (Stage.DRAFT, Phase.OPEN, 0, NOW, "no-agenda"),
    ],
)
def test_what_stands_against_an_announcement_is_said(stage, phase, items, now, code):
    with pytest.raises(Conflict) as refused:
        check_announcement(stage, SPAN, phase, items, now)
    assert refused.value.code == code


def test_an_agenda_fills_the_meeting_and_no_more():
    check_agenda_fits(SPAN, [60, 60], "minutes")
    with pytest.raises(Invalid, match="one minute longer"):
        check_agenda_fits(SPAN, [60, 61], "minutes")
