"""Where tests find things: the repository, and the real data that stands beside it."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
VECTORS = ROOT / "tests" / "vectors"
SHARED_DATA = ROOT.parent / "shared" / "data"


def shared(path: str) -> Path:
    """The file or folder below shared/data; skips the test where it is absent."""
    place = SHARED_DATA / path
    if not place.exists():
        pytest.skip(f"real data is absent: shared/data/{path}")
    return place
