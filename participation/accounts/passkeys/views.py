"""Routes of a person's passkeys."""

from flask import Blueprint, Response, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from participation.accounts.passkeys import pages, queries, services
from participation.accounts.passkeys.forms import AnswerForm, NewPasskeyForm, RemovalForm
from participation.accounts.passkeys.rules import PASSWORDS_PER_ACCOUNT, Party
from participation.accounts.queries import account
from participation.accounts.rules import device_name
from participation.core.errors import Conflict, Invalid, NotFound
from participation.core.limits import bucket, count_try
from participation.core.mail import Letter, post
from participation.web.database import commit_anyway, session
from participation.web.guard import signed_in
from participation.web.language import _
from participation.web.page import go, show
from participation.web.session import actor
from participation.web.site import now, site

blueprint = Blueprint("passkeys", __name__)


@blueprint.route("/account/passkeys/new", methods=["GET", "POST"])
@signed_in
def begin() -> ResponseReturnValue:
    """Begins a passkey: a name, and the password once more."""
    form = NewPasskeyForm(name=_device())
    if form.is_sent():
        with form.errors_of_act():
            _count_password()
            sent = {"name": form.name.data, "password": form.password.data}
            token = services.begin(session(), actor(), now(), **sent)
            return go("passkeys.make", token=token)
    return _begin_page(form)


@blueprint.route("/account/passkeys/new/<token>", methods=["GET", "POST"])
@signed_in
def make(token: str) -> ResponseReturnValue:
    """The device makes the passkey; what it answered is taken once."""
    form = AnswerForm()
    try:
        if form.is_sent():
            return _finish(form, token)
        enrolment = services.waiting(session(), actor(), token, now())
    except NotFound as error:
        return _begin_again(error)
    page = pages.MakePasskeyPage(
        form=form,
        name=enrolment.name,
        options=services.options(session(), actor(), _party(), enrolment),
        origin=_party().origin,
    )
    return show(page, form.status)


@blueprint.route("/account/passkeys/<key>/remove", methods=["GET", "POST"])
@signed_in
def remove(key: str) -> ResponseReturnValue:
    """Removes a passkey."""
    passkey = queries.passkey_of(session(), actor().id, key)
    form, shown = RemovalForm(), pages.PasskeyView.of(passkey)
    if form.is_sent():
        with form.errors_of_act():
            _count_password()
            sent = {"passkey": passkey, "password": form.password.data}
            services.remove(session(), actor(), now(), **sent)
            _tell_owner("removed", _("A passkey was removed from your account"), shown.name)
            return go("accounts.account", notice=_("The passkey is removed."))
    return show(pages.RemovePasskeyPage(form=form, passkey=shown), form.status)


def _finish(form: AnswerForm, token: str) -> ResponseReturnValue:
    enrolment = services.take(session(), actor(), token, now())
    commit_anyway()  # a challenge is taken once, whatever comes of it
    try:
        sent = {"enrolment": enrolment, "party": _party(), "answer": form.answer.data}
        services.add(session(), actor(), now(), **sent)
    except (Invalid, Conflict) as error:
        return _begin_again(error)
    _tell_owner("added", _("A passkey was added to your account"), enrolment.name)
    return go("accounts.account", notice=_("Your passkey is enrolled."))


def _begin_again(error: NotFound | Invalid | Conflict) -> Response:
    """The first page once more, with the reason above it."""
    form = NewPasskeyForm(formdata=None, name=_device())
    form.blame(Invalid(error.message))
    return _begin_page(form)


def _begin_page(form: NewPasskeyForm) -> Response:
    party = _party()
    page = pages.NewPasskeyPage(form=form, has_name=party.has_name, origin=party.origin)
    return show(page, form.status)


def _count_password() -> None:
    """Counts a try of the password, also where the request then fails."""
    commit_anyway()
    secret = str(current_app.secret_key)
    count_try(session(), bucket(secret, "passkey", str(actor().id)), PASSWORDS_PER_ACCOUNT, now())


def _tell_owner(what: str, subject: str, name: str) -> None:
    """A letter to the owner at every change: another channel than the browser that made it."""
    owner = account(session(), actor().id)
    link = site().origin + url_for("accounts.account")
    forgotten = site().origin + url_for("accounts.forgotten")
    body = render_template(
        f"accounts/mail/passkey_{what}.txt",
        name=owner.name,
        passkey=name,
        link=link,
        forgotten=forgotten,
    )
    post(session(), Letter(recipient=owner.email, subject=subject, body=body, written_at=now()))


def _device() -> str:
    return device_name(request.user_agent.string)


def _party() -> Party:
    return Party(site().origin)
