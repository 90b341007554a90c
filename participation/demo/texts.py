"""The demonstration's words, read from the data files beside this module."""

import tomllib
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent


def table(name: str) -> dict[str, Any]:
    """The data file `<name>.toml`."""
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def text(name: str) -> str:
    """The text file of this name."""
    return (_FOLDER / name).read_text(encoding="utf-8")
