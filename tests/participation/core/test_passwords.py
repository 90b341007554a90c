"""Passwords."""

import pytest

from participation.core.errors import Invalid
from participation.core.passwords import check_password, hash_password, needs_new_hash
from tests.participation.people import PASSWORD, PASSWORD_HASH


def test_the_right_password_passes_and_any_other_is_refused():
    check_password(PASSWORD_HASH, PASSWORD)
    for wrong in ("", PASSWORD + " ", PASSWORD.upper()):
        with pytest.raises(Invalid):
            check_password(PASSWORD_HASH, wrong)


def test_a_damaged_hash_is_refused_like_a_wrong_password():
    with pytest.raises(Invalid):
        check_password("not a hash", PASSWORD)


def test_hashes_are_argon2id_and_salted():
    again = hash_password(PASSWORD)
    assert again.startswith("$argon2id$")
    assert again != PASSWORD_HASH
    assert not needs_new_hash(again)
    assert needs_new_hash("$argon2id$v=19$m=8,t=1,p=1$" + again.split("$", 4)[4])
