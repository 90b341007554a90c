from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.errors import BadProof
from crypto.p256 import IDENTITY, G, Q, secret_mul_base
from crypto.sharing import Polynomial, check_share, combine, joint_key, public_share, recover

sizes = st.integers(1, 5).flatmap(lambda n: st.tuples(st.just(n), st.integers(1, n)))


def ceremony(n, k):
    """What n dealers publish, and what each of n holders ends up with."""
    dealers = [Polynomial.random(k) for _ in range(n)]
    points = [dealer.points for dealer in dealers]
    shares = {j: combine([dealer.share(j) for dealer in dealers]) for j in range(1, n + 1)}
    return dealers, points, shares


@settings(max_examples=12)
@given(sizes)
def test_any_k_of_n_recover_the_joint_secret(size):
    n, k = size
    dealers, points, shares = ceremony(n, k)
    secret = sum(dealer.secret for dealer in dealers) % Q
    assert secret_mul_base(secret) == joint_key(points)
    for holders in combinations(shares, k):
        assert recover({j: shares[j] for j in holders}, k) == secret
    assert recover(shares, k) == secret


@settings(max_examples=12)
@given(sizes)
def test_every_share_fits_its_dealer_and_every_sum_its_public_share(size):
    n, k = size
    dealers, points, shares = ceremony(n, k)
    for j in range(1, n + 1):
        for dealer, own in zip(dealers, points, strict=True):
            check_share(own, j, dealer.share(j))
        assert secret_mul_base(shares[j]) == public_share(points, j)


@pytest.mark.parametrize(("n", "k"), [(3, 2), (4, 3), (5, 5)])
def test_fewer_than_k_shares_recover_nothing(n, k):
    _, points, shares = ceremony(n, k)
    few = {j: shares[j] for j in list(shares)[: k - 1]}
    with pytest.raises(BadProof):
        recover(few, k)
    assert secret_mul_base(recover(few, k - 1)) != joint_key(points)


def test_one_wrong_share_spoils_the_secret_and_is_found():
    """A55, A56: whoever lies is named before anything is recovered from it."""
    dealers, points, shares = ceremony(3, 2)
    for wrong in (dealers[0].share(1) + 1, dealers[0].share(2), 0, Q, dealers[0].share(1) + Q):
        with pytest.raises(BadProof, match="holder 1"):
            check_share(points[0], 1, wrong)
    spoiled = {**shares, 1: (shares[1] + 1) % Q}
    assert secret_mul_base(recover(spoiled, 2)) != joint_key(points)
    assert secret_mul_base(spoiled[1]) != public_share(points, 1)


def test_a_share_fits_no_changed_point():
    dealer = Polynomial.random(3)
    points = dealer.points
    for place in range(3):
        changed = [*points[:place], points[place] + G, *points[place + 1 :]]
        with pytest.raises(BadProof):
            check_share(changed, 2, dealer.share(2))


def test_known_numbers_come_out():
    dealer = Polynomial.from_coefficients([7, 5, 3])
    assert [dealer.share(j) for j in (1, 2, 3)] == [15, 29, 49]
    assert dealer.points == (G.public_mul(7), G.public_mul(5), G.public_mul(3))
    assert recover({1: 15, 2: 29, 3: 49}, 3) == 7
    assert recover({3: 49, 9: 7 + 45 + 243, 1: 15, 40: 1}, 3) == 7  # the first three ascending


@pytest.mark.parametrize("coefficients", [[], [0], [1, 0], [Q], [1, -1]])
def test_coefficients_outside_the_group_make_no_polynomial(coefficients):
    """A54: neither zero, which would lower the threshold, nor a second form of a number."""
    with pytest.raises(BadProof):
        Polynomial.from_coefficients(coefficients)


@pytest.mark.parametrize(("shares", "k"), [({}, 1), ({1: 5}, 2), ({0: 5, 1: 6}, 2), ({1: 5}, 0)])
def test_impossible_recoveries_are_refused(shares, k):
    with pytest.raises(BadProof):
        recover(shares, k)


def test_dealers_that_cancel_out_make_no_key():
    """A52: a last dealer who takes the others' sum away is refused."""
    point = Polynomial.random(1).points[0]
    with pytest.raises(BadProof):
        joint_key([(point,), (point.public_mul(-1),)])
    assert point + point.public_mul(-1) == IDENTITY


def test_a_polynomial_does_not_show_its_secret():
    assert str(12345) not in repr(Polynomial.from_coefficients([12345]))
