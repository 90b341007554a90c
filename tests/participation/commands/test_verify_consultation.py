"""`suara verify` on the record of a consultation, as people call it."""

import json
import subprocess
import sys
import threading
import zipfile
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from click.testing import CliRunner

from participation.cli import main
from participation.record.documents import Figures
from tests.participation.record.forging import Forgery, opened
from tests.places import ROOT

CODES = [f"C{number:02}" for number in range(1, 21)]


def verify(*arguments):
    """The command: exit code and what it printed."""
    return CliRunner().invoke(main, ["verify", *map(str, arguments)])


@pytest.fixture
def honest():
    return Forgery(figures=Figures(versions=1, contributions=2, waiting=2)).contribute(1, 2)


@pytest.fixture
def folder(honest, tmp_path):
    place = tmp_path / "record"
    for path, octets in honest.files().items():
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_bytes(octets)
    return place


@pytest.fixture
def record(folder, tmp_path):
    place = tmp_path / "sumur.suara"
    with zipfile.ZipFile(place, "w") as archive:
        for each in sorted(folder.rglob("*")):
            if each.is_file():
                archive.write(each, each.relative_to(folder).as_posix())
    return place


def test_it_knows_the_record_of_a_consultation_and_runs_twenty_checks(record):
    result = verify(record, "--language", "en")
    lines = result.stdout.splitlines()
    assert result.exit_code == 0
    assert [line.split()[1] for line in lines[:20]] == CODES
    assert lines[-1] == (
        "This record is whole: nothing was changed or left out unseen. All 20 checks passed."
    )
    assert result.stderr == ""


def test_it_speaks_indonesian(record):
    result = verify(record, "--language", "id")
    assert "rantai lembar utuh" in result.stdout
    assert result.stdout.splitlines()[-1].startswith("Catatan ini utuh")


def test_machines_get_one_verdict_for_each_check(folder):
    checks = json.loads(verify(folder, "--json").stdout)
    assert [each["code"] for each in checks] == CODES
    assert all(each["ok"] is True and each["message"] for each in checks)


def test_one_changed_byte_is_found_by_number(record, tmp_path):
    changed = tmp_path / "changed.suara"
    with zipfile.ZipFile(record) as archive:
        info = archive.getinfo("contributions")
    octets = bytearray(record.read_bytes())
    octets[info.header_offset + 30 + len("contributions") + 60] ^= 1
    changed.write_bytes(octets)
    result = verify(changed, "--language", "en")
    assert result.exit_code == 1
    assert "FAIL C14" in result.stdout
    assert result.stdout.splitlines()[-1].startswith("Do not trust this record")


def test_what_is_missing_is_exit_code_two(folder):
    (folder / "answers").unlink()
    result = verify(folder, "--language", "en")
    assert result.exit_code == 2
    assert result.stdout.splitlines()[-1].startswith("Nothing wrong was found")


def test_a_receipt_and_an_older_seal_are_checked_beside_it(honest, record, tmp_path):
    mine, seal = tmp_path / "mine.tlog-proof", tmp_path / "old.checkpoint"
    mine.write_bytes(honest.receipt(4, opened(1)))
    seal.write_bytes(honest.note(5))
    result = verify(record, mine, seal, "--language", "en")
    assert result.exit_code == 0
    assert "mine.tlog-proof is entry 4, open" in result.stdout
    mine.write_bytes(honest.receipt(4, opened(2)))
    assert "FAIL C19" in verify(record, mine, "--language", "en").stdout
    (tmp_path / "strange.txt").write_bytes(b"?")
    assert verify(record, tmp_path / "strange.txt").exit_code == 3


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        """Nothing: the test's output stays clean."""


@pytest.fixture
def server(tmp_path, folder, record):
    made = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(tmp_path)))
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{made.server_port}"
    made.shutdown()
    made.server_close()


def test_a_record_is_read_where_it_is_served_file_by_file_or_whole(server):
    for address in (f"{server}/record/", f"{server}/record", f"{server}/sumur.suara"):
        assert verify(address).exit_code == 0, address


def test_a_site_that_goes_back_behind_its_own_seal_is_found(server, honest, tmp_path):
    """A copy may be old; what a site serves now may not end before what it has signed."""
    later = tmp_path / "later.checkpoint"
    later.write_bytes(honest.contribute(3).note(7))
    result = verify(f"{server}/record/", later, "--language", "en")
    assert result.exit_code == 1
    assert "FAIL C07" in result.stdout
    assert verify(tmp_path / "record", later).exit_code == 2


def test_a_site_that_writes_on_while_it_is_read_is_no_liar(server, folder):
    lines = (folder / "contributions").read_bytes().replace(b'{"size":6}', b'{"size":7}')
    (folder / "contributions").write_bytes(lines)
    assert verify(f"{server}/record/").exit_code == 2
    assert verify(folder).exit_code == 1


def test_it_loads_neither_the_site_nor_a_database(record):
    told = "import sys; print(sorted({name.partition('.')[0] for name in sys.modules}))"
    program = (
        "import sys\nfrom participation.cli import main\n"
        f"try:\n    main(['verify', {str(record)!r}])\n"
        f"except SystemExit as end:\n    assert not end.code\n{told}"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = set(json.loads(done.stdout.splitlines()[-1].replace("'", '"')))
    assert {"participation", "ballots", "click"} <= loaded
    assert not loaded & {"flask", "sqlalchemy", "sqlmodel", "jinja2", "argon2"}
