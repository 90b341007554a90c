import pytest

from ballots.ballot import Body, Cast
from ballots.entries import (
    Ack,
    Attest,
    CheckIn,
    Close,
    Dkg1,
    Dkg2,
    Dkg3,
    DkgComplaint,
    DraftEntry,
    Epoch,
    Issue,
    IssueClose,
    ManifestEntry,
    Open,
    RegKey,
    Result,
    RollNote,
    Share,
    signed,
)
from ballots.errors import BadEntry
from ballots.order import Order
from tests.strategies.elections import identity

H32 = bytes(32)
KEY = identity("anybody")


def say(role, index, inner):
    return signed(role, index, inner, KEY)


DRAFT = DraftEntry(b"{}")
MANIFEST = ManifestEntry(b"{}")
REG_KEYS = [
    say("registrar", r, RegKey(H32, r, style, b"", (bytes(384),) * 8))
    for style in (7, 2)
    for r in (2, 1)
]
FIRSTS = [say("trustee", i, Dkg1(H32, 7, i, H32, H32)) for i in (2, 1)]
SECONDS = [say("trustee", i, Dkg2(H32, 7, i, b"", bytes(64), ())) for i in (1, 2)]
THIRDS = [say("trustee", i, Dkg3(H32, 7, i, H32, bytes(33))) for i in (1, 2)]
NOTE = say("organiser", 0, RollNote(H32, 4, "pindah"))
COMPLAINT = say("trustee", 1, DkgComplaint(H32, 7, 2, 1, H32))
SETUP = [DRAFT, *REG_KEYS, *FIRSTS, *SECONDS, *THIRDS, NOTE, NOTE]

ASKED = CheckIn(H32, 4, 7, (bytes(384),), 0, b"")
ISSUED = Issue(H32, 1, ASKED.hash, bytes(384))
CHECK_INS = [MANIFEST, ASKED, ISSUED, Epoch(H32, 0, H32), ISSUED, Epoch(H32, 1, H32)]

CAST = Cast.of(Body(H32, 7, H32, 0, H32, bytes(65), b""), bytes(64), [])
OPEN = say("organiser", 0, Open(H32))
ACKS = [say("trustee", 1, Ack(H32)), say("registrar", 1, Ack(H32)), say("trustee", 2, Ack(H32))]
ISSUE_CLOSE = say("organiser", 0, IssueClose(H32, 6, H32))
CLOSE = say("organiser", 0, Close(H32, 12, H32))
SHARES = [say("trustee", i, Share(H32, style, H32, H32)) for style in (7, 2) for i in (1, 2)]
RESULT = say("organiser", 0, Result(H32, H32, H32, H32))
ATTEST = say("verifier", 1, Attest(H32, H32, "benar"))
BALLOTS = [
    MANIFEST,
    *ACKS,
    OPEN,
    CAST,
    CAST,
    Epoch(H32, 0, H32),
    ISSUE_CLOSE,
    CAST,
    Epoch(H32, 1, H32),
    CLOSE,
    *SHARES,
    RESULT,
    ATTEST,
    ATTEST,
]
WHOLE = {"setup": SETUP, "check-ins": CHECK_INS, "ballots": BALLOTS}


@pytest.mark.parametrize("log", WHOLE)
def test_any_prefix_of_an_election_is_in_order(log):
    for size in range(len(WHOLE[log]) + 1):
        Order.of(log, WHOLE[log][:size])


@pytest.mark.parametrize("log", WHOLE)
def test_nothing_comes_before_the_first_entry(log):
    for entry in WHOLE[log][1:]:
        with pytest.raises(BadEntry, match=f"{log}\\[0\\]"):
            Order.of(log, [entry])


@pytest.mark.parametrize(
    ("log", "entries"),
    [
        ("setup", [DRAFT, DRAFT]),
        ("setup", [DRAFT, *FIRSTS, *REG_KEYS]),
        ("setup", [DRAFT, *SECONDS, *FIRSTS]),
        ("setup", [DRAFT, *THIRDS, *SECONDS]),
        ("setup", [DRAFT, COMPLAINT, COMPLAINT]),
        ("setup", [DRAFT, COMPLAINT, NOTE]),
        ("setup", [DRAFT, NOTE, COMPLAINT]),
        ("setup", [DRAFT, REG_KEYS[0], REG_KEYS[0]]),
        ("setup", [DRAFT, FIRSTS[0], FIRSTS[0]]),
        ("setup", [MANIFEST]),
        ("check-ins", [MANIFEST, Epoch(H32, 0, H32)]),
        ("check-ins", [MANIFEST, ASKED, Epoch(H32, 1, H32)]),
        ("check-ins", [MANIFEST, ASKED, Epoch(H32, 0, H32), Epoch(H32, 1, H32)]),
        ("ballots", [MANIFEST, CAST]),
        ("ballots", [MANIFEST, OPEN, OPEN]),
        ("ballots", [MANIFEST, OPEN, ACKS[0]]),
        ("ballots", [MANIFEST, ACKS[0], ACKS[0]]),
        ("ballots", [MANIFEST, OPEN, Epoch(H32, 0, H32)]),
        ("ballots", [MANIFEST, OPEN, CLOSE]),
        ("ballots", [MANIFEST, OPEN, CAST, ISSUE_CLOSE]),
        ("ballots", [MANIFEST, OPEN, ISSUE_CLOSE, CAST, CLOSE]),
        ("ballots", [MANIFEST, OPEN, ISSUE_CLOSE, ISSUE_CLOSE]),
        ("ballots", [MANIFEST, OPEN, ISSUE_CLOSE, CLOSE, CAST]),
        ("ballots", [MANIFEST, OPEN, ISSUE_CLOSE, CLOSE, CLOSE]),
        ("ballots", [MANIFEST, OPEN, ISSUE_CLOSE, CLOSE, SHARES[0], SHARES[0]]),
        ("ballots", [MANIFEST, OPEN, ISSUE_CLOSE, CLOSE, ATTEST]),
        ("ballots", [MANIFEST, OPEN, ISSUE_CLOSE, CLOSE, RESULT, SHARES[0]]),
        ("ballots", [MANIFEST, OPEN, ISSUE_CLOSE, CLOSE, RESULT, RESULT]),
    ],
)
def test_these_entries_are_out_of_order(log, entries):
    with pytest.raises(BadEntry, match=rf"^{log}\["):
        Order.of(log, entries)


def test_groups_may_be_empty():
    Order.of("setup", [DRAFT, NOTE])
    Order.of("ballots", [MANIFEST, OPEN, ISSUE_CLOSE, CLOSE, RESULT])


def test_order_knows_what_may_come_next():
    order = Order.of("ballots", BALLOTS[:5])
    assert order.next_tags == ("cast", "issue-close")
    assert Order.of("setup", [DRAFT, COMPLAINT]).next_tags == ()


def test_order_counts_epochs_and_what_waits():
    order = Order.of("ballots", BALLOTS[:7])
    assert (order.epochs, order.waiting) == (0, 2)
    order = order.after(Epoch(H32, 0, H32))
    assert (order.epochs, order.waiting) == (1, 0)


def test_order_remembers_the_entries_of_which_there_is_one():
    order = Order.of("ballots", BALLOTS[:9])
    assert order.has_passed("open")
    assert order.has_passed("issue-close")
    assert not order.has_passed("close")


def test_the_refusal_says_what_was_expected():
    with pytest.raises(BadEntry, match="cast or issue-close after open"):
        Order.of("ballots", [MANIFEST, OPEN]).after(CLOSE)
