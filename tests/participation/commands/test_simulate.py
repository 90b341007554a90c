import json
import zipfile

import pytest
from click.testing import CliRunner

from participation.ballot_files import read_abif
from participation.cli import main
from participation.simulation.choices import poll_of_file
from tests.places import shared

SOME = 40


def simulate(*arguments):
    return CliRunner().invoke(main, ["simulate", *map(str, arguments)])


def test_a_whole_election_over_http_ends_in_a_record_that_verifies(tmp_path):
    out = tmp_path / "record.suara"
    done = simulate("--voters", SOME, "--rule", "approval", "--again", 20, "--out", out)
    assert done.exit_code == 0, done.output
    for stage in ("draw up and freeze", "check in", "cast", "close", "open and count", "verify"):
        assert stage in done.stdout
    assert done.stdout.splitlines()[-1].startswith(f"{out}: The result is right")
    assert "failed" not in done.stdout
    with zipfile.ZipFile(out) as archive:
        result = json.loads(archive.read("result.json"))
        statuses = archive.read("statuses")
    assert result["counted"] == [{"ballots": SOME, "style": 1}]
    assert sorted(set(statuses)) == [0, 1]
    assert len(statuses) == SOME + 20


def test_a_sample_of_real_ballots_is_counted_as_the_file_says(tmp_path):
    file = shared("elections/2009-burlington-mayor/ballots.abif")
    out = tmp_path / "record.suara"
    done = simulate("--voters", SOME, "--ballots", file, "--rule", "plurality", "--out", out)
    assert done.exit_code == 0, done.output
    poll = poll_of_file(read_abif(file.read_text("utf-8")), "plurality", SOME, "")
    with zipfile.ZipFile(out) as archive:
        question = json.loads(archive.read("result.json"))["questions"][0]
    assert question["totals"] == [poll.choices.count(place) for place in range(6)]


def test_a_large_record_is_made_in_bulk_and_verifies(tmp_path):
    out = tmp_path / "record.suara"
    done = simulate("--voters", SOME, "--rule", "instant-runoff", "--bulk", "--out", out)
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines()[-1].startswith(f"{out}: The result is right")
    with zipfile.ZipFile(out) as archive:
        assert json.loads(archive.read("result.json"))["counted"] == [{"ballots": SOME, "style": 1}]


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--voters", "7", "--server", "http://127.0.0.1:1"), "--sign-ins must name"),
        (("--voters", "7", "--server", "127.0.0.1"), "an address like"),
        (("--voters", "1"), "is not in the range"),
    ],
)
def test_what_cannot_be_held_is_refused_with_the_reason(tmp_path, arguments, why):
    refused = simulate(*arguments, "--out", tmp_path / "record.suara")
    assert refused.exit_code != 0
    assert why in refused.output


def test_a_ballot_file_that_is_none_is_refused_by_its_line(tmp_path):
    file = tmp_path / "bad.abif"
    file.write_text("3:A>B\nthree:A>B\n")
    refused = simulate("--ballots", file, "--out", tmp_path / "record.suara")
    assert refused.exit_code == 1
    assert "line 2: expected" in refused.output
