"""V09 to V15: what holds for each of the three logs, whatever the entries say."""

from collections.abc import Iterator, Mapping, Sequence

from ballots.draft import Log
from ballots.verifier.election import Election
from ballots.verifier.logs import tiles
from ballots.verifier.logs.order import Order
from ballots.verifier.logs.shapes import Entry, read_entry
from ballots.verifier.reading import Absent, Source
from ballots.verifier.verdict import Fault, Findings
from crypto.errors import CryptoError
from crypto.note import Checkpoint, Note, verify_checkpoint, verify_cosignature


def v09_manifest_first(log: str, first: Entry | None, election: Election) -> None:
    """Check-in and ballot log begin with the manifest, to the byte."""
    if first is None or first.tag != "manifest" or first.fields[0] != election.document:
        raise Fault("V09", f"{log} does not begin with the manifest")


def v10_root(checkpoint: Checkpoint, roots: Mapping[int, bytes]) -> None:
    """The root of a published checkpoint is that of the entries, where those are known."""
    known = roots.get(checkpoint.size)
    if known is not None and known != checkpoint.root:
        raise Fault("V10", f"the checkpoint of size {checkpoint.size} has another root")


def check_high_tiles(
    log: str, source: Source, levels: Sequence[bytes | bytearray], findings: Findings
) -> None:
    """The rest of V10: tiles from level 1 up hold the hashes of the tiles below."""
    for path, wanted in _high_tiles(levels):
        try:
            found = source.read(f"{log}/{path}", len(wanted))
        except Absent as absent:
            findings.miss(["V10"], str(absent))
            continue
        if found != wanted:
            findings.add("V10", "the tile does not hold the hashes below it", f"{log}/{path}")


def _high_tiles(levels: Sequence[bytes | bytearray]) -> Iterator[tuple[str, bytes]]:
    """Path and content of every tile above level 0."""
    for level, hashes in enumerate(levels, start=1):
        for index, width in tiles.widths(len(hashes) // tiles.HASH_OCTETS):
            start = index * tiles.WIDTH * tiles.HASH_OCTETS
            wanted = bytes(hashes[start : start + width * tiles.HASH_OCTETS])
            yield tiles.tile_path(level, index, width), wanted


def v11_note(octets: bytes, log: Log, election: Election) -> tuple[Note, Checkpoint]:
    """The checkpoint in a note of the form of section 4, signed by its log.

    The log's line, then witnesses' lines in the draft's order, each at most once, nothing else.
    """
    key = election.logs[log]
    try:
        note = Note.parse(octets)
        checkpoint = verify_checkpoint(note, key)
    except CryptoError as problem:
        raise Fault("V11", str(problem)) from None
    if not note.signatures[0].is_by(key):
        raise Fault("V11", "the log's line is not the first")
    witnesses = iter(election.witnesses)
    for line in note.signatures[1:]:
        if not any(line.is_by(witness) for witness in witnesses):  # goes on where it stopped
            raise Fault("V11", f"a line by {line.name} that may not stand here")
    return note, checkpoint


def v12_quorum(note: Note, election: Election) -> tuple[int, ...]:
    """The times of a note's cosignatures; each one must verify, and k are needed (A41)."""
    by_id = {key.key_id: key for key in election.witnesses}
    times = []
    for line in note.signatures[1:]:
        try:
            times.append(verify_cosignature(line, by_id[line.key_id], note.text))
        except CryptoError as problem:
            raise Fault("V12", str(problem)) from None
    needed = election.draft.witnesses.k
    if len(times) < needed:
        raise Fault("V12", f"{len(times)} cosignatures, not {needed}")
    return tuple(times)


def check_policy(policy: bytes, election: Election) -> None:
    """The rest of V12: the file `policy` is the draft's, byte for byte."""
    if policy != election.draft.policy.encode():
        raise Fault("V12", "the file policy is not the draft's")


def v13_consistency(ours: Checkpoint, theirs: Checkpoint) -> None:
    """Two checkpoints of one log and size have one root; else the log said two things (A41)."""
    if ours.size == theirs.size and ours.root != theirs.root:
        both = f"{ours.text!r} here, {theirs.text!r} there"
        raise Fault("V13", f"EQUIVOCATION, two signed checkpoints of one size: {both}")


def v14_chain(
    entries: Sequence[bytes], leaves: Sequence[bytes], before: bytes
) -> Iterator[tuple[int, Fault]]:
    """The places of a bundle where an entry does not begin with the leaf hash of the one before.

    `before` is the leaf hash in front of the bundle, or empty where it is not known yet.
    """
    for at, (entry, previous) in enumerate(zip(entries, [before, *leaves], strict=False)):
        if previous and entry[: tiles.HASH_OCTETS] != previous:
            yield at, Fault("V14", "its prev is not the leaf hash of the entry before")


def check_low_tile(tile: bytes, leaves: Sequence[bytes]) -> Iterator[tuple[int, Fault]]:
    """The rest of V14: the tile of level 0 holds the entries' own leaf hashes."""
    octets = tiles.HASH_OCTETS
    for at, leaf in enumerate(leaves):
        if tile[at * octets : (at + 1) * octets] != leaf:
            yield at, Fault("V14", "the tile has another leaf hash")
    if len(tile) > len(leaves) * octets:
        yield len(leaves) - 1, Fault("V14", "bytes follow the last hash of the tile")


def v15_entry(log: str, payload: bytes, election: Election) -> Entry:
    """The entry in a payload other than check-in, issue and cast: shape, wrapper, constants."""
    return read_entry(log, payload, election)


def check_order(order: Order, entry: Entry) -> None:
    """The rest of V15: an entry that may stand where it stands, once for its style and number."""
    order.admit(entry.tag)
    if entry.tag in {"reg-key", "dkg1", "dkg2", "dkg3"}:
        order.admit_once(entry.tag, entry.fields[1], entry.fields[2])
