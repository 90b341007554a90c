"""What other features put beside a subject, or into an account: the page knows none of them."""

from uuid import UUID

from participation.web.database import session
from participation.web.session import actor
from participation.web.site import Beside, now, site


def beside(kind: str, subject_id: UUID) -> tuple[Beside, ...]:
    """What every feature has beside this subject, in the order of the features."""
    return tuple(
        each for feature in site().beside for each in feature(session(), kind, subject_id, now())
    )


def in_account() -> tuple[Beside, ...]:
    """What every feature keeps for whoever is signed in, in the order of the features."""
    return tuple(each for feature in site().in_account for each in feature(session(), actor()))
