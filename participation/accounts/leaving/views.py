"""Routes: a copy of one's own data, and leaving."""

import json
from collections.abc import Iterator

from flask import Blueprint, Response, current_app, render_template, stream_with_context
from flask.typing import ResponseReturnValue

from participation.accounts import queries
from participation.accounts.leaving import pages, services
from participation.accounts.leaving.forms import LeavingForm
from participation.accounts.rules import PASSWORDS_PER_ACCOUNT
from participation.core.limits import bucket, count_try
from participation.core.mail import Letter, post
from participation.web import session as browser
from participation.web.database import commit_anyway, session
from participation.web.guard import signed_in
from participation.web.language import _
from participation.web.page import go_to, show
from participation.web.site import now, site

blueprint = Blueprint("leaving", __name__)


@blueprint.get("/account/copy")
@signed_in
def copy() -> Response:
    """Everything that the site keeps about whoever is signed in."""
    response = Response(stream_with_context(_copy()), mimetype="application/json")
    response.headers["Content-Disposition"] = 'attachment; filename="suara-my-data.json"'
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.route("/account/leave", methods=["GET", "POST"])
@signed_in
def leave() -> ResponseReturnValue:
    """Leaving: the account is erased."""
    form = LeavingForm()
    if form.is_sent():
        with form.errors_of_act():
            _count_password()
            return _leave(form)
    return show(pages.LeavingPage(form=form), form.status)


def _leave(form: LeavingForm) -> ResponseReturnValue:
    found = queries.account(session(), browser.actor().id)
    address, words = found.email, render_template("accounts/mail/left.txt", name=found.name)
    forget = site().forget if form.erases_words else ()
    sent = {"password": form.password.data, "forget": (*site().erase, *forget)}
    services.leave(session(), browser.actor(), now(), **sent)
    subject = _("Your account is erased")
    post(session(), Letter(recipient=address, subject=subject, body=words, written_at=now()))
    browser.end()
    return go_to("/", notice=_("Your account is erased. Thank you for having your say here."))


def _copy() -> Iterator[str]:
    account_id, lead = browser.actor().id, "["
    for remember in site().remember:
        for row in remember(session(), account_id):
            yield f"{lead}\n{json.dumps(row, ensure_ascii=False, default=str)}"
            lead = ","
    yield "\n]\n" if lead == "," else "[]\n"


def _count_password() -> None:
    """Counts a try of the password, also where the request then fails."""
    commit_anyway()
    key = bucket(str(current_app.secret_key), "leave", str(browser.actor().id))
    count_try(session(), key, PASSWORDS_PER_ACCOUNT, now())
