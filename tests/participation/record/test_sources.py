"""How contributions came stands in the record, and whoever checks it can count."""

import json
from dataclasses import replace

import pytest

from ballots.errors import BallotError
from participation.comments.rules import Source
from participation.record.documents import SOURCES, Content
from participation.record.verifying.report import verdicts
from participation.record.verifying.texts import SOURCES as SAID
from tests.factories.intake import Counter
from tests.participation.record.conftest import check


@pytest.fixture
def office(village):
    """An office that took in a paper and an SMS, and a comment on the site."""
    counter = Counter(village.session, village.city, village.found)
    counter.published("Sumur kami kering.")
    counter.published("Airnya keruh.", Source.SMS, name="")
    village.comment("Kami setuju.")
    village.tick()
    return village


def test_the_record_says_how_each_contribution_came(office):
    lines = office.files()["contributions"].splitlines()[1:]
    assert sorted(json.loads(line)["content"]["source"] for line in lines) == ["", "paper", "sms"]


def test_a_record_with_papers_is_whole_and_its_sources_are_counted(office, folder_of):
    found = check(folder_of(office.files()))
    english, indonesian = verdicts(found), verdicts(found, "id")
    assert [each.code for each in english if each.ok is not True] == []
    assert english[-1].message.endswith("erased 0; on paper 1, by SMS 1")
    assert indonesian[-1].message.endswith("dihapus 0; lewat kertas 1, lewat SMS 1")


def test_nobody_is_named_in_the_files(office):
    for path, octets in office.files().items():
        assert b"Karto" not in octets, path


def test_a_source_that_does_not_exist_is_refused():
    honest = Content("ab" * 32, 1, "pasal-1", "paper", "idea", "Usul.", "")
    assert Content.read(honest.write()) == honest
    with pytest.raises(BallotError):
        Content.read(replace(honest, source="telepati").write())


def test_the_record_knows_every_source():
    assert ("", *(source.value for source in Source)) == SOURCES
    assert tuple(SAID) == SOURCES[1:]
