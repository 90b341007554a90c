"""Where the tests of `crypto/` find published numbers: beside them, and in the shared corpus."""

import json
from typing import Any

from tests.places import VECTORS, shared


def vectors(name: str) -> Any:
    """The cases of a small file in `tests/vectors`, never none."""
    cases = json.loads((VECTORS / f"{name}.json").read_text("utf-8"))["vectors"]
    assert cases
    return cases


def ours(part: str) -> Any:
    """One part of our own vectors, which second implementations share."""
    return json.loads((VECTORS / "suara-v1.json").read_text("utf-8"))[part]


def corpus(name: str) -> Any:
    """A file of the shared corpus; the test is skipped where that is absent."""
    return json.loads(shared(f"crypto-vectors/{name}").read_text("utf-8"))


def unhex(case: dict[str, str], *names: str) -> list[bytes]:
    """The named fields of a case, from hex."""
    return [bytes.fromhex(case[name].removeprefix("0x")) for name in names]
