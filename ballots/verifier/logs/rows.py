"""A row of the roll as the verifier reads it (section 3)."""

from dataclasses import dataclass
from itertools import pairwise

from ballots.verifier.logs.frames import Frame
from ballots.verifier.verdict import Fault
from crypto.encoding import H, number

_MOST_PASSKEYS = 4
_FRAMES = {
    frame.size: frame
    for frame in (Frame("roll", 32, 2, *[32] * passkeys) for passkeys in range(_MOST_PASSKEYS + 1))
}


@dataclass(slots=True)  # not frozen: a million of them, and freezing doubles the cost
class RollRow:
    """`c` (32 bytes), style, and the commitments `p` to the voter's passkeys."""

    commitment: bytes
    style: int
    passkeys: tuple[bytes, ...]

    def has_passkey(self, cose: bytes) -> bool:
        """Whether this COSE key is one of the voter's passkeys."""
        return H("passkey", self.commitment, cose) in self.passkeys


def read_row(leaf: bytes) -> RollRow:
    """The row whose leaf data these bytes are; raises V16."""
    frame = _FRAMES.get(len(leaf))
    fields = frame.read(leaf) if frame else None
    if fields is None:
        raise Fault("V16", "not the leaf data of a row with at most four passkeys")
    commitment, style, *passkeys = fields
    if not number(style):
        raise Fault("V16", "a row of style 0")
    if any(one >= other for one, other in pairwise(passkeys)):
        raise Fault("V16", "passkeys that do not ascend")
    return RollRow(commitment, number(style), tuple(passkeys))
