"""Asking other parties' services over HTTP: short patience, small answers, no redirects."""

from dataclasses import dataclass
from typing import Protocol

import urllib3
from urllib3.exceptions import HTTPError

from ballots.errors import BallotError

PATIENCE_SECONDS = 8.0
MOST_ANSWER_BYTES = 16 * 1024 * 1024
_OCTETS = "application/octet-stream"
_GOOD = range(200, 300)
_AT_ONCE = 65536


class Unreachable(BallotError):  # noqa: N818 - says what is the matter
    """Nobody answered at an address, or not in time; asking again may help."""

    def __init__(self, address: str, why: str) -> None:
        super().__init__("unreachable", f"{address} does not answer: {why}")


@dataclass(frozen=True, slots=True)
class Answered:
    """What a service said."""

    status: int
    kind: str
    body: bytes

    @property
    def is_good(self) -> bool:
        """Whether it did what it was asked."""
        return self.status in _GOOD


class Wire(Protocol):
    """The way to other parties."""

    def ask(self, method: str, address: str, body: bytes = b"", *, kind: str = _OCTETS) -> Answered:
        """The answer at an address to `body`, of media type `kind`; raises `Unreachable`."""


class HttpWire:
    """The way through the network. One for a process; it opens nothing before it is used."""

    def __init__(self, patience_seconds: float = PATIENCE_SECONDS) -> None:
        timeout = urllib3.Timeout(total=patience_seconds)
        self._pool = urllib3.PoolManager(timeout=timeout, retries=False, maxsize=4)

    def ask(self, method: str, address: str, body: bytes = b"", *, kind: str = _OCTETS) -> Answered:
        """The answer at an address; raises `Unreachable`, also for one that is too large."""
        headers = {"Content-Type": kind} if body else {}
        try:
            answer = self._pool.request(
                method,
                address,
                body=body or None,
                headers=headers,
                redirect=False,
                preload_content=False,
            )
            try:
                content = _read(address, answer)
            finally:
                answer.release_conn()
        except HTTPError as error:
            raise Unreachable(address, type(error).__name__) from error
        said = answer.headers.get("Content-Type", "").partition(";")[0].strip()
        return Answered(answer.status, said, content)


def _read(address: str, answer: urllib3.BaseHTTPResponse) -> bytes:
    content = bytearray()
    for piece in answer.stream(_AT_ONCE):
        content += piece
        if len(content) > MOST_ANSWER_BYTES:
            raise Unreachable(address, f"the answer is longer than {MOST_ANSWER_BYTES} bytes")
    return bytes(content)
