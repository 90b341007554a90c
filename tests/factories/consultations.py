"""Builders of consultations and of the people around them, in a real database."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from sqlmodel import Session

from participation.comments.models import Comment
from participation.comments.queries import coverage
from participation.comments.rules import Coverage, Reason, Stance
from participation.comments.services import NewAnswer, NewComment, NewReply
from participation.consultations import services
from participation.consultations.models import Consultation
from participation.consultations.queries import edition, subject_of
from participation.consultations.rules import Calendar, Step
from participation.consultations.services import Details, Moment
from participation.core.access import Actor, Role
from tests.participation.people import make_person

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
CALENDAR = Calendar(date(2026, 11, 1), date(2026, 12, 2), date(2026, 12, 20), date(2027, 1, 31))

TEXT = """\
RANCANGAN PERATURAN WALI KOTA TENTANG SUMUR

Menimbang :
a. bahwa air harus bersih;
b. bahwa karena itu perlu aturan;

Menetapkan : PERATURAN WALI KOTA TENTANG SUMUR.

BAB I
KETENTUAN UMUM
Pasal 1
Sumur adalah lubang yang berisi air.
BAB II
PEMAKAIAN
Bagian Kesatu
Waktu
Pasal 2
(1) Sumur dibuka setiap hari.
(2) Pemakai wajib:
a. membawa timba; dan
b. menutup sumur.
Pasal 3
Dilarang mandi di sumur.

Ditetapkan di Lembayung
"""


@dataclass
class City:
    """A database with an officer and residents, and the acts that tests begin from."""

    session: Session
    officer: Actor = field(init=False)
    resident: Actor = field(init=False)
    people: int = 0

    def __post_init__(self) -> None:
        self.officer = self.person("Ratna Wulandari", Role.OFFICER)
        self.resident = self.person("Sri Hartati", Role.RESIDENT)

    def person(self, name: str, *roles: Role) -> Actor:
        self.people += 1
        return make_person(self.session, name, *roles, email=f"p{self.people}@example.id")

    def details(self, **changes: object) -> Details:
        values = {
            "title": "Pemakaian sumur",
            "document": "Rancangan Peraturan Wali Kota",
            "office": "Dinas Air",
            "decider": "Wali Kota Lembayung",
            "summary": "Sumur untuk **semua**.",
            "calendar": CALENDAR,
        }
        return Details(**(values | changes))

    def drafted(self, text: str = TEXT, **changes: object) -> Consultation:
        found = services.create_consultation(
            self.session, self.officer, self.details(**changes), NOW
        )
        services.import_draft(self.session, self.officer, found, text, NOW)
        return found

    def announced(self, text: str = TEXT, **changes: object) -> Consultation:
        found = self.drafted(text, **changes)
        services.publish_draft(self.session, self.officer, found, Moment(NOW, TODAY))
        return found

    def opened(self, text: str = TEXT, **changes: object) -> Consultation:
        found = self.announced(text, **changes)
        self.step(found, Step.OPEN)
        return found

    def step(self, found: Consultation, step: Step, today: date = TODAY, **more: str) -> None:
        services.take_step(self.session, self.officer, found, step, Moment(NOW, today), **more)

    def comment(
        self,
        found: Consultation,
        body: str = "Kami setuju.",
        *,
        clause_id: str = "pasal-2-ayat-1",
        stance: Stance = Stance.SUPPORT,
        minutes: int = 0,
        by: Actor | None = None,
    ) -> Comment:
        return services.comment_on_clause(
            self.session,
            by or self.resident,
            found,
            NewComment(stance, body, f"token {body} {minutes}"),
            Moment(NOW + timedelta(minutes=minutes), TODAY),
            clause_id=clause_id,
            edition=edition(self.session, found.id).number,
        )

    def reply(
        self, found: Consultation, to: Comment, body: str = "Benar.", *, minutes: int = 0
    ) -> Comment:
        return services.reply_to_comment(
            self.session,
            self.resident,
            found,
            to,
            NewReply(body, f"token {body} {minutes}"),
            moment=Moment(NOW + timedelta(minutes=minutes), TODAY),
        )

    def answer(
        self,
        found: Consultation,
        *to: Comment | str,
        reason: Reason = Reason.ADOPTED,
        place: str = "",
    ) -> None:
        """Answers comments; a text among them is the words of the answer."""
        body = next((each for each in to if isinstance(each, str)), "Diterima.")
        answered = [each for each in to if not isinstance(each, str)]
        new = NewAnswer("Ratna Wulandari", "Dinas Air", body, reason, place)
        services.answer_residents(self.session, self.officer, found, answered, new, now=NOW)

    def consider(self, found: Consultation, *said: Comment, to: Actor | None = None) -> None:
        """Gives comments to an officer."""
        services.consider_residents(
            self.session, self.officer, found, said, to or self.officer, now=NOW
        )

    def coverage(self, found: Consultation) -> Coverage:
        """How far the answers are."""
        return coverage(self.session, subject_of(found))
