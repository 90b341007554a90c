"""Asking an address that somebody typed, without being led elsewhere.

A form that makes the server ask an address is a way into its network. So: no redirects, little
time, and, unless private places are allowed, only addresses of the open internet, looked up once
and asked under that very number.
"""

import ipaddress
import socket
from contextlib import suppress
from threading import Timer
from urllib.parse import urlsplit

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection

PATIENCE_SECONDS = 5.0
_PORTS = {"http": 80, "https": 443}


class Private(Exception):  # noqa: N818 - says what is the matter
    """The name leads into a private network."""


def is_public(address: str) -> bool:
    """Whether a numeric network address is one of the open internet."""
    return ipaddress.ip_address(address).is_global


def way_to(place: str, *, may_be_private: bool) -> urllib3.HTTPConnectionPool:
    """The connections to an address's host, under the number it has now.

    Raises `Private`, or `OSError` and `UnicodeError` for a name that nobody knows.
    """
    address = urlsplit(place)
    scheme, host, port = address.scheme, address.hostname or "", address.port
    number = _look_up(host, port or _PORTS[scheme], may_be_private=may_be_private)
    timeout = urllib3.Timeout(total=PATIENCE_SECONDS)
    if scheme == "http":
        return _Plain(number, port, timeout=timeout, retries=False)
    return _Secure(
        number, port, timeout=timeout, retries=False, server_hostname=host, assert_hostname=host
    )


class _Hurried(HTTPConnection):
    """Hangs up where the head of an answer comes byte by byte: a time-out counts each anew."""

    def getresponse(self) -> urllib3.HTTPResponse:  # type: ignore[override]  # as urllib3 does
        """The answer, or an `OSError` or `HTTPError` after some seconds."""
        timer = Timer(PATIENCE_SECONDS, self._hang_up)
        timer.start()
        try:
            return super().getresponse()
        finally:
            timer.cancel()

    def _hang_up(self) -> None:
        line = self.sock
        if line is not None:
            with suppress(OSError):
                socket.socket.shutdown(line, socket.SHUT_RDWR)


class _HurriedSecure(_Hurried, HTTPSConnection):
    """The same over TLS."""


class _Plain(urllib3.HTTPConnectionPool):
    ConnectionCls = _Hurried


class _Secure(urllib3.HTTPSConnectionPool):
    ConnectionCls = _HurriedSecure


def _look_up(host: str, port: int, *, may_be_private: bool) -> str:
    """The number to connect to; raises `Private` where it is not to be asked."""
    found = socket.getaddrinfo(host, port, proto=socket.IPPROTO_TCP)
    numbers = [str(each[4][0]) for each in found]
    if not may_be_private and not all(map(is_public, numbers)):
        raise Private("a private place")
    return numbers[0]
