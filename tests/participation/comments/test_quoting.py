import pytest

from participation.comments.quoting import QUOTED_LENGTH, first_words, own_words, quote
from participation.core.text import render


def test_a_quote_marks_every_line_and_leaves_room_below():
    assert quote("Satu.\n\nDua.") == "> Satu.\n>\n> Dua.\n\n"


def test_what_a_comment_quotes_itself_is_not_quoted_again():
    assert quote("> Lama sekali.\n\nBaru.") == "> Baru.\n\n"
    assert quote("> Hanya kutipan.") == "> > Hanya kutipan.\n\n"


def test_a_long_comment_is_cut_at_a_word_and_says_so():
    made = quote("kata " * 200)
    assert len(made) <= QUOTED_LENGTH + 6
    assert made.endswith("kata …\n\n")
    assert quote("k" * 900).startswith("> kkk")


def test_the_chosen_part_is_quoted_only_where_the_comment_says_it():
    said = "Air keruh sejak pagi.\nTimba hilang."
    assert quote(said, "keruh  sejak\npagi") == "> keruh sejak pagi\n\n"
    assert quote(said, "Wali kota berbohong") == "> Air keruh sejak pagi.\n> Timba hilang.\n\n"


def test_a_quote_cannot_leave_its_block():
    """Broken Markdown inside a quote stays inside it."""
    made = render(quote("```\nkode\n</blockquote><b>keluar</b>") + "Kata saya.")
    inside, after = made.split("</blockquote>")
    assert "keluar" in inside
    assert after.strip() == "<p>Kata saya.</p>"


@pytest.mark.parametrize(
    ("body", "own"),
    [("> A\n\nB", "B"), ("B\n  > A", "B"), ("> A\n> B", ""), ("5 > 3", "5 > 3")],
)
def test_own_words_are_those_that_are_not_quoted(body, own):
    assert own_words(body) == own


def test_the_first_words_stand_on_one_line():
    assert first_words("> Lama.\n\nSatu\ndua.") == "Satu dua."
    assert len(first_words("kata " * 50)) <= 60
