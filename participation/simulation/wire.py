"""One connection to a site: a request, an answer, again."""

import http.client
import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

_PATIENCE_SECONDS = 60
_TRIES = 3
_PASSING = frozenset({408, 429, 500, 502, 503, 504})
_GOOD = range(200, 300)


class Unexpected(Exception):  # noqa: N818 - says what it was
    """An answer that stops whoever asked; `status` is 0 where none came."""

    def __init__(self, status: int, code: str, detail: str) -> None:
        super().__init__(f"{status} {code}: {detail}" if status else detail)
        self.status = status
        self.code = code

    def __reduce__(self) -> tuple[type["Unexpected"], tuple[int, str, str]]:
        """How it travels from a worker process."""
        return Unexpected, (self.status, self.code, str(self))


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said."""

    status: int
    kind: str
    body: bytes

    def good(self) -> bytes:
        """The body of a good answer; raises `Unexpected` with the reason of any other."""
        if self.status in _GOOD:
            return self.body
        said = self._problem()
        code = str(said.get("type", "")).rpartition("/")[2]
        raise Unexpected(self.status, code, str(said.get("detail", self.body[:200])))

    def json(self) -> Any:
        """The value of a good answer."""
        return json.loads(self.good())

    def _problem(self) -> Mapping[str, Any]:
        if self.kind != "application/problem+json":
            return {}
        found = json.loads(self.body)
        return found if isinstance(found, dict) else {}


class Wire:
    """A connection that stays open between requests; a context manager.

    A request that got no answer, or one that passes, is sent again: every request here may be
    repeated without harm.
    """

    def __init__(self, origin: str) -> None:
        parts = urlsplit(origin)
        secure = parts.scheme == "https"
        kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        self._connection = kind(parts.netloc, timeout=_PATIENCE_SECONDS)
        self._headers = {"Referer": f"{origin}/"} if secure else {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._connection.close()

    def ask(
        self,
        method: str,
        path: str,
        *,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """The answer to a request; raises `Unexpected` where none came."""
        last: Answer | None = None
        reason: Exception | None = None
        for _ in range(_TRIES):
            try:
                last = self._once(method, path, body, {**self._headers, **(headers or {})})
            except (http.client.HTTPException, OSError) as error:
                self._connection.close()
                reason = error
                continue
            if last.status not in _PASSING:
                return last
        if last is None:
            raise Unexpected(0, "unreachable", f"no answer: {reason!r}") from reason
        return last

    def _once(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]
    ) -> Answer:
        self._connection.request(method, path, body=body, headers=dict(headers))
        got = self._connection.getresponse()
        kind = (got.getheader("Content-Type") or "").partition(";")[0]
        return Answer(got.status, kind, got.read())
