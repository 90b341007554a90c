import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ballots.ceremony import (
    BadDealing,
    BadShare,
    Dealing,
    Table,
    check_possession,
    scalar_bytes,
    split_points,
    transcript_hash,
)
from ballots.errors import Refused
from crypto import hpke, p256, sharing
from crypto.encoding import H, M, u16
from crypto.errors import CryptoError
from crypto.p256 import Point, Q
from tests.strategies.elections import draft_of

EID0 = b"0" * 32


class Ceremony:
    """A ceremony of n honest trustees, played round by round."""

    def __init__(self, n, k):
        self.table = Table(EID0, 7, n, k)
        self.trustees = range(1, n + 1)
        self.dealings = {i: Dealing.fresh(k) for i in self.trustees}
        self.firsts = [self.table.commit(i, self.dealings[i]) for i in self.trustees]
        self.seconds = [self.table.deal(i, self.dealings[i], self.firsts) for i in self.trustees]

    def receive(self, j):
        return self.table.receive(j, self.dealings[j], self.firsts, self.seconds)

    def thirds(self):
        rounds = (self.firsts, self.seconds)
        return [self.table.confirm(j, self.receive(j), *rounds) for j in self.trustees]

    def replace_second(self, i, **changes):
        self.seconds[i - 1] = dataclasses.replace(self.seconds[i - 1], **changes)

    def replace_first(self, i, **changes):
        self.firsts[i - 1] = dataclasses.replace(self.firsts[i - 1], **changes)


def blamed(ceremony, receiver=1):
    with pytest.raises(BadDealing) as found:
        ceremony.receive(receiver)
    return found.value.dealer


def corrupt_share(ceremony, dealer, receiver, share):
    """The dealer seals another share than its polynomial gives."""
    first, second = ceremony.firsts[dealer - 1], ceremony.seconds[dealer - 1]
    info = M("dkg-share", EID0, u16(7), u16(dealer), u16(receiver), first.commit)
    key = ceremony.firsts[receiver - 1].ceremony_key
    sealed = list(second.sealed_shares)
    sealed[receiver - 1] = hpke.seal_x25519(key, info, scalar_bytes(share))
    ceremony.replace_second(dealer, sealed_shares=tuple(sealed))


@given(st.integers(1, 5).flatmap(lambda n: st.tuples(st.just(n), st.integers(1, n))))
@settings(max_examples=15, deadline=None)
def test_any_k_of_n_trustees_recover_the_key_and_fewer_do_not(numbers):
    n, k = numbers
    ceremony = Ceremony(n, k)
    key = ceremony.table.election_key(ceremony.firsts, ceremony.seconds, ceremony.thirds())
    shares = {j: ceremony.receive(j) for j in ceremony.trustees}
    for j, x in shares.items():
        check_possession(x, key, j)
    last_k = {j: shares[j] for j in list(shares)[-k:]}
    for chosen in (shares, last_k):
        y = sharing.recover(chosen, k)
        assert p256.secret_mul_base(y).compressed == key.key
    with pytest.raises(CryptoError):
        sharing.recover({j: shares[j] for j in list(shares)[: k - 1]}, k)


def test_the_light_ceremony_is_one_of_one():
    ceremony = Ceremony(1, 1)
    key = ceremony.table.election_key(ceremony.firsts, ceremony.seconds, ceremony.thirds())
    assert key.trustee_points == (key.key,)
    assert p256.secret_mul_base(ceremony.receive(1)).compressed == key.key


def test_rounds_are_as_the_protocol_writes_them():
    ceremony = Ceremony(2, 2)
    first, second = ceremony.firsts[0], ceremony.seconds[0]
    points = [p.compressed for p in ceremony.dealings[1].polynomial.points]
    assert first.commit == H("dkg-commit", EID0, u16(7), u16(1), *points)
    assert second.points == b"".join(points)
    assert split_points(second.points) == tuple(points)
    message = M("dkg-pop", EID0, u16(7), u16(1), second.points)
    p256.ecdsa_verify_raw(Point.parse(points[0]), message, second.possession)
    inner = [each.payload for each in (*ceremony.firsts, *ceremony.seconds)]
    assert transcript_hash(ceremony.firsts, ceremony.seconds) == H("dkg-transcript", *inner)
    third = ceremony.thirds()[1]
    assert third.public_share == p256.secret_mul_base(ceremony.receive(2)).compressed


def test_the_table_takes_its_numbers_from_the_draft():
    draft = draft_of()
    assert Table.of(draft, 2) == Table(draft.eid0, 2, 3, 2)
    with pytest.raises(Refused, match="style 3"):
        Table.of(draft, 3)


def test_secrets_are_stored_and_read_back():
    dealing = Dealing.fresh(3)
    assert Dealing.parse(dealing.write()) == dealing
    assert len(dealing.write()) == 4 * 32
    assert "0x" not in repr(dealing)
    assert repr(dealing) == "Dealing()"
    for wrong in (b"", dealing.write()[:-1], dealing.ceremony_secret):
        with pytest.raises(CryptoError):
            Dealing.parse(wrong)


def test_points_that_were_not_committed_to_are_refused():
    """A52, A53: points chosen after seeing those of the others."""
    ceremony = Ceremony(3, 2)
    rogue = Ceremony(3, 2)
    ceremony.seconds[1] = rogue.seconds[1]
    assert blamed(ceremony) == 2


def test_a_key_that_cancels_the_others_is_refused():
    """A52: committed in time, but its secret is not known to the dealer."""
    ceremony = Ceremony(2, 1)
    other = Point.parse(ceremony.seconds[0].points)
    cancel = (other.public_mul(Q - 1) + p256.secret_mul_base(5)).compressed
    ceremony.replace_first(2, commit=H("dkg-commit", EID0, u16(7), u16(2), cancel))
    ceremony.replace_second(2, points=cancel)
    assert blamed(ceremony) == 2


@pytest.mark.parametrize("count", [0, 1, 3])
def test_another_number_of_points_than_k_is_refused(count):
    """A54"""
    ceremony = Ceremony(2, 2)
    points = (*split_points(ceremony.seconds[0].points), p256.G.compressed)
    chosen = points[:count]
    ceremony.replace_first(1, commit=H("dkg-commit", EID0, u16(7), u16(1), *chosen))
    ceremony.replace_second(1, points=b"".join(chosen))
    assert blamed(ceremony, receiver=2) == 1


@pytest.mark.parametrize("point", [bytes(33), b"\x04" * 33, b"\x02" + b"\xff" * 32])
def test_bytes_that_are_no_point_are_refused(point):
    """A54: the identity has no encoding."""
    ceremony = Ceremony(2, 1)
    ceremony.replace_first(1, commit=H("dkg-commit", EID0, u16(7), u16(1), point))
    ceremony.replace_second(1, points=point)
    assert blamed(ceremony) == 1


def test_another_number_of_shares_than_n_is_refused():
    ceremony = Ceremony(2, 1)
    ceremony.replace_second(1, sealed_shares=ceremony.seconds[0].sealed_shares[:1])
    assert blamed(ceremony) == 1


@pytest.mark.parametrize("seats", [[0], [0, 0], [1, 0], [0, 1, 1]])
def test_a_round_needs_every_trustee_once_and_in_order(seats):
    """A54: index 0 or a duplicate."""
    ceremony = Ceremony(2, 1)
    wrong = [ceremony.firsts[seat] for seat in seats]
    with pytest.raises(Refused, match="each of 2 trustees"):
        ceremony.table.deal(1, ceremony.dealings[1], wrong)
    with pytest.raises(Refused, match="each of 2 trustees"):
        ceremony.table.receive(1, ceremony.dealings[1], wrong, ceremony.seconds)


def test_entries_of_another_draft_or_style_are_refused():
    ceremony = Ceremony(1, 1)
    for changes in ({"eid0": bytes(32)}, {"style": 2}):
        wrong = [dataclasses.replace(ceremony.firsts[0], **changes)]
        with pytest.raises(Refused):
            ceremony.table.deal(1, ceremony.dealings[1], wrong)


def complaint_of(ceremony, receiver, accused):
    table, dealing = ceremony.table, ceremony.dealings[receiver]
    complaint = table.complain(receiver, dealing, accused)
    return table.blame(complaint, ceremony.firsts, ceremony.seconds)


def test_a_wrong_share_is_found_by_its_receiver_and_blamed_on_its_dealer():
    """A55"""
    ceremony = Ceremony(3, 2)
    corrupt_share(ceremony, dealer=3, receiver=1, share=12345)
    with pytest.raises(BadShare) as found:
        ceremony.receive(1)
    assert found.value.dealer == 3
    ceremony.receive(2)
    assert complaint_of(ceremony, receiver=1, accused=3) == 3


def test_a_share_that_does_not_open_is_blamed_on_its_dealer():
    ceremony = Ceremony(2, 1)
    sealed = (bytes(80), ceremony.seconds[1].sealed_shares[1])
    ceremony.replace_second(2, sealed_shares=sealed)
    with pytest.raises(BadShare):
        ceremony.receive(1)
    assert complaint_of(ceremony, receiver=1, accused=2) == 2


def test_a_false_complaint_blames_whoever_complains():
    """A55"""
    ceremony = Ceremony(3, 2)
    assert complaint_of(ceremony, receiver=1, accused=3) == 1


def test_a_complaint_with_another_key_or_about_nobody_blames_whoever_complains():
    ceremony = Ceremony(3, 2)
    corrupt_share(ceremony, dealer=3, receiver=1, share=12345)
    honest = ceremony.table.complain(1, ceremony.dealings[1], 3)
    for changes in ({"ceremony_secret": b"\x01" * 32}, {"accused": 0}, {"accused": 4}):
        complaint = dataclasses.replace(honest, **changes)
        assert ceremony.table.blame(complaint, ceremony.firsts, ceremony.seconds) == 1


def test_a_trustee_confirms_its_own_share_only():
    ceremony = Ceremony(2, 2)
    with pytest.raises(BadDealing, match="does not fit"):
        ceremony.table.confirm(1, ceremony.receive(2), ceremony.firsts, ceremony.seconds)


@pytest.mark.parametrize("field", ["transcript", "public_share"])
def test_a_key_needs_every_confirmation_to_agree(field):
    """A51: trustees who saw another ceremony."""
    ceremony = Ceremony(2, 2)
    thirds = ceremony.thirds()
    other = bytes(len(getattr(thirds[1], field)))
    thirds[1] = dataclasses.replace(thirds[1], **{field: other})
    with pytest.raises(BadDealing) as found:
        ceremony.table.election_key(ceremony.firsts, ceremony.seconds, thirds)
    assert found.value.dealer == 2


def test_a_backup_that_is_another_share_is_found_before_opening():
    """A57"""
    ceremony = Ceremony(2, 2)
    key = ceremony.table.election_key(ceremony.firsts, ceremony.seconds, ceremony.thirds())
    with pytest.raises(Refused, match="not the share of trustee 2"):
        check_possession(ceremony.receive(1), key, 2)
