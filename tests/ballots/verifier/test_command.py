"""The command line: exit codes, lines for people, JSON for machines, two languages."""

import io
import json

import pytest

from ballots.verifier.command import run
from ballots.verifier.texts import FAILURES, LANGUAGES, TITLES
from ballots.verifier.verdict import CODES
from tests.records.builder import Builder, write_archive
from tests.records.plan import RUNNING, Plan


def outcome(*arguments):
    """Exit code and output of a run with one worker."""
    out = io.StringIO()
    code = run([*map(str, arguments), "--workers", "1"], out=out)
    return code, out.getvalue()


@pytest.fixture
def record(honest, tmp_path):
    """An honest record in one file."""
    return write_archive(honest.files, tmp_path / "record.suara")


def test_an_honest_record_ends_with_the_result_and_zero(record):
    code, out = outcome(record, "--language", "en")

    assert code == 0
    assert out.splitlines()[-1] == (
        "The result is right: 3 yes, 1 no, 1 blank. No vote was added, removed or changed: "
        "all 40 checks passed."
    )
    assert len([line for line in out.splitlines() if line.startswith("ok ")]) == 40


def test_the_last_sentence_is_spoken_in_indonesian_too(record, monkeypatch):
    monkeypatch.setenv("LC_ALL", "id_ID.UTF-8")
    code, out = outcome(record)

    assert code == 0
    assert out.splitlines()[-1].startswith("Hasilnya benar: 3 yes, 1 no, 1 kosong. Tidak ada suara")
    assert "V16 daftar pemilih" in out


def test_one_changed_byte_is_told_with_its_place_and_one(honest, tmp_path):
    """A67."""
    bundle = next(path for path in honest.files if path.startswith("ballots/tile/entries/"))
    octets = honest.files[bundle]
    changed = octets[:-40] + bytes([octets[-40] ^ 1]) + octets[-39:]
    record = write_archive(honest.files | {bundle: changed}, tmp_path / "record.suara")

    code, out = outcome(record, "--language", "en")

    assert code == 1
    last = honest.ballot_log.size - 1
    assert f"FAIL V14 chain of entries: the chain is broken at ballots entry {last}: " in out
    assert "Do not trust this record" in out.splitlines()[-1]


def test_one_changed_byte_of_the_file_itself_is_seen_too(honest, tmp_path):
    """The zip's own check sums say nothing: the bytes are judged, as far as they unpack."""
    record = write_archive(honest.files, tmp_path / "record.suara")
    octets = bytearray(record.read_bytes())
    octets[len(octets) // 2] ^= 0x10
    record.write_bytes(octets)

    assert outcome(record)[0] == 1


def test_a_running_election_ends_with_two(tmp_path):
    files = Builder(Plan(stage=RUNNING)).build().files
    code, out = outcome(write_archive(files, tmp_path / "record.suara"), "--language", "en")

    assert code == 2
    assert out.splitlines()[-1].startswith("Nothing wrong was found, but 21 of 40 checks lack")


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04 no zip"])
def test_what_is_no_record_ends_with_three(content, tmp_path, capsys):
    place = tmp_path / "record.suara"
    if content is not None:
        place.write_bytes(content)

    assert outcome(place, "--language", "en")[0] == 3
    assert "this says nothing about the election" in capsys.readouterr().err


def test_wrong_usage_ends_with_three(capsys):
    with pytest.raises(SystemExit) as stopped:
        run(["--no-such-option"])

    assert stopped.value.code == 3
    assert "usage" in capsys.readouterr().err


def test_machines_get_code_outcome_and_message(record):
    code, out = outcome(record, "--json")

    rows = json.loads(out)
    assert code == 0
    assert [row["code"] for row in rows] == list(CODES)
    assert all(set(row) == {"code", "ok", "message"} for row in rows)
    assert all(row["ok"] is True and row["message"] for row in rows)


def test_files_beside_the_record_are_taken_along(honest, record, tmp_path):
    index, payload = honest.cast_log[0]
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "my.promise").write_bytes(honest.promise(payload, 0))
    (mine / "my.tlog-proof").write_bytes(honest.receipt(index))

    code, out = outcome(record, mine, "--language", "en")

    assert code == 0
    assert "V26 promises kept\n" in out
    assert "V39 my receipt\n" in out


def test_every_check_has_words_in_every_language():
    assert tuple(TITLES) == CODES
    assert tuple(FAILURES) == CODES
    assert all(set(words) == set(LANGUAGES) and all(words.values()) for words in TITLES.values())
