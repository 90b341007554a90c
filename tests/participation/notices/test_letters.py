"""Letters with news: one however much happened, when it was asked for, and none twice."""

import email
import email.policy
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlmodel import col

from participation import jobs
from participation.accounts.models import Account
from participation.comments.standing.rules import Withheld
from participation.comments.standing.services import withhold
from participation.core.mail import FileMailer, Letter, MemoryMailer, deliver, post
from participation.notices import services
from participation.notices.models import Notice, NoticeSetting
from participation.notices.rules import SILENCE, Rhythm, Wanted, due_at
from participation.notices.views import listen, write_letters
from tests.factories.consultations import NOW
from tests.participation.notices.conftest import ZONE
from tests.participation.people import MORNING

FRIDAY_TEN = datetime(2026, 11, 20, 10, tzinfo=ZONE)
SATURDAY_SEVEN = datetime(2026, 11, 21, 7, tzinfo=ZONE)
MONDAY_SEVEN = datetime(2026, 11, 23, 7, tzinfo=ZONE)


@pytest.fixture
def letters(app, town):
    """Lets a minute pass at a moment; the letters it wrote, by recipient."""

    def write(now: datetime) -> list[Letter]:
        town.session.commit()
        with app.app_context(), app.extensions["suara"].database.transaction() as opened:
            listen(opened, now)
            write_letters(opened, now)
        town.session.expire_all()
        found = list(town.session.scalars(select(Letter).order_by(col(Letter.recipient))))
        for each in found:
            town.session.delete(each)
        town.session.commit()
        return found

    return write


def address(town, actor) -> str:
    return town.session.get_one(Account, actor.id).email


@pytest.mark.parametrize(
    ("rhythm", "now", "expected"),
    [
        (Rhythm.AT_ONCE, FRIDAY_TEN, FRIDAY_TEN),
        (Rhythm.DAILY, FRIDAY_TEN, SATURDAY_SEVEN),
        (Rhythm.DAILY, SATURDAY_SEVEN - timedelta(minutes=1), SATURDAY_SEVEN),
        (Rhythm.DAILY, SATURDAY_SEVEN, SATURDAY_SEVEN + timedelta(days=1)),
        (Rhythm.WEEKLY, FRIDAY_TEN, MONDAY_SEVEN),
        (Rhythm.WEEKLY, MONDAY_SEVEN, MONDAY_SEVEN + timedelta(days=7)),
        (Rhythm.NEVER, FRIDAY_TEN, None),
    ],
)
def test_letters_are_due_at_seven_by_the_clocks_of_the_city(rhythm, now, expected):
    assert due_at(rhythm, now.astimezone(UTC), ZONE) == expected


def test_an_answer_comes_at_once_with_its_words_in_the_language_of_each_author(town, letters):
    budi = town.person("Budi Santoso")
    stranger = town.person("Tono", is_confirmed=False)
    town.session.get_one(Account, town.author.id).language = "id"
    said = [town.city.comment(town.found, f"Pendapat {number}", by=by, minutes=number)
            for number, by in enumerate((town.author, town.author, budi, stranger))]  # fmt: skip
    town.city.answer(town.found, *said, "Kami <ubah> & undur.", place="pasal-3")
    written = {each.recipient: each for each in letters(NOW)}
    assert set(written) == {address(town, town.author), address(town, budi)}
    english = written[address(town, budi)]
    assert english.subject == "Your comment on Pasal 2 ayat (1) was answered: Pemakaian sumur"
    assert "Kami <ubah> & undur." in english.body
    assert "Ratna Wulandari, Dinas Air" in english.body
    assert "Adopted" in english.body
    assert "Changed because of it: Pasal 3" in english.body
    assert f"/en/consultations/pemakaian-sumur/comments/{said[2].id}#comment-" in english.body
    indonesian = written[address(town, town.author)]
    assert "Your comment" not in indonesian.subject + indonesian.body
    assert "/id/consultations/" in indonesian.body


def test_all_of_a_day_comes_in_one_letter_by_what_it_is_about(town, letters):
    other = town.city.opened(title="Taman kota")
    for found in (town.found, other):
        first = town.city.comment(found, f"Di {found.slug}", by=town.follower)
        for minutes in range(3):
            town.city.reply(found, first, f"Ya {minutes}", minutes=minutes)
    assert letters(NOW + timedelta(minutes=5)) == []
    assert letters(SATURDAY_SEVEN - timedelta(minutes=1)) == []
    (letter,) = letters(SATURDAY_SEVEN)
    assert letter.subject == "6 pieces of news from Suara Lembayung"
    assert letter.body.count("Sri Hartati replied to your comment") == 6
    assert letter.body.index("Pemakaian sumur") != letter.body.index("Taman kota")
    assert letter.body.count("Taman kota\n") == 1
    assert letters(SATURDAY_SEVEN + timedelta(minutes=1)) == []
    assert letters(SATURDAY_SEVEN + timedelta(days=1)) == []


def test_a_letter_that_could_not_be_written_is_written_later_and_once(town, letters, app):
    town.city.answer(town.found, town.city.comment(town.found))
    town.session.commit()
    database = app.extensions["suara"].database

    def killed_after_writing() -> None:
        with app.app_context(), database.transaction() as opened:
            listen(opened, NOW)
            write_letters(opened, NOW)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        killed_after_writing()
    assert len(letters(NOW + timedelta(minutes=1))) == 1
    assert letters(NOW + timedelta(minutes=2)) == []


def test_what_was_read_or_withheld_since_is_in_no_letter(town, letters):
    first = town.city.comment(town.found, by=town.follower)
    reply = town.city.reply(town.found, first, "Kata kasar sekali")
    own = town.city.comment(town.found, "Milik saya", by=town.author)
    letters(NOW + timedelta(minutes=5))
    assert town.notices(town.follower)
    withhold(town.session, reply, Withheld.REMOVED, NOW)
    town.city.consider(town.found, own)
    letters(NOW + timedelta(minutes=6))
    services.mark_read(town.session, town.author)
    assert letters(SATURDAY_SEVEN) == []


def test_mail_comes_as_often_as_was_chosen(town, letters):
    wanted = {"Wati": Wanted(Rhythm.AT_ONCE), "Joko": Wanted(Rhythm.WEEKLY), "Ani": SILENCE}
    people = {name: town.person(name) for name in wanted}
    for name, chosen in wanted.items():
        services.choose_mail(town.session, people[name].id, chosen, NOW, ZONE)
        said = town.city.comment(town.found, f"Dari {name}", by=people[name])
        town.city.reply(town.found, said, f"Untuk {name}")
    assert [each.recipient for each in letters(NOW)] == [address(town, people["Wati"])]
    assert letters(SATURDAY_SEVEN) == []
    assert [each.recipient for each in letters(MONDAY_SEVEN)] == [address(town, people["Joko"])]
    assert town.told(people["Ani"]) != []


def test_a_choice_holds_for_what_waits_already(town, letters):
    said = town.city.comment(town.found, by=town.follower)
    town.city.reply(town.found, said)
    letters(NOW)
    services.choose_mail(town.session, town.follower.id, SILENCE, NOW, ZONE)
    assert letters(SATURDAY_SEVEN) == []


def test_a_letter_can_be_stopped_with_one_press_and_without_a_session(town, letters, app):
    """RFC 8058: the program of mail posts to the address in the header, without cookie or page."""
    town.city.answer(town.found, town.city.comment(town.found))
    (letter,) = letters(NOW)
    where = letter.unsubscribe.removeprefix(app.extensions["suara"].origin)
    client = app.test_client()
    assert client.get(where).status_code == 200
    assert client.head(where).status_code == 200
    assert town.session.get(NoticeSetting, town.author.id) is None  # scanners open every link
    sent = client.post(where, data={"List-Unsubscribe": "One-Click"})
    assert (sent.status_code, sent.headers.get("Set-Cookie")) == (200, None)
    town.session.expire_all()
    assert town.session.get(NoticeSetting, town.author.id).rhythm == "never"
    assert client.post(where).status_code == 200
    assert client.post(where[:-3] + "abc").status_code == 404
    town.city.answer(town.found, town.city.comment(town.found, "Yang kedua"))
    assert letters(NOW + timedelta(days=9)) == []


def test_the_header_holds_a_whole_address(tmp_path):
    """Folded, a long address would be encoded, and no program of mail could post to it."""
    where = "https://suara.kota-lembayung.example/id/unsubscribe/" + "x" * 120
    letter = Letter(recipient="sri@example.id", subject="Kabar", body="Halo\n",
                    written_at=MORNING, unsubscribe=where)  # fmt: skip
    FileMailer(tmp_path, "Suara <suara@example.id>").send(letter)
    written = next(tmp_path.iterdir()).read_bytes()
    assert f"List-Unsubscribe: <{where}>\n".encode() in written.replace(b"\r\n", b"\n")
    read = email.message_from_bytes(written, policy=email.policy.default)
    assert read["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert read["Message-ID"] == f"<{letter.id}@example.id>"


def test_letters_that_somebody_waits_for_overtake_the_news(database):
    mailer = MemoryMailer()
    with database.transaction() as session:
        for minute, unsubscribe in enumerate(("https://x.example/a", "https://x.example/b", "")):
            post(session, Letter(recipient=f"{minute}@example.id", subject="s", body="b",
                                 written_at=MORNING + timedelta(minutes=minute),
                                 unsubscribe=unsubscribe))  # fmt: skip
        deliver(session, mailer)
    assert [each.recipient[0] for each in mailer.sent] == ["2", "0", "1"]


def test_a_letter_that_cannot_go_is_tried_once_a_minute_and_holds_up_no_other(app, session):
    for number in range(65):
        post(session, Letter(recipient=f"{number}@example.id", subject="s", body="b",
                             written_at=MORNING + timedelta(seconds=number)))  # fmt: skip
    session.commit()
    mailer = Picky()
    for expected in (1, 2):
        jobs.tick(app, mailer)
        assert len(mailer.sent) == 60
        session.expire_all()
        left = session.scalars(select(Letter)).all()
        assert [each.tries for each in left] == [expected] * 5


class Picky(MemoryMailer):
    """A way out that takes no letters to the first five."""

    def send(self, letter: Letter) -> None:
        """Hands over what it likes."""
        if letter.recipient[:2] in {"0@", "1@", "2@", "3@", "4@"}:
            raise ConnectionRefusedError(letter.recipient)
        super().send(letter)


def test_a_minute_delivers_all_that_waits(app, session):
    for number in range(65):
        post(session, Letter(recipient=f"{number}@example.id", subject="s", body="b",
                             written_at=MORNING))  # fmt: skip
    session.commit()
    mailer = MemoryMailer()
    jobs.tick(app, mailer)
    assert len(mailer.sent) == 65


def test_nobody_is_written_to_who_has_no_news(town, letters, app):
    town.city.answer(town.found, town.city.comment(town.found))
    (letter,) = letters(NOW)
    assert letter.recipient == address(town, town.author)
    assert town.session.scalars(select(Notice).where(col(Notice.mail_due_at).is_not(None))).all() \
        == []  # fmt: skip
