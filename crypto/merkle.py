"""Merkle trees and their proofs (RFC 9162 section 2; the same trees as RFC 6962).

Three ways to the same root: a list of leaf hashes, a `Frontier` that only grows, and, where the
tree lies in storage, a callable that gives the hashes of perfect sub-trees.
"""

import hashlib
from collections.abc import Callable, Sequence

from crypto.errors import BadProof

HASH_OCTETS = 32
MAX_PROOF = 63
"""More hashes than any proof in a tree below 2^63 leaves has."""

EMPTY_ROOT = hashlib.sha256().digest()
"""The root of the tree without leaves."""

Subtree = Callable[[int, int], bytes]
"""`subtree(level, index)`: the root of leaves index * 2^level up to (index + 1) * 2^level."""


def leaf_hash(entry: bytes) -> bytes:
    """`SHA-256(0x00 || entry)`."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """`SHA-256(0x01 || left || right)`."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Frontier:
    """The right edge of a growing tree: the roots of its perfect sub-trees, largest first.

    `size` leaves need as many 32-byte `hashes` as `size` has one-bits; that is all the state an
    appender keeps.
    """

    __slots__ = ("hashes", "size")

    def __init__(self) -> None:
        self.size = 0
        self.hashes: list[bytes] = []

    @classmethod
    def from_hashes(cls, size: int, hashes: Sequence[bytes]) -> "Frontier":
        """The frontier that was stored; `BadProof` if the number or length of hashes is wrong."""
        if size < 0 or len(hashes) != size.bit_count():
            raise BadProof("a frontier has one hash for each one-bit of its size")
        _check_hashes(hashes)
        frontier = cls()
        frontier.size = size
        frontier.hashes = list(hashes)
        return frontier

    def append(self, leaf: bytes) -> None:
        """Add a leaf hash at index `size`."""
        trailing, index = leaf, self.size
        while index & 1:
            trailing = node_hash(self.hashes.pop(), trailing)
            index >>= 1
        self.hashes.append(trailing)
        self.size += 1

    def root(self) -> bytes:
        """The root of all leaves so far, 32 bytes."""
        if not self.hashes:
            return EMPTY_ROOT
        folded = self.hashes[-1]
        for left in reversed(self.hashes[:-1]):
            folded = node_hash(left, folded)
        return folded


def root(leaf_hashes: Sequence[bytes]) -> bytes:
    """`MTH` of section 2.1.1, level by level; a lone right node moves up unchanged."""
    if not leaf_hashes:
        return EMPTY_ROOT
    level = list(leaf_hashes)
    while len(level) > 1:
        lone = level[-1:] if len(level) % 2 else []
        level = [node_hash(*pair) for pair in zip(level[::2], level[1::2], strict=False)] + lone
    return level[0]


def root_from_subtrees(size: int, subtree: Subtree) -> bytes:
    """The root of the first `size` leaves from stored sub-trees."""
    return _range_root(0, size, subtree) if size else EMPTY_ROOT


def inclusion_proof(
    leaf_hashes: Sequence[bytes], index: int, size: int | None = None
) -> tuple[bytes, ...]:
    """The proof that leaf `index` is in the tree of the first `size` leaves (all by default).

    Section 2.1.3.1; hashes from the leaf's side to the root's. `BadProof` for an index outside.
    """
    whole = len(leaf_hashes) if size is None else size
    _check_inside(whole, leaf_hashes)
    return inclusion_from_subtrees(index, whole, _over(leaf_hashes))


def inclusion_from_subtrees(index: int, size: int, subtree: Subtree) -> tuple[bytes, ...]:
    """`inclusion_proof` from stored sub-trees; asks for O(log² size) of them at most."""
    if not 0 <= index < size:
        raise BadProof(f"no leaf {index} in a tree of {size}")
    start, end, path = 0, size, []
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(_range_root(middle, end, subtree))
            end = middle
        else:
            path.append(_range_root(start, middle, subtree))
            start = middle
    return tuple(reversed(path))


def consistency_proof(
    leaf_hashes: Sequence[bytes], old: int, new: int | None = None
) -> tuple[bytes, ...]:
    """The proof that the first `old` leaves begin the tree of the first `new` (all by default).

    Section 2.1.4.1; empty for old = 0 and old = new. `BadProof` unless 0 <= old <= new <= leaves.
    """
    whole = len(leaf_hashes) if new is None else new
    _check_inside(whole, leaf_hashes)
    return consistency_from_subtrees(old, whole, _over(leaf_hashes))


def consistency_from_subtrees(old: int, new: int, subtree: Subtree) -> tuple[bytes, ...]:
    """`consistency_proof` from stored sub-trees."""
    if not 0 <= old <= new:
        raise BadProof(f"no consistency proof from {old} to {new} leaves")
    if old in {0, new}:
        return ()
    start, end, path = 0, new, []
    while old != end:
        middle = start + _split(end - start)
        if old <= middle:
            path.append(_range_root(middle, end, subtree))
            end = middle
        else:
            path.append(_range_root(start, middle, subtree))
            start = middle
    if start:  # else the old tree is this very sub-tree, and its root is known
        path.append(_range_root(start, end, subtree))
    return tuple(reversed(path))


def verify_inclusion(
    index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes
) -> None:
    """Pass if leaf hash `leaf` stands at `index` in the tree of `size` leaves with this root.

    Section 2.1.3.2, with its length check made first. Raises `BadProof`.
    """
    if not 0 <= index < size:
        raise BadProof(f"no leaf {index} in a tree of {size}")
    _check_hashes((leaf, root, *proof))
    inner = (index ^ (size - 1)).bit_length()
    if len(proof) != inner + (index >> inner).bit_count():
        raise BadProof("the inclusion proof is too short or too long")
    folded = leaf
    for height, sibling in enumerate(proof):
        is_left = height < inner and not index >> height & 1
        folded = node_hash(folded, sibling) if is_left else node_hash(sibling, folded)
    if folded != root:
        raise BadProof("the inclusion proof does not lead to the root")


def verify_consistency(
    old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes
) -> None:
    """Pass if the tree of `old` leaves and root `old_root` begins the one of `new` leaves.

    Section 2.1.4.2; for old = 0 the proof is empty and the old root is `EMPTY_ROOT`. Raises
    `BadProof`.
    """
    if not 0 <= old <= new:
        raise BadProof(f"{old} leaves cannot begin a tree of {new}")
    _check_hashes((old_root, new_root, *proof))
    if old in {0, new}:
        expected = EMPTY_ROOT if old == 0 else new_root
        if proof or old_root != expected or (new == 0 and new_root != EMPTY_ROOT):
            raise BadProof("the trivial consistency proof does not hold")
        return
    path = (old_root, *proof) if old.bit_count() == 1 else tuple(proof)
    if not path:
        raise BadProof("the consistency proof is empty")
    if _fold_consistency(old, new, path) != (old_root, new_root):
        raise BadProof("the consistency proof does not join the two roots")


def _fold_consistency(old: int, new: int, path: Sequence[bytes]) -> tuple[bytes, bytes]:
    """Steps 2 to 7 of section 2.1.4.2: both roots as the path gives them."""
    fn, sn = old - 1, new - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = path[0]
    for c in path[1:]:
        if sn == 0:
            raise BadProof("the consistency proof is too long")
        if fn & 1 or fn == sn:
            fr, sr = node_hash(c, fr), node_hash(c, sr)
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node_hash(sr, c)
        fn, sn = fn >> 1, sn >> 1
    if sn:
        raise BadProof("the consistency proof is too short")
    return fr, sr


def _split(size: int) -> int:
    """The largest power of two strictly below `size`."""
    return 1 << (size - 1).bit_length() - 1


def _range_root(start: int, end: int, subtree: Subtree) -> bytes:
    """`MTH(D[start:end])` where `start` is a multiple of the range's largest part."""
    folded, position = b"", end
    while position > start:
        width = (position - start) & -(position - start)
        position -= width
        level = width.bit_length() - 1
        part = subtree(level, position >> level)
        folded = node_hash(part, folded) if folded else part
    return folded


def _over(leaf_hashes: Sequence[bytes]) -> Subtree:
    def subtree(level: int, index: int) -> bytes:
        return root(leaf_hashes[index << level : (index + 1) << level])

    return subtree


def _check_inside(size: int, leaf_hashes: Sequence[bytes]) -> None:
    if not 0 <= size <= len(leaf_hashes):
        raise BadProof(f"{len(leaf_hashes)} leaves do not make a tree of {size}")


def _check_hashes(hashes: Sequence[bytes]) -> None:
    if len(hashes) > MAX_PROOF + 2:
        raise BadProof("more hashes than any tree asks for")
    if any(len(each) != HASH_OCTETS for each in hashes):
        raise BadProof("a hash that is not 32 bytes")
