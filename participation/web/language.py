"""The language of a page: chosen by address, cookie, account, browser, in that order.

`_`, `_l` and `ngettext` mark the words of pages; message ids are English. Dates and numbers
are written by Babel, so months and separators are those of the language. This is the only
module that knows Flask-Babel.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, cast
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import flask_babel
from babel.dates import format_date
from babel.numbers import format_decimal
from babel.units import format_unit
from flask import Flask, g, has_app_context, has_request_context, request
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from participation.core.words import Words

__all__ = ["LANGUAGES", "LanguageAddress", "LazyString", "_", "_l", "ngettext", "say"]

LANGUAGES = {"id": "Bahasa Indonesia", "en": "English"}
DEFAULT = "id"
COOKIE = "language"
_ENVIRON = "suara.language"
_UNITS = (("week", 604_800), ("day", 86_400), ("hour", 3_600), ("minute", 60))
_FIVE_PLACES = "#,##0.#####"
_LEAST = {"week": 3, "day": 1, "hour": 1, "minute": 0}


class LanguageAddress:
    """WSGI layer: moves a leading `/id` or `/en` from the path into SCRIPT_NAME.

    Links made by `url_for` keep the prefix, so a chosen language stays without any cookie.
    """

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Passes the request on with its prefix moved."""
        head, _slash, rest = environ.get("PATH_INFO", "/").lstrip("/").partition("/")
        if head in LANGUAGES:
            environ["SCRIPT_NAME"] = f"{environ.get('SCRIPT_NAME', '')}/{head}"
            environ["PATH_INFO"] = f"/{rest}"
            environ[_ENVIRON] = head
        return self._app(environ, start)


def init(app: Flask, *, translations: Path, timezone: str) -> None:
    """Teaches `app` its languages; `timezone` is where dates and clock times are read."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(translations)
    app.config["BABEL_DEFAULT_LOCALE"] = DEFAULT
    app.config["BABEL_DEFAULT_TIMEZONE"] = timezone
    flask_babel.Babel(app, locale_selector=_locale)


def language() -> str:
    """The language code of this request."""
    if not has_request_context():
        return DEFAULT
    if "language" not in g:
        g.language = _choose()
    return cast("str", g.language)


def address_language() -> str | None:
    """The language that the address names, if it names one."""
    return cast("str | None", request.environ.get(_ENVIRON))


def prefer(code: str) -> None:
    """Answers the rest of this request in `code`: after a form that changed the language."""
    if code in LANGUAGES:
        g.language = code
        g.pop("manner", None)
        flask_babel.refresh()


def switch_address(code: str) -> str:
    """The current page's address in the language `code`."""
    query = request.query_string.decode("latin-1")
    return f"/{code}{request.path}" + (f"?{query}" if query else "")


def translated(message: str) -> str:
    """A sentence in the reader's language, its places not yet filled."""
    found: str = _manner().catalogue.ugettext(message)
    return found


def ngettext(singular: str, plural: str, count: int, **values: Any) -> str:
    """A counted sentence; `%(num)s` is the number as the language writes it."""
    values.setdefault("num", number_words(count))
    return plural_form(singular, plural, count) % values


def plural_form(singular: str, plural: str, count: int) -> str:
    """The right form of a counted sentence, its places not yet filled."""
    chosen: str = _manner().catalogue.ungettext(singular, plural, count)
    return chosen


def say(sentence: Words | LazyString | str) -> str:
    """A sentence in the reader's language, its dates and numbers formatted."""
    if not isinstance(sentence, Words):
        return str(sentence)
    values = {name: _value(value) for name, value in sentence.values.items()}
    if sentence.plural is not None and sentence.count is not None:
        return plural_form(sentence.message, sentence.plural, sentence.count) % values
    return _fill(_(sentence.message), values)


def date_words(moment: date | datetime, style: str = "long") -> str:
    """A day as people write it: 2 Desember 2026. Styles of CLDR: short, medium, long, full."""
    return _written_day(_local(moment), style, _manner().locale)


def day_words(moment: date | datetime) -> str:
    """A day without its year: 2 Des."""
    return _written_day(_local(moment), "d MMM", _manner().locale)


def local_date(moment: datetime) -> date:
    """The calendar day of `moment` where the city is."""
    return moment.astimezone(_manner().timezone).date()


def day_begins_at(day: date) -> datetime:
    """The moment (aware, UTC) at which a calendar day begins where the city is."""
    midnight: datetime = flask_babel.to_utc(datetime.combine(day, time()))
    return midnight.replace(tzinfo=UTC)


def time_words(moment: datetime) -> str:
    """A clock time: 18.00 in Indonesian, 18:00 in English."""
    pattern = "HH.mm" if language() == "id" else "HH:mm"
    return str(flask_babel.format_time(moment, format=pattern))


def moment_words(moment: datetime) -> str:
    """A day with its clock time: 2 Desember 2026 pukul 18.00."""
    return str(_("%(day)s at %(time)s", day=date_words(moment), time=time_words(moment)))


def number_words(number: float | Decimal) -> str:
    """A number with the language's separators: 12.345 or 12,345; a decimal to five places."""
    places = _FIVE_PLACES if isinstance(number, Decimal) else None
    return _written_number(number, places, _manner().locale)


def percent_words(part: float, whole: float = 1) -> str:
    """A share in whole per cent: 87 %. Nothing of nothing is 0 %.

    Never rounds an incomplete share up to 100 nor a present one down to 0.
    """
    share = 100 * part / whole if whole else 0
    rounded = min(round(share), 99) if share < 100 else round(share)  # noqa: PLR2004 - per cent
    if share > 0:
        rounded = max(rounded, 1)
    return f"{number_words(rounded)} %"


def span_words(span: timedelta) -> str:
    """A length of time in the unit people would use: 40 menit, 11 hari, 3 minggu."""
    seconds = max(span.total_seconds(), 0)
    unit, length = next(pair for pair in _UNITS if seconds >= pair[1] * _LEAST[pair[0]])
    return format_unit(int(seconds // length), f"duration-{unit}", locale=_locale())


@dataclass(frozen=True, slots=True)
class _Manner:
    """How a request writes; looked up once, because a page asks for it a thousand times."""

    catalogue: Any
    locale: str
    timezone: tzinfo


def _manner() -> _Manner:
    found: _Manner | None = g.get("manner") if has_app_context() else None
    if found is not None:
        return found
    found = _Manner(flask_babel.get_translations(), _locale(), flask_babel.get_timezone())
    if has_app_context():
        g.manner = found
    return found


def _local(moment: date | datetime) -> date:
    return local_date(moment) if isinstance(moment, datetime) else moment


# A page writes the same few days and numbers again and again, and Babel takes its time.
@lru_cache(maxsize=4096)
def _written_day(day: date, style: str, locale: str) -> str:
    return format_date(day, style, locale=locale)


@lru_cache(maxsize=4096, typed=True)
def _written_number(number: float | Decimal, places: str | None, locale: str) -> str:
    return format_decimal(number, places, locale=locale)


def _locale() -> str:
    """The locale that formats: English as it is written outside America."""
    return {"en": "en_GB"}.get(language(), language())


def _choose() -> str:
    named = address_language()
    kept = request.cookies.get(COOKIE)
    if named:
        return named
    if kept in LANGUAGES:
        return kept
    return request.accept_languages.best_match(list(LANGUAGES)) or DEFAULT


def _value(value: Any) -> Any:
    if isinstance(value, datetime):
        return moment_words(value)
    if isinstance(value, date):
        return date_words(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return number_words(value)
    return value


def _fill(message: str, values: dict[str, Any]) -> str:
    return message % values if values else message
