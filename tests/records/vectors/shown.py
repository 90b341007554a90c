"""How a vector is shown: bytes in hex, everything else as JSON has it."""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.records.builder import Builder
from tests.records.plan import Plan

PLAN = Plan(
    registrars=(2, 2, 1), trustees=(3, 2), witnesses=(3, 2, 0), notes=((3, "moved away"),),
)  # fmt: skip
"""The election from which the vectors come; its record is the corpus's `valid-vectors`."""


def shown(value: Any) -> Any:
    """A value with every byte string in hex."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, Mapping):
        return {key: shown(each) for key, each in value.items()}
    if isinstance(value, frozenset):
        return sorted(shown(each) for each in value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [shown(each) for each in value]
    return value


def vector(says: str, given: Mapping[str, Any], gives: Mapping[str, Any]) -> dict[str, Any]:
    """One vector: what goes in and what comes out."""
    return {"says": says, "given": shown(given), "gives": shown(gives)}


def built() -> Builder:
    """The election, whole."""
    return Builder(PLAN).build()
