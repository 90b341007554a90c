"""Acts on a vote, on both databases."""

import json

import pytest
from sqlmodel import select

from ballots.services import record, roll
from ballots.services.names import read_name
from participation.core.errors import Conflict, Invalid, NotAllowed
from participation.core.events import Event
from participation.votes import queries, services
from participation.votes.models import VoteVoter
from tests.participation.votes.hall import CHECK_IN_CLOSES, CLOSES, NO, OPENS, YES, address, listed


def test_a_referendum_goes_from_its_first_draft_to_its_result(hall):
    hall.open().vote_all(ani=YES, budi=NO, citra=YES)
    hall.cast("budi", YES)
    hall.finish()

    assert hall.vote.state == "counted"
    found = record.read(hall.platform.context, read_name(hall.vote.eid), "result.json")
    result = json.loads(found.content)
    assert result["questions"][0]["totals"] == [3, 0]
    assert result["questions"][0]["winners"] == ["yes"]
    tags = [event.tag for event in hall.session.exec(select(Event).order_by(Event.at))]
    assert sorted(tags) == sorted([
        "votes:vote:draft", "votes:roll:set", "votes:vote:announce", "votes:vote:freeze",
        "votes:vote:open", "votes:check-in:close", "votes:vote:close", "votes:vote:publish",
    ])  # fmt: skip
