"""Codes of administrative areas, and what a code says of its area. Pure.

A code of the Kemendagri has up to four groups, the widest first: `34.71.01.1001` is a kelurahan
in the kecamatan `34.71.01` of the kota `34.71` in the province `34`.
"""

import re
from enum import StrEnum
from uuid import UUID, uuid5

from participation.core.errors import Invalid
from participation.core.words import words

SUBJECT_KIND = "area"
CODE_LENGTH = 13
NAME_LENGTH = 120
WORDS_LENGTH = 160

_CODE = re.compile(r"[0-9]{2}(\.[0-9]{2}(\.[0-9]{2}(\.[0-9]{4})?)?)?")
_IDS = UUID("6f0c4a5e-52f5-5d0f-9f5c-1f1d4c0b7a11")
_FIRST_CITY = "70"
_WARD = "1"
_PROVINCE, _REGENCY, _DISTRICT, _VILLAGE = 1, 2, 3, 4
_SAID_FIRST = re.compile(r"(provinsi|kecamatan|kelurahan|desa)\s+(?=\S)", re.IGNORECASE)


class Kind(StrEnum):
    """What an area is, as the law calls it; said so in every language."""

    PROVINCE = "Provinsi"
    REGENCY = "Kabupaten"
    CITY = "Kota"
    DISTRICT = "Kecamatan"
    WARD = "Kelurahan"
    VILLAGE = "Desa"


def is_code(text: str) -> bool:
    """Whether `text` is written like a code."""
    return _CODE.fullmatch(text) is not None


def check_code(text: str) -> None:
    """Nothing for a code; raises `Invalid`."""
    if not is_code(text):
        raise Invalid(words("A code looks like 34.71.01.1001."), field="code")


def level_of(code: str) -> int:
    """1 for a province, 4 for a kelurahan or desa."""
    return code.count(".") + 1


def kind_of(code: str) -> Kind:
    """What the area with this code is."""
    groups = code.split(".")
    last = groups[-1]
    return {
        _PROVINCE: Kind.PROVINCE,
        _REGENCY: Kind.CITY if last > _FIRST_CITY else Kind.REGENCY,
        _DISTRICT: Kind.DISTRICT,
        _VILLAGE: Kind.WARD if last.startswith(_WARD) else Kind.VILLAGE,
    }[len(groups)]


def above(code: str) -> tuple[str, ...]:
    """The codes of the areas that contain this one, the widest first."""
    groups = code.split(".")
    return tuple(".".join(groups[:length]) for length in range(1, len(groups)))


def parent_of(code: str) -> str | None:
    """The code of the area directly around this one; none for a province."""
    return code.rpartition(".")[0] or None


def is_within(code: str, around: str) -> bool:
    """Whether the area is `around` itself or lies in it."""
    return code == around or code.startswith(f"{around}.")


def title_of(code: str, name: str) -> str:
    """The area as people say it: Kecamatan Tegalrejo, Kota Yogyakarta."""
    kind = kind_of(code)
    is_said = kind in {Kind.PROVINCE, Kind.REGENCY, Kind.CITY} or name.startswith(f"{kind} ")
    return name if is_said else f"{kind} {name}"


def id_of(code: str) -> UUID:
    """The id under which other features keep an area; the same on every site."""
    return uuid5(_IDS, code)


def searched(typed: str) -> tuple[str, tuple[str, ...]]:
    """The name that somebody looks for, and the areas around it as they typed them.

    `Kelurahan Kricak, Yogyakarta` → (`kricak`, (`yogyakarta`,)), all in small letters.
    """
    parts = [" ".join(part.split()).lower() for part in typed[:WORDS_LENGTH].split(",")]
    named = [_SAID_FIRST.sub("", part, count=1) for part in parts if part]
    return (named[0], tuple(named[1:])) if named else ("", ())
