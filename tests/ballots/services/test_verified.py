"""What the acts write, the stand-alone verifier finds right: at every stage, for many set-ups."""

import io
import json

import pytest

from ballots.draft import Registrar, Registrars, Style, Trustee, Trustees
from ballots.services import box, closing, counting, record, registrar, sequencing, setup
from ballots.services.plan import HERE
from ballots.verifier.command import run
from tests.ballots.town import CHECK_IN_CLOSES, VOTING_CLOSES, Town, voters, words

NAMES = ("ani", "budi", "citra", "dewi", "eko", "fajar")
YES, NO, BLANK = 0, 1, None
RIGHT, MISSING = 0, 2


def verify(town, folder, *beside):
    """Exit code, and the findings by code, of the verifier on the record as it is now."""
    path = folder / "record.suara"
    with path.open("wb") as output:
        record.write_zip(town.context, town.eid, output)
    out = io.StringIO()
    code = run([str(path), *map(str, beside), "--json", "--workers", "1"], out=out)
    return code, {each["code"]: each["ok"] for each in json.loads(out.getvalue())}


def test_a_running_election_has_no_fault_at_any_stage(sqlite_engine, tmp_path):
    town = Town.of(sqlite_engine).freeze(*NAMES)
    stages = [verify(town, tmp_path)]
    town.open()
    stages.append(verify(town, tmp_path))
    for name, choice in zip(NAMES, (YES, NO, YES, BLANK), strict=False):
        town.check_in(name).cast(choice)
    town.clock.seconds += 600
    sequencing.end_due_epochs(town.context)
    stages.append(verify(town, tmp_path))
    town.clock.seconds = CHECK_IN_CLOSES
    closing.close_check_in(town.context, town.eid)
    stages.append(verify(town, tmp_path))
    town.clock.seconds = VOTING_CLOSES
    closing.close(town.context, town.eid)
    stages.append(verify(town, tmp_path))
    counting.release_shares(town.context, town.eid)
    stages.append(verify(town, tmp_path))
    assert [code for code, _ in stages] == [MISSING] * 6
    assert not [found for _, found in stages if False in found.values()]
    counting.count_and_publish(town.context, town.eid)
    code, found = verify(town, tmp_path)
    assert code == RIGHT
    assert set(found.values()) == {True}


def test_promises_and_receipts_hold_against_the_record(sqlite_engine, tmp_path):
    """V26, V39: every promise that was given was kept; every receipt leads into the log."""
    town = Town.of(sqlite_engine).freeze(*NAMES).open()
    kept = tmp_path / "kept"
    kept.mkdir()
    ready = [town.check_in(name) for name in NAMES]
    for number, each in enumerate(ready):
        (kept / f"ballot-{number}.promise").write_bytes(each.cast(YES))
        answer = registrar.answer_of(town.context, town.eid, NAMES[number])
        (kept / f"check-in-{number}.promise").write_bytes(answer.signatures[0].promise)
    town.clock.seconds += 600
    sequencing.end_due_epochs(town.context)
    for number, each in enumerate(ready):
        receipt = box.receipt(town.context, town.eid, each.last.hash)
        (kept / f"ballot-{number}.tlog-proof").write_bytes(receipt)
    town.finish()
    code, found = verify(town, tmp_path, kept)
    assert code == RIGHT
    assert found["V26"] is found["V39"] is True


@pytest.mark.parametrize("min_group", [2, 3])
def test_two_styles_one_of_them_small(sqlite_engine, tmp_path, min_group):
    town = Town.of(sqlite_engine)
    styles = (Style(9, words("Warga"), ("taman",)), Style(4, words("Pendatang"), ("taman",)))
    these = voters(*NAMES[:3], style=9) + voters(*NAMES[3:], style=4)
    town.freeze_for(these, styles=styles, min_group=min_group).open()
    for name in NAMES[:5]:
        town.check_in(name).cast(YES)
    town.finish()
    assert verify(town, tmp_path)[0] == RIGHT


def test_three_registrars_and_trustees_on_postgres_and_sqlite(engine, tmp_path):
    town = Town.of(engine)
    names = ("Satu", "Dua", "Tiga")
    trustees = Trustees(2, tuple(Trustee(f"Wali {name}", HERE, "server") for name in names))
    registrars = Registrars(
        3, 2, tuple(Registrar(f"Panitera {n}", HERE, "https://suara.example") for n in names)
    )
    town.freeze(*NAMES, trustees=trustees, registrars=registrars).open()
    for name, choice in zip(NAMES, (YES, NO, YES, NO), strict=False):
        ready = town.check_in(name)
        ready.cast(choice)
        ready.cast(YES)
    town.finish()
    assert verify(town, tmp_path)[0] == RIGHT


def test_a_log_of_many_tiles(sqlite_engine, tmp_path):
    """More than one full tile of entries, in several epochs."""
    names = [f"warga {number}" for number in range(130)]
    town = Town.of(sqlite_engine).freeze(*names).open()
    for number, name in enumerate(names):
        ready = town.check_in(name)
        ready.cast(YES if number % 3 else NO)
        if number % 2:
            ready.cast(YES)
        if number % 50 == 49:
            town.clock.seconds += 600
            sequencing.end_due_epochs(town.context)
    town.finish()
    found = dict(record.files(town.context, town.eid))
    assert "check-ins/tile/0/000" in found
    assert "check-ins/tile/entries/001.p/8" in found
    assert len(found["check-ins/tile/1/000.p/1"]) == 32
    assert verify(town, tmp_path)[0] == RIGHT


def test_a_struck_row_is_in_the_record(sqlite_engine, tmp_path):
    town = Town.of(sqlite_engine).freeze(*NAMES).open()
    for name in NAMES[:3]:
        town.check_in(name).cast(YES)
    setup.strike_row(town.context, town.eid0, 0, "baris ganda")
    setup.strike_row(town.context, town.eid0, 1, "baris ganda")
    town.finish()
    assert verify(town, tmp_path)[0] == RIGHT


def test_an_election_without_ballots(sqlite_engine, tmp_path):
    town = Town.of(sqlite_engine).freeze(*NAMES).open()
    town.finish()
    assert verify(town, tmp_path)[0] == RIGHT
