from dataclasses import replace

import pytest

from ballots.ceremony import BadShare, Table, check_possession, scalar_bytes
from ballots.entries import Signed, signed
from ballots.services import doors
from ballots.trustee import steps
from ballots.trustee.errors import Stopped
from ballots.trustee.keys import TrusteeKeys
from crypto import hpke, p256, sharing
from crypto.encoding import M, u16
from crypto.p256 import parse_scalar

STYLE = 1


def test_three_trustees_make_a_key_that_two_can_open(gathering):
    gathering.prepare().hold().freeze()
    [key] = gathering.manifest.election_keys
    shares = {i: parse_scalar(keys.shares[STYLE]) for i, keys in gathering.keys.items()}
    for number, x in shares.items():
        check_possession(x, key, number)
    for pair in ((1, 2), (1, 3), (2, 3)):
        y = sharing.recover({i: shares[i] for i in pair}, 2)
        assert p256.secret_mul_base(y).compressed == key.key
    for keys in gathering.keys.values():
        assert not keys.dealings  # what it was dealt from is forgotten
        assert len(keys.said) == 3


def test_nothing_is_said_before_its_turn(gathering):
    gathering.prepare()
    first = steps.advance(gathering.keys[1], gathering.setup)
    assert [Signed.parse(each).said.tag for each in first.to_say] == ["dkg1"]
    gathering.take(1, first)
    waiting = steps.advance(gathering.keys[1], gathering.setup)
    assert waiting == steps.Step(gathering.keys[1], ())
    gathering.step(2, 3)
    second = steps.advance(gathering.keys[1], gathering.setup)
    assert [Signed.parse(each).said.tag for each in second.to_say] == ["dkg2"]


def test_what_was_kept_and_not_handed_in_is_handed_in_again(gathering):
    """A crash between the two loses nothing, and says nothing twice."""
    gathering.prepare()
    before = steps.advance(gathering.keys[1], gathering.setup)
    gathering.keys[1] = TrusteeKeys.parse(before.keys.write())
    again = steps.advance(gathering.keys[1], gathering.setup)
    assert again == before


def test_words_under_its_key_that_it_never_said_stop_a_trustee(gathering):
    """A51: a copy of the key, or an older state of the file, has spoken."""
    gathering.prepare()
    older = gathering.keys[1]
    gathering.step(1)
    with pytest.raises(Stopped) as found:
        steps.advance(older, gathering.setup)
    assert found.value.code == "other-voice"


def test_a_new_draft_gets_new_secrets(gathering):
    """Polynomials and ceremony keys are drawn again, never derived from what was."""
    gathering.prepare().step(1)
    before = gathering.keys[1]
    gathering.prepare().step(1)
    after = gathering.keys[1]
    assert (before.identity, before.number) == (after.identity, after.number)
    assert before.dealings[STYLE].ceremony_secret != after.dealings[STYLE].ceremony_secret
    both = (before.dealings[STYLE].polynomial, after.dealings[STYLE].polynomial)
    assert not set(both[0].coefficients) & set(both[1].coefficients)
    assert len(after.said) == 1


def test_a_stranger_has_no_seat(gathering):
    gathering.prepare()
    with pytest.raises(Stopped) as found:
        steps.advance(TrusteeKeys.fresh("Ayu"), gathering.setup)
    assert found.value.code == "not-a-trustee"


def test_keys_of_an_acknowledged_election_sit_at_no_other_table(gathering):
    gathering.prepare().hold().freeze().acknowledge()
    bound = gathering.keys[1]
    gathering.prepare()
    with pytest.raises(Stopped) as found:
        steps.advance(bound, gathering.setup)
    assert found.value.code == "other-election"


def deal_badly(gathering, dealer, receiver):
    keys, setup = gathering.keys[dealer], gathering.setup
    firsts = setup.rounds.firsts(STYLE)
    honest = Table.of(setup.draft, STYLE).deal(dealer, keys.dealings[STYLE], firsts)
    numbers = (u16(STYLE), u16(dealer), u16(receiver))
    info = M("dkg-share", setup.draft.eid0, *numbers, firsts[dealer - 1].commit)
    sealed = list(honest.sealed_shares)
    to = firsts[receiver - 1].ceremony_key
    sealed[receiver - 1] = hpke.seal_x25519(to, info, scalar_bytes(4711))
    bad = replace(honest, sealed_shares=tuple(sealed))
    payload = signed("trustee", dealer, bad, keys.secret).payload
    gathering.take(dealer, steps.Step(keys.saying(payload), (payload,)))


def test_a_bad_share_names_its_sender_and_the_proof_ends_the_draft(gathering):
    """A55: whoever reads the log sees who is to blame."""
    gathering.prepare().step(1, 2, 3).step(1)
    deal_badly(gathering, 2, 1)
    gathering.step(3)
    with pytest.raises(BadShare) as found:
        steps.advance(gathering.keys[1], gathering.setup)
    assert found.value.dealer == 2
    gathering.take(1, steps.complain(gathering.keys[1], gathering.setup))
    assert gathering.setup.blamed == 2
    for number in gathering.keys:
        with pytest.raises(Stopped) as stopped:
            steps.advance(gathering.keys[number], gathering.setup)
        assert stopped.value.code == "ended-by-complaint"


def test_nobody_complains_about_right_shares(gathering):
    gathering.prepare().step(1, 2, 3)
    for _ in range(2):
        with pytest.raises(Stopped) as found:
            steps.complain(gathering.keys[1], gathering.setup)
        assert found.value.code == "nothing-wrong"
        gathering.step(1, 2, 3)


def test_a_door_takes_the_same_words_again(gathering):
    gathering.prepare().step(1)
    [payload] = gathering.keys[1].said
    town = gathering.town
    assert doors.say_in_setup(town.context, town.eid0, payload) == 2
