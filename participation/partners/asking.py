"""Asking an address that somebody typed who it is, without being led elsewhere.

An organiser's form that makes the server ask an address is a way into its network. So: no
redirects, little time, few bytes, and, unless the settings allow private places, only addresses of
the open internet, looked up once and asked under that very number.
"""

import socket
from typing import Protocol
from urllib.parse import urlsplit

import urllib3
from urllib3.exceptions import HTTPError

from participation.partners.rules import is_public

PATIENCE_SECONDS = 5.0
MOST_BYTES = 16 * 1024
_OK = 200
_PORTS = {"http": 80, "https": 443}


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

    def _ask(self, place: str) -> bytes:
        address = urlsplit(place)
        host = address.hostname or ""
        number = self._look_up(host, address.port or _PORTS[address.scheme])
        answer = _pool(address.scheme, host, number, address.port).request(
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

    def _look_up(self, host: str, port: int) -> str:
        """The number to connect to; raises `Silent` where it is not to be asked."""
        numbers = [
            str(each[4][0]) for each in socket.getaddrinfo(host, port, proto=socket.IPPROTO_TCP)
        ]
        if not self._may_be_private and not all(map(is_public, numbers)):
            raise Silent("a private place")
        return numbers[0]


def _pool(scheme: str, host: str, number: str, port: int | None) -> urllib3.HTTPConnectionPool:
    timeout = urllib3.Timeout(total=PATIENCE_SECONDS)
    if scheme == "http":
        return urllib3.HTTPConnectionPool(number, port, timeout=timeout, retries=False)
    return urllib3.HTTPSConnectionPool(
        number, port, timeout=timeout, retries=False, server_hostname=host, assert_hostname=host
    )
