"""What people hold in their hands, more of it: V38, V39."""

from ballots.verifier.beside import Beside
from crypto import merkle
from crypto.note import TlogProof
from tests.records.forgery import Collection

COLLECTION = Collection()


def receipt(built, index, *, claimed=None, extra=None, surplus=()):
    """A receipt of a ballot, with an index, a proof or an entry of the forger's."""
    log = built.ballot_log
    leaves = [merkle.leaf_hash(entry) for entry in log.entries]
    proof = (*merkle.inclusion_proof(leaves, index), *surplus)
    entry = log.entries[index] if extra is None else extra
    text = TlogProof(index, tuple(proof), log.notes[log.size], entry).text
    if claimed is not None:
        text = text.replace(b"index %d\n" % index, b"index %d\n" % claimed)
    return Beside(receipts=(("mine.tlog-proof", text),))


@COLLECTION.beside("V39", attack="A44", tests=(49,))
def receipt_with_surplus(built):
    """A receipt whose proof has a hash too many."""
    return receipt(built, built.cast_log[0][0], surplus=(bytes(32),))


@COLLECTION.beside("V39", attack="A44", tests=(49,))
def receipt_outside_the_tree(built):
    """A receipt whose index is the size of the tree."""
    return receipt(built, built.cast_log[0][0], claimed=built.ballot_log.size)


@COLLECTION.beside("V39", attack="A34", tests=(77,))
def receipt_of_another(built):
    """A receipt that shows another voter's ballot with the proof of one's own."""
    other = built.ballot_log.entries[built.cast_log[1][0]]
    return receipt(built, built.cast_log[0][0], extra=other)


@COLLECTION.client("V38", attack="A50")
def other_script(built):
    """A voting page whose script is another than the manifest names."""
    return built.client_files() | {"js/cast.js": b"leak()"}


@COLLECTION.client("V38", attack="A50")
def one_file_more(built):
    """A voting page with a file that the manifest does not know."""
    return built.client_files() | {"js/more.js": b"leak()"}


@COLLECTION.client("V38", attack="A50")
def one_file_less(built):
    """A voting page without one of its files."""
    return {"index.html": built.client_files()["index.html"]}
