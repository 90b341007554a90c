"""A value of a JSON document together with the place where it stands.

Draft and manifest are read through `Place`, so that every refusal names its place and says what
was expected there. Canonical form (RFC 8785) is `crypto.canonical`'s task.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NoReturn, Self

from ballots.errors import BadDocument
from crypto import canonical
from crypto.encoding import from_b64url
from crypto.errors import CryptoError

MOST = 2**53 - 1
"""The largest integer of a document (section 1)."""

HOST = re.compile(r"[a-z0-9.:-]+")
ORIGIN = re.compile(r"https?://[a-z0-9.:-]+")
IDENTIFIER = re.compile(r"[a-z0-9-]{1,32}")


@dataclass(frozen=True, slots=True)
class Place:
    """One value of a document, and the path to it, like `styles[0].name`."""

    path: str
    value: Any

    @classmethod
    def root(cls, name: str, document: bytes, *, most_bytes: int) -> Self:
        """The whole document; raises BadDocument unless it is canonical JSON of allowed size."""
        if len(document) > most_bytes:
            raise BadDocument(name, f"at most {most_bytes} bytes, not {len(document)}")
        try:
            return cls("", canonical.read(document))
        except CryptoError as error:
            raise BadDocument(name, f"canonical JSON, RFC 8785 ({error})") from error

    def refuse(self, expected: str) -> NoReturn:
        """Raise BadDocument for this place."""
        raise BadDocument(self.path or "document", expected)

    def fields(self, required: Sequence[str], optional: Sequence[str] = ()) -> dict[str, "Place"]:
        """The places inside this object: all `required` keys, some `optional` ones, no other."""
        if not isinstance(self.value, dict):
            self.refuse("an object")
        missing = [key for key in required if key not in self.value]
        if missing:
            self.refuse(f"the key {missing[0]!r}")
        unknown = [key for key in self.value if key not in required and key not in optional]
        if unknown:
            self.refuse(f"no key {unknown[0]!r}")
        return {key: Place(self._below(key), value) for key, value in self.value.items()}

    def items(self, *, least: int = 0, most: int = MOST) -> list["Place"]:
        """The places inside this array of `least` to `most` values."""
        if not isinstance(self.value, list):
            self.refuse("an array")
        if not least <= len(self.value) <= most:
            bounds = f"{least} to {most}" if most < MOST else f"at least {least}"
            self.refuse(f"{bounds} values, not {len(self.value)}")
        return [Place(f"{self.path}[{i}]", value) for i, value in enumerate(self.value)]

    def text(self) -> str:
        """A plain string."""
        if not isinstance(self.value, str):
            self.refuse("a string")
        return self.value

    def name(self) -> str:
        """A plain string that is not empty."""
        if not self.text():
            self.refuse("a string that is not empty")
        return self.text()

    def matching(self, pattern: re.Pattern[str]) -> str:
        """A string that matches `pattern` from end to end."""
        if not pattern.fullmatch(self.text()):
            self.refuse(f"a string of the form {pattern.pattern}")
        return self.text()

    def one_of(self, *words: str) -> str:
        """One of some fixed words."""
        if self.value not in words:
            self.refuse("one of " + ", ".join(words))
        return self.text()

    def number(self, *, least: int = 0, most: int = MOST) -> int:
        """An integer from `least` to `most`."""
        if type(self.value) is not int or not least <= self.value <= most:
            self.refuse(f"an integer from {least} to {most}")
        return self.value

    def flag(self) -> bool:
        """True or false."""
        if not isinstance(self.value, bool):
            self.refuse("true or false")
        return self.value

    def binary(self, length: int) -> bytes:
        """`length` bytes, written as base64url without padding."""
        expected = f"{length} bytes as base64url without padding"
        try:
            octets = from_b64url(self.text())
        except CryptoError:
            self.refuse(expected)
        if len(octets) != length:
            self.refuse(expected)
        return octets

    def _below(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key


def refuse_repeats(places: Sequence[Place], values: Sequence[object], what: str) -> None:
    """Raise BadDocument at the first of `places` whose value stood before."""
    seen: set[object] = set()
    for place, value in zip(places, values, strict=True):
        if value in seen:
            place.refuse(f"{what} that did not stand before")
        seen.add(value)
