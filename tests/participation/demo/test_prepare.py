from collections import Counter
from datetime import timedelta

from sqlmodel import select

from ballots.services import record, roll
from ballots.services.names import read_name
from ballots.verifier.beside import Beside
from ballots.verifier.report import verdicts
from ballots.verifier.verdict import exit_code
from ballots.verifier.verification import verify
from participation.accounts.services import check_sign_in
from participation.comments.models import Comment
from participation.comments.rules import Stance
from participation.consultations.models import Consultation, DraftClause
from participation.core.access import Role
from participation.demo import mark, texts
from participation.demo.people import sign_ins
from participation.record.verifying.report import verdicts as verdicts_on_consultation
from participation.record.verifying.verification import verify as verify_consultation
from participation.votes.box import ballots
from participation.votes.models import Vote
from participation.votes.rules import State
from tests.participation.demo.conftest import PREPARED_AT
from tests.participation.html import read

ROLES = {
    "sri": {Role.RESIDENT},
    "yoga": {Role.RESIDENT},
    "ratna": {Role.RESIDENT, Role.OFFICER},
    "bambang": {Role.RESIDENT, Role.OFFICER},
    "dimas": {Role.RESIDENT, Role.ORGANISER},
    "tuti": {Role.RESIDENT, Role.ADMINISTRATOR},
    "bagas": {Role.RESIDENT, Role.MODERATOR},
    "wati": {Role.RESIDENT, Role.MODERATOR},
}


def vote_in(rows, state):
    return rows.exec(select(Vote).where(Vote.state == state)).one()


def test_every_page_says_that_all_is_made_up(city):
    client = city.test_client()
    for path in ("/", "/consultations", "/votes", "/sign-in", "/no-such-page"):
        page = read(client.get(path, headers={"Accept-Language": "en"}).get_data(as_text=True))
        assert "made up" in page.one("aside", **{"class": "demo"}).words


def test_the_people_in_the_table_can_sign_in_with_their_roles(rows):
    found = {each.email.partition("@")[0]: each for each in sign_ins()}
    assert found.keys() == ROLES.keys()
    for key, roles in ROLES.items():
        actor = check_sign_in(rows, found[key].email, found[key].password)
        assert set(actor.roles) == roles


def test_residents_talk_about_many_clauses_and_some_have_answers(rows):
    consultation = rows.exec(select(Consultation)).one()
    comments = rows.exec(select(Comment)).all()
    first = [comment for comment in comments if comment.thread_id is None]
    clauses = set(rows.exec(select(DraftClause.clause_id)).all())
    assert consultation.phase == "open"
    assert len(first) >= 12
    assert len({comment.author_id for comment in first}) >= 5
    assert {comment.place for comment in first} <= clauses
    assert len({comment.place for comment in first}) >= 10
    assert set(Counter(comment.stance for comment in first)) == {*Stance}
    assert len(comments) > len(first)
    assert 3 <= sum(comment.answer_id is not None for comment in first) < len(first)


def test_everything_has_happened_before_it_was_prepared(rows):
    moments = [comment.written_at for comment in rows.exec(select(Comment)).all()]
    moments += [vote.created_at for vote in rows.exec(select(Vote)).all()]
    assert len(moments) > 20
    assert PREPARED_AT - timedelta(days=90) < min(moments)
    assert max(moments) <= PREPARED_AT


def test_the_open_referendum_waits_for_the_residents_and_has_epochs(rows, city):
    vote = vote_in(rows, State.OPEN)
    assert vote.rule == "yes-no"
    assert vote.quorum_percent
    assert vote.check_in_opens_at < PREPARED_AT < vote.check_in_closes_at
    assert 0 < vote.voted < vote.roll_size
    assert vote.roll_size >= vote.min_group
    eid = read_name(vote.eid)
    for key in ("sri", "yoga"):
        assert not roll.has_checked_in(ballots(), eid, f"{key}@lembayung.example")


def test_the_finished_vote_can_be_recounted_by_everybody(rows, city, tmp_path):
    vote = vote_in(rows, State.COUNTED)
    file = tmp_path / "park.suara"
    with file.open("wb") as output:
        record.write_zip(ballots(), read_name(vote.eid), output)
    verification = verify(str(file))
    assert exit_code(verdicts(verification)) == 0
    question = verification.outcome["questions"][0]
    assert question["winners"] == ["taman-rukun"]
    assert len(question["rounds"]) == 3
    assert not question["drawn"]
    votes = sum(each["count"] for each in texts.table("votes")["park"]["crowd"]["ballots"])
    assert question["valid"] + question["blank"] == votes


def test_the_consultation_has_a_record_that_anybody_can_check(rows, city, tmp_path):
    consultation = rows.exec(select(Consultation)).one()
    file = tmp_path / "consultation.suara"
    address = f"/consultations/{consultation.slug}/record/{consultation.slug}.suara"
    file.write_bytes(city.test_client().get(address).data)
    found = verdicts_on_consultation(
        verify_consultation(str(file), Beside(), progress=lambda *_told: None)
    )
    assert exit_code(found) == 0
    comments = rows.exec(select(Comment)).all()
    first = sum(comment.thread_id is None for comment in comments)
    assert f"comments {first}, replies {len(comments) - first}," in found[-1].message


def test_the_mark_is_in_the_database_itself(city, database):
    assert mark.mark_of(city.extensions["suara"].database.engine) is mark.Mark.FINISHED
    assert not mark.is_demonstration(database.engine)
    mark.begin(database.engine)
    assert mark.mark_of(database.engine) is mark.Mark.BEGUN
    assert mark.is_demonstration(database.engine)
