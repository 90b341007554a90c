"""Numbers as statutes write them: Roman, ordinal words, letters, and digits misread by scanners."""

from contextlib import suppress
from dataclasses import dataclass

_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ROMAN_STEPS = (
    (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_MISREAD_ROMAN = str.maketrans("1l|]", "IIII")
_MISREAD_DIGITS = {
    "O": "0", "o": "0", "Q": "0",
    "I": "1", "i": "1", "l": "1", "L": "1", "]": "1", "|": "1", "t": "1", "J": "1",
    "Z": "2", "z": "2", "S": "5", "s": "5", "T": "7", "B": "8", "&": "8", "g": "9",
}  # fmt: skip
_SUFFIXES = "ABCDEFGH"
_ORDINALS = (
    "Kesatu", "Kedua", "Ketiga", "Keempat", "Kelima", "Keenam", "Ketujuh", "Kedelapan",
    "Kesembilan", "Kesepuluh", "Kesebelas", "Kedua Belas", "Ketiga Belas", "Keempat Belas",
    "Kelima Belas", "Keenam Belas", "Ketujuh Belas", "Kedelapan Belas", "Kesembilan Belas",
    "Kedua Puluh",
)  # fmt: skip
_ORDINAL_VALUES = {
    word.replace(" ", "").lower(): value for value, word in enumerate(_ORDINALS, start=1)
} | {"pertama": 1}


@dataclass(frozen=True, slots=True, order=True)
class Number:
    """A clause number: 27, or 27A where an amendment squeezed an article in (`suffix` 1 is A)."""

    value: int
    suffix: int = 0

    def gap_after(self, before: "Number") -> int:
        """How many numbers are missing between `before` and this one, which must be greater."""
        if self.value == before.value:
            return self.suffix - before.suffix - 1
        return self.value - before.value - 1 + self.suffix


def roman(text: str) -> int:
    """The value of a Roman numeral, small letters and the scanner's 1, l and ] included.

    Raises ValueError for anything that is not a numeral in its usual form below 400.
    """
    letters = text.translate(_MISREAD_ROMAN).upper()
    values = [_ROMAN.get(letter, 0) for letter in letters]
    total = sum(
        -value if value < max(values[place + 1 :], default=0) else value
        for place, value in enumerate(values)
    )
    if not letters or total < 1 or to_roman(total) != letters:
        raise ValueError(f"not a Roman numeral: {text!r}")
    return total


def to_roman(value: int) -> str:
    """The Roman numeral of a positive number below 400."""
    letters = ""
    for step, letter in _ROMAN_STEPS:
        count, value = divmod(value, step)
        letters += letter * count
    return letters


def ordinal(words: str) -> int:
    """The value of an ordinal such as Kesatu or Kedua belas; ValueError for other words."""
    value = _ORDINAL_VALUES.get("".join(words.split()).lower())
    if value is None:
        raise ValueError(f"not an ordinal: {words!r}")
    return value


def part_ordinal(value: int) -> str:
    """The ordinal that titles a part: 2 gives Kedua; figures from 21 on."""
    return _ORDINALS[value - 1] if value <= len(_ORDINALS) else f"ke-{value}"


def letter_value(letters: str) -> int:
    """The place of a list letter: 1 for a, 26 for z, 27 for aa, 28 for bb."""
    return ord(letters[0]) - ord("a") + 1 + 26 * (len(letters) - 1)


def letter_of(value: int) -> str:
    """The list letter of a position from 1: the reverse of `letter_value`."""
    rounds, place = divmod(value - 1, 26)
    return chr(ord("a") + place) * (rounds + 1)


def scanned_digits(text: str) -> int:
    """The positive number that digits spell, with a scanner's O, l, S and T read as digits.

    Raises ValueError when a sign is no digit even so.
    """
    digits = "".join(_MISREAD_DIGITS.get(sign, sign) for sign in text)
    if not (digits.isascii() and digits.isdecimal() and int(digits)):
        raise ValueError(f"not a number: {text!r}")
    return int(digits)


def article_readings(text: str) -> tuple[Number, ...]:
    """Every number that `text` after the word Pasal may stand for; empty when there is none.

    A trailing capital may be a suffix (27A) or a misread digit (2T), so both readings are given;
    the chain of headings decides between them.
    """
    found: list[Number] = []
    for digits, suffix in _with_and_without_suffix("".join(text.split())):
        with suppress(ValueError):
            found.append(Number(scanned_digits(digits), suffix))
    return tuple(found)


def _with_and_without_suffix(text: str) -> tuple[tuple[str, int], ...]:
    if len(text) > 1 and text[-1] in _SUFFIXES:
        return (text, 0), (text[:-1], _SUFFIXES.index(text[-1]) + 1)
    return ((text, 0),)
