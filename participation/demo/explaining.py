"""What helps to read the demonstration's draft: plain words, a word, files, a day that moved."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import typst
from sqlmodel import Session

from participation.consultations.attachments.rules import Purpose
from participation.consultations.attachments.services import NewFile, attach
from participation.consultations.attachments.shelf import Shelf
from participation.consultations.explaining.services import add_term, explain_clause
from participation.consultations.extending.services import extend_days
from participation.consultations.models import Consultation
from participation.consultations.queries import calendar_of
from participation.consultations.services import Moment
from participation.core.access import Actor
from participation.demo import texts
from participation.demo.hours import Hours

_FOLDER = Path(__file__).parent


def explain(
    session: Session, people: Mapping[str, Actor], found: Consultation, shelf: Shelf, hours: Hours
) -> None:
    """Explains the draft, puts files beside it, and moves its last day for comments."""
    told = texts.table("explaining")
    officer = people[told["officer"]]
    hours.set(found.announced_at or hours.now)
    for clause_id, words in told["plain"].items():
        explain_clause(session, officer, found, clause_id, words, now=hours())
    for term in told["terms"]:
        add_term(session, officer, found, term["name"], term["meaning"], now=hours())
    for file in told["files"]:
        new = NewFile(file["title"], Purpose(file["purpose"]), _content(file["file"]))
        attach(session, officer, found, new, shelf, now=hours())
    later = told["extension"]
    hours.set(hours.at(later["day"], "09:30"))
    days = calendar_of(found)
    days = replace(days, closes_on=days.closes_on + timedelta(later["closes_later"]))
    moment = Moment(hours(), hours.today)
    extend_days(session, officer, found, days, later["reason"], moment=moment)
    hours.set(hours.now)


def _content(name: str) -> bytes:
    """A file beside this module; a paper is set first."""
    place = _FOLDER / name
    if place.suffix != ".typ":
        return place.read_bytes()
    return bytes(typst.compile(place, format="pdf", pdf_standards=["ua-1"], timestamp=0))
