"""What the verifier finds in the records of sites that are not honest."""

from dataclasses import replace

import pytest

from ballots.verifier.beside import Beside
from crypto.encoding import M, sha256
from participation.record.documents import AnswerRow, Figures, Opening
from participation.record.entries import (
    KINDS,
    Begun,
    Changed,
    Edited,
    Erased,
    Extended,
    Held,
    PhaseChanged,
    Redacted,
    Removed,
    Restored,
    Version,
    Withdrawn,
)
from participation.record.signing import signed_note
from participation.record.verifying.checks import MAY_COME_FROM
from participation.record.verifying.texts import CODES, FAILURES, LAST_SENTENCES, TITLES
from tests.participation.record.conftest import failing, outcomes
from tests.participation.record.forging import (
    ANSWER,
    AT,
    TEXT,
    Forgery,
    answered,
    beginning,
    contributed,
    name_of,
    opened,
    told,
)

TWO = Figures(versions=1, contributions=2, waiting=2)


def honest():
    """A record with two comments that wait."""
    return Forgery(figures=TWO).contribute(1, 2)


def messages(folder, beside=None):
    """What is said, by code."""
    return {each.code: each.message for each in outcomes(folder, beside)}


def test_what_happened_in_the_fullest_record_verifies(whole, folder_of):
    found = outcomes(folder_of(whole))
    assert [(each.code, each.ok) for each in found] == [(code, True) for code in CODES]
    told_at_the_end = found[-1].message
    for figure in ("comments 9", "replies 1", "answered 2", "held 1", "removed 1", "withdrawn 1"):
        assert figure in told_at_the_end
    assert "erased 1" in told_at_the_end


def test_an_honest_record_made_by_hand_verifies(folder_of):
    assert {each.ok for each in outcomes(folder_of(honest().files()))} == {True}


def test_every_check_has_its_words_in_both_languages():
    assert [int(code[1:]) for code in CODES] == list(range(1, 21))
    assert all(TITLES[code].keys() == {"en", "id"} and FAILURES[code] for code in CODES)
    assert len(set(FAILURES.values())) == len(CODES)
    assert all(each.keys() == {"en", "id"} for each in LAST_SENTENCES.values())
    entries_about = {t for t in KINDS if t.startswith("contribution-")}
    assert set(MAY_COME_FROM) == entries_about


def test_a_vanished_contribution_is_found(folder_of):
    """Its words are simply not served any more, and the figures were made to fit."""
    forged = honest()
    forged.openings.pop(0)
    forged.figures = replace(TWO, contributions=1, waiting=1)
    said = messages(folder_of(forged.files()))
    assert "vanished" in said["C14"]
    assert name_of(1).hex() in said["C14"]
    assert failing(folder_of(forged.files())) == {"C14", "C18"}


def test_words_that_were_changed_are_found(folder_of):
    forged = honest()
    forged.openings.pop(0)
    forged.open(1, "Saya setuju sekali.")
    assert failing(folder_of(forged.files())) == {"C14"}


def test_words_of_one_comment_under_the_name_of_another_are_found(folder_of):
    forged = honest()
    first, second = forged.openings
    forged.openings = [replace(first, id=second.id), replace(second, id=first.id)]
    assert failing(folder_of(forged.files())) == {"C14"}


def test_an_invented_or_doubled_line_is_found(folder_of):
    invented, doubled = honest(), honest()
    invented.open(9)
    doubled.open(1)
    assert failing(folder_of(invented.files())) == {"C14"}
    assert failing(folder_of(doubled.files())) == {"C14"}


def test_a_changed_answer_is_found(folder_of):
    figures = replace(TWO, answered=1, waiting=1)
    forged = Forgery(figures=figures).contribute(1, 2)
    forged.entries.append(answered(1))
    forged.answers = [AnswerRow(b"a" * 16, ANSWER)]
    assert failing(folder_of(forged.files())) == set()
    forged.answers = [AnswerRow(b"a" * 16, ANSWER.replace(b"Diterima", b"Ditolak"))]
    assert failing(folder_of(forged.files())) == {"C17"}
    forged.answers = []
    assert failing(folder_of(forged.files())) == {"C17"}
    forged.answers = [AnswerRow(b"a" * 16, ANSWER), AnswerRow(b"b" * 16, ANSWER)]
    assert failing(folder_of(forged.files())) == {"C17"}


def test_a_forked_log_is_equivocation_and_both_checkpoints_are_printed(folder_of):
    """Somebody was shown another log and kept its seal."""
    shown, forked = honest(), Forgery(figures=TWO).contribute(1, 3)
    kept = forked.note(6)
    beside = Beside(checkpoints=(("mine.checkpoint", kept),))
    folder = folder_of(shown.files())
    assert failing(folder, beside) == {"C07"}
    said = messages(folder, beside)["C07"]
    assert said.startswith("EQUIVOCATION at mine.checkpoint")
    for note in (kept, shown.note(6)):
        assert note.split(b"\n")[2].decode() in said


def test_an_earlier_seal_of_the_same_log_holds(folder_of):
    beside = Beside(checkpoints=(("mine.checkpoint", honest().note(5)),))
    assert failing(folder_of(honest().files()), beside) == set()


def test_a_second_checkpoint_of_one_size_is_found_inside_the_record(folder_of):
    files = honest().files()
    files["checkpoints/6"] = Forgery(figures=TWO).contribute(1, 3).note(6)
    assert failing(folder_of(files)) == {"C06", "C07"}


def test_a_seal_from_beyond_the_end_says_that_the_copy_is_old(folder_of):
    """An old download is no lie; a live site that ends before its own seal is (next test)."""
    later = honest().contribute(3)
    beside = Beside(checkpoints=(("later.checkpoint", later.note(7)),))
    found = {each.code: each for each in outcomes(folder_of(honest().files()), beside)}
    assert found["C07"].ok is None
    assert "old one" in found["C07"].message


def test_a_seal_or_receipt_of_another_log_is_no_evidence(folder_of):
    other = Forgery(description=told(slug="lain", id="cd" * 16), figures=TWO)
    note = signed_note(
        "elsewhere.example/suara/consultations/" + "cd" * 16, bytes(32), 6, bytes(32)
    )
    for octets in (note, other.files()["checkpoint"][:-3], b"", b"\n\n"):
        beside = Beside(checkpoints=(("x.checkpoint", octets),))
        assert failing(folder_of(honest().files()), beside) == {"C19"}


def test_a_log_signed_with_another_key_is_found(folder_of):
    forged = honest()
    forged.seed = bytes(32)
    assert {"C02", "C03"} <= failing(folder_of(forged.files()))


def test_a_receipt_proves_its_contribution(folder_of):
    receipt = honest().receipt(4, opened(1))
    beside = Beside(receipts=(("mine.tlog-proof", receipt),))
    folder = folder_of(honest().contribute(3).files())
    forged = honest().contribute(3)
    forged.figures = replace(TWO, contributions=3, waiting=3)
    folder = folder_of(forged.files())
    assert failing(folder, beside) == set()
    assert messages(folder, beside)["C19"] == "mine.tlog-proof is entry 4, open"


def test_a_receipt_replayed_for_another_contribution_is_found(folder_of):
    """The proof of one entry with the words, the name or the entry of another."""
    forged = honest()
    replayed = {
        "words.tlog-proof": forged.receipt(4, opened(2)),
        "name.tlog-proof": forged.receipt(4, replace(opened(1), author="Orang Lain")),
        "salt.tlog-proof": forged.receipt(4, replace(opened(1), author_salt=bytes(32))),
        "phase.tlog-proof": forged.receipt(3, opened(1)),
    }
    for name, octets in replayed.items():
        beside = Beside(receipts=((name, octets),))
        assert failing(folder_of(forged.files()), beside) == {"C19"}, name


def test_a_receipt_from_a_log_that_was_rewritten_is_equivocation(folder_of):
    """The contributor kept proof of what the site has dropped since."""
    receipt = honest().receipt(5, opened(2))
    rewritten = Forgery(figures=replace(TWO)).contribute(1, 3)
    beside = Beside(receipts=(("mine.tlog-proof", receipt),))
    assert "C07" in failing(folder_of(rewritten.files()), beside)


def test_a_receipt_tells_what_became_of_the_comment(folder_of):
    forged = Forgery(figures=Figures(versions=1, contributions=1, removed=1))
    forged.entries.append(contributed(1))
    receipt = forged.receipt(4, opened(1))
    forged.entries.append(Removed(AT, name_of(1), "insult", "Menghina orang."))
    said = messages(folder_of(forged.files()), Beside(receipts=(("m.tlog-proof", receipt),)))
    assert "removed under 'insult': Menghina orang." in said["C19"]


def test_a_promise_belongs_to_an_election(folder_of):
    beside = Beside(promises=(("x.promise", b"?"),))
    assert failing(folder_of(honest().files()), beside) == {"C19"}


ABOUT = name_of(1)
BAD_ENDINGS = {
    "a second beginning": ("C09", [Begun(AT, told().write())]),
    "another consultation": ("C09", [Changed(AT, told(id="cd" * 16).write())]),
    "a document that is none": ("C09", [Changed(AT, b"{}")]),
    "a version too many": ("C10", [Version(AT, 3, sha256(TEXT), 1)]),
    "a phase again": ("C11", [PhaseChanged(AT, "open")]),
    "a phase left out": ("C11", [PhaseChanged(AT, "decided")]),
    "a phase nobody knows": ("C11", [PhaseChanged(AT, "?")]),
    "what follows a phase nobody knows": ("C11", [PhaseChanged(AT, "?"), PhaseChanged(AT, "!")]),
    "a phase after the last": (
        "C11", [PhaseChanged(AT, each) for each in ("answering", "decided", "archived", "open")]),
    "less time": ("C12", [Extended(AT, "2026-12-01", "2026-11-30", "Sudah cukup.")]),
    "from another day": ("C12", [Extended(AT, "2026-12-02", "2026-12-09", "Banjir.")]),
    "no day": ("C12", [Extended(AT, "2026-12-01", "kapan-kapan", "Banjir.")]),
    "shortened by the way": ("C12", [Changed(AT, told(closes_on="2026-11-20").write())]),
    "a comment twice": ("C13", [contributed(1)]),
    "a reply to nothing": ("C13", [contributed(9, thread=8)]),
    "an edit of nothing": ("C13", [Edited(AT, name_of(9), bytes(32))]),
    "an answer to nothing": ("C13", [answered(9)]),
    "restored though open": ("C13", [Restored(AT, ABOUT)]),
    "held twice": ("C13", [Held(AT, ABOUT), Held(AT, ABOUT)]),
    "edited once withdrawn": ("C13", [Withdrawn(AT, ABOUT), Edited(AT, ABOUT, bytes(32))]),
    "redacted once erased": ("C13", [Erased(AT, ABOUT), Redacted(AT, ABOUT, bytes(32))]),
    "removed once erased": ("C13", [Erased(AT, ABOUT), Removed(AT, ABOUT, "law", "Pasal 5.")]),
    "erased and still shown": ("C15", [Erased(AT, ABOUT)]),
    "withdrawn and still shown": ("C15", [Withdrawn(AT, ABOUT)]),
    "removed without a rule": ("C16", [Removed(AT, ABOUT, " ", "Tidak sopan.")]),
    "removed without a reason": ("C16", [Removed(AT, ABOUT, "insult", "")]),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD_ENDINGS)
def test_what_may_not_follow_is_found_by_its_number(case, folder_of):
    code, entries = BAD_ENDINGS[case]
    forged = honest()
    forged.entries += entries
    assert code in failing(folder_of(forged.files()))


def test_a_log_that_begins_with_something_else_is_found(folder_of):
    forged = Forgery(entries=beginning()[1:])
    assert "C09" in failing(folder_of(forged.files()))


def test_an_entry_of_another_kind_of_log_is_found(folder_of):
    class Strange:
        payload = M("cast", bytes(32))

    forged = honest()
    forged.entries.append(Strange())
    assert "C08" in failing(folder_of(forged.files()))


def test_a_description_that_differs_from_the_log_is_found(folder_of):
    forged = honest()
    forged.description = told(title="Sumur untuk sebagian")
    assert failing(folder_of(forged.files())) == {"C09"}


def test_another_text_of_a_version_is_found(folder_of):
    files = honest().files()
    files["versions/1.txt"] = TEXT.replace(b"setiap hari", b"hari Senin")
    assert failing(folder_of(files)) == {"C10"}


def test_an_honest_extension_verifies(folder_of):
    forged = honest()
    forged.entries.append(Extended(AT, "2026-12-01", "2026-12-08", "Banjir."))
    forged.description = told(closes_on="2026-12-08")
    assert failing(folder_of(forged.files())) == set()


def test_figures_that_flatter_are_found(folder_of):
    forged = honest()
    forged.figures = replace(TWO, answered=2, waiting=0)
    assert failing(folder_of(forged.files())) == {"C18"}


def test_words_that_are_being_taken_away_leave_a_gap_and_no_finding(folder_of):
    forged = honest()
    forged.openings[0] = Opening(name_of(1), is_pending=True)
    found = {each.code: each.ok for each in outcomes(folder_of(forged.files()))}
    assert found["C14"] is None
    assert False not in found.values()


@pytest.mark.parametrize(
    ("missing", "codes"),
    [
        ("consultation.json", set(CODES)),
        ("checkpoint", {"C02"}),
        ("contributions", {"C14"}),
        ("answers", {"C17"}),
        ("figures.json", {"C18"}),
        ("versions/1.txt", {"C10"}),
        ("tile/0/000.p/6", {"C04"}),
        ("tile/entries/000.p/6", {"C04", "C05", "C14"}),
    ],
)
def test_what_is_not_there_is_missing_and_not_passed(missing, codes, folder_of):
    files = honest().files()
    del files[missing]
    found = {each.code: each.ok for each in outcomes(folder_of(files))}
    assert False not in found.values()
    assert codes <= {code for code, ok in found.items() if ok is None}


def test_a_log_said_to_be_enormous_costs_nothing(folder_of):
    files = honest().files()
    files["checkpoint"] = signed_note(told().origin, bytes(range(32)), 2**62, bytes(32))
    found = {each.code: each.ok for each in outcomes(folder_of(files))}
    assert found["C14"] is None
