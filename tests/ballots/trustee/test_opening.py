from dataclasses import replace

import pytest

from ballots.draft import Style
from ballots.entries import Share, Signed
from ballots.errors import Refused
from ballots.manifest import TreeHead
from ballots.services import counting, doors
from ballots.trustee import opening
from ballots.trustee.errors import SecondClose, Stopped
from ballots.trustee.opening import Closed
from tests.ballots.town import voters, words


@pytest.fixture
def frozen(gathering):
    return gathering.prepare().hold().freeze()


def test_everybody_acknowledges_and_two_open(frozen):
    frozen.acknowledge().vote_and_close("ani", "budi", "citra")
    town = frozen.town
    for number in (3, 1):
        step = opening.release(frozen.keys[number], frozen.manifest, frozen.closed)
        assert step.keys.close == frozen.closed.hash
        for payload in step.to_say:
            doors.say_in_box(town.context, town.eid, payload)
    assert b'"totals":[3,0]' in counting.count_and_publish(town.context, town.eid)


def test_nothing_else_than_what_the_ceremony_made_is_acknowledged(frozen):
    """A51: trustees in a world of their own."""
    keys, setup, manifest = frozen.keys[1], frozen.setup, frozen.manifest
    [key] = manifest.election_keys
    [registrar] = manifest.registrar_keys
    swapped = replace(key, trustee_points=key.trustee_points[::-1])
    others = (
        replace(manifest, setup=TreeHead(manifest.setup.size, bytes(32))),
        replace(manifest, setup=TreeHead(manifest.setup.size - 1, manifest.setup.root)),
        replace(manifest, election_keys=(swapped,)),
        replace(manifest, election_keys=(replace(key, key=key.trustee_points[0]),)),
        replace(manifest, registrar_keys=(replace(registrar, spki_sha256=bytes(32)),)),
        replace(manifest, draft=replace(manifest.draft, min_group=3)),
    )
    for other in others:
        with pytest.raises(Stopped) as found:
            opening.acknowledge(keys, setup, other)
        assert found.value.code == "other-manifest"
    [payload] = opening.acknowledge(keys, setup, manifest).to_say
    assert Signed.parse(payload).said.tag == "ack"


def test_a_backup_without_the_right_share_acknowledges_nothing(frozen):
    """A57: the rehearsal is enforced."""
    keys, others = frozen.keys[1], frozen.keys[2]
    with pytest.raises(Stopped) as found:
        opening.acknowledge(replace(keys, shares={}), frozen.setup, frozen.manifest)
    assert found.value.code == "share-missing"
    wrong = replace(keys, shares=others.shares)
    with pytest.raises(Refused):
        opening.acknowledge(wrong, frozen.setup, frozen.manifest)


def test_one_draft_has_one_acknowledged_election(frozen):
    keys = replace(frozen.keys[1], eid=b"e" * 32)
    with pytest.raises(Stopped) as found:
        opening.acknowledge(keys, frozen.setup, frozen.manifest)
    assert found.value.code == "other-election"


def test_a_second_close_is_refused(frozen):
    """A59: nobody opens a part of the box and then another."""
    keys, closed = frozen.keys[1], Closed(b"c" * 32, frozenset())
    once = opening.release(keys, frozen.manifest, closed)
    assert opening.release(once.keys, frozen.manifest, closed) == once
    with pytest.raises(SecondClose) as found:
        opening.release(once.keys, frozen.manifest, Closed(b"d" * 32, frozenset()))
    assert (found.value.known, found.value.shown) == (b"c" * 32, b"d" * 32)
    assert (b"c" * 32).hex() in found.value.message


def test_the_share_of_a_small_style_stays_shut(gathering):
    """A19, A60: two of a group voted, and nobody learns how."""
    styles = (Style(1, words("Warga"), ("taman",)), Style(2, words("Pendatang"), ("taman",)))
    people = voters("ani", "budi", "citra") + voters("dewi", "eko", "fajar", style=2)
    gathering.prepare(people=people, styles=styles, min_group=3).hold().freeze().acknowledge()
    assert all(len(keys.shares) == 2 for keys in gathering.keys.values())
    gathering.vote_and_close("ani", "budi", "citra", "dewi", "eko")
    assert gathering.closed.small == {2}
    step = opening.release(gathering.keys[1], gathering.manifest, gathering.closed)
    shares = [Signed.parse(payload).said for payload in step.to_say]
    assert [each.style for each in shares if isinstance(each, Share)] == [1]


def test_keys_of_another_draft_release_nothing(frozen):
    keys = replace(frozen.keys[1], eid0=b"0" * 32)
    with pytest.raises(Stopped) as found:
        opening.release(keys, frozen.manifest, Closed(b"c" * 32, frozenset()))
    assert found.value.code == "other-election"
