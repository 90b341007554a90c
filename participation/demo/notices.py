"""What people of the demonstration follow, and the news that came of it."""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import update
from sqlmodel import Session, col

from participation.consultations.models import Consultation
from participation.consultations.rules import SUBJECT_KIND
from participation.core.access import Actor
from participation.demo.hours import Hours
from participation.notices import services
from participation.notices.models import Notice
from participation.notices.rules import Followed

_FOLLOWS = (("sri", ""), ("sri", "pasal-7-ayat-2"), ("yoga", ""))
"""Who follows the consultation, or which clause of it."""

_NEW = timedelta(days=4)
"""What is older was read already."""

_ROUNDS = 20


def hold(session: Session, people: Mapping[str, Actor], found: Consultation, hours: Hours) -> None:
    """Lets people follow the consultation from its beginning, and tells them what happened.

    No letters: nobody is written to about days that never were.
    """
    begun = found.announced_at or found.created_at
    for key, place in _FOLLOWS:
        thing = Followed(SUBJECT_KIND, found.id, place)
        services.follow(session, people[key], thing, begun)
    services.begin(session, begun)
    for _ in range(_ROUNDS):  # what waits is told in parts
        services.hear(session, hours.now, hours.zone)
    old = col(Notice.at) < hours.now - _NEW
    session.execute(update(Notice).where(old).values(is_read=True))
    session.execute(update(Notice).values(mail_due_at=None))
