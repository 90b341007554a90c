"""An election with witnesses: published is what a quorum has seen; nothing else waits for them."""

import json

import pytest

from ballots.errors import Refused
from ballots.services import box, closing, cosigning, counting, record, sequencing, setup
from ballots.services.wire import Answered
from ballots.store import logs
from ballots.witnesses import check_note
from crypto.encoding import sha256
from crypto.note import COSIGNATURE, Note, Signer, cosign
from crypto.witness import AddCheckpoint
from tests.ballots.services.test_verified import RIGHT, verify
from tests.ballots.town import (
    CHECK_IN_CLOSES,
    CLIENT,
    NOON,
    VOTING_CLOSES,
    VOTING_OPENS,
    plan,
    voters,
)
from tests.ballots.witnessing import Watch

YES = 0
SATU, DUA, TIGA = "satu.example", "dua.example", "tiga.example"


def code(act, *given):
    """What an act is refused with."""
    with pytest.raises(Refused) as refused:
        act(*given)
    return refused.value.code


@pytest.fixture
def watch(sqlite_engine, tmp_path):
    """A town with three witnesses, of whom two are needed; the draft is prepared."""
    return prepared(sqlite_engine, tmp_path)


def prepared(engine, folder):
    watch = Watch.of(engine, folder, SATU, DUA, TIGA)
    changed = plan(witnesses=watch.quorum(2))
    watch.town.eid0 = setup.prepare(watch.town.context, changed, voters("ani", "budi", "citra"))
    return watch


def frozen(watch):
    town = watch.town
    town.eid = setup.freeze(town.context, town.eid0, CLIENT)
    return watch


def published(watch, log="ballots"):
    """The sizes of the checkpoints that the record shows."""
    with watch.town.context.store.reading() as connection:
        return list(logs.checkpoint_sizes(connection, watch.town.election.log(log)))


def test_a_whole_election_under_witnesses(engine, tmp_path):
    """Journey 6; the record verifies with its quorum (V12)."""
    watch = frozen(prepared(engine, tmp_path))
    town = watch.town
    assert watch.ask() == ()
    town.open()
    watch.ask()
    for name in ("ani", "budi"):
        town.check_in(name).cast(YES)
    town.clock.seconds = CHECK_IN_CLOSES
    closing.close_check_in(town.context, town.eid)
    watch.ask()
    town.clock.seconds = VOTING_CLOSES
    closing.close(town.context, town.eid)
    watch.ask()
    counting.release_shares(town.context, town.eid)
    counting.count_and_publish(town.context, town.eid)
    watch.ask()
    assert [each.is_current for each in cosigning.freshness(town.context, town.eid)] == [True] * 3
    note = record.read(town.context, town.eid, "ballots/checkpoint").content
    assert len(Note.parse(note).signatures) == 4
    check_note(town.election.draft, "ballots", note)
    code, found = verify(town, tmp_path)
    assert code == RIGHT, found


def test_nothing_is_published_before_a_quorum_has_seen_it(watch):
    """A41: one witness of three is not enough for anybody to be shown a checkpoint."""
    town = watch.town
    watch.down(DUA, TIGA)
    troubles = watch.ask()
    assert {each.name for each in troubles} == {DUA, TIGA}
    assert code(record.read_setup, town.context, town.eid0, "checkpoint") == "not-published"
    watch.down(TIGA)
    watch.ask()
    assert record.read_setup(town.context, town.eid0, "checkpoint").content


def test_opening_waits_for_the_manifest_s_witnesses(watch):
    frozen(watch)
    watch.down(DUA, TIGA)
    watch.ask()
    watch.town.clock.seconds = VOTING_OPENS
    with pytest.raises(Refused, match=r"not heard yet: dua\.example, tiga\.example") as refused:
        closing.open_voting(watch.town.context, watch.town.eid)
    assert refused.value.code == "not-published"
    watch.down()
    watch.ask()
    closing.open_voting(watch.town.context, watch.town.eid)


def test_ballots_and_check_ins_never_wait(watch):
    """Only the receipt waits, and says so."""
    frozen(watch).ask()
    town = watch.town.open()
    watch.ask()
    watch.down(SATU, DUA, TIGA)
    ready = [town.check_in(name) for name in ("ani", "budi")]
    assert all(each.cast(YES) for each in ready)
    town.clock.seconds += 600
    sequencing.end_due_epochs(town.context)
    watch.ask()
    hashed = ready[0].last.hash
    with pytest.raises(box.NotYet, match="witnesses"):
        box.receipt(town.context, town.eid, hashed)
    assert ready[0].cast(YES)
    watch.down()
    watch.ask()
    assert box.receipt(town.context, town.eid, hashed)


def test_counting_waits_for_the_close_s_witnesses(watch):
    """A58: no share before the close was seen."""
    frozen(watch).ask()
    town = watch.town.open()
    watch.ask()
    for name in ("ani", "budi"):
        town.check_in(name).cast(YES)
    watch.down(SATU, DUA)
    town.clock.seconds = CHECK_IN_CLOSES
    closing.close_check_in(town.context, town.eid)
    town.clock.seconds = VOTING_CLOSES
    closing.close(town.context, town.eid)
    watch.ask()
    for act in (counting.release_shares, counting.count_and_publish, counting.standing):
        assert code(act, town.context, town.eid) == "not-published"
    watch.down()
    watch.ask()
    counting.release_shares(town.context, town.eid)
    assert json.loads(counting.count_and_publish(town.context, town.eid))


def test_a_witness_that_was_off_catches_up(watch):
    """Smaller checkpoints first, so that no published one is ever missing."""
    frozen(watch)
    watch.down(SATU, DUA, TIGA)
    town = watch.town
    watch.ask()
    watch.down()
    assert watch.ask() == ()
    assert published(watch, "setup") == [1, 5]
    assert published(watch) == [1]
    assert published(watch, "check-ins") == [1]
    heard = cosigning.freshness(town.context, town.eid)
    assert [(each.name, each.size, each.time_seconds) for each in heard] == [
        (SATU, 1, NOON),
        (DUA, 1, NOON),
        (TIGA, 1, NOON),
    ]


def test_an_answer_that_was_lost_is_asked_for_again(watch):
    """The witness is ahead of what is stored here: it says its size, and gets its proof."""
    town = watch.town
    lost = watch.witnesses[SATU]
    note = unpublished_note(watch)
    from_elsewhere = AddCheckpoint(0, (), note).write()
    assert lost.app().test_client().post("/add-checkpoint", data=from_elsewhere).status_code == 200
    watch.down(TIGA)
    assert [each.name for each in watch.ask()] == [TIGA]
    assert record.read_setup(town.context, town.eid0, "checkpoint").content


def unpublished_note(watch):
    with watch.town.context.store.reading() as connection:
        return logs.latest_signed(connection, (1, "setup"))[1]


class Liar:
    """A witness that answers whatever it likes."""

    def __init__(self, wire, name, answer):
        self.wire, self.name, self.answer = wire, name, answer

    def ask(self, method, address, body=b"", *, kind="application/octet-stream"):
        if address.startswith(f"https://{self.name}/"):
            return self.answer(body)
        return self.wire.ask(method, address, body, kind=kind)


def answering(watch, name, answer):
    """Put a liar in a witness's place."""
    liar = Liar(watch.wire, name, answer)
    object.__setattr__(watch.town.context, "wire", liar)


def text_of(body):
    return Note.parse(AddCheckpoint.parse(body).note).text


def ok(line):
    return Answered(200, "text/plain", line.encode())


def lies(watch):
    """Wrong answers, by what is wrong with them."""
    stranger = Signer(SATU, sha256(b"stranger"), COSIGNATURE)
    own = watch.witnesses[SATU].post.signer
    return {
        "another's key": lambda body: ok(cosign(stranger, text_of(body), NOON)),
        "another text": lambda _: ok(cosign(own, "lain\n1\n" + "A" * 43 + "=\n", NOON)),
        "a wrong clock": lambda body: ok(cosign(own, text_of(body), NOON + 3600)),
        "the year 1970": lambda body: ok(cosign(own, text_of(body), 0)),
        "no line": lambda _: Answered(200, "text/plain", b""),
        "bytes": lambda _: Answered(200, "text/plain", b"\xff\xfe"),
        "too many lines": lambda body: ok(cosign(own, text_of(body), NOON) * 99),
        "a page": lambda _: Answered(200, "text/html", b"<h1>Selamat datang</h1>"),
        "a size above ours": lambda _: Answered(409, "text/x.tlog.size", b"99\n"),
        "a size that is none": lambda _: Answered(409, "text/x.tlog.size", b"banyak\n"),
        "an endless conflict": lambda _: Answered(409, "text/x.tlog.size", b"0\n"),
        "a conflict": lambda _: Answered(409, "text/plain", b""),
        "no proof": lambda _: Answered(422, "text/plain", b""),
        "unknown": lambda _: Answered(404, "text/plain", b""),
        "elsewhere": lambda _: Answered(302, "text/plain", b""),
        "broken": lambda _: Answered(500, "text/plain", b""),
    }


LIES = (
    "another's key", "another text", "a wrong clock", "the year 1970", "no line", "bytes",
    "too many lines", "a page", "a size above ours", "a size that is none", "an endless conflict",
    "a conflict", "no proof", "unknown", "elsewhere", "broken",
)  # fmt: skip


@pytest.mark.parametrize("lie", LIES)
def test_a_witness_that_lies_is_named_and_changes_nothing(watch, lie):
    """A41, A45: two honest ones are the quorum."""
    known = lies(watch)
    assert set(known) == set(LIES)
    answering(watch, SATU, known[lie])
    (trouble,) = watch.ask()
    assert trouble.name == SATU
    assert trouble.why
    note = Note.parse(record.read_setup(watch.town.context, watch.town.eid0, "checkpoint").content)
    assert [each.name for each in note.signatures[1:]] == [DUA, TIGA]


def test_a_log_that_was_put_back_is_told_so(watch):
    """A47: a witness that knows more of a log than the log itself."""
    answering(watch, SATU, lies(watch)["a size above ours"])
    (trouble,) = watch.ask()
    assert "99 entries of a log of 1" in trouble.why
    assert "put back" in trouble.why


def test_a_cosignature_from_the_other_side_of_an_hour_does_not_count(watch):
    """A45: dated before the promised opening, it would spoil the record (V28)."""
    frozen(watch).ask()
    town = watch.town.open()
    late = watch.witnesses[SATU].clock = type(town.clock)(VOTING_OPENS - 5)
    object.__setattr__(watch.witnesses[SATU].context, "clock", late)
    (trouble,) = watch.ask()
    assert (trouble.name, "clock" in trouble.why) == (SATU, True)
    late.seconds = VOTING_OPENS + 1
    assert published(watch) == [1, 4]


def test_times_at_which_no_witness_could_cosign_are_refused(sqlite_engine, tmp_path):
    """`issue-close` stands after `open`: see the page among the decisions."""
    watch = Watch.of(sqlite_engine, tmp_path, SATU)
    times = plan().schedule
    late = type(times)(NOON, NOON + 60, NOON + 7200, VOTING_CLOSES, 600)
    given = (watch.town.context, plan(witnesses=watch.quorum(1), schedule=late), voters("a", "b"))
    with pytest.raises(Refused, match="voting_opens ≤ check_in_closes") as refused:
        setup.prepare(*given)
    assert refused.value.code == "unsafe-parameters"
    assert setup.prepare(watch.town.context, plan(schedule=late), voters("ani", "budi"))
