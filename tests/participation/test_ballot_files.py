import pytest

from participation.ballot_files import BadBallotFile, ListedOption, read_abif
from tests.places import shared

SMALL = """\
{version: "0.1"}
# three colours
=merah:[Si Merah, #1]
=biru:[]
=[hijau tua]:[Hijau Tua]

12:merah>biru   # the usual
3: biru = [hijau tua] > merah # seldom
12:merah>biru
2:
"""


def test_options_and_patterns_of_a_file_are_read():
    ballots = read_abif(SMALL)
    assert ballots.options == (
        ListedOption("merah", "Si Merah, #1"),
        ListedOption("biru", "biru"),
        ListedOption("hijau tua", "Hijau Tua"),
    )
    assert ballots.counts == {(1, 2, 0): 24, (2, 1, 1): 3, (0, 0, 0): 2}
    assert ballots.total == 29


def test_without_declarations_options_stand_in_the_order_of_first_mention():
    ballots = read_abif("1:c>a\r\n2:b\r\n")
    assert [option.key for option in ballots.options] == ["c", "a", "b"]
    assert ballots.counts == {(1, 2, 0): 1, (0, 0, 1): 2}


def test_a_ballot_can_be_cut_before_its_first_equal_ranks():
    ballots = read_abif("5:a>b=c>d\n2:a=b\n1:a>b\n1:a").without_equal_ranks()
    assert ballots.counts == {(1, 0, 0, 0): 6, (0, 0, 0, 0): 2, (1, 2, 0, 0): 1}
    assert ballots.total == 9


def test_first_choices_are_those_of_a_single_best_rank():
    assert read_abif("5:a>b\n2:b=a\n1:b\n3:").first_choices() == {0: 5, None: 5, 1: 1}


@pytest.mark.parametrize(
    ("line", "text", "expected"),
    [
        (1, "", "at least one line of ballots"),
        (2, "# nothing\n", "at least one line of ballots"),
        (1, "a>b\n", "ballots like 12:A>B=C"),
        (1, "0:a>b\n", "at least one of them"),
        (1, "-3:a>b\n", "ballots like 12:A>B=C"),
        (2, "3:a>b\n3:a>\n", "options joined by > or ="),
        (1, "3:a>>b\n", "options joined by > or ="),
        (1, "27:a/5,b/3\n", "without scores"),
        (1, "27:a,b\n", "without scores"),
        (1, "27:a b\n", "options joined by > or ="),
        (3, "=a:[A]\n\n3:a>b\n", "a declared option, not 'b'"),
        (1, "3:a>b>a\n", "each option once on a ballot, not 'a' again"),
        (2, "=a:[A]\n=a:[B]\n3:a\n", "not declared already, not 'a'"),
        (1, "=a\n3:a\n", "an option like =key:[its full name]"),
    ],
)
def test_what_is_not_understood_is_refused_with_its_line(line, text, expected):
    with pytest.raises(BadBallotFile) as problem:
        read_abif(text)
    assert problem.value.line == line
    assert expected in problem.value.expected
    assert str(problem.value).startswith(f"line {line}: expected ")


def test_more_options_than_a_question_can_have_are_refused():
    lines = "".join(f"1:o{number}\n" for number in range(256))
    with pytest.raises(BadBallotFile, match="at most 255 options"):
        read_abif(lines)


def test_burlington_2009_has_8980_ballots_over_six_names():
    path = shared("elections/2009-burlington-mayor/ballots.abif")
    ballots = read_abif(path.read_text("utf-8"))
    assert ballots.total == 8980
    assert [option.key for option in ballots.options] == [
        "Kiss", "Montroll", "Simpson", "Smith", "Wright", "Write-in",
    ]  # fmt: skip
    assert ballots.options[0].name == "Bob Kiss (Progressive)"
    assert len(ballots.counts) == 384
    wright = ballots.first_choices()[4]
    assert wright == max(ballots.first_choices().values()) == 2951
    assert ballots.without_equal_ranks().total == 8980
