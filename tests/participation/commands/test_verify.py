import json
import shutil
import subprocess
import sys
import threading
import zipfile
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from click.testing import CliRunner

from participation.cli import main
from tests.places import ROOT

CODES = [f"V{number:02}" for number in range(1, 41)]


def verify(*arguments):
    """The command as people call it: exit code and what it printed."""
    return CliRunner().invoke(main, ["verify", "--workers", "1", *map(str, arguments)])


@pytest.fixture
def unpacked(finished, tmp_path):
    folder = tmp_path / "unpacked"
    with zipfile.ZipFile(finished.record) as archive:
        archive.extractall(folder)
    return folder


def test_an_honest_record_passes_forty_numbered_checks_and_ends_in_one_sentence(finished):
    result = verify(finished.record, "--language", "en")
    lines = result.stdout.splitlines()
    assert result.exit_code == 0
    assert [line.split()[1] for line in lines[:40]] == CODES
    assert lines[-1].startswith("The result is right")
    assert lines[-1].endswith("all 40 checks passed.")
    assert result.stderr == ""


def test_the_last_sentence_is_said_in_indonesian(finished):
    result = verify(finished.record, "--language", "id")
    assert result.stdout.splitlines()[-1].startswith("Hasilnya benar")


def test_one_changed_byte_is_found_by_number(finished, tmp_path):
    changed = tmp_path / "changed.suara"
    with zipfile.ZipFile(finished.record) as archive:
        bundle = "ballots/tile/entries/000.p/"
        info = next(each for each in archive.infolist() if each.filename.startswith(bundle))
        place = info.header_offset + 30 + len(info.filename) + info.file_size // 2
    octets = bytearray(finished.record.read_bytes())
    octets[place] ^= 1
    changed.write_bytes(octets)
    result = verify(changed, "--language", "en")
    assert result.exit_code == 1
    assert "FAIL V10" in result.stdout
    assert result.stdout.splitlines()[-1].startswith("Do not trust this record")


def test_a_folder_without_its_result_lacks_evidence(unpacked):
    assert verify(unpacked).exit_code == 0
    (unpacked / "result.json").unlink()
    result = verify(unpacked, "--language", "en")
    assert result.exit_code == 2
    assert "Nothing wrong was found" in result.stdout.splitlines()[-1]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        """Nothing: the test's output stays clean."""


def test_a_record_is_read_from_an_address(unpacked):
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(unpacked)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        result = verify(f"http://127.0.0.1:{server.server_port}/")
    finally:
        server.shutdown()
        server.server_close()
    assert result.exit_code == 0


def test_a_promise_is_checked_against_the_record(finished, tmp_path):
    result = verify(finished.record, finished.promise, "--json")
    checks = {each["code"]: each for each in json.loads(result.stdout)}
    assert result.exit_code == 0
    assert list(checks) == CODES
    assert checks["V26"]["ok"]
    assert "not asked" not in checks["V26"]["message"]
    forged = tmp_path / "forged.promise"
    octets = bytearray(finished.promise.read_bytes())
    octets[-1] ^= 1
    forged.write_bytes(octets)
    assert verify(finished.record, forged).exit_code == 1


def test_no_record_and_bad_options_are_the_verifier_s_own_failures(tmp_path):
    assert verify(tmp_path / "absent.suara").exit_code == 3
    assert verify("--no-such-option").exit_code == 3
    assert verify().exit_code == 3


def test_it_loads_neither_the_site_nor_a_database(finished):
    told = "import sys; print(sorted({name.partition('.')[0] for name in sys.modules}))"
    program = (
        "import sys\nfrom participation.cli import main\n"
        f"try:\n    main(['verify', {str(finished.record)!r}])\n"
        f"except SystemExit as end:\n    assert not end.code\n{told}"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = set(json.loads(done.stdout.splitlines()[-1].replace("'", '"')))
    assert {"participation", "ballots", "click"} <= loaded
    assert not loaded & {"flask", "sqlalchemy", "sqlmodel", "jinja2", "argon2"}


@pytest.mark.skipif(shutil.which("script") is None, reason="needs script(1) for a terminal")
def test_on_a_terminal_a_bar_shows_and_then_makes_room(finished):
    suara = f"{sys.executable} -c 'from participation.cli import main; main()'"
    line = f"{suara} verify --language id --workers 1 {finished.record}"
    done = subprocess.run(
        ["script", "-qec", line, "/dev/null"],
        cwd=ROOT, capture_output=True, text=True, check=True, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert "surat suara" in done.stdout
    assert done.stdout.index("━") < done.stdout.index("V01")
    assert "━" not in done.stdout[done.stdout.index("V01") :]
