"""What holds for accounts: names, addresses, passwords, and how often one may try."""

from datetime import timedelta
from enum import StrEnum

from email_validator import EmailNotValidError, validate_email

from participation.core.errors import Invalid
from participation.core.limits import Limit
from participation.core.words import words

NAME_LENGTH = 80
EMAIL_LENGTH = 254
PASSWORD_LEAST = 10
PASSWORD_MOST = 200
PASSWORD_DIFFERENT = 5

SESSION_LENGTH = timedelta(days=30)
SEEN_EVERY = timedelta(hours=1)
KEPT_LENGTH = timedelta(hours=6)


class Purpose(StrEnum):
    """What a mailed link is for."""

    CONFIRM = "confirm"
    RESET = "reset"


LINK_LENGTH = {Purpose.CONFIRM: timedelta(days=7), Purpose.RESET: timedelta(hours=2)}


PER_DEVICE = Limit(8, timedelta(minutes=5))
PER_ACCOUNT_AND_PLACE = Limit(8, timedelta(minutes=5))
PER_ACCOUNT = Limit(40, timedelta(minutes=5))
PER_PLACE = Limit(60, timedelta(minutes=5))
REGISTER_PER_PLACE = Limit(20, timedelta(hours=1))
PASSWORDS_PER_ACCOUNT = Limit(8, timedelta(minutes=5))
LETTERS_PER_ACCOUNT = Limit(3, timedelta(minutes=15))


def clean_email(email: str) -> str:
    """The address as it is stored and compared; raises `Invalid` when it cannot be one."""
    try:
        parts = validate_email(email.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise Invalid(
            words("This is not an e-mail address. It looks like name@example.id."), field="email"
        ) from error
    return parts.normalized.casefold()


def check_new_password(password: str, email: str) -> None:
    """Nothing when `password` may protect an account; raises `Invalid` with what is missing."""
    if len(password) < PASSWORD_LEAST:
        raise Invalid(
            words(
                "At least %(length)s characters; several words are easiest to remember.",
                length=PASSWORD_LEAST,
            ),
            field="password",
        )
    if (
        password.casefold() in {email, email.partition("@")[0] * 2}
        or len(set(password)) < PASSWORD_DIFFERENT
    ):
        raise Invalid(words("This password is too easy to guess."), field="password")


_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def device_name(user_agent: str) -> str:
    """A browser as its owner would call it, and no more than that: Firefox, Android."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    return ", ".join(part for part in (browser, system) if part) or "?"
