import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto import merkle
from crypto.errors import BadProof
from crypto.merkle import Frontier
from tests.crypto.published import corpus, vectors

LEAVES = [merkle.leaf_hash(bytes([index])) for index in range(70)]


def stored(level, index):
    """Sub-trees as a store would give them: whole and perfect ones only."""
    part = LEAVES[index << level : (index + 1) << level]
    assert len(part) == 1 << level
    return merkle.root(part)


def test_the_reference_tree_comes_out():
    (tree,) = vectors("rfc9162-tree")
    leaves = [merkle.leaf_hash(bytes.fromhex(each)) for each in tree["leaves"]]
    assert [each.hex() for each in leaves] == tree["leaf_hashes"]
    assert [merkle.root(leaves[:n]).hex() for n in range(len(leaves) + 1)] == tree["roots"]
    assert corpus("rfc6962-reference-tree.json")["root_hex_by_tree_size"] == tree["roots"]


def test_leaves_and_nodes_are_hashed_apart():
    """A44: without the two prefixes a node could pass for a leaf."""
    assert merkle.leaf_hash(b"entry") == hashlib.sha256(b"\x00entry").digest()
    left, right = LEAVES[:2]
    assert merkle.node_hash(left, right) == hashlib.sha256(b"\x01" + left + right).digest()
    assert merkle.leaf_hash(left + right) != merkle.node_hash(left, right)
    assert hashlib.sha256(b"").digest() == merkle.EMPTY_ROOT


@pytest.mark.parametrize("kind", ["inclusion", "consistency"])
def test_the_published_verdicts_hold_without_exception(kind):
    """A44: truncated, lengthened, swapped and shifted proofs."""
    seen = {True: 0, False: 0}
    for case in corpus(f"merkle-{kind}.json"):
        seen[case["wantErr"]] += 1
        if case["wantErr"]:
            with pytest.raises(BadProof):
                verify_case(kind, case)
        else:
            verify_case(kind, case)
    assert seen[True] > 30
    assert seen[False] > 2


def verify_case(kind, case):
    proof = [base64.b64decode(each) for each in case["proof"] or []]
    if kind == "inclusion":
        leaf, root = base64.b64decode(case["leafHash"] or ""), base64.b64decode(case["root"] or "")
        merkle.verify_inclusion(case["leafIdx"], case["treeSize"], leaf, proof, root)
    else:
        roots = [base64.b64decode(case[name] or "") for name in ("root1", "root2")]
        merkle.verify_consistency(case["size1"], case["size2"], proof, *roots)


def test_a_frontier_a_list_and_a_store_agree_on_every_root():
    frontier = Frontier()
    for size in range(len(LEAVES) + 1):
        assert frontier.root() == merkle.root(LEAVES[:size])
        assert frontier.root() == merkle.root_from_subtrees(size, stored)
        again = Frontier.from_hashes(frontier.size, frontier.hashes)
        assert again.root() == frontier.root()
        if size < len(LEAVES):
            frontier.append(LEAVES[size])
    assert frontier.size == len(LEAVES)


def test_every_inclusion_proof_verifies_and_is_the_same_from_a_store():
    for size in range(1, len(LEAVES) + 1):
        root = merkle.root(LEAVES[:size])
        for index in range(size):
            proof = merkle.inclusion_proof(LEAVES, index, size)
            merkle.verify_inclusion(index, size, LEAVES[index], proof, root)
            assert proof == merkle.inclusion_from_subtrees(index, size, stored)


def test_every_consistency_proof_verifies_and_is_the_same_from_a_store():
    for new in range(len(LEAVES) + 1):
        for old in range(new + 1):
            proof = merkle.consistency_proof(LEAVES, old, new)
            roots = merkle.root(LEAVES[:old]), merkle.root(LEAVES[:new])
            merkle.verify_consistency(old, new, proof, *roots)
            assert proof == merkle.consistency_from_subtrees(old, new, stored)


def test_proofs_speak_of_all_leaves_by_default():
    assert merkle.inclusion_proof(LEAVES, 3) == merkle.inclusion_proof(LEAVES, 3, len(LEAVES))
    assert merkle.consistency_proof(LEAVES, 3) == merkle.consistency_proof(LEAVES, 3, len(LEAVES))


def altered(octets, data):
    place = data.draw(st.integers(0, len(octets) - 1))
    return octets[:place] + bytes([octets[place] ^ 1]) + octets[place + 1 :]


@given(st.integers(1, 70), st.data())
def test_an_inclusion_proof_with_one_thing_changed_is_refused(size, data):
    index = data.draw(st.integers(0, size - 1))
    proof, root = merkle.inclusion_proof(LEAVES, index, size), merkle.root(LEAVES[:size])
    leaf = LEAVES[index]
    wrong = [
        (index, size, altered(leaf, data), proof, root),
        (index, size, leaf, proof, altered(root, data)),
        (index, size, leaf, (*proof, root), root),
        (index, size, leaf, (leaf, *proof), root),
        (size, size, leaf, proof, root),
        (-1, size, leaf, proof, root),
        (index, 0, leaf, proof, root),
    ]
    if proof:
        place = data.draw(st.integers(0, len(proof) - 1))
        changed = (*proof[:place], altered(proof[place], data), *proof[place + 1 :])
        other = data.draw(st.integers(0, size - 1).filter(lambda other: other != index))
        wrong += [
            (index, size, leaf, changed, root),
            (index, size, leaf, proof[1:], root),
            (index, size, leaf, proof[:-1], root),
            (other, size, leaf, proof, root),
        ]
    for arguments in wrong:
        with pytest.raises(BadProof):
            merkle.verify_inclusion(*arguments)


@given(st.integers(1, 69), st.data())
def test_a_consistency_proof_with_one_thing_changed_is_refused(old, data):
    """A41: this proof is what ties a later checkpoint to an earlier one."""
    new = data.draw(st.integers(old + 1, 70))
    proof = merkle.consistency_proof(LEAVES, old, new)
    was, now = merkle.root(LEAVES[:old]), merkle.root(LEAVES[:new])
    place = data.draw(st.integers(0, len(proof) - 1))
    changed = (*proof[:place], altered(proof[place], data), *proof[place + 1 :])
    for arguments in [
        (old, new, proof, altered(was, data), now),
        (old, new, proof, was, altered(now, data)),
        (old, new, proof, now, was),
        (old, new, changed, was, now),
        (old, new, proof[1:], was, now),
        (old, new, proof[:-1], was, now),
        (old, new, (*proof, now), was, now),
        (old, new, (), was, now),
        (new, old, proof, was, now),
    ]:
        with pytest.raises(BadProof):
            merkle.verify_consistency(*arguments)


def test_the_trivial_consistencies_are_held_to_their_roots():
    root = merkle.root(LEAVES)
    merkle.verify_consistency(0, 0, (), merkle.EMPTY_ROOT, merkle.EMPTY_ROOT)
    merkle.verify_consistency(0, 70, (), merkle.EMPTY_ROOT, root)
    merkle.verify_consistency(70, 70, (), root, root)
    for arguments in [
        (0, 70, (), root, root),
        (0, 70, (root,), merkle.EMPTY_ROOT, root),
        (0, 0, (), merkle.EMPTY_ROOT, root),
        (0, 0, (), root, root),
        (70, 70, (), merkle.EMPTY_ROOT, root),
        (70, 70, (root,), root, root),
        (-1, 70, (), merkle.EMPTY_ROOT, root),
    ]:
        with pytest.raises(BadProof):
            merkle.verify_consistency(*arguments)


@pytest.mark.parametrize("odd", [b"", bytes(31), bytes(33)])
def test_a_hash_of_another_length_is_refused(odd):
    root = merkle.root(LEAVES[:2])
    with pytest.raises(BadProof):
        merkle.verify_inclusion(0, 2, odd, LEAVES[1:2], root)
    with pytest.raises(BadProof):
        merkle.verify_inclusion(0, 2, LEAVES[0], [odd], root)
    with pytest.raises(BadProof):
        merkle.verify_consistency(1, 2, LEAVES[1:2], LEAVES[0], odd)


def test_a_proof_of_absurd_length_is_refused_unhashed():
    with pytest.raises(BadProof, match="more hashes"):
        merkle.verify_inclusion(0, 2**80, LEAVES[0], [LEAVES[0]] * 80, LEAVES[0])


@pytest.mark.parametrize(
    "ask",
    [
        lambda: merkle.inclusion_proof(LEAVES, 70),
        lambda: merkle.inclusion_proof(LEAVES, -1),
        lambda: merkle.inclusion_proof(LEAVES, 0, 71),
        lambda: merkle.inclusion_proof([], 0),
        lambda: merkle.consistency_proof(LEAVES, 5, 4),
        lambda: merkle.consistency_proof(LEAVES, 5, 71),
        lambda: merkle.consistency_proof(LEAVES, -1),
        lambda: Frontier.from_hashes(3, LEAVES[:1]),
        lambda: Frontier.from_hashes(-1, LEAVES[:1]),
        lambda: Frontier.from_hashes(1, [b"short"]),
    ],
)
def test_what_no_tree_has_is_not_proved(ask):
    with pytest.raises(BadProof):
        ask()
