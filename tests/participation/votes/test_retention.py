"""Names on rolls go when nobody needs them any more."""

from datetime import timedelta

from sqlmodel import select

from ballots.services import record
from ballots.services.names import read_name
from ballots.verifier.verification import verify
from participation.votes.models import VoteVoter
from participation.votes.services.retention import NAMES_KEPT, erase_old_names
from tests.participation.votes.hall import YES

DAY = timedelta(days=1)


def erase(hall, after: timedelta) -> int:
    moment = hall.vote.published_at + after
    return erase_old_names(hall.session, hall.platform.context, moment)


def voters(hall) -> int:
    return len(hall.session.exec(select(VoteVoter)).all())


def test_names_stay_while_a_count_may_be_doubted(hall):
    hall.open().vote_all(ani=YES, budi=YES).finish()
    assert erase(hall, NAMES_KEPT - DAY) == 0
    assert voters(hall) > 0


def test_afterwards_they_are_erased_once_and_the_record_still_verifies(hall, tmp_path):
    """A49: names and salts live apart from the log and are erased."""
    hall.open().vote_all(ani=YES, budi=YES).finish()
    assert erase(hall, NAMES_KEPT + DAY) == 1
    hall.session.commit()
    assert voters(hall) == 0
    assert erase(hall, NAMES_KEPT + DAY) == 0
    file = tmp_path / "record.suara"
    with file.open("wb") as output:
        record.write_zip(hall.platform.context, read_name(hall.vote.eid), output)
    assert verify(str(file)).findings.outcome("V40") is True


def test_a_vote_that_is_not_counted_keeps_its_names(hall):
    hall.open().vote_all(ani=YES)
    far = hall.clock() + 10 * NAMES_KEPT
    assert erase_old_names(hall.session, hall.platform.context, far) == 0
    assert voters(hall) > 0
