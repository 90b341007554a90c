"""`suara registrar serve` and `suara box serve`, as programs of their own."""

import json
import subprocess
import urllib.request
from contextlib import contextmanager

import pytest

from tests.participation.commands.test_serve import (
    ROOT,
    SUARA,
    environment,
    free_port,
    suara,
    wait_for,
)

SITE = "suara.example"
AGENT = "Peramban-Rahasia/1.0"


@contextmanager
def serving(kind, var, port, out):
    """The running service and its address."""
    name = "Badan Lain"
    words = [*SUARA, kind, "serve", "--for", SITE, "--name", name, "--workers", "1"]
    with out.open("wb") as said:
        program = subprocess.Popen(
            [*words, "--port", str(port)], env=environment(var), cwd=ROOT, stdout=said,
            stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    try:
        yield program, f"http://127.0.0.1:{port}"
    finally:
        program.kill()
        program.wait()


@pytest.mark.parametrize("kind", ["registrar", "box"])
def test_a_service_of_ones_own_says_who_it_is_and_logs_nobody(kind, tmp_path):
    """A11: its database is its own, its key stays, and no line tells who asked."""
    out = tmp_path / "out"
    with serving(kind, tmp_path, free_port(), out) as (program, address):
        said = json.loads(wait_for(program, f"{address}/{kind}"))
        assert (said["kind"], said["name"], said["serves"]) == (kind, "Badan Lain", [SITE])
        for path in ("/nothing", f"/{kind}/short/nothing"):
            request = urllib.request.Request(f"{address}{path}", headers={"User-Agent": AGENT})  # noqa: S310 - our own
            with pytest.raises(urllib.error.HTTPError) as refused:
                urllib.request.urlopen(request, timeout=5)  # noqa: S310 - our own
            assert refused.value.headers["Content-Type"] == "application/problem+json"
            refused.value.close()
    told = out.read_text()
    assert said["key"] in told
    lines = [line for line in told.splitlines() if AGENT in line or "/nothing" in line]
    assert lines == []
    assert (tmp_path / kind / "suara.sqlite3").is_file()
    assert (tmp_path / kind / "secret-key").stat().st_mode & 0o777 == 0o600
    printed = suara(tmp_path, kind, "key", "--name", "Badan Lain").stdout
    assert printed == f"Badan Lain {said['key']}\n"


@pytest.mark.parametrize("kind", ["registrar", "box"])
def test_it_says_what_is_missing_or_wrong(kind, tmp_path):
    refused = suara(tmp_path, kind, "serve", "--for", "https://a.example/path")
    assert refused.returncode != 0
    assert "is no site" in refused.stderr
