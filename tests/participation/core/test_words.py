"""Sentences that wait for their language."""

import pytest
from markupsafe import escape

from participation.core.words import plural_words, words


def test_a_sentence_reads_in_english_until_it_is_translated():
    assert str(words("Comments closed on %(day)s.", day="2 December")) == (
        "Comments closed on 2 December."
    )


def test_a_per_cent_sign_without_values_stays_as_it_is():
    assert str(words("100 % sure")) == "100 % sure"


@pytest.mark.parametrize(("count", "said"), [(1, "1 vote"), (0, "0 votes"), (7, "7 votes")])
def test_a_counting_sentence_agrees_with_its_number(count, said):
    assert str(plural_words("%(count)s vote", "%(count)s votes", count)) == said


def test_a_sentence_refuses_to_reach_a_page_untranslated():
    with pytest.raises(TypeError, match="filter say"):
        escape(words("Not here."))
