"""The verifier in JavaScript, at hand for every test here."""

import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.places import ROOT

Outcomes = dict[str, bool | None]


@dataclass
class Twin:
    """One Node process that verifies record after record."""

    process: subprocess.Popen[str]

    def verify(self, **asked: Any) -> dict[str, Any]:
        """What the JavaScript verifier says of a record; see `run.js`."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(asked, default=str) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        assert "crash" not in answer, answer["crash"]
        return answer

    def try_to_verify(self, **asked: Any) -> Outcomes | None:
        """The outcomes by code; None where there is no record to read."""
        try:
            return self.verify(**asked)["ok"]
        except AssertionError as crash:
            if "not a zip file" in str(crash):
                return None
            raise


@pytest.fixture(scope="session")
def twin() -> Iterator[Twin]:
    command = ["node", "--no-warnings", str(ROOT / "tests/js/verify/run.js")]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, text=True, **pipes) as process:  # type: ignore[call-overload]
        yield Twin(process)
        process.stdin.close()
