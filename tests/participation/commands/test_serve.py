"""`suara serve`, `suara db` and `suara role`, as programs of their own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlmodel import select

from participation.accounts.models import AccountRole
from participation.core.db import Database
from tests.participation.people import make_person
from tests.places import ROOT

SUARA = [sys.executable, "-c", "from participation.cli import main; main()"]
PATIENCE = 90


@pytest.fixture(scope="module")
def ready(tmp_path_factory) -> Path:
    """A folder whose database was made ready by the command."""
    folder = tmp_path_factory.mktemp("ready")
    assert suara(folder, "db", "upgrade").stdout == "The database is ready.\n"
    return folder


@pytest.fixture
def var(ready, tmp_path) -> Path:
    """A copy of it for one test."""
    return Path(shutil.copytree(ready, tmp_path / "var"))


def environment(var: Path, **more: str) -> dict[str, str]:
    """This environment, with settings of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SUARA_")}
    return kept | {"SUARA_VAR": str(var)} | more


def suara(var: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Runs the command to its end."""
    return subprocess.run(
        [*SUARA, *words], env=environment(var, **more), cwd=ROOT,
        capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(var: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """The running site and its address; ends it in any case."""
    address = f"http://127.0.0.1:{free_port()}"
    words = [*SUARA, "serve", "--workers", "1", "--port", address.rpartition(":")[2]]
    program = subprocess.Popen(words, env=environment(var), cwd=ROOT, start_new_session=True)
    try:
        yield program, address
    finally:
        program.kill()
        program.wait()


def wait_for(program: subprocess.Popen[bytes], address: str) -> bytes:
    """The page at an address, as soon as somebody answers there."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5) as response:  # noqa: S310 - our own
                return bytes(response.read())
        except OSError:
            assert program.poll() is None, "the site has ended"
            assert time.monotonic() < until, "nobody answers"
            time.sleep(0.2)


def children(program: subprocess.Popen[bytes]) -> dict[str, int]:
    """The processes that `suara serve` started: the server has workers, the jobs have none."""
    found = started_by(program.pid)
    return {"server" if started_by(number) else "jobs": number for number in found}


def started_by(number: int) -> list[int]:
    """The processes that a process started and that still run."""
    place = Path(f"/proc/{number}/task/{number}/children")
    return [int(child) for child in place.read_text().split()]


def memory_megabytes(number: int) -> float:
    """What a process and those that it started hold, a shared page counted once."""
    told = Path(f"/proc/{number}/smaps_rollup").read_text()
    (own,) = [int(line.split()[1]) for line in told.splitlines() if line.startswith("Pss:")]
    return own / 1024 + sum(memory_megabytes(child) for child in started_by(number))


def is_gone(number: int) -> bool:
    """Whether a process ends within some seconds."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if not Path(f"/proc/{number}").exists():
            return True
        time.sleep(0.1)
    return False


def test_one_interrupt_stops_the_server_and_the_jobs(var):
    with serving(var) as (program, address):
        assert b"<html" in wait_for(program, address)
        started = children(program)
        assert set(started) == {"jobs", "server"}
        program.send_signal(signal.SIGINT)
        assert program.wait(timeout=PATIENCE) == 0
        assert all(is_gone(number) for number in started.values())


def test_the_loaded_site_is_held_once_by_the_server_and_the_jobs_together(var):
    with serving(var) as (program, address):
        wait_for(program, address)
        together = memory_megabytes(program.pid)
        server_alone = int(Path(f"/proc/{program.pid}/statm").read_text().split()[1]) * 4 / 1024
        assert 50 < together < 1.8 * server_alone


def test_when_the_jobs_end_the_site_ends_too_so_that_nobody_waits_in_vain(var):
    with serving(var) as (program, address):
        wait_for(program, address)
        started = children(program)
        os.kill(started["jobs"], signal.SIGKILL)
        assert program.wait(timeout=PATIENCE) != 0
        assert is_gone(started["server"])


def test_a_killed_parent_takes_both_along(var):
    with serving(var) as (program, address):
        wait_for(program, address)
        started = children(program)
        program.kill()
        program.wait()
        assert all(is_gone(number) for number in started.values())


def test_a_database_that_is_not_ready_stops_the_start_with_what_to_do(tmp_path):
    refused = suara(tmp_path, "serve")
    assert refused.returncode == 1
    assert "Run first: suara db upgrade" in refused.stderr


def test_a_wrong_setting_is_one_plain_sentence(tmp_path):
    refused = suara(tmp_path, "db", "upgrade", SUARA_ENVIRONMENT="production")
    assert refused.returncode == 1
    assert refused.stderr.startswith("Error: SUARA_SECRET_KEY is missing.")
    assert "Traceback" not in refused.stderr


def test_a_role_is_given_and_taken_by_whoever_runs_the_machine(var):
    database = Database(f"sqlite:///{var / 'suara.sqlite3'}")
    with database.transaction() as session:
        make_person(session, "Ratna")
    assert suara(var, "role", "ratna@example.id", "officer").stdout == "Ratna: officer, resident\n"
    assert suara(var, "role", "ratna@example.id", "officer", "--take").stdout == "Ratna: resident\n"
    with database.session() as session:
        assert session.exec(select(AccountRole.role)).all() == ["resident"]
    database.close()
    refused = suara(var, "role", "nobody@example.id", "officer")
    assert "no account" in refused.stderr
