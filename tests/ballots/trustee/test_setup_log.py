import pytest

from ballots.draft import Trustee, Trustees
from ballots.trustee.errors import Stopped
from ballots.trustee.setup_log import SetupLog
from crypto import merkle


def refused(entries):
    with pytest.raises(Stopped) as found:
        SetupLog.read(entries)
    assert found.value.code == "bad-setup"
    return found.value.message


def test_a_log_is_read_with_its_tree(gathering):
    gathering.prepare().hold()
    entries = gathering.entries
    setup = SetupLog.read(entries)
    assert setup.draft.eid0 == gathering.town.eid0
    assert [setup.rounds.missing(tag) for tag in ("reg-key", "dkg1", "dkg2", "dkg3")] == [[]] * 4
    assert setup.root(4) == merkle.root([merkle.leaf_hash(each) for each in entries[:4]])
    for size in (0, len(entries) + 1):
        with pytest.raises(Stopped):
            setup.root(size)
    with pytest.raises(Stopped):
        setup.blamed  # noqa: B018 - raises because nobody complained


def test_every_entry_altered_alone_is_noticed(gathering):
    entries = gathering.prepare().hold().entries
    assert len(entries) == 1 + 1 + 9
    for index, entry in enumerate(entries):
        for place in (0, 40, len(entry) // 2, len(entry) - 1):
            bad = bytearray(entry)
            bad[place] ^= 1
            assert refused([*entries[:index], bytes(bad), *entries[index + 1 :]]), (index, place)


def test_entries_out_of_place_are_noticed(gathering):
    entries = gathering.prepare().hold().entries
    for wrong in ([], entries[1:], entries[::-1], [*entries, entries[-1]], entries[:1] * 2, [b""]):
        refused(wrong)
    refused([*entries[:3], *entries[4:]])


def test_an_entry_under_another_key_is_noticed(gathering):
    """A51: an administrator who plays the trustees among themselves."""
    gathering.prepare().hold()
    others = gathering.entries
    gathering.keys = {}
    gathering.prepare()
    message = refused([*gathering.entries, *others[2:]])
    assert "entry 2" in message


def test_a_draft_without_trustees_elsewhere_is_read_too(gathering):
    server = Trustees(1, (Trustee("Server", b"", "server"),))
    gathering.prepare(trustees=server)
    assert gathering.setup.rounds.missing("dkg3") == []
