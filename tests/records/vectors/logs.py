"""Vectors of section 4: entries, chain, tree, tiles, checkpoints, cosignatures, epochs."""

from hashlib import sha256
from typing import Any

from crypto import merkle
from crypto.encoding import number, split
from crypto.note import Checkpoint
from tests.records.builder import Builder
from tests.records.log_writer import LogWriter
from tests.records.vectors.shown import vector

TREES = (1, 2, 3, 5, 8, 255, 256, 257)


def entries(built: Builder) -> list[dict[str, Any]]:
    """Every payload of the election with its place, what it says, and its leaf hash."""
    made = []
    for log in (built.setup, built.check_in_log, built.ballot_log):
        for index, entry in enumerate(log.entries):
            prev, payload = entry[:32], entry[32:]
            tag, fields = split(payload)
            said = _said(fields) if tag == "signed" else {"tag": tag, "fields": fields}
            made.append(
                vector(
                    f"{log.name} entry {index}: {said['tag']}",
                    {"log": log.name, "index": index, "prev": prev, **said},
                    {"payload": payload, "hash": sha256(payload).digest(),
                     "leaf_hash": merkle.leaf_hash(entry)},
                )
            )  # fmt: skip
    return made


def _said(fields: tuple[bytes, ...]) -> dict[str, Any]:
    """What a role says: the fields inside the wrapper, and who says them."""
    role, index, inner, signature = fields
    tag, inside = split(inner)
    return {
        "role": role.decode(), "role_index": number(index), "tag": tag, "fields": inside,
        "signature": signature,
    }  # fmt: skip


def checkpoints(built: Builder) -> list[dict[str, Any]]:
    """Notes with their cosignatures, from the keys that signed them."""
    made = []
    for log in (built.setup, built.check_in_log, built.ballot_log):
        for size, note in log.notes.items():
            checkpoint = Checkpoint(
                built.log_signer(log.name).verifier.name, size, _root(log, size)
            )
            witnesses = [
                {"name": each.verifier.name, "seed": seed, "vkey": each.verifier.vkey}
                for each, seed in zip(built.witnesses, built.witness_seeds, strict=True)
            ]
            made.append(
                vector(
                    f"{log.name}, size {size}",
                    {"origin": checkpoint.origin, "log_seed": built.log_keys[log.name].seed,
                     "size": size, "root": checkpoint.root, "witnesses": witnesses,
                     "time": log.times[size]},
                    {"text": checkpoint.text,
                     "text_hash": sha256(checkpoint.text.encode()).digest(),
                     "note": note.decode()},
                )
            )  # fmt: skip
    return made


def _root(log: LogWriter, size: int) -> bytes:
    return merkle.root([merkle.leaf_hash(entry) for entry in log.entries[:size]])


def trees(_built: Builder) -> list[dict[str, Any]]:
    """Roots, proofs and the paths of tiles for logs whose entry i is the two bytes of i."""
    made = []
    for size in TREES:
        leaves = [merkle.leaf_hash(i.to_bytes(2, "big")) for i in range(size)]
        index, older = size // 2, (size + 1) // 2
        made.append(
            vector(
                f"{size} entries",
                {"size": size, "index": index, "older": older},
                {"root": merkle.root(leaves), "older_root": merkle.root(leaves[:older]),
                 "inclusion": merkle.inclusion_proof(leaves, index),
                 "consistency": merkle.consistency_proof(leaves, older),
                 "tiles": sorted(_tiles(size))},
            )
        )  # fmt: skip
    return made


def _tiles(size: int) -> dict[str, bytes]:
    """The paths of a log of that many short entries; `LogWriter` cuts them."""
    return {path: b"" for path in _Short(size).files() if path.startswith("tile/")}


class _Short(LogWriter):
    """A log of entries of two bytes, without checkpoints."""

    def __init__(self, size: int) -> None:
        self.name = "log"
        self.entries = [i.to_bytes(2, "big") for i in range(size)]
        self.notes = {size: b""}

    def files(self) -> dict[str, bytes]:
        """Paths below the log's own folder."""
        return {path.removeprefix("log/"): octets for path, octets in super().files().items()}
