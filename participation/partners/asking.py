"""Asking an address that somebody typed who it is, without being led elsewhere.

An organiser's form that makes the server ask an address is a way into its network: what guards
against that stands in `participation.core.reach`; here few bytes are read besides.
"""

from typing import Protocol
from urllib.parse import urlsplit

from urllib3.exceptions import HTTPError

from participation.core.reach import Private, way_to

MOST_BYTES = 16 * 1024
_OK = 200


class Silent(Exception):  # noqa: N818 - says what is the matter
    """Nobody answers there, or nothing that may be read."""


class Asker(Protocol):
    """The way to a partner's service."""

    @property
    def may_be_private(self) -> bool:
        """Whether places of this machine and of private networks may be asked."""

    def ask(self, place: str) -> bytes:
        """The body of the answer at an address; raises `Silent`."""


class HttpAsker:
    """The way through the network."""

    def __init__(self, *, may_be_private: bool) -> None:
        self._may_be_private = may_be_private

    @property
    def may_be_private(self) -> bool:
        """Whether places of this machine and of private networks may be asked."""
        return self._may_be_private

    def ask(self, place: str) -> bytes:
        """The body of a good answer; raises `Silent` for all else."""
        try:
            return self._ask(place)
        except (HTTPError, OSError, UnicodeError) as error:
            raise Silent(type(error).__name__) from error
        except Private as error:
            raise Silent(str(error)) from error

    def _ask(self, place: str) -> bytes:
        address = urlsplit(place)
        answer = way_to(place, may_be_private=self._may_be_private).request(
            "GET",
            address.path,
            headers={"Host": address.netloc, "Accept": "application/json"},
            redirect=False,
            preload_content=False,
        )
        try:
            body = answer.read(MOST_BYTES + 1)
        finally:
            answer.release_conn()
        if answer.status != _OK or len(body) > MOST_BYTES:
            raise Silent(f"status {answer.status}, {len(body)} bytes")
        return body
