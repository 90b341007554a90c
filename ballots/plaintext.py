"""What a ballot says, as bytes: one version byte, then each question of the style (section 11).

Every style has one length, whatever is chosen, so that a sealed ballot's size tells nothing. Two
things can be wrong with an opened plaintext and they are kept apart, because both verifiers must
agree on the status: bytes that no choice is written as (3), and a choice that the question's rule
does not allow (4). The encoding of the whole ballot is judged first, then the rules.
"""

# ruff: noqa: N818 - the names say what is bad; "Error" would only lengthen them

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ballots.draft import Question
from ballots.errors import BallotError

VERSION = 1

Choice = int | frozenset[int] | tuple[int, ...] | None
"""What one voter says to one question, by the question's method; options count from 0.

single: the option, None for blank · approval, and budget by approval: the options approved ·
score: the score of each option · ranked: the rank of each option from 1, 0 unranked ·
budget by points: the points of each option.
"""

Marks = tuple[int, ...]
"""A choice as one number per option: 1 or 0 where an option is only marked or not."""

_VERSION_OCTETS = 1
_SINGLE_OCTETS = 2
_MOST_U8 = 255


class BadPlaintextEncoding(BallotError):
    """Bytes that are no choice at all: length, version, unused bits, numbers, ranks (status 3)."""

    status = 3

    def __init__(self, message: str) -> None:
        super().__init__("bad-plaintext-encoding", message)


class BreaksRule(BallotError):
    """A choice that its question does not allow: too many marks, equal ranks, … (status 4)."""

    status = 4

    def __init__(self, question: Question, message: str) -> None:
        super().__init__("breaks-rule", f"{question.id}: {message}")


def length(questions: Sequence[Question]) -> int:
    """The bytes of every plaintext of a style with these questions."""
    return _VERSION_OCTETS + sum(_octets(question) for question in questions)


def encode(questions: Sequence[Question], choices: Sequence[Choice]) -> bytes:
    """The plaintext of one choice per question, in the style's order.

    Raises BadPlaintextEncoding for a choice of another form than its question's, BreaksRule for one
    that the question does not allow: what is written here is counted.
    """
    plaintext = _write(questions, choices)
    _check_rules(questions, choices)
    return plaintext


def decode(questions: Sequence[Question], plaintext: bytes) -> tuple[Choice, ...]:
    """The choice for each question, the way back of `encode`.

    Raises BadPlaintextEncoding or, only when the whole plaintext is well encoded, BreaksRule.
    """
    if len(plaintext) != length(questions):
        raise BadPlaintextEncoding(f"{length(questions)} bytes expected, not {len(plaintext)}")
    choices, start = [], _VERSION_OCTETS
    for question in questions:
        end = start + _octets(question)
        choices.append(_form(question).read(plaintext[start:end], len(question.options)))
        start = end
    if _write(questions, choices) != plaintext:
        raise BadPlaintextEncoding("no choice is written so: its version or unused bits differ")
    _check_rules(questions, choices)
    return tuple(choices)


def marks(question: Question, choice: Choice) -> Marks:
    """One number per option, in option order; all zero for a blank choice."""
    if isinstance(choice, tuple):
        return choice
    marked = choice if isinstance(choice, frozenset) else {choice}
    return tuple(int(option in marked) for option in range(len(question.options)))


def _write(questions: Sequence[Question], choices: Sequence[Choice]) -> bytes:
    if len(questions) != len(choices):
        raise BadPlaintextEncoding(f"{len(questions)} choices expected, not {len(choices)}")
    fields = [
        _form(question).write(choice, len(question.options))
        for question, choice in zip(questions, choices, strict=True)
    ]
    return b"".join([bytes([VERSION]), *fields])


# --- the rules of a question: status 4


def _check_rules(questions: Sequence[Question], choices: Sequence[Choice]) -> None:
    for question, choice in zip(questions, choices, strict=True):
        _check_number_of_marks(question, choice)
        if isinstance(choice, tuple):
            _check_sizes_of_marks(question, choice)


def _check_number_of_marks(question: Question, choice: Choice) -> None:
    if isinstance(choice, frozenset):
        number = len(choice)
    elif isinstance(choice, tuple):
        number = len(choice) - choice.count(0)
    else:
        number = int(choice is not None)
    if not question.min <= number <= question.max:
        raise BreaksRule(question, f"{question.min} to {question.max} marks, not {number}")


def _check_sizes_of_marks(question: Question, sizes: Marks) -> None:
    if question.max_score is not None and max(sizes) > question.max_score:
        raise BreaksRule(question, f"a score above {question.max_score}")
    if question.points is not None and sum(sizes) > question.points:
        raise BreaksRule(question, f"more than {question.points} points")
    if question.method == "ranked" and not question.equal:
        ranked = [rank for rank in sizes if rank]
        if len(set(ranked)) != len(ranked):
            raise BreaksRule(question, "two options of equal rank")


# --- the form of a question's field: status 3


@dataclass(frozen=True, slots=True)
class _Form:
    """How one kind of choice stands in the plaintext; `read` and `write` get the options' number.

    `write` refuses every choice of wrong form. `read` trusts what it gets: `decode` writes again
    what was read, and compares.
    """

    octets: Callable[[int], int]
    read: Callable[[bytes, int], Choice]
    write: Callable[[Choice, int], bytes]


def _read_single(field: bytes, options: int) -> int | None:  # noqa: ARG001 - `write` looks
    number = int.from_bytes(field, "big")
    return number - 1 if number else None


def _write_single(choice: Choice, options: int) -> bytes:
    if choice is None:
        return bytes(_SINGLE_OCTETS)
    if not isinstance(choice, int) or not 0 <= choice < options:
        raise BadPlaintextEncoding(f"one of {options} options or none expected")
    return (choice + 1).to_bytes(_SINGLE_OCTETS, "big")


def _bit_octets(options: int) -> int:
    return -(-options // 8)


def _read_bits(field: bytes, options: int) -> frozenset[int]:
    bits = int.from_bytes(field, "big") >> (8 * len(field) - options)
    return frozenset(i for i in range(options) if bits >> (options - 1 - i) & 1)


def _write_bits(choice: Choice, options: int) -> bytes:
    if not isinstance(choice, frozenset) or not choice <= frozenset(range(options)):
        raise BadPlaintextEncoding(f"a set out of {options} options expected")
    octets = _bit_octets(options)
    return sum(1 << (8 * octets - 1 - option) for option in choice).to_bytes(octets, "big")


def _read_numbers(field: bytes, options: int) -> Marks:  # noqa: ARG001 - one byte per option
    return tuple(field)


def _write_numbers(choice: Choice, options: int) -> bytes:
    if not isinstance(choice, tuple) or len(choice) != options:
        raise BadPlaintextEncoding(f"one number for each of {options} options expected")
    if not all(0 <= number <= _MOST_U8 for number in choice):
        raise BadPlaintextEncoding(f"numbers from 0 to {_MOST_U8} expected")
    return bytes(choice)


def _write_ranks(choice: Choice, options: int) -> bytes:
    field = _write_numbers(choice, options)
    used = set(field) - {0}
    if used and max(used) != len(used):
        raise BadPlaintextEncoding("ranks that leave one out")
    return field


_FORMS: Mapping[str | None, _Form] = {
    "single": _Form(lambda options: _SINGLE_OCTETS, _read_single, _write_single),  # noqa: ARG005
    "approval": _Form(_bit_octets, _read_bits, _write_bits),
    "score": _Form(lambda options: options, _read_numbers, _write_numbers),
    "ranked": _Form(lambda options: options, _read_numbers, _write_ranks),
    "points": _Form(lambda options: options, _read_numbers, _write_numbers),
}


def _form(question: Question) -> _Form:
    # A budget's ballot is marked by approval or by points.
    return _FORMS[question.ballot if question.method == "budget" else question.method]


def _octets(question: Question) -> int:
    return _form(question).octets(len(question.options))
