"""Canonical JSON (RFC 8785), and the strict subset that the protocol's documents use.

`serialise` writes the whole of RFC 8785; `write` and `read` know only integers 0..2^53-1, texts,
booleans, arrays and objects with ASCII keys (protocol, section 1).
"""

import json
import math
from typing import Any

from crypto.errors import BadEncoding

MAX_INTEGER = 2**53 - 1
_MAX_DEPTH = 64
_PLAIN_EXPONENTS = range(-6, 21)


def write(value: Any) -> bytes:
    """The canonical bytes of a value of the subset; `BadEncoding` for any other value."""
    _check(value, _MAX_DEPTH)
    return serialise(value)


def read(octets: bytes) -> Any:
    """The value whose `write` is exactly these bytes; `BadEncoding` for anything else.

    Compared byte for byte, which refuses duplicates, spaces, other escapes and other orders.
    """
    try:
        value = json.loads(octets.decode("utf-8"), parse_float=_no_float, parse_constant=_no_float)
    except (ValueError, RecursionError) as problem:
        raise BadEncoding(f"not JSON of the subset: {problem}") from None
    if write(value) != octets:
        raise BadEncoding("not canonical JSON (RFC 8785)")
    return value


def serialise(value: Any) -> bytes:
    """The RFC 8785 bytes of any JSON value, floats and null included.

    Raises `BadEncoding` for what JSON or UTF-8 cannot hold: infinities, lone surrogates, integers
    beyond 2^53-1 in size, other types.
    """
    try:
        return _write(value).encode("utf-8")
    except UnicodeEncodeError:
        raise BadEncoding("a text with a lone surrogate") from None


def _no_float(text: str) -> Any:
    raise BadEncoding(f"the number {text[:40]} is not an integer")


def _check(value: Any, depth: int) -> None:
    """Refuse what the subset does not have, and depth that would exhaust a reader's stack."""
    if depth == 0:
        raise BadEncoding("nested too deep")
    if isinstance(value, bool | str):
        return
    if isinstance(value, int):
        if not 0 <= value <= MAX_INTEGER:
            raise BadEncoding(f"an integer outside 0..{MAX_INTEGER}")
    elif isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str) or not key.isascii():
                raise BadEncoding("a key that is not ASCII")
            _check(item, depth - 1)
    elif isinstance(value, list | tuple):
        for item in value:
            _check(item, depth - 1)
    else:
        raise BadEncoding(f"a {type(value).__name__} has no place in a document")


def _write(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, int | float):
        return _write_number(value)
    if isinstance(value, dict):
        return _write_object(value)
    if isinstance(value, list | tuple):
        return "[" + ",".join(_write(item) for item in value) + "]"
    raise BadEncoding(f"JSON has no {type(value).__name__}")


def _write_object(value: dict[str, Any]) -> str:
    if not all(isinstance(key, str) for key in value):
        raise BadEncoding("a key that is not a text")
    # RFC 8785 section 3.2.3: by UTF-16 code units, which differs from code points beyond U+FFFF.
    keys = sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
    return "{" + ",".join(f"{_write(key)}:{_write(value[key])}" for key in keys) + "}"


def _write_number(value: float) -> str:
    """ECMAScript's Number::toString, as RFC 8785 section 3.2.2.3 asks."""
    if isinstance(value, int):
        if abs(value) > MAX_INTEGER:
            raise BadEncoding(f"an integer beyond {MAX_INTEGER}")
        return str(value)
    if not math.isfinite(value):
        raise BadEncoding("JSON has no infinity and no NaN")
    if value < 0:
        return "-" + _write_number(-value)
    if value == 0:
        return "0"
    # Python's shortest digits are ECMAScript's; only the places of point and exponent differ.
    mantissa, _, exponent_text = f"{value!r}e0".partition("e")
    whole, _, fraction = mantissa.partition(".")
    exponent = int(exponent_text.partition("e")[0]) + len(whole) - 1
    all_digits = whole + fraction
    digits = all_digits.lstrip("0")
    exponent -= len(all_digits) - len(digits)
    return _place_point(digits.rstrip("0"), exponent)


def _place_point(digits: str, exponent: int) -> str:
    """`d.ddd x 10^exponent` in ECMAScript's notation."""
    if exponent not in _PLAIN_EXPONENTS:
        point = "." if len(digits) > 1 else ""
        return f"{digits[0]}{point}{digits[1:]}e{'+' if exponent > 0 else '-'}{abs(exponent)}"
    if exponent < 0:
        return "0." + "0" * (-exponent - 1) + digits
    whole = digits[: exponent + 1].ljust(exponent + 1, "0")
    return f"{whole}.{digits[exponent + 1 :]}" if len(digits) > exponent + 1 else whole
