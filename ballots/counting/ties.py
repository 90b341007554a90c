"""The lots: one order of the options per question, which nobody knew while votes were cast.

The seed hangs on the box's contents at close and on the opening keys, so fewer than k trustees
cannot foresee it (sections 9 and 14).
"""

from collections.abc import Iterable, Sequence

from ballots.draft import Question
from crypto.encoding import H, u16


def tie_seed(eid: bytes, closed_root: bytes, opening_keys: Sequence[bytes]) -> bytes:
    """The 32-byte seed of all lots of an election: `H("seed", eid, root, y_1, ..)`.

    `closed_root` is the root of the ballot log's checkpoint directly after `close`; `opening_keys`
    are the secrets `y` (32 bytes) in style order, empty bytes for a style that stays shut.
    """
    return H("seed", eid, closed_root, *opening_keys)


def tie_order(seed: bytes, question: Question) -> tuple[int, ...]:
    """The options by ascending `H("tie", seed, question id, u16 option)`, the preferred first."""
    name = question.id.encode()
    return tuple(
        sorted(range(len(question.options)), key=lambda option: H("tie", seed, name, u16(option)))
    )


def preferred(options: Iterable[int], order: tuple[int, ...]) -> int:
    """That one of the options which stands first in the tie order."""
    return min(options, key=order.index)


def excluded(options: Iterable[int], order: tuple[int, ...]) -> int:
    """That one of the options which stands last in the tie order."""
    return max(options, key=order.index)
