"""The way to push services: several at once, each for some seconds, none twice.

What fails is dropped: news stands on the site and comes by mail. A place that says that the
browser is gone is believed.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from time import monotonic
from typing import Protocol
from urllib.parse import urlsplit
from uuid import UUID

import structlog
from urllib3.exceptions import HTTPError

from participation.core.reach import Private, way_to

AT_ONCE = 8
MOST_SECONDS = 20
"""What was not begun by then is dropped, so that letters are not kept waiting."""

_GONE = frozenset({404, 410})
_log = structlog.get_logger()


class Gone(Exception):  # noqa: N818 - says what is the case
    """The browser takes no messages any more."""


@dataclass(frozen=True, slots=True)
class Message:
    """One sealed message to one browser."""

    device_id: UUID
    endpoint: str
    headers: dict[str, str]
    body: bytes


class Pusher(Protocol):
    """The way to push services."""

    @property
    def may_be_private(self) -> bool:
        """Whether places of this machine and of private networks may be written to."""

    def send(self, message: Message) -> int:
        """The status of the answer; raises `Gone`."""


@dataclass(frozen=True, slots=True)
class HttpPusher:
    """The way through the network."""

    may_be_private: bool

    def send(self, message: Message) -> int:
        """The status of the answer, zero where there was none; raises `Gone`."""
        to = urlsplit(message.endpoint)
        path = f"{to.path or '/'}?{to.query}" if to.query else to.path or "/"
        try:
            answer = way_to(message.endpoint, may_be_private=self.may_be_private).request(
                "POST",
                path,
                body=message.body,
                headers=message.headers | {"Host": to.netloc},
                redirect=False,
                preload_content=False,
            )
        except (HTTPError, OSError, UnicodeError, Private) as error:
            _log.info("push-failed", host=to.hostname, error=type(error).__name__)
            return 0
        answer.close()
        if answer.status in _GONE:
            raise Gone
        return answer.status


def send_all(
    pusher: Pusher, messages: Sequence[Message], clock: Callable[[], float] = monotonic
) -> list[UUID]:
    """Sends each once; gives the devices that are gone."""
    ends = clock() + MOST_SECONDS

    def is_gone(message: Message) -> bool:
        try:
            if clock() < ends:
                pusher.send(message)
        except Gone:
            return True
        return False

    with ThreadPoolExecutor(AT_ONCE) as threads:
        found = list(threads.map(is_gone, messages))
    return [each.device_id for each, gone in zip(messages, found, strict=True) if gone]
