"""Secrets shared k of n over P-256, with public points that every share is checked against.

Feldman's scheme as the protocol's section 5 uses it: each dealer i has a polynomial
`f_i(x) = a_i0 + a_i1 x + .. + a_i,k-1 x^(k-1)` mod q, publishes `C_im = a_im * G`, and gives
holder j the share `f_i(j)`. Indices run from 1.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self

from crypto.errors import BadProof
from crypto.p256 import IDENTITY, Point, Q, secret_mul_base
from crypto.randomness import random_scalar


@dataclass(frozen=True, slots=True)
class Polynomial:
    """A dealer's secret polynomial: coefficients `a_0 .. a_k-1`, each in 1..q-1."""

    coefficients: tuple[int, ...] = field(repr=False)

    @classmethod
    def random(cls, k: int) -> Self:
        """A fresh polynomial for threshold k."""
        return cls(tuple(random_scalar(Q) for _ in range(k)))

    @classmethod
    def from_coefficients(cls, coefficients: Sequence[int]) -> Self:
        """The polynomial that was stored; `BadProof` unless each coefficient is in 1..q-1."""
        if not coefficients or not all(0 < each < Q for each in coefficients):
            raise BadProof("a polynomial has coefficients in 1..q-1, at least one")
        return cls(tuple(coefficients))

    @property
    def secret(self) -> int:
        """`a_0`, the dealer's part of the joint secret."""
        return self.coefficients[0]

    @property
    def points(self) -> tuple[Point, ...]:
        """`C_0 .. C_k-1`, the coefficients times G, computed in constant time."""
        return tuple(secret_mul_base(each) for each in self.coefficients)

    def share(self, j: int) -> int:
        """`f(j) mod q` for holder j, 1 or more."""
        value = 0
        for each in reversed(self.coefficients):
            value = (value * j + each) % Q
        return value


def check_share(points: Sequence[Point], j: int, share: int) -> None:
    """Pass if `share` is the dealer's polynomial at j; `BadProof`.

    `points`: the dealer's `C_0 .. C_k-1`. The share is multiplied in constant time.
    """
    if not 0 < share < Q or secret_mul_base(share) != _evaluate(points, j):
        raise BadProof(f"the share of holder {j} does not fit the dealer's points")


def combine(shares: Sequence[int]) -> int:
    """`x_j`, the sum of what all dealers gave one holder, mod q."""
    return sum(shares) % Q


def public_share(all_points: Sequence[Sequence[Point]], j: int) -> Point:
    """`X_j`, the sum over all dealers of their polynomial at j, in points."""
    return sum((_evaluate(points, j) for points in all_points), start=IDENTITY)


def joint_key(all_points: Sequence[Sequence[Point]]) -> Point:
    """`Y`, the sum of all dealers' `C_0`; `BadProof` if it is the identity."""
    joint = sum((points[0] for points in all_points), start=IDENTITY)
    if joint.is_identity:
        raise BadProof("the dealers' points add up to no key")
    return joint


def recover(shares: Mapping[int, int], k: int) -> int:
    """The joint secret from the shares `{j: x_j}` of the first k holders, in ascending order.

    Lagrange's interpolation at 0, mod q. `BadProof` for fewer than k shares or a holder below 1;
    the shares were checked against their public points before, and the result is after.
    """
    holders = sorted(shares)[:k]
    if k < 1 or len(holders) < k or holders[0] < 1:
        raise BadProof(f"{len(shares)} shares do not recover a secret of threshold {k}")
    secret = 0
    for j in holders:
        weight = 1
        for other in holders:
            if other != j:
                weight = weight * other * pow(other - j, -1, Q) % Q
        secret += weight * shares[j]
    return secret % Q


def _evaluate(points: Sequence[Point], j: int) -> Point:
    value = IDENTITY
    for each in reversed(points):
        value = value.public_mul(j) + each
    return value
