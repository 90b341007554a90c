"""A real PostgreSQL server of the tests' own, started once a test process and thrown away."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

_ALONE = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
_EMPTY = """
DO $$
DECLARE name regclass; is_filled boolean; filled text[] := '{}';
BEGIN
  FOR name IN SELECT oid FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
  LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM %s)', name) INTO is_filled;
    IF is_filled THEN filled := filled || name::text; END IF;
  END LOOP;
  IF filled <> '{}' THEN
    EXECUTE 'TRUNCATE ' || array_to_string(filled, ', ') || ' RESTART IDENTITY CASCADE';
  END IF;
END $$
"""


def _binary(name: str) -> str:
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    found = str(installed[-1]) if installed else shutil.which(name)
    if found is None:
        raise RuntimeError(f"{name} is missing: apt-get install postgresql")
    return found


def _as_unprivileged(command: list[str]) -> list[str]:
    """PostgreSQL refuses to run as root, so root hands it to the postgres user."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else command


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_server() -> Iterator[str]:
    """Yields the address of a fresh server, `postgresql://...` without a database name."""
    folder = Path(tempfile.mkdtemp(prefix="suara-postgres-"))
    if os.geteuid() == 0:
        user = pwd.getpwnam("postgres")
        os.chown(folder, user.pw_uid, user.pw_gid)
    cluster, port = folder / "cluster", _free_port()
    subprocess.run(
        _as_unprivileged(
            [_binary("initdb"), "-D", str(cluster), "-U", "suara", "-A", "trust", "-E", "UTF8"]
        ),
        check=True, capture_output=True, cwd=folder,
    )  # fmt: skip
    options = f"-h 127.0.0.1 -p {port} -k {folder} -c fsync=off -c full_page_writes=off"
    control = [_binary("pg_ctl"), "-D", str(cluster), "-w"]
    subprocess.run(
        _as_unprivileged([*control, "-l", str(folder / "log"), "-o", options, "start"]),
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder,
    )  # fmt: skip
    try:
        yield f"postgresql://suara@127.0.0.1:{port}"
    finally:
        stop = _as_unprivileged([*control, "-m", "immediate", "stop"])
        subprocess.run(stop, check=False, capture_output=True, cwd=folder)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def fresh_database(server: str, name: str) -> Iterator[str]:
    """Yields the address of an empty database, dropped afterwards."""
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')  # the name is the tests' own
    try:
        yield f"{server}/{name}"
    finally:
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def empty_database(address: str) -> None:
    """Deletes every row: making the tables anew takes ten times as long."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(_ALONE)
        connection.execute(_EMPTY)
