"""Text that must not be lost: what a person sent while signed out or with an old page.

The sent fields travel signed in a hidden input of the sign-in form. After signing in they rest
in a row of the accounts feature, and the page that showed the form shows it again, filled in.
Nothing is acted upon until the person sends it again.
"""

from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import current_app, g, request
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.exceptions import HTTPException

from participation.core.errors import Invalid
from participation.core.words import words
from participation.web.database import session
from participation.web.session import actor
from participation.web.site import Kept, now, site

FIELD = "kept"
_MOST_BYTES = 200_000
_UNKEPT = frozenset({"csrf_token", FIELD, "came_from"})
_SECRET = "password"  # noqa: S105 - a field's name


def sent_form() -> Kept | None:
    """What this request sent, worth keeping; nothing when it sent no words or far too many."""
    fields = {
        name: values
        for name, values in request.form.lists()
        if name not in _UNKEPT and _SECRET not in name
    }
    length = sum(len(name) + sum(map(len, values)) for name, values in fields.items())
    if not fields or length > _MOST_BYTES:
        return None
    return Kept(_page_of_form(), fields)


def pack(kept: Kept) -> str:
    """`kept` as one signed line for a hidden input."""
    return _signer().dumps([kept.page, kept.fields])


def unpack(line: str) -> Kept:
    """The form inside a line made by `pack`; raises `Invalid` for any other line."""
    try:
        page, fields = _signer().loads(line)
    except BadSignature as error:
        raise Invalid(words("The text that was carried along is damaged.")) from error
    return Kept(page, fields)


def address_with(page: str, token: str) -> str:
    """The address of `page` that asks it to show its form with the kept fields."""
    parts = urlsplit(page)
    query = [pair for pair in parse_qsl(parts.query) if pair[0] != FIELD]
    return parts._replace(query=urlencode([*query, (FIELD, token)])).geturl()


def kept_fields() -> dict[str, list[str]]:
    """The fields kept for this page and person; empty when there are none."""
    if "kept_fields" not in g:
        token, who = request.args.get(FIELD, ""), actor()
        g.kept_fields = (
            site().loaders.kept_form(session(), token, who.id, now())
            if token and who.is_signed_in
            else {}
        )
    return dict(g.kept_fields)


def is_local(address: str) -> bool:
    """Whether `address` is a path on this site: the only kind we ever send people back to."""
    parts = urlsplit(address)
    plain = "\\" not in address and all(c >= " " for c in address)
    return plain and address.startswith("/") and not (parts.scheme or parts.netloc)


def _page_of_form() -> str:
    """The page that showed the form: said by the form, else the referrer, else this address."""
    said = request.form.get("came_from", "")
    if said and is_local(said):
        return said
    referrer = urlsplit(request.referrer or "")
    if referrer.netloc == request.host and referrer.path:
        return referrer._replace(scheme="", netloc="", fragment="").geturl()
    return f"{request.script_root}{request.path}" if _is_page() else f"{request.script_root}/"


def _is_page() -> bool:
    adapter = current_app.create_url_adapter(request)
    if adapter is None:
        return False
    try:
        adapter.match(request.path, method="GET")
    except HTTPException:
        return False
    return True


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="suara-kept-form")
