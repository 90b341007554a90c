"""The letters themselves: one for each person, in their language; work of the minute tick."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from flask import render_template, url_for
from sqlmodel import Session

from participation.core.mail import Letter, post
from participation.home.reminders.queries import Recipient
from participation.home.reminders.rules import MORNING
from participation.home.reminders.services import About, Due, go_round
from participation.web.language import _, date_words, day_begins_at, local_date, ngettext
from participation.web.outside import as_reader
from participation.web.site import site

_SUBJECT_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in a letter: what waits, until when, and the address of exactly that."""

    said: str
    when: str
    link: str


def minute(session: Session, now: datetime) -> None:
    """Reminds everybody once a day, in the morning."""
    if now < day_begins_at(local_date(now)) + MORNING:
        return
    reminded = go_round(session, now, local_date)
    for code, same in groupby(reminded, key=lambda each: each[0].language):
        with as_reader(code):
            for who, found in same:
                post(session, _letter(who, found, now))


def _letter(who: Recipient, found: list[Due], now: datetime) -> Letter:
    items = [_item(each, local_date(now)) for each in sorted(found, key=lambda each: each.day)]
    subject = ngettext(
        "%(num)s thing waits on your desk: %(site)s",
        "%(num)s things wait on your desk: %(site)s",
        len(items),
        site=site().name,
    )
    desk = site().origin + url_for("home.desk")
    body = render_template("home/mail/reminder.txt", name=who.name, items=items, desk=desk)
    return Letter(recipient=who.email, subject=subject[:_SUBJECT_LENGTH], body=body, written_at=now)


def _item(each: Due, today: date) -> Item:
    return Item(_said(each), _when(each, today), site().origin + _address(each))


def _said(each: Due) -> str:
    if each.about is About.APPEAL:
        return str(_("An appeal waits for its decision: “%(title)s”.", title=each.title))
    if each.about is About.UNTAKEN:
        return ngettext(
            "%(num)s comment on “%(title)s” waits for an answer, and nobody has taken it yet.",
            "%(num)s comments on “%(title)s” wait for an answer, and nobody has taken them yet.",
            each.number,
            title=each.title,
        )
    return ngettext(
        "%(num)s comment on “%(title)s” was given to you and waits for an answer.",
        "%(num)s comments on “%(title)s” were given to you and wait for an answer.",
        each.number,
        title=each.title,
    )


def _when(each: Due, today: date) -> str:
    day, left = date_words(each.day), (each.day - today).days
    if each.about is About.WAITING:
        return str(_("The first of them since %(day)s.", day=day))
    if left < 0:
        days = ngettext("%(num)s day", "%(num)s days", -left)
        return str(_("Promised for %(day)s: overdue for %(days)s.", day=day, days=days))
    if not left:
        return str(_("Promised for today."))
    days = ngettext("%(num)s day", "%(num)s days", left)
    return str(_("Promised for %(day)s: %(days)s left.", day=day, days=days))


def _address(each: Due) -> str:
    if each.about is About.APPEAL:
        return url_for("moderation_desk.decide", appeal_id=each.place)
    officer = "nobody" if each.about is About.UNTAKEN else "mine"
    return url_for("consultations_desk.waiting", slug=each.place, officer=officer)
