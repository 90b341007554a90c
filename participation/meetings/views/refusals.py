"""What cannot be done now is said above the form, so that the words in it are not lost."""

from collections.abc import Iterator
from contextlib import contextmanager

from participation.core.errors import Conflict, Invalid
from participation.web.forms import Form


@contextmanager
def refusals_beside(form: Form) -> Iterator[None]:
    """Turns a refusal of the act into an error of the form."""
    try:
        with form.errors_of_act():
            yield
    except Conflict as conflict:
        form.blame(Invalid(conflict.message, code=conflict.code))
