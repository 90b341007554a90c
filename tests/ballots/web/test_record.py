"""The record over HTTP: what is published, when, and for how long it may be kept."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ballots.manifest import Manifest
from ballots.services import record, sequencing
from ballots.services.names import write_name
from crypto.encoding import sha256

YES = 0
FOREVER = "public, max-age=31536000, immutable"


@pytest.fixture
def counted(town):
    """The town with a result."""
    for name in ("ani", "budi", "citra"):
        town.check_in(name).cast(YES)
    town.finish()
    return town


def url(town, path):
    return f"/elections/{write_name(town.eid)}/record/{path}"


def code(response):
    assert response.content_type == "application/problem+json"
    return response.status_code, response.get_json()["type"].removeprefix("/problems/")


def test_a_running_election_shows_what_is_public(client, town):
    assert Manifest.parse(client.get(url(town, "manifest.json")).data).eid == town.eid
    for path in ("policy", "setup/checkpoint", "check-ins/checkpoint", "ballots/checkpoint"):
        assert client.get(url(town, path)).status_code == 200
    for path in ("setup/tile/entries/000.p/5", "ballots/tile/0/000.p/4", "ballots/checkpoints/4"):
        assert client.get(url(town, path)).status_code == 200


def test_what_comes_later_is_not_published_yet(client, town):
    later = ("roll", "result.json", "statuses", "summary.json")
    for path in (*later, "check-ins/tile/0/000.p/1", "check-ins/tile/entries/000.p/1"):
        assert code(client.get(url(town, path))) == (404, "not-published"), path


def test_after_the_count_everything_is_there(client, counted):
    files = list(record.files(counted.context, counted.eid))
    assert len(files) > 20
    for path, content in files:
        response = client.get(url(counted, path))
        assert (response.status_code, response.data) == (200, content)
        changes = path.endswith("/checkpoint") or path == "summary.json"
        assert response.headers["Cache-Control"] == ("no-store" if changes else FOREVER)
        assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_the_kinds_of_files_are_told(client, counted):
    kinds = {
        path: client.get(url(counted, path)).content_type
        for path in (
            "manifest.json",
            "policy",
            "ballots/checkpoint",
            "ballots/checkpoints/1",
            "roll",
        )
    }
    assert kinds == {
        "manifest.json": "application/json",
        "policy": "text/plain; charset=utf-8",
        "ballots/checkpoint": "text/plain; charset=utf-8",
        "ballots/checkpoints/1": "text/plain; charset=utf-8",
        "roll": "application/octet-stream",
    }


def test_any_published_width_of_a_tile_is_answered(client, counted):
    """By truncating the widest: what an earlier checkpoint needed stays there."""
    widest = client.get(url(counted, "ballots/tile/0/000.p/9")).data
    for width in range(1, 10):
        response = client.get(url(counted, f"ballots/tile/0/000.p/{width}"))
        assert response.data == widest[: 32 * width]
        assert client.get(url(counted, f"ballots/tile/entries/000.p/{width}")).status_code == 200
    for path in ("000", "000.p/99", "001.p/1", "000.p/0", "000.p/256", "x999/x999/x999/x999/999"):
        assert code(client.get(url(counted, f"ballots/tile/0/{path}"))) == (404, "not-found")
    assert code(client.get(url(counted, "ballots/tile/1/000.p/1"))) == (404, "not-found")


NO_PATHS = (
    "x", "setup", "setup/x", "setup/checkpoints/x", "setup/checkpoints/99", "setup/checkpoints/01",
    f"setup/checkpoints/{10**15}", "setup/checkpoints/999999999", "setup/tile/7/000.p/1",
    "attachments/x", "attachments/%00", "../record/policy", "roll/x", "policy/", "%ff",
    "setup%2Fcheckpoint%00",
)  # fmt: skip


def test_other_paths_are_not_found(client, town):
    for path in NO_PATHS:
        assert code(client.get(url(town, path))) == (404, "not-found"), path


def test_the_whole_record_is_one_file(client, counted):
    name = write_name(counted.eid)
    with client.get(f"/elections/{name}/{name}.suara") as response:
        assert response.status_code == 200
        assert response.mimetype == "application/zip"
        assert f"{name}.suara" in response.headers["Content-Disposition"]
        whole = response.data
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        assert "manifest.json" in archive.namelist()
        assert archive.testzip() is None
    other = write_name(sha256(b"another"))
    assert code(client.get(f"/elections/{name}/{other}.suara")) == (404, "not-found")
    assert code(client.get(f"/elections/{other}/{other}.suara")) == (404, "unknown-election")


def test_a_record_that_is_read_while_people_vote_is_of_one_moment(client, town):
    """An epoch that ends meanwhile is not half in it."""
    for name in ("ani", "budi"):
        town.check_in(name).cast(YES)
    found = record.files(town.context, town.eid)
    files = dict([next(found)])
    town.clock.seconds += 600
    sequencing.end_due_epochs(town.context)
    files |= dict(found)
    assert files["ballots/checkpoint"] == files["ballots/checkpoints/4"]
    assert max(path for path in files if "ballots/checkpoints" in path).endswith("/4")
    assert "ballots/tile/0/000.p/4" in files


def test_the_setup_log_has_an_address_of_its_own(client, town):
    base = f"/elections/{write_name(town.eid0)}/setup"
    same = client.get(url(town, "setup/checkpoint")).data
    assert client.get(f"{base}/checkpoint").data == same
    assert client.get(f"{base}/tile/entries/000.p/1").status_code == 200
    assert code(client.get(f"{base}/manifest.json")) == (404, "not-found")
    missing = f"/elections/{write_name(bytes(32))}/setup/checkpoint"
    assert code(client.get(missing)) == (404, "unknown-election")


def test_no_path_breaks_the_record(client, town):
    @settings(max_examples=150, deadline=None)
    @given(
        path=st.text(max_size=30)
        | st.from_regex(r"(setup|ballots|check-ins)/tile/(entries|[0-9]{1,3})/[x0-9/.p]{1,20}")
    )
    def check(path):
        response = client.get(url(town, path))
        assert response.status_code in {200, 308, 404}

    check()
