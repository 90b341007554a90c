"""Letters with news: one for each person however much happened, in their language."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from flask import render_template, url_for
from sqlmodel import Session

from participation.comments.models import Answer
from participation.comments.rules import REASON_NAMES, Reason
from participation.core.mail import Letter
from participation.notices import queries, services
from participation.notices.forms import RHYTHMS
from participation.notices.queries import Recipient
from participation.notices.rules import MOST_IN_LETTER, Wanted
from participation.notices.stories import Story, stories_of
from participation.notices.views.present import address_of, title_in
from participation.notices.views.tokens import token_of
from participation.web.language import ngettext, say
from participation.web.outside import as_reader
from participation.web.site import site

_SUBJECT_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of news in a letter: the sentence, the address, an answer in full."""

    said: str
    link: str
    answer: Answer | None
    reason: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """The news about one thing, the latest first."""

    title: str
    items: tuple[Item, ...]


def write_letters(session: Session, now: datetime) -> None:
    """Puts the letters that are due into the queue; claimed and written in one transaction."""
    claimed = services.claim(session, now)
    told: dict[UUID, list[Story]] = defaultdict(list)
    for story in stories_of(session, sorted(claimed, key=lambda each: each.at, reverse=True)):
        if not story.is_hidden:
            told[story.notice.account_id].append(story)
    people = queries.recipients(session, list(told))
    wanted = queries.wanted_by(session, list(told))
    for code, same in groupby(people, key=lambda each: each.language):
        with as_reader(code):
            session.add_all(
                _letter(each, told[each.id], wanted.get(each.id, Wanted()), now) for each in same
            )
    session.flush()


def _letter(who: Recipient, stories: Sequence[Story], wanted: Wanted, now: datetime) -> Letter:
    unsubscribe = site().origin + url_for("notices.unsubscribe", token=token_of(who.id))
    body = render_template(
        "notices/mail/news.txt",
        name=who.name,
        chapters=_chapters(stories[:MOST_IN_LETTER]),
        more=max(0, len(stories) - MOST_IN_LETTER),
        rhythm=str(RHYTHMS[wanted.rhythm]).lower(),
        news=site().origin + url_for("notices.index"),
        settings=site().origin + url_for("notices.settings"),
        unsubscribe=unsubscribe,
    )
    return Letter(
        recipient=who.email,
        subject=_subject(stories),
        body=body,
        written_at=now,
        unsubscribe=unsubscribe,
    )


def _subject(stories: Sequence[Story]) -> str:
    if len(stories) == 1:
        subject = f"{say(stories[0].said)}: {title_in(stories[0].title)}"
    else:
        subject = ngettext(
            "%(num)s piece of news from %(site)s",
            "%(num)s pieces of news from %(site)s",
            len(stories),
            site=site().name,
        )
    return subject[:_SUBJECT_LENGTH]


def _chapters(stories: Sequence[Story]) -> list[Chapter]:
    """By what they are about; the thing with the latest news first."""
    found: dict[str, list[Item]] = {}
    for story in stories:
        found.setdefault(title_in(story.title), []).append(_item(story))
    return [Chapter(title, tuple(items)) for title, items in found.items()]


def _item(story: Story) -> Item:
    given = story.answer
    reason = say(REASON_NAMES[Reason(given.reason)]) if given and given.reason else ""
    return Item(say(story.said), site().origin + address_of(story.where), given, reason)
