"""Rules of accounts."""

import pytest

from participation.accounts.rules import check_new_password, clean_email, device_name
from participation.core.errors import Invalid


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Sri@Example.ID ", "sri@example.id"),
        ("a.b+c@pasar.example.id", "a.b+c@pasar.example.id"),
    ],
)
def test_an_address_is_kept_as_it_is_compared(typed, kept):
    assert clean_email(typed) == kept


@pytest.mark.parametrize("typed", ["", "sri", "sri@", "@x.id", "a b@x.id", "a@x.id, b@x.id"])
def test_what_is_no_address_is_refused_beside_its_field(typed):
    with pytest.raises(Invalid) as refused:
        clean_email(typed)
    assert refused.value.field == "email"


@pytest.mark.parametrize(
    "password", ["short", "aaaaaaaaaaaaaaa", "abababababab", "srihartati@example.id"]
)
def test_a_weak_password_is_refused(password):
    with pytest.raises(Invalid):
        check_new_password(password, "srihartati@example.id")


def test_several_words_are_a_good_password():
    check_new_password("pisang goreng hangat", "sri@example.id")


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("Mozilla/5.0 (Android 14; Mobile; rv:130.0) Firefox/130.0", "Firefox, Android"),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130 Safari/537.36",
         "Chrome, Linux"),
        ("curl/8", "?"),
    ],
)  # fmt: skip
def test_a_device_is_called_as_its_owner_would(user_agent, name):
    assert device_name(user_agent) == name
