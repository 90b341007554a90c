"""Texts in several languages."""

from participation.home.rules import in_language


def test_a_text_is_shown_in_the_readers_language_or_in_another():
    assert in_language({"id": "Ya", "en": "Yes"}, "en") == "Yes"
    assert in_language({"id": "Ya"}, "en") == "Ya"
    assert in_language({}, "en") == ""
