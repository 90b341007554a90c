"""What people hand in: promises, receipts, checkpoints, a voting page; and the summary."""

import pytest

from ballots.verifier.beside import Beside, gather
from ballots.verifier.checks.summary import sample_size
from ballots.verifier.report import verdicts
from ballots.verifier.verification import verify
from tests.records.builder import Builder, write_folder
from tests.records.plan import CLOSED, RUNNING, Plan
from tests.records.verified import failing, outcomes_of, verdicts_on


def messages(files, folder, beside=None):
    """The message of each check by its code."""
    return {verdict.code: verdict.message for verdict in verdicts_on(files, folder, beside)}


def test_what_nobody_hands_in_is_not_asked_and_passes(honest, tmp_path):
    found = {v.code: v for v in verdicts_on(honest.files, tmp_path)}

    for code in ("V13", "V26", "V38", "V39"):
        assert found[code].ok is True
        assert found[code].message == "not asked"


def test_a_promise_that_was_kept_passes(honest, tmp_path):
    """A32."""
    promises = tuple(
        (f"{index}.promise", honest.promise(payload, 0)) for index, payload in honest.cast_log[:3]
    )

    found = outcomes_of(honest.files, tmp_path, Beside(promises=promises))

    assert found["V26"] is True
    assert failing(found) == frozenset()


def test_a_promise_of_an_issue_that_was_kept_passes(honest, tmp_path):
    issue = next(
        e[32:] for e in honest.check_in_log.entries if e[32:].startswith(b"\x0esuara/v1/issue")
    )
    promise = honest.promise(issue, 0, "promise-issue")

    found = outcomes_of(honest.files, tmp_path, Beside(promises=(("mine.promise", promise),)))

    assert found["V26"] is True


def test_a_promise_that_is_not_due_yet_lacks_evidence(tmp_path):
    built = Builder(Plan(stage=RUNNING, merge_delay=9)).build()
    beside = Beside(promises=(("mine.promise", built.promise(b"a ballot", 0)),))

    found = outcomes_of(built.files, tmp_path, beside)

    assert found["V26"] is None


def test_a_receipt_of_my_ballot_passes(honest, tmp_path):
    index, _ = honest.cast_log[0]
    beside = Beside(receipts=(("mine.tlog-proof", honest.receipt(index)),))

    found = outcomes_of(honest.files, tmp_path, beside)

    assert found["V13"] is True
    assert found["V39"] is True


def test_a_receipt_from_a_box_that_was_exchanged_is_seen(tmp_path):
    """A41: the log signed two boxes of one size; the receipt proves it."""
    honest = Builder(Plan()).build()
    other = OtherBallots(Plan()).build()
    index, _ = honest.cast_log[-1]
    assert honest.ballot_log.size == other.ballot_log.size
    assert honest.eid == other.eid

    beside = Beside(receipts=(("mine.tlog-proof", honest.receipt(index)),))
    found = {v.code: v for v in verdicts_on(other.files, tmp_path, beside)}

    assert found["V13"].ok is False
    assert found["V13"].message.startswith("EQUIVOCATION")
    assert found["V39"].ok is False


class OtherBallots(Builder):
    """The same election, with the last voter's ballot changed."""

    def encode(self, voter, choices):
        return super().encode(voter, (1,) if voter == 4 else choices)


def test_a_checkpoint_of_the_same_box_passes(honest, tmp_path):
    notes = tuple((f"{size}.checkpoint", note) for size, note in honest.ballot_log.notes.items())
    found = outcomes_of(honest.files, tmp_path, Beside(checkpoints=notes))

    assert found["V13"] is True


def test_a_checkpoint_newer_than_the_record_lacks_evidence(honest, tmp_path):
    older = Builder(Plan(stage=CLOSED)).build()
    note = honest.ballot_log.notes[honest.ballot_log.size]

    found = outcomes_of(older.files, tmp_path, Beside(checkpoints=(("new.checkpoint", note),)))

    assert found["V13"] is None


def test_the_served_voting_page_passes_and_another_does_not(honest, tmp_path):
    """A50."""
    record = write_folder(honest.files, tmp_path / "record")
    page = write_folder(honest.client_files(), tmp_path / "page")

    first = {v.code: v.ok for v in verdicts(verify(str(record), Beside(client=page)))}
    (page / "js" / "cast.js").write_bytes(b"leak()")
    second = {v.code: v.ok for v in verdicts(verify(str(record), Beside(client=page)))}

    assert first["V38"] is True
    assert failing(second) == {"V38"}


def test_files_are_gathered_by_their_endings(tmp_path):
    for name in ("a.promise", "b.tlog-proof", "c.checkpoint", "d.txt"):
        (tmp_path / name).write_bytes(name.encode())

    beside = gather([tmp_path])

    assert beside.promises == (("a.promise", b"a.promise"),)
    assert beside.receipts == (("b.tlog-proof", b"b.tlog-proof"),)
    assert beside.checkpoints == (("c.checkpoint", b"c.checkpoint"),)
    with pytest.raises(ValueError, match=r"d\.txt"):
        gather([tmp_path / "d.txt"])


def test_the_summary_counts_everything(tmp_path):
    """A1: the bounds, and whom to ask."""
    built = Builder(Plan(notes=((0, "moved away"), (5, "died")))).build()

    summary = messages(built.files, tmp_path)["V40"]

    assert "turnout 5 of 6" in summary
    assert "check-ins 5: 3 by the voter's passkey, 1 by session, 1 at a desk (1 of them" in summary
    assert "counted 5, superseded 1, unopenable 0" in summary
    assert "at most 2 check-ins without the voter's own passkey" in summary
    assert f"struck rows that checked in: {built.places[0]}" in summary


@pytest.mark.parametrize(("percent", "known"), [(1, 299), (2, 149), (5, 59)])
def test_large_samples_are_those_of_the_review(percent, known):
    """A1 (v): 299, 149 and 59, for a crowd without end."""
    assert sample_size(10**9, percent) == known


def test_small_crowds_need_smaller_samples():
    assert sample_size(0, 1) == 0
    assert sample_size(1, 1) == 1
    assert sample_size(20, 5) == 19
    assert sample_size(1000, 5) < 59
