"""V16: the roll, read once from its file and never held."""

from pathlib import Path

from ballots.manifest import Manifest
from ballots.verifier.bulk.bench import OFFSET_OCTETS, RollFile
from ballots.verifier.logs.rows import read_row
from ballots.verifier.logs.slots import Slots
from ballots.verifier.logs.tree import Peaks
from ballots.verifier.verdict import Fault, Findings
from crypto.encoding import number
from crypto.merkle import leaf_hash

MOST_ROW_OCTETS = 256
"""More than any row takes in the file: four passkeys make 204 bytes."""

_LENGTH_OCTETS = 2


def v16_roll(rows: Path, manifest: Manifest, roll: RollFile, findings: Findings) -> int:
    """The roll's rows: form, order, one per voter, and the sizes and root that were frozen.

    Reads the record's file `rows` once and writes the files of `roll`; the number of rows.
    """
    reading = _RollReading(manifest, findings)
    with rows.open("rb") as file, roll.leaves.open("wb") as leaves, roll.ends.open("wb") as ends:
        while head := file.read(_LENGTH_OCTETS):
            leaf = file.read(number(head))
            if len(head) != _LENGTH_OCTETS or len(leaf) != number(head):
                findings.add("V16", "the file ends inside a row", "roll", reading.tree.size)
                break
            reading.take(leaf)
            leaves.write(leaf)
            ends.write(leaves.tell().to_bytes(OFFSET_OCTETS, "big"))
    reading.close()
    return reading.tree.size


class _RollReading:
    """The rows so far."""

    def __init__(self, manifest: Manifest, findings: Findings) -> None:
        self.tree = Peaks()
        self._manifest = manifest
        self._findings = findings
        self._sizes = {each.style: 0 for each in manifest.roll.styles}
        self._voters = Slots()
        self._last = b""

    def take(self, leaf: bytes) -> None:
        """The next row's leaf data."""
        index = self.tree.size
        self.tree.append(leaf_hash(leaf))
        try:
            row = read_row(leaf)
        except Fault as fault:
            self._findings.add_fault(fault, "roll", index)
            return
        voters = len(self._voters)
        if self._voters.add(row.commitment) < voters:
            self._findings.add("V16", "a second row of one voter", "roll", index)
        if leaf <= self._last:
            self._findings.add("V16", "the row does not ascend", "roll", index)
        if row.style not in self._sizes:
            self._findings.add("V16", f"there is no style {row.style}", "roll", index)
        self._sizes[row.style] = self._sizes.get(row.style, 0) + 1
        self._last = leaf

    def close(self) -> None:
        """Compare with what the manifest froze."""
        frozen = self._manifest.roll
        if (self.tree.size, self.tree.root()) != (frozen.size, frozen.root):
            self._findings.add("V16", "size or root is not the manifest's", "roll")
        wrong = [each.style for each in frozen.styles if self._sizes[each.style] != each.size]
        if wrong or sum(each.size for each in frozen.styles) != frozen.size:
            self._findings.add("V16", "the sizes of the styles are not the manifest's", "roll")
