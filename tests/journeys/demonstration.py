"""The demonstration as a newcomer gets it: prepared by the command itself, told in its words."""

import fcntl
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from participation.demo.people import sign_ins
from tests.places import ROOT

SUARA = (sys.executable, "-c", "from participation.cli import main; main()")


@dataclass(frozen=True, slots=True)
class Demonstration:
    """Where it lies, and what the command printed."""

    var: Path
    told: str

    def sign_in(self, key: str) -> tuple[str, str]:
        """Address and password of one of its people, such as `sri`."""
        found = [each for each in sign_ins() if each.email.startswith(f"{key}@")]
        assert len(found) == 1, f"nobody in the demonstration is called {key}"
        return found[0].email, found[0].password


def suara(*arguments: str, **settings: object) -> subprocess.CompletedProcess[str]:
    """Runs the `suara` command in a process of its own, with these settings."""
    environment = environment_of(settings)
    return subprocess.run(
        [*SUARA, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def environment_of(settings: Mapping[str, object]) -> dict[str, str]:
    """This process's environment in English, without its own settings of the site."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SUARA_")}
    given = {f"SUARA_{name.upper()}": str(value) for name, value in settings.items()}
    return kept | given | {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "PYTHONPATH": str(ROOT)}


def prepared(folder: Path) -> Demonstration:
    """The demonstration below `folder`; the first of several processes that ask makes it."""
    var, said = folder / "demonstration", folder / "demonstration.txt"
    with (folder / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not said.exists():
            made = suara("demo", var=var)
            assert made.returncode == 0, made.stderr
            said.write_text(made.stdout)
    return Demonstration(var, said.read_text())
