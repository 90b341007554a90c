"""The surveys of the demonstration: one is open beside the consultation, one has its results."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import Session, select

from participation.accounts import queries as accounts
from participation.accounts.models import Account, AccountRole
from participation.consultations.models import Consultation
from participation.consultations.services import Moment
from participation.core.access import Actor, Role
from participation.core.ids import new_token
from participation.core.passwords import hash_password
from participation.demo import texts
from participation.demo.hours import Hours
from participation.surveys import queries, services
from participation.surveys.asked import Asked, Condition, Kind, points
from participation.surveys.models import Survey, SurveyQuestion, SurveyText
from participation.surveys.rules import Days, Step
from participation.surveys.services import Details, NewQuestion, Sent
from participation.surveys.sheets import field_names

_SEED = 20
_PACE = timedelta(hours=3)
"""Sheets arrive so much after each other."""

Words = Mapping[str, Any]


def hold(session: Session, officer: Actor, found: Consultation, hours: Hours) -> None:
    """Draws up both surveys and lets made-up people answer them."""
    told = texts.table("surveys")
    crowd = tuple(_settle(session, told["people"], hours.at(told["surveys"][1]["days"]["written"])))
    for survey in told["surveys"]:
        beside = found.id if survey.get("beside") else None
        _Office(session, officer, hours, survey).run(crowd, beside)
    hours.set(hours.now)


def _settle(session: Session, number: int, at: datetime) -> Iterator[Actor]:
    """People who only answer surveys; nobody knows their password."""
    nobodys = hash_password(new_token())
    made = [
        Account(
            email=f"warga-{each + 1}@lembayung.example",
            name=f"Warga {each + 1}",
            password_hash=nobodys,
            created_at=at,
            confirmed_at=at,
        )
        for each in range(number)
    ]
    session.add_all(made)
    session.flush()
    session.add_all(AccountRole(account_id=each.id, role=Role.RESIDENT) for each in made)
    session.flush()
    return (accounts.actor_of(session, each) for each in made)


@dataclass(frozen=True, slots=True)
class _Office:
    """Who holds one survey, when, and what its file says."""

    session: Session
    officer: Actor
    hours: Hours
    told: Words

    def run(self, crowd: Sequence[Actor], beside: UUID | None) -> None:
        """From the first question to where it stands today."""
        days = self.told["days"]
        self.hours.set(self.hours.at(days["written"], "10:00"))
        found = self._draw_up(beside)
        self._step(found, Step.OPEN, days["written"], "16:00")
        self._answer(found, crowd)
        if "published" in days:
            self._step(found, Step.CLOSE, days["published"], "08:00")
            self._release(found)
            self._step(found, Step.PUBLISH, days["published"], "14:00")

    def _draw_up(self, beside: UUID | None) -> Survey:
        days = self.told["days"]
        details = Details(
            title=self.told["title"],
            about=self.told["about"].strip(),
            office=self.told["office"],
            days=Days(self.hours.day(days["opens"]), self.hours.day(days["closes"])),
            consultation_id=beside,
        )
        found = services.create_survey(self.session, self.officer, details, self.hours())
        made: list[SurveyQuestion] = []
        for question in self.told["questions"]:
            new = _question(question, made)
            row = services.add_question(self.session, self.officer, found, new, self.hours())
            made.append(row)
        return found

    def _answer(self, found: Survey, crowd: Sequence[Actor]) -> None:
        chance = random.Random(_SEED)  # noqa: S311 - made-up answers, the same every time
        asked = queries.questions(self.session, found.id)
        first = self.hours.at(self.told["days"]["opens"], "06:30")
        for number, person in enumerate(crowd[: self.told["sheets"]]):
            self.hours.set(first + number * _PACE)
            fields = dict(_fields(asked, self.told["questions"], chance, number))
            sent, moment = Sent(fields, new_token()), Moment(self.hours(), self.hours.today)
            services.send_sheet(self.session, person, found, sent, moment)

    def _release(self, found: Survey) -> None:
        public = {body for question in self.told["questions"]
                  for body, is_public in question.get("texts", ()) if is_public}  # fmt: skip
        asked = [each.id for each in queries.questions(self.session, found.id)]
        for text in self.session.scalars(select(SurveyText)).all():
            if text.question_id in asked and text.body in public:
                services.release_text(self.session, self.officer, found, text, self.hours())

    def _step(self, found: Survey, step: Step, day: int, clock_time: str) -> None:
        self.hours.set(self.hours.at(day, clock_time))
        moment = Moment(self.hours(), self.hours.today)
        services.take_step(self.session, self.officer, found, step, moment)


def _question(told: Words, made: Sequence[SurveyQuestion]) -> NewQuestion:
    kind = Kind(told["kind"])
    only_if = told.get("only_if")
    return NewQuestion(
        kind=kind,
        wording=told["wording"],
        explanation=told.get("explanation", ""),
        is_required=kind is not Kind.TEXT,
        choices=points(told["points"]) if kind is Kind.SCALE else tuple(told.get("choices", ())),
        rows=tuple(told.get("rows", ())),
        most=told.get("most", 0),
        low=told.get("low", ""),
        high=told.get("high", ""),
        only_if=Condition(made[only_if["question"] - 1].id, only_if["choice"]) if only_if else None,
    )


def _fields(
    asked: Sequence[Asked], told: Sequence[Words], chance: random.Random, number: int
) -> Iterator[tuple[str, list[str]]]:
    """A sheet by chance; the first few people write something."""
    for question, words in zip(asked, told, strict=True):
        written = words.get("texts", ())
        for name in field_names(question):
            if question.kind is Kind.TEXT:
                yield name, [written[number][0]] if number < len(written) else []
            else:
                most = question.most or 1
                chosen = chance.choices(range(len(question.choices)), words["weights"], k=most)
                yield name, sorted({str(each) for each in chosen})
