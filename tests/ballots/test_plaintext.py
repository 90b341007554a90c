"""What a ballot says, as bytes. Attacks: A26 (two encodings), A27 (length), A28 (marks)."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ballots.plaintext import BadPlaintextEncoding, BreaksRule, decode, encode, length, marks
from tests.ballots.counting.contests import question
from tests.ballots.counting.drawn import choices, contests

SINGLE = question("plurality", 3)
APPROVAL = question("approval", 10)
SCORE = question("score", 3, max_score=5)
RANKED = question("stv-scottish", 3, equal=False)
EQUAL = question("schulze", 3, equal=True)
PROJECTS = question("equal-shares", 9, costs=(1,) * 9, budget=9, utility="cost")
POINTS = question("greedy", 3, points=10, costs=(1,) * 3, budget=9)
STYLE = [SINGLE, APPROVAL, SCORE, RANKED, EQUAL, PROJECTS, POINTS]


def hexes(text):
    return bytes.fromhex(text.replace("|", ""))


def test_a_ballot_is_a_version_byte_and_each_question_in_turn():
    said = (2, frozenset({0, 9}), (5, 0, 1), (0, 2, 1), (1, 1, 2), frozenset({0, 8}), (7, 0, 3))
    written = hexes("01 | 0003 | 8040 | 050001 | 000201 | 010102 | 8080 | 070003")
    assert encode(STYLE, said) == written
    assert decode(STYLE, written) == said
    assert length(STYLE) == len(written)


def test_a_blank_ballot_is_all_zero_behind_its_version():
    blank = (None, frozenset(), (0,) * 3, (0,) * 3, (0,) * 3, frozenset(), (0,) * 3)
    assert encode(STYLE, blank) == bytes([1]) + bytes(length(STYLE) - 1)
    assert decode(STYLE, encode(STYLE, blank)) == blank


@given(st.data())
def test_every_choice_of_a_style_has_one_length_and_comes_back(data):
    rules = st.sampled_from(["plurality", "approval", "score", "schulze", "greedy", "stv-scottish"])
    asked = [each.question for each in data.draw(st.lists(rules.flatmap(contests), max_size=4))]
    said = tuple(data.draw(choices(each)) for each in asked)
    written = encode(asked, said)
    assert len(written) == length(asked)
    assert decode(asked, written) == said


# --- every byte string: read, or refused with its status


def expected_status(written, *, options, read_ranks=False, equal=False, most=2):
    """Section 11 once more for one question of two marks at most: 0, 3 or 4."""
    version, *field = written
    if read_ranks:
        used = sorted({rank for rank in field if rank})
        if version != 1 or used != list(range(1, len(used) + 1)):
            return 3
        number = sum(rank > 0 for rank in field)
        return 4 if number > most or (number != len(used) and not equal) else 0
    bits = "".join(f"{octet:08b}" for octet in field)
    if version != 1 or "1" in bits[options:]:
        return 3
    return 4 if bits.count("1") > most else 0


def status(asked, written):
    try:
        said = decode(asked, written)
    except (BadPlaintextEncoding, BreaksRule) as problem:
        return problem.status
    assert encode(asked, said) == written
    return 0


@pytest.mark.parametrize("options", [1, 3, 7, 8, 9])
def test_every_bit_field_is_read_or_refused_by_its_status(options):
    asked = [question("approval", options, max=2)]
    seen = set()
    for field in product(range(256), repeat=-(-options // 8)):
        for version in (0, 1, 2, 255):
            written = bytes([version, *field])
            seen.add(status(asked, written))
            assert status(asked, written) == expected_status(written, options=options)
            if options > 8 and field[1] not in {0, 1, 128}:
                break
    assert seen == ({0, 3} if options == 1 else {0, 3, 4})


@pytest.mark.parametrize("equal", [False, True])
def test_every_ranking_is_read_or_refused_by_its_status(equal):
    rule = "schulze" if equal else "instant-runoff"
    asked = [question(rule, 3, equal=equal, max=2)]
    seen = set()
    for version, *field in product((0, 1, 2), *[(0, 1, 2, 3, 4, 255)] * 3):
        written = bytes([version, *field])
        seen.add(status(asked, written))
        assert status(asked, written) == expected_status(
            written, options=3, read_ranks=True, equal=equal
        )
    assert seen == {0, 3, 4}


def test_every_option_number_is_read_or_refused():
    for field in product(range(256), repeat=2):
        number = field[0] * 256 + field[1]
        assert status([SINGLE], bytes([1, *field])) == (0 if number <= 3 else 3)


@given(st.binary(max_size=40))
def test_whatever_is_not_the_encoding_of_something_is_refused(written):
    result = status(STYLE, written)
    if len(written) != length(STYLE):
        assert result == 3


@settings(max_examples=300)
@given(st.lists(st.integers(0, 10), min_size=length(STYLE) - 1, max_size=length(STYLE) - 1))
def test_near_misses_are_read_or_refused_too(field):
    assert status(STYLE, bytes([1, *field])) in {0, 3, 4}


# --- the two kinds of wrong


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ([SINGLE], ""),
        ([SINGLE], "01 00"),
        ([SINGLE], "01 0000 00"),
        ([SINGLE], "02 0001"),
        ([SINGLE], "00 0001"),
        ([SINGLE], "01 0004"),
        ([APPROVAL], "01 8020"),
        ([RANKED], "01 020000"),
        ([RANKED], "01 010300"),
        ([EQUAL], "01 010103"),
        ([RANKED], "01 040000"),
        ([PROJECTS], "01 8001"),
    ],
)
def test_what_no_choice_is_written_as_is_bad_encoding(asked, written):
    with pytest.raises(BadPlaintextEncoding) as problem:
        decode(asked, hexes(written))
    assert (problem.value.status, problem.value.code) == (3, "bad-plaintext-encoding")


@pytest.mark.parametrize(
    ("asked", "written", "said"),
    [
        (question("plurality", 3, min=1), "01 0000", None),
        (question("approval", 10, max=1), "01 8040", frozenset({0, 9})),
        (question("approval", 10, min=2), "01 8000", frozenset({0})),
        (question("approval", 10, min=1), "01 0000", frozenset()),
        (SCORE, "01 060000", (6, 0, 0)),
        (question("score", 3, max_score=5, max=2), "01 010101", (1, 1, 1)),
        (RANKED, "01 010100", (1, 1, 0)),
        (question("stv-scottish", 3, equal=False, max=2), "01 010203", (1, 2, 3)),
        (POINTS, "01 070400", (7, 4, 0)),
        (POINTS, "01 ff0000", (255, 0, 0)),
        (question("greedy", 3, points=10, max=1, costs=(1,) * 3), "01 010100", (1, 1, 0)),
    ],
)
def test_what_the_question_does_not_allow_breaks_the_rule(asked, written, said):
    with pytest.raises(BreaksRule, match=r"^q: ") as problem:
        decode([asked], hexes(written))
    assert (problem.value.status, problem.value.code) == (4, "breaks-rule")
    with pytest.raises(BreaksRule):
        encode([asked], [said])


def test_a_ballot_that_is_wrong_in_both_ways_is_badly_encoded():
    with pytest.raises(BadPlaintextEncoding):
        decode([SCORE, SINGLE], hexes("01 ff0000 0009"))
    with pytest.raises(BadPlaintextEncoding):
        decode([RANKED], hexes("01 010103"))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (SINGLE, 3),
        (SINGLE, -1),
        (SINGLE, frozenset({1})),
        (APPROVAL, frozenset({10})),
        (APPROVAL, None),
        (SCORE, (1, 2)),
        (SCORE, (256, 0, 0)),
        (SCORE, (-1, 0, 0)),
        (SCORE, 1),
        (RANKED, (1, 3, 0)),
    ],
)
def test_a_choice_of_another_form_is_not_written(asked, said):
    with pytest.raises(BadPlaintextEncoding):
        encode([asked], [said])


def test_a_choice_too_few_or_too_many_is_not_written():
    with pytest.raises(BadPlaintextEncoding, match="2 choices expected, not 1"):
        encode([SINGLE, SCORE], [None])


def test_marks_are_one_number_per_option():
    assert marks(SINGLE, 1) == (0, 1, 0)
    assert marks(SINGLE, None) == (0, 0, 0)
    assert marks(PROJECTS, frozenset({0, 8})) == (1, 0, 0, 0, 0, 0, 0, 0, 1)
    assert marks(POINTS, (7, 0, 3)) == (7, 0, 3)
