"""What can go wrong on the site, said once. The ground floor: imports only `words`.

A message is a `Words` value (see `participation.core.words`), so that it can be said in the
reader's language at the boundary; plain text is for messages that only operators read.
"""

# ruff: noqa: N818 - the names say what is the case; "Error" would only lengthen them

from typing import ClassVar

from participation.core.words import Words


class SiteError(Exception):
    """The root of every failure that the site explains to a person.

    `code` is stable and kebab-case: it ends up in problem documents and tests.
    """

    code: str = "site-error"
    status: ClassVar[int] = 500

    def __init__(self, message: Words | str, *, code: str | None = None) -> None:
        super().__init__(str(message))
        self.message = message
        if code is not None:
            self.code = code


class NotFound(SiteError):
    """The thing asked for does not exist, or not for this reader."""

    code = "not-found"
    status = 404


class NotAllowed(SiteError):
    """The actor may not do this; the message says who may."""

    code = "not-allowed"
    status = 403


class Conflict(SiteError):
    """The state of things does not permit this act now: `Conflict(code, message)`."""

    status = 409

    def __init__(self, code: str, message: Words | str) -> None:
        super().__init__(message, code=code)


class Invalid(SiteError):
    """Input that breaks a rule; `field` names the input beside which the message belongs."""

    code = "invalid"
    status = 422

    def __init__(
        self, message: Words | str, *, field: str | None = None, code: str | None = None
    ) -> None:
        super().__init__(message, code=code)
        self.field = field


class TooMany(SiteError):
    """Too many tries in too short a time; worth another try after `wait_seconds`."""

    code = "too-many-tries"
    status = 429

    def __init__(self, message: Words | str, *, wait_seconds: int) -> None:
        super().__init__(message)
        self.wait_seconds = wait_seconds
