"""Words and addresses outside of requests, as a reader of one language would see them."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import current_app

from participation.web.language import prefer
from participation.web.site import site


@contextmanager
def as_reader(code: str) -> Iterator[None]:
    """Until the end of the block, sentences, dates and addresses are those of the language `code`.

    For letters that are written at the minute tick, when nobody asks for a page.
    """
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - Flask's own way
    with app.app_context(), app.test_request_context("/", base_url=f"{site().origin}/{code}"):
        prefer(code)
        yield
