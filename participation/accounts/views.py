"""Routes of the account pages."""

from flask import Blueprint, Response, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeSerializer

from participation.accounts import pages, queries, services
from participation.accounts.forms import (
    AddressForm,
    ButtonForm,
    LanguageForm,
    NewPasswordForm,
    PasswordForm,
    ProfileForm,
    RegisterForm,
    SignInForm,
)
from participation.accounts.models import Account
from participation.accounts.passkeys.pages import PasskeyList, PasskeyView
from participation.accounts.passkeys.queries import passkeys_of
from participation.accounts.rules import (
    LETTERS_PER_ACCOUNT,
    REGISTER_PER_PLACE,
    Purpose,
    clean_email,
    device_name,
)
from participation.core.access import Actor
from participation.core.ids import new_token, token_hash
from participation.core.limits import Limit, bucket, count_try, place_of
from participation.core.mail import Letter, post
from participation.web import session as browser
from participation.web.beside import in_account
from participation.web.database import apart, session
from participation.web.guard import public, signed_in
from participation.web.kept import address_with, is_local, pack, unpack
from participation.web.language import COOKIE, _, language, prefer
from participation.web.page import go, go_to, show, show_instead
from participation.web.site import Kept, now, site

blueprint = Blueprint("accounts", __name__)

_UNAUTHORISED = 401
_YEAR_SECONDS = 365 * 24 * 3600
_DEVICE_COOKIE = "device"


def ask_to_sign_in(kept: Kept | None, address: str) -> ResponseReturnValue:
    """The sign-in page in place of what was asked; sent words are carried along."""
    if address:
        return go("accounts.sign_in", next=address)
    form = SignInForm(formdata=None, kept=pack(kept) if kept else "")
    response = show_instead(pages.SignInPage(form=form, has_text=bool(kept)), _UNAUTHORISED)
    response.headers["WWW-Authenticate"] = 'Form realm="Suara"'
    return response


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Signing in."""
    form = SignInForm(next=request.args.get("next", ""))
    if form.is_sent():
        with form.errors_of_act():
            return _welcome(_prove(form.email.data, form.password.data), form)
    return show(pages.SignInPage(form=form, has_text=bool(form.kept.data)), form.status)


@blueprint.route("/sign-out", methods=["GET", "POST"])
@signed_in
def sign_out() -> ResponseReturnValue:
    """Signing out of this browser."""
    form = ButtonForm()
    if not form.is_sent():
        return show(pages.SignOutPage(form=form), form.status)
    services.end_session(session(), browser.actor(), browser.login_token(), now())
    browser.end()
    return go_to(url_for("home.index"), notice=_("You are signed out."), kind="farewell")


@blueprint.route("/register", methods=["GET", "POST"])
@public
def register() -> ResponseReturnValue:
    """Making an account."""
    form = _arriving() or RegisterForm(next=request.args.get("next", ""))
    if "arriving" not in request.form and form.is_sent():
        with form.errors_of_act():
            _count(REGISTER_PER_PLACE, "register", _place())
            actor = services.register(session(), form.command(), now())
            _mail_link(queries.account(session(), actor.id), Purpose.CONFIRM)
            return _welcome(actor, form)
    return show(pages.RegisterPage(form=form, has_text=bool(form.kept.data)), form.status)


@blueprint.route("/account", methods=["GET", "POST"])
@signed_in
def account() -> ResponseReturnValue:
    """The person's own page; sent, it changes name and language."""
    found = queries.account(session(), browser.actor().id)
    form = ProfileForm(name=found.name, language=found.language)
    if form.is_sent():
        chosen = form.language.data
        services.change_profile(
            session(), browser.actor(), now(), name=form.name.data, language=chosen
        )
        prefer(chosen)
        return _remember(chosen, go("accounts.account", notice=_("Your details are saved.")))
    return show(_account_page(found, profile=form), form.status)


@blueprint.route("/account/password", methods=["POST"])
@signed_in
def change_password() -> ResponseReturnValue:
    """A new password."""
    form = PasswordForm()
    actor, token = browser.actor(), browser.login_token()
    if form.is_sent():
        with form.errors_of_act():
            services.change_password(
                session(),
                actor,
                now(),
                old=form.old_password.data,
                new=form.password.data,
                token=token,
            )
            return go(
                "accounts.account",
                notice=_("Your password is changed; other devices are signed out."),
            )
    return show(_account_page(queries.account(session(), actor.id), password=form), form.status)


@blueprint.route("/account/devices", methods=["POST"])
@signed_in
def sign_out_others() -> ResponseReturnValue:
    """Signs every other browser out."""
    services.end_other_sessions(session(), browser.actor(), browser.login_token(), now())
    return go("accounts.account", notice=_("Every other device is signed out."))


@blueprint.route("/account/confirmation", methods=["POST"])
@signed_in
def mail_confirmation() -> ResponseReturnValue:
    """Mails the confirming link once more."""
    found = queries.account(session(), browser.actor().id)
    _count(LETTERS_PER_ACCOUNT, "letters", found.email)
    _mail_link(found, Purpose.CONFIRM)
    return go("accounts.account", notice=_("The letter is on its way."))


@blueprint.route("/account/confirm/<token>", methods=["GET", "POST"])
@public
def confirm(token: str) -> ResponseReturnValue:
    """Confirms the address."""
    form = ButtonForm()
    if not form.is_sent():
        return show(pages.ConfirmPage(form=form), form.status)
    services.confirm_email(session(), token, now())
    return go("home.index", notice=_("Thank you: your e-mail address is confirmed."))


@blueprint.route("/forgotten-password", methods=["GET", "POST"])
@public
def forgotten() -> ResponseReturnValue:
    """Mails a link for a new password; says the same whether or not there is an account."""
    form = AddressForm()
    is_sent = False
    if form.is_sent():
        with form.errors_of_act():
            email = clean_email(form.email.data)
            _count(REGISTER_PER_PLACE, "forgotten", _place())
            _count(LETTERS_PER_ACCOUNT, "letters", email)
            found = queries.account_by_email(session(), email)
            if found is not None:
                _mail_link(found, Purpose.RESET)
            is_sent = True
    return show(pages.ForgottenPage(form=form, is_sent=is_sent), form.status)


@blueprint.route("/new-password/<token>", methods=["GET", "POST"])
@public
def new_password(token: str) -> ResponseReturnValue:
    """Sets a new password with a mailed link."""
    form = NewPasswordForm()
    if form.is_sent():
        with form.errors_of_act():
            services.reset_password(session(), token, form.password.data, now())
            return go("accounts.sign_in", notice=_("Your new password is set. Please sign in."))
    return show(pages.NewPasswordPage(form=form), form.status)


@blueprint.route("/language", methods=["GET", "POST"])
@public
def choose_language() -> ResponseReturnValue:
    """Remembers a language on this device."""
    form = LanguageForm(language=language(), next=request.args.get("next", ""))
    if form.is_sent():
        target = form.next.data if is_local(form.next.data or "") else "/"
        return _remember(form.language.data, go_to(target))
    return show(pages.LanguagePage(form=form), form.status)


def _prove(email: str, password: str) -> Actor:
    """The actor, after counting the try; the count stays, whatever the outcome."""
    trying = services.SignInTry(clean_email(email), _place(), _known_device(email))
    secret = str(current_app.secret_key)
    with apart() as counting:
        services.count_sign_in(counting, secret, trying, now())
    actor = services.check_sign_in(session(), trying.email, password)
    services.forget_sign_in(session(), secret, trying)
    return actor


def _welcome(actor: Actor, form: SignInForm | RegisterForm) -> Response:
    """Signs the browser in and leads to what the person was about to do."""
    device = device_name(request.user_agent.string)
    browser.begin(services.start_session(session(), actor, device, now()), actor)
    target = form.next.data if is_local(form.next.data or "") else url_for("home.index")
    notice = ""
    if form.kept.data:
        kept = unpack(form.kept.data)
        token = services.keep_form(session(), kept.fields, actor.id, now())
        target = address_with(kept.page, token)
        notice = _("You are signed in. Your text is still here: send it when you are ready.")
    response = go_to(target, notice=notice)
    _know_device(response, form.email.data)
    return _remember(actor.language or language(), response)


def _arriving() -> RegisterForm | None:
    """The form for somebody who came from the sign-in page with carried words."""
    if "arriving" not in request.form:
        return None
    carried = {name: request.form.get(name, "") for name in ("email", "next", "kept")}
    return RegisterForm(formdata=None, **carried)


def _account_page(
    found: Account,
    *,
    profile: ProfileForm | None = None,
    password: PasswordForm | None = None,
) -> pages.AccountPage:
    this = token_hash(browser.login_token())
    devices = queries.sessions_of(session(), found.id, now())
    return pages.AccountPage(
        email=found.email,
        is_confirmed=found.confirmed_at is not None,
        roles=tuple(str(pages.ROLES[role]) for role in sorted(browser.actor().roles)),
        devices=tuple(
            pages.Device(each.device, each.seen_at, each.token_hash == this) for each in devices
        ),
        passkeys=_passkeys(found),
        profile=profile or ProfileForm(formdata=None, name=found.name, language=found.language),
        password=password or PasswordForm(formdata=None),
        button=ButtonForm(formdata=None),
        beside=in_account(),
    )


def _passkeys(found: Account) -> PasskeyList:
    own = passkeys_of(session(), found.id)
    shown = tuple(PasskeyView.of(each) for each in own)
    return PasskeyList(shown, may_add=found.confirmed_at is not None)


def _mail_link(found: Account, purpose: Purpose) -> None:
    token = services.mail_link(session(), found, purpose, now())
    endpoint = {Purpose.CONFIRM: "accounts.confirm", Purpose.RESET: "accounts.new_password"}
    subject = {
        Purpose.CONFIRM: _("Please confirm your e-mail address"),
        Purpose.RESET: _("A new password for your account"),
    }
    body = render_template(
        f"accounts/mail/{purpose}.txt",
        name=found.name,
        link=site().origin + url_for(endpoint[purpose], token=token),
    )
    letter = Letter(recipient=found.email, subject=subject[purpose], body=body, written_at=now())
    post(session(), letter)


def _count(limit: Limit, *parts: str) -> None:
    with apart() as counting:
        count_try(counting, bucket(str(current_app.secret_key), *parts), limit, now())


def _place() -> str:
    return place_of(request.remote_addr or "")


def _remember(code: str, response: Response) -> Response:
    """Keeps a chosen language in a cookie of this device."""
    response.set_cookie(
        COOKIE, code, max_age=_YEAR_SECONDS, httponly=True, samesite="Lax", secure=_secure()
    )
    return response


def _known_device(email: str) -> str:
    """The id of this browser when it signed in with `email` before, else empty."""
    try:
        device, known_email = _devices().loads(request.cookies.get(_DEVICE_COOKIE, ""))
    except (BadSignature, ValueError, TypeError):
        return ""
    return str(device) if known_email == email.strip().casefold() else ""


def _know_device(response: Response, email: str) -> None:
    known = _known_device(email)
    value = _devices().dumps([known or new_token(), email.strip().casefold()])
    response.set_cookie(
        _DEVICE_COOKIE,
        value,
        max_age=_YEAR_SECONDS,
        httponly=True,
        samesite="Strict",
        secure=_secure(),
    )


def _devices() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="suara-known-device")


def _secure() -> bool:
    return site().origin.startswith("https://")
