"""The source files that the house rules speak of, parsed once."""

import ast
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.places import ROOT

CODE_SUFFIXES = {".py", ".js", ".mjs", ".css", ".html", ".sh"}


@dataclass(frozen=True, slots=True)
class Source:
    """One tracked file: its path from the root and its text."""

    path: Path
    text: str

    @property
    def module(self) -> str:
        """The dotted name an import would use."""
        parts = self.path.with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def files() -> tuple[Source, ...]:
    """Every code file that is tracked, or would be."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip
    paths = [Path(line) for line in sorted(set(listing))]
    return tuple(
        Source(path, (ROOT / path).read_text(encoding="utf-8"))
        for path in paths
        if path.suffix in CODE_SUFFIXES and (ROOT / path).is_file()
    )


@cache
def python(*tops: str) -> tuple[tuple[Source, ast.Module], ...]:
    """The Python files below the given top-level folders, with their syntax trees."""
    return tuple(
        (source, ast.parse(source.text, filename=str(source.path)))
        for source in files()
        if source.path.suffix == ".py" and source.path.parts[0] in tops
    )
