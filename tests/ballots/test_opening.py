import dataclasses
import hashlib
from itertools import combinations

import pytest

from ballots import plaintext
from ballots.ballot import Body, Cast, Turn, build_cast
from ballots.ceremony import scalar_bytes
from ballots.counting import tie_seed
from ballots.entries import Share
from ballots.errors import Incomplete, Refused
from ballots.manifest import ElectionKey
from ballots.opening import (
    Highest,
    Opening,
    Status,
    check_share,
    recover_key,
    revealed,
)
from crypto import p256
from crypto.encoding import H, M, u8, u64
from crypto.sharing import Polynomial
from tests.strategies.elections import draft_of, manifest_of

DRAFT = draft_of()
SECRETS = {7: 8, 2: 3}
MANIFEST = manifest_of(DRAFT, SECRETS)
EID = MANIFEST.eid
CLOSE = hashlib.sha256(b"close").digest()


def said(style, *choices):
    return plaintext.encode(DRAFT.questions_of(style), list(choices))


def cast(voter, written, style=7, after=None):
    """The ballot of a voter by number; `after` is that voter's ballot before."""
    turn = Turn(EID, style)
    return build_cast(
        turn.after(after) if after else turn,
        written,
        seed=bytes([voter]) * 32,
        election_key=p256.secret_mul_base(SECRETS[style]),
        credentials=[],
    )


def in_log(*casts):
    """Casts at every second index from 5, as if other entries stood between."""
    return [(5 + 2 * place, each) for place, each in enumerate(casts)]


def highest_of(logged):
    found = Highest()
    for index, each in logged:
        found.take(index, each)
    return found


def opened(*casts, secrets=SECRETS):
    """The opening of these casts, in this order."""
    logged = in_log(*casts)
    opening = Opening(DRAFT, EID, highest_of(logged), secrets)
    for index, each in logged:
        assert opening.take(index, each) == opening.statuses[-1]
    return opening


YES, NO = said(7, 0, (1, 2, 0)), said(7, 1, (0, 0, 0))
CITIZENS = [cast(voter, YES) for voter in (1, 2, 3)]


def found(*casts):
    return list(opened(*casts).statuses)


def test_honest_ballots_are_counted_with_their_choices():
    opening = opened(*CITIZENS)
    assert opening.statuses == bytes(3)
    assert opening.choices == {"taman": {0: 3}, "dewan": {(1, 2, 0): 3}}
    assert opening.counted == {7: 3, 2: 0}


def test_the_highest_number_counts_wherever_it_stands():
    """A23: an older ballot published after a newer one."""
    newer = cast(1, NO, after=CITIZENS[0])
    assert found(newer, *CITIZENS) == [0, Status.SUPERSEDED, 0, 0]
    assert opened(newer, *CITIZENS).choices["taman"] == {1: 1, 0: 2}


def test_an_envelope_that_does_not_open_is_not_counted_and_no_older_one_is():
    """A24, A36"""
    body = dataclasses.replace(CITIZENS[0].body, seq=1, prev_own=CITIZENS[0].hash)
    copied = Cast.of(body, bytes(64), [])
    assert found(*CITIZENS, copied) == [Status.SUPERSEDED, 0, 0, Status.CANNOT_OPEN]


def test_bad_encoding_and_a_broken_rule_are_told_apart():
    """A28, A66"""
    garbage = b"\x02" + YES[1:]
    gap = YES[:3] + b"\x01\x03\x00"
    equal = YES[:3] + b"\x01\x01\x02"
    wrong = [cast(9, garbage), cast(10, gap), cast(11, equal), cast(12, YES[:-1])]
    assert found(*CITIZENS, *wrong)[3:] == [
        Status.BAD_ENCODING,
        Status.BAD_ENCODING,
        Status.BREAKS_RULE,
        Status.BAD_ENCODING,
    ]


def test_a_small_style_stays_shut():
    """A60: two ballot keys, min_group is three; a superseded ballot stays superseded."""
    one = cast(20, said(2, 0), style=2)
    again = cast(20, said(2, 1), style=2, after=one)
    other = cast(21, said(2, 0), style=2)
    ballots = (*CITIZENS, one, again, other)
    opening = opened(*ballots, secrets={7: 8})
    assert opening.statuses == bytes([0, 0, 0, 1, 5, 5])
    assert highest_of(in_log(*ballots)).voted == {7: 3, 2: 2}
    assert opening.counted == {7: 3, 2: 0}
    assert sum(opening.choices["taman"].values()) == 3


def test_a_style_that_is_not_small_needs_its_key():
    with pytest.raises(Incomplete, match="style 7"):
        opened(*CITIZENS, secrets={2: 3})


def test_an_election_without_ballots_opens():
    opening = opened(secrets={})
    assert opening.statuses == b""
    assert opening.tally == EID


def test_one_ballot_of_each_key_is_the_highest():
    logged = in_log(*CITIZENS, cast(2, NO, after=CITIZENS[1]))
    assert highest_of(logged).indexes == {5, 9, 11}


def test_the_tally_chain_is_the_protocols():
    garbage = cast(9, b"\x02" + YES[1:])
    opening = opened(*CITIZENS[:1], garbage, *CITIZENS[1:])
    t = H("tally", EID, u64(5), u8(0), YES)
    t = H("tally", t, u64(7), u8(3), b"")
    t = H("tally", t, u64(9), u8(0), YES)
    assert opening.tally == H("tally", t, u64(11), u8(0), YES)


def test_revealed_keys_stand_in_style_order_and_a_shut_one_is_empty():
    """A61: the seed of ties, also when a style stayed shut."""
    assert revealed(DRAFT, {7: 8}) == [scalar_bytes(8), b""]
    assert revealed(DRAFT, SECRETS) == [scalar_bytes(8), scalar_bytes(3)]
    seed = tie_seed(EID, CLOSE, revealed(DRAFT, {7: 8}))
    assert seed == hashlib.sha256(M("seed", EID, CLOSE, scalar_bytes(8), b"")).digest()


POLYNOMIAL = Polynomial.from_coefficients([77, 88])
XS = {j: POLYNOMIAL.share(j) for j in (1, 2, 3)}
KEY = ElectionKey(
    7,
    p256.secret_mul_base(77).compressed,
    tuple(p256.secret_mul_base(x).compressed for x in XS.values()),
)


def share(x, style=7, close=CLOSE):
    return Share(EID, style, close, scalar_bytes(x))


def test_any_two_of_three_shares_give_the_key():
    for pair in combinations(XS, 2):
        assert recover_key(KEY, {j: XS[j] for j in pair}, 2) == 77
    assert recover_key(KEY, XS, 2) == 77


def test_an_honest_share_passes():
    assert check_share(share(XS[2]), 2, KEY, CLOSE) == XS[2]


@pytest.mark.parametrize(
    ("given", "trustee"),
    [
        (share(XS[1]), 2),
        (share(XS[2] + 1), 2),
        (share(0), 2),
        (share(p256.Q), 2),
        (share(XS[2], close=bytes(32)), 2),
    ],
)
def test_a_wrong_share_or_one_for_another_close_is_refused(given, trustee):
    """A56, A59"""
    with pytest.raises(Refused) as refusal:
        check_share(given, trustee, KEY, CLOSE)
    assert refusal.value.code == "bad-share"


def test_a_trustee_that_does_not_exist_has_no_share():
    for trustee in (0, 4):
        with pytest.raises(Refused, match=f"no trustee {trustee}"):
            check_share(share(XS[3]), trustee, KEY, CLOSE)


def test_too_few_shares_are_waited_for():
    with pytest.raises(Incomplete, match="1 of 2"):
        recover_key(KEY, {1: XS[1]}, 2)


def test_shares_that_give_another_key_are_refused():
    with pytest.raises(Refused, match="another key"):
        recover_key(KEY, {1: XS[1], 2: XS[3]}, 2)


def test_an_envelope_with_a_torn_key_does_not_open():
    """A30"""
    body = Body(EID, 7, b"k" * 32, 0, bytes(32), bytes(65), CITIZENS[0].ct)
    torn = Cast.of(body, bytes(64), [])
    assert found(*CITIZENS, torn) == [0, 0, 0, Status.CANNOT_OPEN]
