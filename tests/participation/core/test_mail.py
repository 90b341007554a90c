"""Letters: queued with the act, delivered later, kept when the way is blocked."""

import email
import email.policy
from dataclasses import dataclass

import pytest
from sqlmodel import select

from participation.core.mail import FileMailer, Letter, MemoryMailer, deliver, post
from tests.participation.people import MORNING


def a_letter(subject="Halo") -> Letter:
    return Letter(recipient="sri@example.id", subject=subject, body="Apa kabar?\n",
                  written_at=MORNING)  # fmt: skip


@dataclass
class BrokenMailer:
    """A way out that is blocked."""

    def send(self, letter: Letter) -> None:
        raise ConnectionRefusedError(letter.recipient)


def test_a_letter_leaves_the_queue_once_it_has_gone(database):
    mailer = MemoryMailer()
    with database.transaction() as session:
        post(session, a_letter())
    for expected in (1, 0):
        with database.transaction() as session:
            assert deliver(session, mailer) == expected
    assert [letter.recipient for letter in mailer.sent] == ["sri@example.id"]


def test_a_letter_of_an_act_that_failed_is_never_sent(database):
    def fail() -> None:
        with database.transaction() as session:
            post(session, a_letter())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with database.transaction() as session:
        assert deliver(session, MemoryMailer()) == 0


def test_a_letter_waits_when_the_way_is_blocked_and_is_given_up_after_ten_tries(database):
    with database.transaction() as session:
        post(session, a_letter())
    for _ in range(12):
        with database.transaction() as session:
            assert deliver(session, BrokenMailer()) == 0
    with database.session() as session:
        assert session.exec(select(Letter)).one().tries == 10


def test_a_letter_in_a_file_can_be_read_and_only_by_its_owner(tmp_path):
    FileMailer(tmp_path / "mail", "Suara <suara@example.id>").send(a_letter("dua\nbaris"))
    place = next((tmp_path / "mail").iterdir())
    letter = email.message_from_bytes(place.read_bytes(), policy=email.policy.default)
    assert letter["Subject"] == "dua baris"
    assert letter["To"] == "sri@example.id"
    assert letter.get_content() == "Apa kabar?\n"
    assert place.stat().st_mode & 0o777 == 0o600
