"""The verifier stands alone: its imports, copied into an empty folder, do the whole work.

Whoever distrusts us can read these files and no others.
"""

import ast
import json
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

from tests.house.test_floors import imports
from tests.places import ROOT
from tests.records.builder import Builder, write_archive
from tests.records.plan import Plan

START = "ballots.verifier.__main__"
SHARED = {
    "ballots", "ballots.document", "ballots.draft", "ballots.errors", "ballots.manifest",
    "ballots.plaintext", "ballots.counting", "ballots.verifier",
}  # fmt: skip
"""What the verifier shares with the rest of `ballots`: readers of documents, and counting."""
OUTSIDE = {"cryptography", "gmpy2"}


def file_of(module: str) -> Path | None:
    """The file of a module of ours, if it is one."""
    place = ROOT / Path(*module.split("."))
    for file in (place.with_suffix(".py"), place / "__init__.py"):
        if file.is_file():
            return file
    return None


def closure() -> dict[str, Path]:
    """Every module that the verifier imports, and theirs, by name."""
    found: dict[str, Path] = {}
    waiting = [START]
    while waiting:
        name = waiting.pop()
        while name and file_of(name) is None:
            name = name.rpartition(".")[0]
        if not name or name in found:
            continue
        found[name] = file_of(name)
        waiting.append(name.rpartition(".")[0])
        tree = ast.parse(found[name].read_text(encoding="utf-8"))
        waiting += [target for _, target in imports(tree)]
    return found


def copy_closure(folder: Path) -> None:
    """Copy the closure, and nothing else, into a folder."""
    for file in closure().values():
        place = folder / file.relative_to(ROOT)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, place)


def verify_in(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the copied verifier; `ballots` and `crypto` are those of this folder."""
    return subprocess.run(
        [sys.executable, "-m", "ballots.verifier", *arguments, "--language", "en"],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_copied_closure_verifies_a_record(tmp_path):
    copy_closure(tmp_path / "alone")
    record = write_archive(Builder(Plan()).build().files, tmp_path / "record.suara")

    ended = verify_in(tmp_path / "alone", str(record))
    as_json = verify_in(tmp_path / "alone", str(record), "--json")

    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.splitlines()[-1].startswith("The result is right")
    assert [row["ok"] for row in json.loads(as_json.stdout)] == [True] * 40


def test_the_closure_shares_readers_and_counting_only():
    ours = {module for module in closure() if module.split(".")[0] != "crypto"}

    assert len(ours) > 40
    assert {".".join(module.split(".")[:2]) for module in ours} == SHARED


def test_the_closure_needs_two_packages_from_outside():
    outside = set()
    for file in closure().values():
        tree = ast.parse(file.read_text(encoding="utf-8"))
        outside |= {name.split(".")[0] for _, name in imports(tree)}

    assert outside - set(sys.stdlib_module_names) - {"crypto", "ballots"} == OUTSIDE


def test_the_wheel_holds_the_closure():
    packed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for step in ("tool", "hatch", "build", "targets", "wheel", "only-include"):
        packed = packed[step]

    assert {file.relative_to(ROOT).parts[0] for file in closure().values()} <= set(packed)
