"""Both verifiers, in Python and in JavaScript, say the same of every record (section 10)."""

import functools
import json
import operator
import os
import random
import subprocess
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from ballots.verifier import texts
from ballots.verifier.reading import Unreadable
from ballots.verifier.report import as_text, verdicts
from ballots.verifier.verification import verify
from crypto import canonical
from crypto.encoding import b64url, sha256
from tests.ballots.verifier.test_random_bytes import almost_right, random_payloads
from tests.js.conftest import Outcomes, Twin
from tests.places import ROOT
from tests.records.builder import Builder, write_archive, write_folder
from tests.records.forgeries.logs import signed_note
from tests.records.plan import DESK, SESSION, Plan, Voter

STRIDE = int(os.environ.get("SUARA_TWIN_STRIDE", "701"))
"""Every how many bytes of a small record both verifiers run."""
THREE_VOTERS = (
    Voter(),
    Voter(kind=SESSION, passkeys=0, ballots=((1,), (0,))),
    Voter(kind=DESK, ballots=((None,),)),
)
ODD: list[Any] = [0, 1, 255, 2**16, 2**53 - 1, -1, 1.5, "", "é", "a/b", True, None, [], {}, [3, 2]]
CORPUS = ROOT / "tests" / "corpus"
CASES = json.loads((CORPUS / "index.json").read_text("utf-8"))["cases"]


@pytest.fixture(scope="module")
def honest() -> Builder:
    """The record of a small light election, counted."""
    return Builder().build()


@pytest.fixture(scope="module")
def small() -> Builder:
    """A record that has everything: each kind of check-in, a revision, a witness."""
    return Builder(Plan(voters=THREE_VOTERS, min_group=1, witnesses=(1, 1, 0))).build()


def codes(outcomes: Outcomes, wanted: bool | None) -> set[str]:
    return {code for code, ok in outcomes.items() if ok is wanted}


def test_there_is_a_corpus():
    assert len(CASES) > 200


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_twin_finds_the_same_in_every_record(case, twin):
    """A1 to A67: the codes that fail and the codes that lack evidence, exactly."""
    beside = [CORPUS / name for name in case["beside"]]
    client = CORPUS / case["client"] if case["client"] else None

    answer = twin.verify(file=CORPUS / case["record"], beside=beside, client=client)

    assert codes(answer["ok"], False) == set(case["fails"]), answer["why"]
    assert codes(answer["ok"], None) == set(case["missing"])
    assert answer["exit"] == case["exit"]


def both(twin: Twin, folder: Path) -> tuple[Outcomes, Outcomes]:
    """What Python and JavaScript say of a record: outcomes by code."""
    ours = {verdict.code: verdict.ok for verdict in verdicts(verify(str(folder)))}
    return ours, twin.verify(folder=folder)["ok"]


def flips(files: dict[str, bytes], stride: int) -> Iterator[tuple[str, int, bytes]]:
    """Each `stride`-th byte of all files, one bit of it changed."""
    counted = 0
    for path, octets in sorted(files.items()):
        first = -counted % stride
        for at in range(first, len(octets), stride):
            changed = octets[at] ^ 1 << at % 8
            yield path, at, octets[:at] + bytes([changed]) + octets[at + 1 :]
        counted += len(octets)


def test_a_flipped_byte_gives_the_same_codes_in_both(small, twin, tmp_path):
    folder = write_folder(small.files, tmp_path)
    looked_at = 0
    for path, at, forged in flips(small.files, STRIDE):
        (folder / path).write_bytes(forged)
        ours, theirs = both(twin, folder)
        looked_at += 1
        assert theirs == ours, (path, at)
        (folder / path).write_bytes(small.files[path])
    assert looked_at > 20


def test_random_entries_in_every_log_give_the_same_codes_in_both(twin, honest, tmp_path):
    """Random bytes as every entry type: codes, never a crash."""
    dice = random.Random(11)  # noqa: S311 - noise, not secrets

    class Noise(Builder):
        def open_boxes(self) -> None:
            super().open_boxes()
            for log in (self.setup, self.check_in_log, self.ballot_log):
                noise = [*random_payloads(dice), *almost_right(honest, dice)]
                for payload in dice.sample(noise, 60):
                    log.append(payload)
                log.publish(1)

    folder = write_folder(Noise(Plan()).build().files, tmp_path)

    ours, theirs = both(twin, folder)

    assert theirs == ours
    assert codes(theirs, False) > {"V15"}


def test_random_files_give_the_same_codes_in_both(twin, small, tmp_path):
    dice = random.Random(12)  # noqa: S311 - noise, not secrets
    folder = write_folder(small.files, tmp_path)
    for path, octets in small.files.items():
        (folder / path).write_bytes(dice.randbytes(max(1, len(octets) // 2)))
        ours, theirs = both(twin, folder)
        assert theirs == ours, path
        (folder / path).write_bytes(octets)


def bent(value: Any, dice: random.Random) -> Any:
    """A JSON value with one thing inside exchanged, doubled or left out."""
    places = [place for place in places_in(value) if place]
    *path, last = dice.choice(places)
    holder = functools.reduce(operator.getitem, path, value)
    if dice.random() < 0.3:
        del holder[last]
    elif isinstance(holder, list) and dice.random() < 0.5:
        holder.append(holder[last])
    else:
        holder[last] = dice.choice(ODD)
    return value


def places_in(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path to every value inside a value."""
    yield path
    if isinstance(value, list):
        value = dict(enumerate(value))
    for key, each in value.items() if isinstance(value, dict) else ():
        yield from places_in(each, (*path, key))


@pytest.mark.parametrize("document", ["manifest.json", "result.json"])
def test_a_bent_document_gives_the_same_codes_in_both(document, twin, small, tmp_path):
    dice = random.Random(13)  # noqa: S311 - chooses what to bend
    folder = write_folder(small.files, tmp_path)
    for number in range(25):
        value = bent(json.loads(small.files[document]), dice)
        (folder / document).write_bytes(canonical.serialise(value))
        ours, theirs = both(twin, folder)
        assert theirs == ours, (number, value)


@pytest.mark.parametrize("size", [0, 1, 2**53 - 1, 2**53 + 1, 2**62, 2**63])
def test_a_size_that_no_log_has_gives_the_same_codes_in_both(size, twin, honest, tmp_path):
    folder = write_folder(honest.files, tmp_path)
    for name in ("checkpoint", f"checkpoints/{size}", f"checkpoints/{size + 1}"):
        forged, kept = folder / "ballots" / name, honest.files.get(f"ballots/{name}")
        forged.write_bytes(signed_note(honest, "ballots", size))
        ours, theirs = both(twin, folder)
        assert theirs == ours, name
        forged.unlink() if kept is None else forged.write_bytes(kept)


def test_a_file_that_is_not_there_is_missing_in_both(twin, small, tmp_path):
    folder = write_folder(small.files, tmp_path)
    for path, octets in small.files.items():
        (folder / path).unlink()
        ours, theirs = both(twin, folder)
        assert theirs == ours, path
        (folder / path).write_bytes(octets)


def test_one_file_says_what_the_folder_says(twin, small, tmp_path):
    archive = write_archive(small.files, tmp_path / "x.suara")

    assert set(twin.verify(file=archive)["ok"].values()) == {True}


@pytest.fixture
def served(tmp_path) -> Iterator[tuple[Path, str]]:
    """A folder, and the address at which it is served."""
    handler = functools.partial(Silent, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield tmp_path, f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class Silent(SimpleHTTPRequestHandler):
    """Serves and prints nothing."""

    def log_message(self, *_: object) -> None:
        """Nothing."""


def test_a_record_at_an_address_gives_the_same_codes_in_both(twin, small, served):
    folder, address = served
    write_folder(small.files, folder)
    for path in ("manifest.json", "ballots/checkpoint", "check-ins/tile/0/000.p/9", "roll", ""):
        if path:
            (folder / path).write_bytes(small.files[path][:-1])
        ours = {verdict.code: verdict.ok for verdict in verdicts(verify(address))}
        assert twin.verify(address=address)["ok"] == ours, path
        if path:
            (folder / path).write_bytes(small.files[path])
    assert set(ours.values()) == {True}


def said_of(archive: Path) -> Outcomes | None:
    """What Python says of a `.suara`; None where it is none."""
    try:
        return {verdict.code: verdict.ok for verdict in verdicts(verify(str(archive)))}
    except Unreadable:
        return None


def test_a_damaged_archive_gives_the_same_codes_in_both(twin, small, tmp_path):
    archive = write_archive(small.files, tmp_path / "x.suara")
    octets = archive.read_bytes()
    damaged = 0
    for at in range(40, len(octets), len(octets) // 40):
        forged = tmp_path / f"{at}.suara"  # Python remembers the files that it has opened
        forged.write_bytes(octets[:at] + bytes([octets[at] ^ 0x55]) + octets[at + 1 :])
        damaged += 1
        assert twin.try_to_verify(file=forged) == said_of(forged), at
    assert damaged >= 40


@pytest.mark.parametrize("language", ["en", "id"])
def test_both_print_the_same_list_of_an_honest_record(language, twin, honest, tmp_path):
    folder = write_folder(honest.files, tmp_path)

    lines = twin.verify(folder=folder, language=language)["lines"]

    assert lines == list(as_text(verify(str(folder)), language))


def test_both_have_the_same_words():
    script = """import * as t from "./static/js/verify/texts.js"; console.log(JSON.stringify(
      [t.TITLES, t.FAILURES, t.LAST_SENTENCES, [...t.MARKS.values()], t.BLANK, t.NOBODY]))"""
    command = ["node", "--input-type=module", "-e", script]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    sentences = {str(code): words for code, words in texts.LAST_SENTENCES.items()}
    ours = [texts.TITLES, texts.FAILURES, sentences, [*texts.MARKS.values()]]

    assert json.loads(run.stdout) == [*ours, texts.BLANK, texts.NOBODY]


def recovery_file(built: Builder, voter: int, seed: bytes) -> str:
    """What `recovery.js` writes."""
    row, style = built.places[voter], built.plan.voters[voter].style
    lines = [
        "suara recovery file v1", f"election {b64url(built.eid)}", f"row {row}",
        f"style {style}", f"seed {b64url(seed)}",
    ]  # fmt: skip
    check = b64url(sha256("\n".join(lines).encode())[:8])
    return "\n".join([*lines, f"check {check}", ""])


def test_a_recovery_file_finds_its_own_check_in_and_ballots(twin, small, tmp_path):
    folder = write_folder(small.files, tmp_path / "record")
    (tmp_path / "mine.txt").write_text(recovery_file(small, 1, small.seed_of(1)))
    (tmp_path / "not-mine.txt").write_text(recovery_file(small, 1, small.seed_of(0)))
    files = [tmp_path / "mine.txt", tmp_path / "not-mine.txt"]

    mine, others = twin.verify(folder=folder, beside=files)["own"]

    assert (mine["problem"], mine["isMine"]) == ("", True)
    assert sorted((each["seq"], each["status"]) for each in mine["ballots"]) == [(0, 1), (1, 0)]
    assert (others["checkIn"], others["isMine"]) == (mine["checkIn"], False)
