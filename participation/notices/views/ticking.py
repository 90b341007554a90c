"""The work of each minute: hearing what happened, tidying up."""

from datetime import datetime

from sqlmodel import Session

from participation.notices import services
from participation.notices.views.present import zone


def listen(session: Session, now: datetime) -> None:
    """Tells people what happened since the last minute, and forgets what is old."""
    services.hear(session, now, zone())
    services.sweep(session, now)
