"""Input: a form, its errors beside the fields, and the frozen command it becomes.

    form = CommentForm()
    if form.is_sent():
        with form.errors_of_act():
            write_comment(session(), actor(), form.command(), now())
            return go("comments.thread", ...)
    return show(ThreadPage(..., form=form), form.status)

`is_sent` is true for a valid POST. `errors_of_act` puts an `Invalid` raised by the service
beside its field. `status` is 422 once there are errors. A form shown after an expired sign-in
is filled in by itself (see `participation.web.kept`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from flask import request
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import Field
from wtforms.validators import DataRequired, InputRequired, Length, Regexp

from participation.core.errors import Invalid, TooMany
from participation.core.text import tidy
from participation.web.kept import kept_fields
from participation.web.language import LazyString, _, _l, ngettext, say
from participation.web.session import actor

UNPROCESSABLE = 422
_FORM_DATA_METHODS = frozenset({"POST", "PUT", "PATCH", "DELETE"})

_LIBRARY_MESSAGES = (  # WTForms' own sentences, listed so that the catalogue holds them
    _l("Not a valid choice."),
    _l("'%(value)s' is not a valid choice for this field."),
    _l("Invalid Choice: could not coerce."),
    _l("Not a valid integer value."),
    _l("Not a valid decimal value."),
    _l("Not a valid date value."),
    _l("Not a valid datetime value."),
    _l("Not a valid time value."),
    _l("This field is required."),
    _l("Invalid input."),
)


class _Translations:
    """Says WTForms' own messages through the site's catalogue."""

    def gettext(self, message: str) -> str:
        """The message in the reader's language."""
        return str(_(message))

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        """The counted message in the reader's language."""
        return ngettext(singular, plural, count)


class Form(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """The base of every form.

    Somebody who is signed out gets a token, and with it a cookie, only in a form
    `is_for_everybody`; what else they send is kept and asked for again after signing in.
    """

    is_for_everybody: ClassVar[bool] = False

    class Meta(FlaskForm.Meta):  # type: ignore[misc]  # Flask-WTF ships no types
        """How fields are built: our translations, trimmed text."""

        def get_translations(self, _form: Any) -> _Translations:
            """The site's catalogue instead of the library's, which has no Indonesian."""
            return _Translations()

        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Any:
            """Binds a field whose text arrives tidied."""
            filters = [*unbound_field.kwargs.get("filters", ()), _tidied]
            if "Password" in unbound_field.field_class.__name__:
                filters = []
            return unbound_field.bind(form=form, filters=filters, **options)

    def __init__(self, **options: Any) -> None:
        kept = {} if request.method in _FORM_DATA_METHODS else kept_fields()
        self.is_refilled = bool(kept) and set(kept) <= _names(type(self), options)
        if self.is_refilled:
            options["formdata"] = MultiDict(kept)
        if not (self.is_for_everybody or actor().is_signed_in):
            options["meta"] = {"csrf": False} | options.get("meta", {})
        super().__init__(**options)
        self._refused_as = UNPROCESSABLE

    def is_sent(self) -> bool:
        """Whether this request sends the form and every field is right."""
        return bool(self.validate_on_submit())

    @property
    def status(self) -> int:
        """The status of the page that shows the form: 422 or 429 with errors, else 200."""
        return self._refused_as if self.errors else 200

    @contextmanager
    def errors_of_act(self) -> Iterator[None]:
        """Puts an `Invalid` of the act beside the field it names, or above the form."""
        try:
            yield
        except (Invalid, TooMany) as error:
            self.blame(error)

    def blame(self, error: Invalid | TooMany) -> None:
        """Adds the words of `error` to its field, or to the form when it names none."""
        self._refused_as = error.status
        name = error.field if isinstance(error, Invalid) else None
        field = self[name] if name and name in self else None
        if field is None:
            self.form_errors.append(say(error.message))
        else:
            field.errors = [*field.errors, say(error.message)]


def required(message: LazyString | None = None) -> DataRequired:
    """The field must hold more than blanks."""
    return DataRequired(message or _l("This must be filled in."))


def chosen(message: LazyString | None = None) -> InputRequired:
    """One of the options must be chosen."""
    return InputRequired(message or _l("Choose one of these."))


def at_most(length: int) -> Length:
    """At most `length` characters."""
    return Length(max=length, message=_l("At most %(length)s characters.", length=length))


def at_least(length: int) -> Length:
    """At least `length` characters."""
    return Length(min=length, message=_l("At least %(length)s characters.", length=length))


def matches(pattern: str, message: LazyString) -> Regexp:
    """The text must match `pattern`."""
    return Regexp(pattern, message=message)


def field_errors(form: Form) -> list[tuple[Field, str]]:
    """Each field with its first error, in the order of the page: for the error summary."""
    return [(field, str(field.errors[0])) for field in form if field.errors]


def _tidied(value: object) -> object:
    return tidy(value) if isinstance(value, str) else value


def _names(form: type[Form], options: dict[str, Any]) -> set[str]:
    """The names of a form's fields as they stand in the page."""
    prefix = str(options.get("prefix", ""))
    if prefix and prefix[-1] not in "-_;:/.":
        prefix += "-"
    return {prefix + name for name in dir(form) if hasattr(getattr(form, name), "_formfield")}
