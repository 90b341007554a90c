import dataclasses

import pytest
from hypothesis import given, settings

from ballots.draft import MOST_BYTES
from ballots.errors import BadDocument, Refused
from ballots.manifest import Manifest, RegistrarKey
from crypto import canonical
from crypto.encoding import H
from tests.strategies.ballots import manifests
from tests.strategies.elections import draft_of, light_changes, manifest_of, words

MANIFEST = manifest_of(draft_of())


@given(manifests)
@settings(max_examples=30)
def test_parsing_what_was_written_gives_the_same_manifest(manifest):
    again = Manifest.parse(manifest.write())
    assert again == manifest
    assert again.write() == manifest.write()
    assert again.eid == manifest.eid


def test_the_draft_inside_is_literally_the_drafts_bytes():
    assert b'"draft":' + MANIFEST.draft.write() + b"," in MANIFEST.write()
    assert MANIFEST.draft_bytes == MANIFEST.draft.write()


def test_eid_is_the_hash_of_the_bytes_under_its_tag():
    assert MANIFEST.eid == H("manifest", MANIFEST.write())
    assert len(MANIFEST.eid) == 32


def test_keys_are_found_by_style_and_registrar():
    assert MANIFEST.election_key(2).style == 2
    assert MANIFEST.spki_sha256(2, 7) == MANIFEST.registrar_keys[2].spki_sha256
    assert MANIFEST.style_size(7) == 30


def test_an_unknown_style_or_registrar_is_refused():
    for ask in (MANIFEST.election_key, MANIFEST.style_size):
        with pytest.raises(Refused, match="style 3"):
            ask(3)
    with pytest.raises(Refused, match="registrar 3"):
        MANIFEST.spki_sha256(3, 7)
    with pytest.raises(Refused, match="trustee 0"):
        MANIFEST.election_key(7).trustee_point(0)


def test_keys_of_one_registrar_follow_one_another_in_the_drafts_order_of_styles():
    pairs = [(each.registrar, each.style) for each in MANIFEST.registrar_keys]
    assert pairs == [(1, 7), (1, 2), (2, 7), (2, 2)]


def value():
    return canonical.read(MANIFEST.write())


def refused_at(changed):
    with pytest.raises(BadDocument) as refusal:
        Manifest.parse(canonical.write(changed))
    return refusal.value.where


def test_keys_in_another_order_are_refused():
    changed = value()
    changed["registrar_keys"].reverse()
    assert refused_at(changed) == "registrar_keys[0].registrar"
    changed = value()
    changed["election_keys"].reverse()
    assert refused_at(changed) == "election_keys[0].style"
    changed = value()
    changed["roll"]["styles"].reverse()
    assert refused_at(changed) == "roll.styles[0].style"


def test_a_missing_or_further_key_is_refused():
    """A3: never a second key for a style."""
    for name in ("registrar_keys", "election_keys"):
        changed = value()
        changed[name].append(changed[name][0])
        assert refused_at(changed) == name
        changed[name] = changed[name][:1]
        assert refused_at(changed) == name


@pytest.mark.parametrize("key", sorted(value()))
def test_every_key_is_needed_and_no_other_known(key):
    changed = value()
    del changed[key]
    assert refused_at(changed) == "document"
    changed = value() | {"launch_code": 1}
    assert refused_at(changed) == "document"


def test_each_trustee_has_one_point():
    changed = value()
    changed["election_keys"][0]["trustee_points"].pop()
    assert refused_at(changed) == "election_keys[0].trustee_points"


def test_places_inside_the_draft_are_named():
    changed = value()
    changed["draft"]["questions"][0]["rule"]["quorum"] = [5, 4]
    assert refused_at(changed) == "draft.questions[0].rule.quorum"


def test_a_manifest_made_in_code_is_checked_too():
    with pytest.raises(BadDocument, match="registrar_keys"):
        dataclasses.replace(MANIFEST, registrar_keys=(RegistrarKey(1, 7, bytes(32)),))


def test_the_stated_eid0_is_checked_on_its_own():
    MANIFEST.check_eid0()
    with pytest.raises(BadDocument, match="eid0"):
        dataclasses.replace(MANIFEST, eid0=bytes(32)).check_eid0()


def test_a_manifest_that_fits_no_entry_is_refused():
    bulky = draft_of(about=words("a" * 31_400), **light_changes())
    assert MOST_BYTES - 500 < len(bulky.write()) <= MOST_BYTES
    with pytest.raises(BadDocument, match=str(MOST_BYTES)):
        manifest_of(bulky)
