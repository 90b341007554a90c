"""Parts of the organiser's form: numbers and moments as text, options one per line.

What was mistyped stays text and is shown again, where a number field would lose it.
"""

import re
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app
from wtforms import Field, StringField
from wtforms.validators import Regexp, ValidationError

from participation.votes.proposal import option_name, option_remark
from participation.web.forms import Form, required
from participation.web.language import LazyString, _, _l

_MARK = "|"
_MONEY = re.compile(r"[0-9]{1,15}|[0-9]{1,3}([., ][0-9]{3}){1,4}", re.ASCII)


def whole(label: LazyString, hint: LazyString | str = "", default: int | None = None) -> Any:
    """A field for a whole number."""
    return StringField(label, [required(), number()], description=hint, default=default)


def number() -> Regexp:
    """The text must be a whole number."""
    return Regexp(r"^[0-9]{1,7}$", message=_l("A whole number is expected here, such as 10."))


def moment(label: LazyString) -> Any:
    """A field for a day and a clock time in the city."""
    return StringField(label, [required(_l("Choose a day and a time.")), _readable])


def options_in(text: str) -> list[str]:
    """The options in the lines of a text area: name, then the remark on a second line."""
    lines = (line.partition(_MARK) for line in text.splitlines() if line.strip())
    pairs = ((name.strip(), remark.strip()) for name, _mark, remark in lines)
    return [f"{name}\n{remark}" if remark else name for name, remark in pairs]


def option_line(text: str) -> str:
    """The line of a text area that says this option."""
    remark = option_remark(text)
    return f"{option_name(text)} {_MARK} {remark}" if remark else option_name(text)


def to_utc(text: str) -> datetime:
    """The moment (aware, UTC) of a day and clock time in the city."""
    said = datetime.fromisoformat(text)
    return (said if said.tzinfo else said.replace(tzinfo=_zone())).astimezone(UTC)


def to_local(said: datetime) -> str:
    """A moment as the browser's own field writes it, in the city's time."""
    return said.astimezone(_zone()).strftime("%Y-%m-%dT%H:%M")


def int_or_none(field: Field) -> int | None:
    """The number in a field; nothing when it is empty."""
    return int(field.data) if field.data else None


def money_in(text: str) -> int:
    """A whole amount, its thousands set apart or not: 25.000.000; raises ValueError."""
    if not _MONEY.fullmatch(text.strip()):
        raise ValueError(text.strip())
    return int("".join(filter(str.isdigit, text)))


def costs_in(text: str) -> list[int]:
    """The amounts on the lines of a text area; raises ValueError naming the line that is none."""
    return [money_in(line) for line in text.splitlines() if line.strip()]


def is_money(_form: Form, field: Field) -> None:
    """The text must be a whole amount."""
    try:
        money_in(field.data)
    except ValueError as error:
        message = _("A whole amount is expected here, such as 25.000.000.")
        raise ValidationError(message) from error


def blame(field: Field, message: str) -> None:
    """Adds an error to a field."""
    field.errors = [*field.errors, message]


def _readable(_form: Form, field: Field) -> None:
    try:
        datetime.fromisoformat(field.data)
    except ValueError as error:
        message = _("A day and a time are expected here, such as 2026-12-01T08:00.")
        raise ValidationError(message) from error


def _zone() -> ZoneInfo:
    return ZoneInfo(current_app.config["BABEL_DEFAULT_TIMEZONE"])
