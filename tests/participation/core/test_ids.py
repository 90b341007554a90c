"""Identifiers and slugs."""

import re

from hypothesis import given
from hypothesis import strategies as st

from participation.core.ids import new_public_id, new_token, slug, token_hash


@given(st.text(max_size=200))
def test_every_title_gives_an_address_in_kebab_case(title):
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug(title))
    assert len(slug(title)) <= 60


def test_a_title_stays_readable_in_its_address():
    assert (
        slug("Pengelolaan sampah dari rumah (versi 2)") == "pengelolaan-sampah-dari-rumah-versi-2"
    )
    assert slug("Café à l'été") == "cafe-a-l-ete"


def test_tokens_are_long_and_never_the_same():
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert all(len(token) == 43 for token in tokens)


def test_what_is_kept_of_a_token_does_not_contain_it():
    token = new_token()
    assert token not in token_hash(token)
    assert token_hash(token) == token_hash(token)


def test_public_ids_leave_out_letters_that_are_mistaken_for_others():
    assert not set("01ilou") & set("".join(new_public_id() for _ in range(200)))
