"""Texts for voters: an object language → string, its keys exactly the draft's languages."""

from ballots.document import Place, refuse_repeats
from ballots.draft.parts import Text

Languages = tuple[str, ...]


def read_languages(place: Place) -> Languages:
    """The draft's languages in order: at least one, ASCII, none twice."""
    places = place.items(least=1)
    for each in places:
        if not each.name().isascii():
            each.refuse("an ASCII language code")
    refuse_repeats(places, [each.text() for each in places], "a language")
    return tuple(each.text() for each in places)


def read_text(place: Place, languages: Languages) -> Text:
    """One text in every language of the draft."""
    return {language: each.text() for language, each in place.fields(languages).items()}
