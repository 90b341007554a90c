"""What people follow, and how they are told. Each flushes; none commits.

following   acts of readers: follow, stop, read, choose how often mail comes
facts       what must be known about events
tidings     what an event means to whom
spreading   notices for everybody whom tidings concern
hearing     the minute's work
claiming    letters that are due
"""

from participation.notices.services.claiming import claim
from participation.notices.services.following import (
    choose_mail,
    erase_notices,
    follow,
    forget,
    mark_read,
    stop_following,
)
from participation.notices.services.hearing import begin, hear, sweep

__all__ = [
    "begin",
    "choose_mail",
    "claim",
    "erase_notices",
    "follow",
    "forget",
    "hear",
    "mark_read",
    "stop_following",
    "sweep",
]
