import pytest

from ballots.document import MOST, Place, refuse_repeats
from ballots.errors import BadDocument


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (lambda place: place.fields(["a"]), {"b": 1}),
        (lambda place: place.fields(["a"]), {"a": 1, "b": 1}),
        (lambda place: place.fields(["a"]), [1]),
        (lambda place: place.items(), {}),
        (lambda place: place.items(least=1), []),
        (lambda place: place.items(most=1), [1, 2]),
        (lambda place: place.text(), 1),
        (lambda place: place.name(), ""),
        (lambda place: place.number(), True),
        (lambda place: place.number(), 1.0),
        (lambda place: place.number(), MOST + 1),
        (lambda place: place.number(least=1), 0),
        (lambda place: place.flag(), 1),
        (lambda place: place.one_of("a", "b"), ["a"]),
        (lambda place: place.binary(1), "A"),
        (lambda place: place.binary(1), "AAA"),
        (lambda place: place.binary(1), "AB"),
        (lambda place: place.binary(1), "é"),
    ],
)
def test_another_value_than_expected_is_refused_with_its_path(read, value):
    with pytest.raises(BadDocument) as refusal:
        read(Place("here[3]", value))
    assert refusal.value.where == "here[3]"


def test_places_below_have_longer_paths():
    fields = Place("", {"a": [{"b": 1}]}).fields(["a"])
    assert fields["a"].items()[0].fields(["b"])["b"].path == "a[0].b"


def test_a_value_that_stood_before_is_refused_where_it_comes_again():
    places = Place("", [1, 2, 1]).items()
    with pytest.raises(BadDocument, match=r"^\[2\]: expected a number"):
        refuse_repeats(places, [each.value for each in places], "a number")
