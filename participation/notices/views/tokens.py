"""The signed part of the address that stops news by mail: names an account, and opens nothing."""

from uuid import UUID

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from participation.core.errors import NotFound
from participation.core.words import words


def token_of(account_id: UUID) -> str:
    """The token of an account; it holds for as long as the letter lies in its box."""
    return str(_signer().dumps(account_id.hex))


def account_of(token: str) -> UUID:
    """The account that a token names; raises `NotFound` for any other text."""
    try:
        return UUID(str(_signer().loads(token)))
    except (BadSignature, ValueError) as error:
        raise NotFound(words("This address is incomplete.")) from error


def _signer() -> URLSafeSerializer:
    config = current_app.config
    former = config.get("SECRET_KEY_FALLBACKS") or []  # the newest key signs, and stands last
    return URLSafeSerializer([*former[::-1], config["SECRET_KEY"]], salt="suara-unsubscribe")
