"""What every log payload is: a tag and fields of fixed kinds, written by `M` (sections 1 and 4).

A payload class lists its fields with the makers below; reading, writing and checking follow from
the list, so that a parser accepts exactly what its writer writes.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar, NamedTuple, Self

from ballots.errors import BadEntry
from crypto.encoding import M, number, parse, sha256
from crypto.errors import CryptoError

MOST_ENTRY_BYTES = 65_535
PREV_BYTES = 32
MOST_PAYLOAD_BYTES = MOST_ENTRY_BYTES - PREV_BYTES
"""An entry is `prev(32) || payload` (section 4)."""


class Kind(NamedTuple):
    """How one field of a payload is written and read; `many` for a field that repeats."""

    write: Callable[[Any], bytes]
    read: Callable[[bytes], Any]
    expected: str
    many: bool = False


def octets(length: int | None = None) -> Any:
    """A field of exactly `length` bytes, or of any length."""
    return field(metadata={"kind": _octets(length)})


def many_octets(length: int) -> Any:
    """A field that repeats, each of exactly `length` bytes: a tuple, perhaps empty."""
    return field(metadata={"kind": _octets(length)._replace(many=True)})


def unsigned(length: int) -> Any:
    """A number of `length` bytes, big-endian."""

    def write(value: int) -> bytes:
        return value.to_bytes(length, "big")

    def read(found: bytes) -> int:
        return number(_exactly(found, length))

    return field(metadata={"kind": Kind(write, read, f"a number of {length} bytes")})


def words() -> Any:
    """A text, written as UTF-8."""
    return field(metadata={"kind": Kind(str.encode, bytes.decode, "a text in UTF-8")})


def _octets(length: int | None) -> Kind:
    def same(found: bytes) -> bytes:
        return _exactly(found, len(found) if length is None else length)

    return Kind(same, same, "bytes" if length is None else f"{length} bytes")


def _exactly(found: bytes, length: int) -> bytes:
    if not isinstance(found, bytes) or len(found) != length:
        raise ValueError(length)
    return found


@dataclass(frozen=True, slots=True)
class Payload:
    """A payload of right shape however it was made; raises BadEntry naming the field otherwise.

    `payload` are its bytes, `hash` their SHA-256: the payload's name in promises and batches.
    """

    tag: ClassVar[str]
    payload: bytes = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        written: list[bytes] = []
        for name, kind in _kinds(type(self)):
            value = getattr(self, name)
            written += _write(f"{self.tag}.{name}", kind, value)
        object.__setattr__(self, "payload", M(self.tag, *written))

    @classmethod
    def parse(cls, payload: bytes) -> Self:
        """The payload whose bytes these are; raises BadEntry naming the field."""
        try:
            found = parse(cls.tag, payload)
        except CryptoError as error:
            raise BadEntry(cls.tag, f"a {cls.tag} message ({error})") from error
        return cls(**_read_all(cls, found))

    def write(self) -> bytes:
        """The payload's bytes."""
        return self.payload

    @property
    def hash(self) -> bytes:
        """SHA-256 of the payload, 32 bytes."""
        return sha256(self.payload)


_KINDS: dict[type[Any], tuple[tuple[str, Kind], ...]] = {}
"""The fields of each payload class, looked up once: records hold many of a few classes."""


def _kinds(payload_class: type[Any]) -> tuple[tuple[str, Kind], ...]:
    kinds = _KINDS.get(payload_class)
    if kinds is None:
        listed = [each for each in fields(payload_class) if each.metadata]
        kinds = tuple((each.name, each.metadata["kind"]) for each in listed)
        _KINDS[payload_class] = kinds
    return kinds


def _write(where: str, kind: Kind, value: Any) -> list[bytes]:
    if not kind.many:
        return [_convert(where, kind, kind.write, value)]
    if not isinstance(value, tuple):
        raise BadEntry(where, f"a tuple of {kind.expected}")
    return [_convert(f"{where}[{i}]", kind, kind.write, each) for i, each in enumerate(value)]


def _read_all(payload_class: type[Payload], found: Sequence[bytes]) -> dict[str, Any]:
    """The values of all fields: a repeating one takes what the others leave."""
    kinds = _kinds(payload_class)
    singles = sum(not kind.many for _, kind in kinds)
    repeats = len(found) - singles
    if repeats < 0 or (repeats and singles == len(kinds)):
        raise BadEntry(payload_class.tag, f"{singles} fields, not {len(found)}")
    values: dict[str, Any] = {}
    rest = iter(found)
    for name, kind in kinds:
        where = f"{payload_class.tag}.{name}"
        if kind.many:
            each = [_convert(f"{where}[{i}]", kind, kind.read, next(rest)) for i in range(repeats)]
            values[name] = tuple(each)
        else:
            values[name] = _convert(where, kind, kind.read, next(rest))
    return values


def _convert(where: str, kind: Kind, convert: Callable[[Any], Any], value: Any) -> Any:
    try:
        return convert(value)
    except (ValueError, OverflowError, TypeError, AttributeError) as error:
        raise BadEntry(where, kind.expected) from error
