"""The acts of the other features, each by its own service, as the record sees them."""

from datetime import timedelta

import pytest

from participation.comments.standing import queries as stands
from participation.comments.standing import services as standing
from participation.comments.standing.rules import Rule
from participation.consultations import services as consultations
from participation.consultations.services import Moment, versioning
from participation.core.access import Role
from participation.moderation import queries as moderated
from participation.moderation import services as moderation
from participation.moderation.rules import Outcome
from participation.moderation.services import Ruling, Verdict
from participation.record import queries
from participation.record.entries import Removed, Version, parse_entry
from tests.factories.consultations import NOW, TEXT, TODAY
from tests.participation.record.conftest import failing, outcomes

REASON = "Memuat nomor telepon orang lain."
LINKS = "https://a.id https://b.id https://c.id https://d.id"


def later(minutes):
    return NOW + timedelta(minutes=minutes)


def case(town, comment):
    return moderated.case(town.session, comment.id)


def last(town):
    """The newest entry."""
    log = town.log()
    return parse_entry(queries.entry_at(town.session, town.found.id, log.size - 1)[32:])


@pytest.fixture
def moderators(town):
    return [town.city.person(name, Role.MODERATOR) for name in ("Wayan", "Ketut")]


def remove(town, comment, moderator, minutes=10):
    ruling = Ruling(Rule.PRIVACY, REASON)
    moderation.remove(town.session, moderator, case(town, comment), ruling, later(minutes))


def test_a_removal_stands_there_with_its_rule_and_reason_and_an_appeal_undoes_it(
    town, moderators, folder_of
):
    comment = town.comment("Telepon 0812 3456.")
    town.tick()
    remove(town, comment, moderators[0])
    town.session.commit()
    assert b"0812" not in b"".join(town.files().values())
    town.tick()
    assert (type(last(town)), last(town).rule, last(town).reason) == (Removed, "privacy", REASON)
    files = town.files()
    assert b"0812" not in b"".join(files.values())
    assert failing(folder_of(files)) == set()
    made = moderation.appeal(
        town.session, town.city.resident, case(town, comment), "Itu nomor saya.", later(20)
    )
    verdict = Verdict(Outcome.RESTORED, "Nomor itu memang miliknya sendiri.")
    moderation.decide(
        town.session, moderators[1], made, case(town, comment), verdict, now=later(30)
    )
    town.tick()
    assert last(town).tag == "contribution-restored"
    files = town.files()
    assert b"0812 3456" in files["contributions"]
    assert failing(folder_of(files)) == set()


def test_what_was_written_and_removed_within_a_minute_stands_there_too(town, moderators, folder_of):
    """Nothing vanishes unseen, however quick the moderator was."""
    comment = town.comment("Telepon 0812 3456.")
    remove(town, comment, moderators[0])
    town.tick()
    assert last(town).tag == "contribution-removed"
    assert b"0812 3456" in queries.opening(town.session, comment.id).content
    files = town.files()
    assert b"0812" not in b"".join(files.values())
    assert failing(folder_of(files)) == set()


def test_personal_data_taken_out_is_a_new_commitment(town, moderators, folder_of):
    comment = town.comment("Hubungi saya di 0812 3456 tentang sumur.")
    town.tick()
    moderation.redact(
        town.session, moderators[0], case(town, comment), "0812 3456", REASON, now=later(5)
    )
    town.tick()
    assert last(town).tag == "contribution-redacted"
    files = town.files()
    assert b"0812" not in b"".join(files.values())
    assert b"tentang sumur" in files["contributions"]
    assert failing(folder_of(files)) == set()


def test_a_comment_that_waits_is_held_until_it_is_released(town, moderators, folder_of):
    comment = town.comment(LINKS)
    if stands.withheld(town.session, comment.id) is None:
        standing.hold_if_suspicious(town.session, town.city.resident, comment, NOW)
    town.tick()
    assert last(town).tag == "contribution-held"
    moderation.release(town.session, moderators[0], case(town, comment), later(9))
    town.tick()
    assert last(town).tag == "contribution-restored"
    files = town.files()
    assert b"https://d.id" in files["contributions"]
    assert failing(folder_of(files)) == set()


def test_a_withdrawn_comment_verifies_as_withdrawn(town, folder_of):
    comment = town.comment("Saya salah tulis.")
    town.tick()
    standing.withdraw_comment(town.session, town.city.resident, comment, later(3))
    town.tick()
    files = town.files()
    assert b"salah tulis" not in b"".join(files.values())
    found = outcomes(folder_of(files))
    assert {each.ok for each in found} == {True}
    assert "withdrawn 1" in found[-1].message


def test_one_answer_to_many_is_an_entry_for_each(town, folder_of):
    comments = [town.comment(f"Usul {n}", minutes=n) for n in range(3)]
    town.city.answer(town.found, *comments)
    town.tick()
    log = town.log()
    entries = queries.entries(town.session, town.found.id, 0, log.size)
    given = [parse_entry(each[32:]) for each in entries][-3:]
    assert {each.tag for each in given} <= {"contribution-answered", "contribution"}
    files = town.files()
    assert len(files["answers"].splitlines()) == 2
    found = outcomes(folder_of(files))
    assert {each.ok for each in found} == {True}
    assert "answered 3, waiting 0" in found[-1].message


def test_a_new_version_stands_there_with_its_text(town, folder_of):
    comment = town.comment()
    town.tick()
    changed = TEXT.replace("Sumur dibuka setiap hari.", "Sumur dibuka setiap hari kerja.")
    version = consultations.import_draft(
        town.session, town.city.officer, town.found, changed, later(40)
    )
    versioning.publish_version(
        town.session, town.city.officer, town.found, version.source_sha256,
        Moment(later(41), TODAY),
    )  # fmt: skip
    town.tick()
    assert isinstance(last(town), Version)
    assert last(town).number == 2
    files = town.files()
    assert files["versions/2.txt"] == changed.encode()
    assert failing(folder_of(files)) == set()
    assert town.receipt(comment)
