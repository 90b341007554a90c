"""The verifier's small parts: tiles, tree, slots, order, findings, containers."""

import os
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots.verifier.bulk.pool import Pool
from ballots.verifier.checks.ballots import NO_PREVIOUS, Turn, v24_sequence
from ballots.verifier.logs.order import Order
from ballots.verifier.logs.slots import Slots
from ballots.verifier.logs.tiles import tile_path, widths
from ballots.verifier.logs.tree import Tree
from ballots.verifier.reading import Absent, Folder, locate, open_source
from ballots.verifier.verdict import Fault, Findings, Gap, Verdict, exit_code
from crypto.merkle import leaf_hash, root
from tests.records.verified import outcomes_of


@pytest.mark.parametrize(
    ("index", "path"),
    [(0, "tile/0/000"), (999, "tile/0/999"), (1000, "tile/0/x001/000"),
     (1234067, "tile/0/x001/x234/067")],
)  # fmt: skip
def test_tile_paths_are_those_of_tlog_tiles(index, path):
    assert tile_path(0, index) == path
    assert tile_path("entries", index, 7) == path.replace("/0/", "/entries/", 1) + ".p/7"


def test_a_level_is_full_tiles_and_a_narrow_one():
    assert list(widths(0)) == []
    assert list(widths(256)) == [(0, 256)]
    assert list(widths(513)) == [(0, 256), (1, 256), (2, 1)]


@given(size=st.integers(1, 1500), wanted=st.sets(st.integers(1, 1500), max_size=5))
def test_the_tree_has_the_root_of_every_size_that_is_wanted(size, wanted):
    """A44: fed bundle by bundle it gives what the definition gives."""
    leaves = [leaf_hash(number.to_bytes(4, "big")) for number in range(size)]
    tree = Tree()
    for start in range(0, size, 256):
        tree.add(b"".join(leaves[start : start + 256]), wanted)

    for each in wanted | {size}:
        assert tree.roots.get(each) == (root(leaves[:each]) if each <= size else None)
    full = [root(leaves[at : at + 256]) for at in range(0, size - 255, 256)]
    assert [bytes(level) for level in tree.levels[:1]] == ([b"".join(full)] if full else [])


def test_the_second_level_of_tiles_holds_the_roots_of_the_first():
    tree, leaves = Tree(), b"".join(bytes([i]) * 32 for i in range(256))
    for _ in range(257):
        tree.add(leaves, set())

    assert [len(level) // 32 for level in tree.levels] == [257, 1]


@given(keys=st.lists(st.integers(0, 3000), max_size=3000))
def test_slots_number_keys_in_the_order_of_their_coming(keys):
    slots, known = Slots(), {}
    for each in keys:
        key = (each % 7).to_bytes(8, "big") + each.to_bytes(24, "big")  # many begin alike
        assert slots.find(key) == known.get(key, -1)
        assert slots.add(key) == known.setdefault(key, len(known))
    assert len(slots) == len(known)
    assert list(slots) == list(known)


def test_a_set_of_turns_is_judged_whatever_its_order():
    """A23: the box may sort them as it must; only numbers and hashes count."""
    first = Turn(5, 0, 1, b"a" * 32, NO_PREVIOUS)
    second = Turn(3, 1, 1, b"b" * 32, b"a" * 32)

    assert v24_sequence([first, second], 3) == {}
    assert set(v24_sequence([second], 3)) == {3}
    assert set(v24_sequence([first, Turn(3, 1, 2, b"b" * 32, b"a" * 32)], 3)) == {3}
    assert set(v24_sequence([first, second], 0)) == {3}


@pytest.mark.parametrize(
    ("log", "tags"),
    [
        ("setup", "draft reg-key reg-key dkg1 dkg2 dkg3 roll-note roll-note"),
        ("setup", "draft dkg-complaint"),
        ("check-ins", "manifest check-in issue epoch issue epoch"),
        ("ballots", "manifest ack open cast cast epoch issue-close cast epoch close share result"),
        ("ballots", "manifest open issue-close close result attest attest"),
    ],
)
def test_every_prefix_of_an_honest_log_is_in_order(log, tags):
    order = Order(log)
    for tag in tags.split():
        assert order.admit(tag) is None


@pytest.mark.parametrize(
    ("log", "tags", "code"),
    [
        ("setup", "draft dkg2 dkg1", "V15"),
        ("setup", "draft roll-note dkg-complaint", "V15"),
        ("setup", "draft dkg-complaint roll-note", "V15"),
        ("check-ins", "manifest epoch", "V15"),
        ("check-ins", "manifest check-in epoch epoch", "V15"),
        ("ballots", "manifest cast", "V15"),
        ("ballots", "manifest open cast issue-close", "V15"),
        ("ballots", "manifest open close", "V15"),
        ("ballots", "manifest open issue-close close attest", "V15"),
        ("ballots", "manifest open issue-close close result share", "V15"),
        ("ballots", "manifest open issue-close close close", "V29"),
        ("ballots", "manifest open issue-close close cast", "V28"),
        ("ballots", "manifest open issue-close close share epoch", "V28"),
    ],
)
def test_the_first_entry_out_of_order_is_refused(log, tags, code):
    """A45: after the close nothing but shares, the result and what others say of it."""
    order = Order(log)
    *before, last = tags.split()
    for tag in before:
        order.admit(tag)
    with pytest.raises(Fault) as refused:
        order.admit(last)
    assert refused.value.code == code


def test_the_log_goes_on_behind_a_first_entry_that_cannot_be_used():
    order = Order("ballots")
    with pytest.raises(Fault):
        order.admit("cast")

    assert order.admit("ack") is None


def test_findings_pass_only_what_was_examined():
    findings = Findings()
    findings.examine("V01", "V02", "V03")
    findings.miss(["V02", "V03"], "a file")
    findings.add("V03", "wrong", "ballots", 9)
    findings.add("V03", "worse", "ballots", 4)
    with findings.noting("ballots", 1):
        raise Gap("V05", "an entry")

    assert [findings.outcome(f"V0{n}") for n in range(1, 6)] == [True, None, False, None, None]
    assert findings.first["V03"].where == "ballots entry 4"
    assert findings.count["V03"] == 2
    assert findings.gaps["V05"] == "an entry"


def test_a_failure_outweighs_a_gap_in_the_exit_code():
    def code(*outcomes):
        return exit_code([Verdict("V01", ok, "") for ok in outcomes])

    assert [code(True), code(True, None), code(None, False)] == [0, 2, 1]


def test_a_pool_keeps_the_order_of_its_chunks():
    with Pool(2) as pool:
        assert list(pool.map_chunks(abs, range(-9, 0))) == list(range(9, 0, -1))
    with Pool(1) as pool:
        assert list(pool.map_chunks(abs, iter([]))) == []


def test_reading_is_bounded(tmp_path):
    (tmp_path / "large").write_bytes(bytes(5000))
    source = Folder(tmp_path)

    assert len(source.read("large", 100)) == 101
    with pytest.raises(Absent):
        source.read("none", 100)
    with pytest.raises(Absent):
        source.read("\0", 100)


@pytest.mark.parametrize("fault", ["a name twice", "a folder", "another packing"])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_container_against_the_rules_is_v01(fault, honest, tmp_path):
    """A26: two readers must not see two records in one file."""
    file = tmp_path / "record.suara"
    with zipfile.ZipFile(file, "w") as archive:
        for path, octets in honest.files.items():
            archive.writestr(path, octets)
        if fault == "a name twice":
            archive.writestr("manifest.json", b"{}")
        elif fault == "a folder":
            archive.mkdir("more")
        else:
            archive.writestr("more", b"x" * 99, zipfile.ZIP_BZIP2)

    source = open_source(locate(str(file), tmp_path))

    assert source.wrong_form()
    assert source.names() is not None


def test_rolls_are_read_without_being_held(honest, tmp_path):
    outcomes = outcomes_of(honest.files | {"roll": os.urandom(40_000)}, tmp_path)

    assert outcomes["V16"] is False
