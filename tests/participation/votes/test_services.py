"""Acts on a vote, on both databases."""

import io
import json
import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from ballots.errors import Refused
from ballots.services import record, roll
from ballots.services.names import read_name
from ballots.services.sequencing import end_due_epochs
from ballots.verifier.verdict import CODES
from ballots.verifier.verification import verify
from participation.core.access import Role
from participation.core.errors import Conflict, Invalid, NotAllowed
from participation.core.events import Event
from participation.votes import queries, services
from participation.votes.models import VoteVoter
from participation.votes.proposal import Counting, Rule
from participation.votes.roll_file import ListedVoter
from tests.participation.people import make_person
from tests.participation.votes.hall import (
    CHECK_IN_CLOSES,
    CLOSES,
    NAMES,
    NO,
    OPENS,
    PARKS,
    PROPOSAL,
    YES,
    address,
    listed,
)


def refused(hall, act):
    """The code with which an act is refused; nothing of it stays."""
    with pytest.raises((Conflict, Invalid, NotAllowed)) as found:
        hall.do(act)
    hall.session.rollback()
    return found.value.code


def files_of(hall):
    """Every published file of the vote's record, by path."""
    output = io.BytesIO()
    record.write_zip(hall.platform.context, read_name(hall.vote.eid), output)
    with zipfile.ZipFile(output) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def result_of(hall):
    return json.loads(queries.result_of(hall.session, hall.vote))["questions"][0]


def test_a_referendum_goes_from_its_first_draft_to_its_result(hall):
    hall.open().vote_all(ani=YES, budi=NO, citra=YES)
    hall.cast("budi", YES)
    hall.finish()

    assert hall.vote.state == "counted"
    assert result_of(hall)["totals"] == [3, 0]
    assert result_of(hall)["winners"] == ["yes"]
    assert (hall.vote.checked_in, hall.vote.voted) == (3, 3)
    tags = [event.tag for event in hall.session.exec(select(Event))]
    assert sorted(tags) == sorted([
        "votes:vote:draft", "votes:roll:set", "votes:vote:announce", "votes:vote:freeze",
        "votes:vote:open", "votes:check-in:close", "votes:vote:close", "votes:vote:publish",
    ])  # fmt: skip


@pytest.mark.parametrize(
    ("counting", "choices", "winners"),
    [
        (Counting(Rule.PLURALITY), (0, 1, 1), ["kenanga"]),
        (Counting(Rule.APPROVAL, seats=2), ({0, 1}, {1, 2}, {2}), ["kenanga", "cempaka"]),
        (Counting(Rule.INSTANT_RUNOFF), ((1, 2, 0), (2, 1, 3), (3, 1, 2)), ["kenanga"]),
    ],
)
def test_every_rule_is_drawn_up_held_and_counted(hall, counting, choices, winners):
    hall.open(replace(PARKS, counting=counting))
    for name, choice in zip(NAMES, choices, strict=False):
        hall.check_in(name)
        hall.cast(name, frozenset(choice) if isinstance(choice, set) else choice)
    hall.finish()
    assert result_of(hall)["winners"] == winners


def test_the_record_of_a_counted_vote_passes_every_check(hall, tmp_path):
    hall.open().vote_all(ani=YES, budi=NO, citra=YES, dewi=None).finish()
    file = tmp_path / "record.suara"
    with file.open("wb") as output:
        record.write_zip(hall.platform.context, read_name(hall.vote.eid), output)
    findings = verify(str(file)).findings
    assert len(CODES) == 40
    assert [code for code in CODES if findings.outcome(code) is not True] == []


def test_the_public_record_has_no_name_and_no_address(hall):
    """A27: the organiser keeps the names; what everybody can download tells of nobody."""
    hall.open().vote_all(ani=YES, budi=NO).finish()
    files = files_of(hall)
    assert len(files) > 10
    for voter in listed():
        for path, content in files.items():
            assert voter.voter_id.encode() not in content, path
            assert voter.name.encode() not in content, path


def test_before_the_freeze_people_find_their_row_and_after_it_the_same_row(hall):
    hall.draw_up().do(services.announce)
    before = roll.row_of(hall.platform.context, read_name(hall.vote.eid0), address("ani"))
    hall.do(services.freeze)
    after = roll.row_of(hall.platform.context, read_name(hall.vote.eid0), address("ani"))
    assert (before.row, before.salt, before.root) == (after.row, after.salt, after.root)
    assert after.size == len(NAMES)


def test_after_the_freeze_nothing_changes_any_more(hall):
    hall.freeze()
    manifest = files_of(hall)["manifest.json"]
    now = hall.clock()
    with pytest.raises(Conflict) as changed:
        services.redraw(hall.session, hall.organiser, hall.vote, PROPOSAL, now)
    with pytest.raises(Conflict):
        services.set_roll(hall.session, hall.organiser, hall.vote, listed("ani"), now)
    hall.session.rollback()
    assert changed.value.code == "frozen"
    assert refused(hall, services.withdraw) == "wrong-state"
    assert files_of(hall)["manifest.json"] == manifest


def test_a_withdrawn_vote_can_be_corrected_and_keeps_no_name_of_its_first_roll(hall):
    hall.draw_up().do(services.announce)
    first = read_name(hall.vote.eid0)
    hall.do(services.withdraw)
    assert (hall.vote.state, hall.vote.eid0, hall.vote.announced_at) == ("drafted", None, None)
    with pytest.raises(Refused) as forgotten:
        roll.row_of(hall.platform.context, first, address("ani"))
    assert forgotten.value.code == "unknown-row"

    services.set_roll(hall.session, hall.organiser, hall.vote, listed("fajar", "gita"), OPENS)
    hall.do(services.announce)
    assert read_name(hall.vote.eid0) != first
    own = roll.row_of(hall.platform.context, read_name(hall.vote.eid0), address("fajar"))
    assert own.size == 2


@pytest.mark.parametrize(
    ("prepare", "act", "code"),
    [
        ((), services.freeze, "wrong-state"),
        ((services.announce,), services.open_voting, "wrong-state"),
        ((services.announce, services.freeze), services.open_voting, "voting-opens"),
        ((services.announce, services.freeze), services.close_voting, "wrong-state"),
        ((services.announce, services.freeze), services.count_and_publish, "wrong-state"),
    ],
)
def test_an_act_out_of_order_or_too_early_is_refused_with_its_rule(hall, prepare, act, code):
    hall.draw_up().do(*prepare)
    assert refused(hall, act) == code


def test_nobody_can_close_before_the_promised_hours(hall):
    hall.open()
    assert refused(hall, services.close_check_in) == "check-in-closes"
    hall.clock.moment = CHECK_IN_CLOSES
    hall.do(services.close_check_in)
    assert refused(hall, services.close_check_in) == "wrong-state"
    assert refused(hall, services.close_voting) == "voting-closes"
    hall.clock.moment = CLOSES
    hall.do(services.close_voting)
    assert hall.vote.state == "closed"


def test_a_vote_needs_a_roll_of_the_least_group(hall):
    hall.draw_up(PROPOSAL, "ani")
    assert refused(hall, services.announce) == "min-group"


def test_who_is_handed_in_twice_is_named(hall):
    vote = services.draw_up(hall.session, hall.organiser, PROPOSAL, hall.clock())
    twice = [ListedVoter("ani@example.id"), ListedVoter("ani@example.id")]
    with pytest.raises(Invalid, match=r"ani@example\.id"):
        services.set_roll(hall.session, hall.organiser, vote, twice, hall.clock())


def test_another_roll_takes_the_place_of_the_first(hall):
    hall.draw_up()
    services.set_roll(hall.session, hall.organiser, hall.vote, listed("fajar", "gita"), OPENS)
    found = queries.listed_voters(hall.session, hall.vote.id)
    assert [each.voter_id for each in found] == [address("fajar"), address("gita")]
    assert hall.vote.roll_size == 2


def test_only_organisers_draw_up_and_hold_votes(hall):
    officer = make_person(hall.session, "Budi Santoso", Role.OFFICER)
    with pytest.raises(NotAllowed):
        services.draw_up(hall.session, officer, PROPOSAL, hall.clock())
    hall.freeze()
    hall.organiser = officer
    hall.clock.moment = OPENS
    assert refused(hall, services.open_voting) == "needs-votes:vote:open"


def test_of_two_organisers_who_press_at_once_only_one_moves_the_vote_on(hall, database):
    hall.freeze()
    hall.clock.moment = OPENS
    with database.session() as other:
        late = queries.vote_of_slug(other, hall.vote.slug)
        hall.do(services.open_voting)
        with pytest.raises(Conflict):
            services.open_voting(other, hall.platform, hall.organiser, late, hall.clock())
        other.rollback()
    assert hall.vote.state == "open"


def test_two_votes_of_one_title_have_two_addresses(hall):
    first = services.draw_up(hall.session, hall.organiser, PROPOSAL, hall.clock())
    second = services.draw_up(hall.session, hall.organiser, PROPOSAL, hall.clock())
    assert first.slug != second.slug


def test_turnout_shows_only_what_is_published(hall):
    """A11: a figure that moved with each check-in would tell when somebody came."""
    hall.open().vote_all(ani=YES, budi=NO)
    services.refresh_running(hall.session)
    assert (hall.vote.checked_in, hall.vote.voted) == (0, 0)
    hall.session.commit()
    hall.clock.move(minutes=5)
    end_due_epochs(hall.platform.context)
    services.refresh_running(hall.session)
    assert (hall.vote.checked_in, hall.vote.voted) == (2, 2)


def test_who_checked_in_can_be_told_from_no_row_of_the_site(hall):
    """A11: the roll that the organiser sees is the same before and after somebody voted."""
    hall.open()
    before = [each.model_dump() for each in hall.session.exec(select(VoteVoter))]
    hall.vote_all(ani=YES, budi=NO)
    hall.session.expire_all()
    after = [each.model_dump() for each in hall.session.exec(select(VoteVoter))]
    assert before == after
    tags = {event.tag for event in hall.session.exec(select(Event))}
    assert not {tag for tag in tags if "check-in:ask" in tag or "cast" in tag}


def test_counting_goes_on_where_it_was_interrupted(hall):
    hall.open().vote_all(ani=YES, budi=NO)
    hall.clock.moment = CLOSES + timedelta(hours=1)
    hall.do(services.close_check_in, services.close_voting, services.reveal_keys)
    hall.do(services.count_and_publish)
    assert result_of(hall)["totals"] == [1, 1]


def test_a_vote_of_too_few_stays_shut(hall):
    """A19: one ballot is not opened, and the result says so."""
    hall.open().vote_all(ani=YES).finish()
    assert result_of(hall)["valid"] == 0
    assert [status.name for status in queries.statuses_of(hall.platform.context, hall.vote)] == [
        "SMALL_STYLE"
    ]


def test_the_label_knows_the_bounds_after_the_close_and_not_before(hall):
    hall.open().vote_all(ani=YES, budi=NO)
    hall.check_in("citra")
    draft = queries.draft_of(hall.platform.context, hall.vote)
    before = {each.question: each.answer for each in queries.label_of(draft, hall.vote).answers}
    hall.finish()
    label = queries.label_of(draft, hall.vote)
    after = {each.question: each for each in label.answers}
    assert label.name == "light"
    assert before["stuff-silent"] == "unknown-yet"
    assert after["stuff-silent"].numbers["most"] == 1
    assert after["stuff-absent"].numbers["most"] == 3
