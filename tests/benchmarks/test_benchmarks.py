import subprocess
import sys

import pytest

from tests.places import ROOT


@pytest.mark.parametrize(
    ("name", "given", "lines"),
    [  # each of its own number, so that two test processes never make the same ballots at once
        (
            "verify",
            ("--ballots", "12"),
            ("floor, the sum", "12 ballots, one process", "peak of memory"),
        ),
        (
            "cast",
            ("--ballots", "13"),
            ("floor, the sum", "checks alone", "service, durable", "site over HTTP"),
        ),
        ("client", ("--times", "2"), ("2 ballots, 2 registrars", "check-in to cast")),
    ],
)
def test_a_benchmark_prints_its_figures(name, given, lines):
    done = subprocess.run(
        [sys.executable, f"benchmarks/{name}.py", *given],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    for line in lines:
        assert line in done.stdout
