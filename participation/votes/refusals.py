"""What elections refuse, said in words that people understand: the table of section 13.

`ballots` knows no reader and no language; its codes stay the codes of problem documents.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from types import MappingProxyType

from ballots.errors import BadDocument, BallotError, Incomplete, Refused
from ballots.services.quorum import Unwitnessed
from participation.core.errors import Conflict, Invalid, NotAllowed, NotFound, SiteError
from participation.core.words import Words, words

_MALFORMED = 400

REASONS = MappingProxyType(
    {
        "unknown-election": words("There is no such vote here."),
        "not-found": words("There is nothing here under this name."),
        "not-published": words("This is published later."),
        "unsafe-parameters": words("These times and numbers cannot hold a safe vote."),
        "wrong-state": words(
            "The vote does not stand where this step begins. Somebody else may have been quicker."
        ),
        "too-early": words("The promised time for this step has not come yet."),
        "already-done": words("This has been done already."),
        "check-in-not-open": words("Check-in has not begun yet."),
        "check-in-closed": words("Check-in has ended."),
        "unknown-row": words("You are not on the roll of this vote."),
        "wrong-row": words("This is another voter's row."),
        "row-struck": words("Your row of the roll was struck as wrong. Please ask the organiser."),
        "already-checked-in": words(
            "You have checked in already, with another secret. Go on with the device or the"
            " recovery file that you used then."
        ),
        "bad-evidence": words("The passkey's signature is not in order."),
        "passkey-required": words("Your row asks for your passkey."),
        "bad-blinded": words("What your device sent to be signed is not in order."),
        "malformed": words("What your device sent cannot be read."),
        "voting-not-open": words("Voting has not begun yet."),
        "voting-closed": words("Voting has ended."),
        "not-durable": words("It could not be stored safely. Nothing is lost: please try again."),
    }
)
"""Why an act was refused, by the code of `ballots.errors.REFUSALS`."""


@contextmanager
def in_words() -> Iterator[None]:
    """Turns what an election refuses into the site's errors, with the same codes."""
    try:
        yield
    except BallotError as error:
        raise site_error(error) from error


def site_error(error: BallotError) -> SiteError:
    """The site's error for what an election refused; a failure of ours stays one (500)."""
    if isinstance(error, BadDocument):
        message = words(
            "The draft cannot say this. %(where)s: expected %(expected)s.",
            where=error.where,
            expected=error.expected,
        )
        return Invalid(message, code=error.code)
    if isinstance(error, Incomplete):
        message = words("Something is still missing: %(missing)s.", missing=error.missing)
        return Conflict(error.code, message)
    if isinstance(error, Unwitnessed):
        message = words(
            "Witnesses have not confirmed the last step yet: %(names)s. They are asked each"
            " minute; please try again soon.",
            names=", ".join(error.silent),
        )
        return Conflict(error.code, message)
    reason = REASONS.get(error.code)
    if not isinstance(error, Refused) or reason is None:
        return SiteError(error.message, code=error.code)
    return _by_status(error, reason)


def _by_status(error: Refused, reason: Words) -> SiteError:
    if error.status == Conflict.status:
        return Conflict(error.code, reason)
    if error.status == NotAllowed.status:
        return NotAllowed(reason, code=error.code)
    if error.status == NotFound.status:
        return NotFound(reason, code=error.code)
    if error.status in {Invalid.status, _MALFORMED}:
        return Invalid(reason, code=error.code)
    return SiteError(reason, code=error.code)
