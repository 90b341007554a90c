"""Letters to those whose comment was answered: in their language, with the way to the answer."""

from collections.abc import Sequence
from itertools import groupby
from uuid import UUID

from flask import render_template, request, url_for

from participation.accounts.models import Account
from participation.comments.ledger.queries import authors_of
from participation.comments.models import Answer
from participation.comments.rules import Reason
from participation.consultations.forms import REASONS
from participation.consultations.models import Consultation
from participation.core.mail import Letter, post
from participation.web.database import session
from participation.web.language import _, language, prefer, say
from participation.web.site import now, site


def tell_authors(found: Consultation, ids: Sequence[UUID], answer: Answer) -> None:
    """One letter to each author, however many of the comments are theirs.

    Only to confirmed addresses: nobody gets mail because a stranger typed their address.
    """
    here = language()
    written = [pair for pair in authors_of(session(), ids) if pair[0].confirmed_at is not None]
    written.sort(key=lambda pair: pair[0].language)
    try:
        for code, same in groupby(written, key=lambda pair: pair[0].language):
            prefer(code)
            for author, comment_id in same:
                post(session(), _letter(found, author, comment_id, answer))
    finally:
        prefer(here)


def _letter(found: Consultation, author: Account, comment_id: UUID, answer: Answer) -> Letter:
    path = url_for(
        "consultations.thread",
        slug=found.slug,
        comment_id=comment_id,
        _anchor=f"comment-{comment_id}",
    ).removeprefix(request.script_root)
    body = render_template(
        "consultations/mail/answered.txt",
        name=author.name,
        title=found.title,
        answer=answer,
        reason=say(REASONS[Reason(answer.reason)]) if answer.reason else "",
        link=f"{site().origin}/{author.language}{path}",
    )
    subject = str(_("Your comment was answered: %(title)s", title=found.title))[:200]
    return Letter(recipient=author.email, subject=subject, body=body, written_at=now())
