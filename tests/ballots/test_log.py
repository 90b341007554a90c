import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots.entries import CheckIn, Epoch, Issue
from ballots.errors import BadDocument, BadEntry
from ballots.log import (
    FIRST_PREV,
    TILE_WIDTH,
    Tile,
    bundle,
    chain,
    entries_path,
    may_end_epoch,
    parse_tile_path,
    read_bundle,
    read_tile,
    sort_batch,
    tile_hash,
    tile_path,
    tiles_of,
    truncate_bundle,
    write_tile,
)
from crypto import merkle
from crypto.encoding import sha256
from tests.strategies.ballots import casts

EID = bytes(32)

tiles = st.builds(
    Tile,
    st.just("entries") | st.integers(0, 7),
    st.integers(0, 10**12),
    st.integers(1, TILE_WIDTH),
)


@given(tiles)
def test_a_path_names_the_tile_that_wrote_it(tile):
    assert parse_tile_path(tile.path) == tile


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (tile_path(0, 0), "tile/0/000"),
        (tile_path(1, 67, 5), "tile/1/067.p/5"),
        (tile_path(0, 1_234_067), "tile/0/x001/x234/067"),
        (entries_path(1_000), "tile/entries/x001/000"),
        (entries_path(999, 255), "tile/entries/999.p/255"),
    ],
)
def test_paths_are_those_of_tlog_tiles(tile, path):
    assert tile == path


@pytest.mark.parametrize(
    "path",
    [
        "",
        "tile/0/0",
        "tile/0/0000",
        "tile/00/000",
        "tile/8/000",
        "tile/-1/000",
        "tile/0/x000/001",
        "tile/0/001/002",
        "tile/0/000.p/0",
        "tile/0/000.p/05",
        "tile/0/000.p/256",
        "tile/0/000.p/257",
        "tile/data/000",
        "tile/0/000/",
        "/tile/0/000",
        "tile/0/\u0660\u0660\u0660",
        "tile/0/../000",
    ],
)
def test_a_path_that_no_log_writes_is_refused(path):
    with pytest.raises(BadDocument):
        parse_tile_path(path)


def test_a_log_has_its_widest_tiles_only():
    paths = [tile.path for tile in tiles_of(70_000)]
    assert paths[0] == "tile/entries/000"
    assert paths[-1] == "tile/2/000.p/1"
    assert "tile/0/273.p/112" in paths
    assert "tile/entries/273.p/112" in paths
    assert "tile/1/001.p/17" in paths
    assert len(paths) == 274 + 274 + 2 + 1
    assert list(tiles_of(0)) == []


def test_tiles_hash_to_the_root_of_the_tree():
    leaves = [sha256(bytes([i % 256, i // 256])) for i in range(512)]
    upper = [tile_hash(leaves[:256]), tile_hash(leaves[256:])]
    assert merkle.root(upper) == merkle.root(leaves)


def test_a_tile_reads_back_as_it_was_written():
    hashes = tuple(bytes([i]) * 32 for i in range(256))
    assert read_tile(write_tile(hashes)) == hashes
    for wrong in (b"", bytes(31), bytes(32 * 257)):
        with pytest.raises(BadDocument):
            read_tile(wrong)


@given(st.lists(st.binary(max_size=40), max_size=20))
def test_a_bundle_reads_back_as_it_was_written(entries):
    assert list(read_bundle(bundle(entries))) == entries


@given(st.lists(st.binary(min_size=1, max_size=40), min_size=1, max_size=5), st.data())
def test_a_bundle_that_ends_inside_an_entry_is_refused(entries, data):
    octets = bundle(entries)
    cut = data.draw(st.integers(1, len(entries[-1]) + 1))
    with pytest.raises(BadDocument, match=r"bundle\["):
        read_bundle(octets[:-cut])


def test_a_bundle_holds_no_more_than_a_tile():
    assert len(read_bundle(bundle([b"a"] * 256))) == 256
    with pytest.raises(BadDocument, match="256"):
        read_bundle(bundle([b"a"] * 257))


def test_a_narrower_bundle_is_the_beginning_of_a_wider_one():
    wide = bundle([b"a", b"bb", b"ccc"])
    assert truncate_bundle(wide, 2) == bundle([b"a", b"bb"])
    for width in (0, 4):
        with pytest.raises(BadDocument):
            truncate_bundle(wide, width)


def test_every_entry_begins_with_the_leaf_hash_before_it():
    linked = list(chain(FIRST_PREV, [b"one", b"two"]))
    (first, first_hash), (second, second_hash) = linked
    assert first == bytes(32) + b"one"
    assert second == first_hash + b"two"
    assert (first_hash, second_hash) == (merkle.leaf_hash(first), merkle.leaf_hash(second))


@given(st.lists(casts, max_size=5), st.randoms())
def test_a_batch_of_ballots_says_nothing_about_arrival(batch, random):
    """A11, A12"""
    payloads = [each.payload for each in batch]
    shuffled = random.sample(payloads, len(payloads))
    assert sort_batch("ballots", payloads) == sort_batch("ballots", shuffled)
    hashes = [sha256(each) for each in sort_batch("ballots", payloads)]
    assert hashes == sorted(hashes)


def test_issues_follow_their_check_in_by_registrar():
    asked = [CheckIn(EID, row, 7, (bytes(384),), 0, b"") for row in range(3)]
    issued = [Issue(EID, r, each.hash, bytes(384)) for each in asked for r in (2, 1)]
    earlier = Issue(EID, 1, b"\xff" * 32, bytes(384))
    payloads = [each.payload for each in (earlier, *issued, *asked)]
    found = sort_batch("check-ins", payloads)
    expected = []
    for each in sorted(asked, key=lambda check_in: check_in.hash):
        mine = [Issue(EID, r, each.hash, bytes(384)).payload for r in (1, 2)]
        expected += [each.payload, *mine]
    assert found == [*expected, earlier.payload]


def test_an_entry_that_stands_in_no_batch_is_refused():
    with pytest.raises(BadEntry):
        sort_batch("check-ins", [Epoch(EID, 0, EID).payload])


@pytest.mark.parametrize(
    ("waiting", "seconds", "closing", "ends"),
    [
        (8, 600, False, True),
        (7, 600, False, False),
        (8, 599, False, False),
        (1, 0, True, True),
        (0, 9_999, True, False),
        (0, 9_999, False, False),
    ],
)
def test_an_epoch_ends_when_time_and_number_are_reached_or_at_closing(
    waiting, seconds, closing, ends
):
    """A11: never fewer than `batch_min`, except at close; never an empty one."""
    found = may_end_epoch(waiting, seconds, epoch_seconds=600, batch_min=8, closing=closing)
    assert found is ends


def test_no_empty_epoch_ends_where_no_number_is_asked():
    assert not may_end_epoch(0, 600, epoch_seconds=0, batch_min=0)
