"""Codes on paper: short, without look-alikes, and every slip is noticed."""

import pytest

from participation.core.errors import Invalid
from participation.intake.codes import ALPHABET, LENGTH, new_code, read_code, spaced


def test_a_code_reads_as_it_was_made_however_it_is_written():
    for _ in range(200):
        code = new_code()
        assert len(code) == LENGTH
        for written in (code, spaced(code), code.lower(), f" {spaced(code)} ", " ".join(code)):
            assert read_code(written) == code


def test_every_single_wrong_sign_is_noticed():
    code, wrong = new_code(), 0
    for place in range(LENGTH):
        for sign in set(ALPHABET) - {code[place]}:
            with pytest.raises(Invalid):
                read_code(code[:place] + sign + code[place + 1 :])
            wrong += 1
    assert wrong == LENGTH * (len(ALPHABET) - 1)


def test_two_signs_that_changed_places_are_noticed():
    swapped = 0
    for _ in range(50):
        code = new_code()
        for place in range(LENGTH - 2):
            one, two = code[place], code[place + 1]
            if one == two:
                continue
            with pytest.raises(Invalid):
                read_code(code[:place] + two + one + code[place + 2 :])
            swapped += 1
    assert swapped > 100


def test_no_two_signs_look_alike():
    assert len(set(ALPHABET)) == 29
    assert not set(ALPHABET) & set("0O1ILUZ")


def test_a_guess_is_hopeless():
    """53 bits, and a million forms given out help a guess to one in ten billion."""
    assert len(ALPHABET) ** (LENGTH - 1) > 2**53
    assert len({new_code() for _ in range(10_000)}) == 10_000


@pytest.mark.parametrize(
    "typed", ["", "7K3M", "7K3M-QXWA-9DFP-2", "O0O0-O0O0-O0O0", "<b>", "\uff17"]
)
def test_what_is_no_code_is_told(typed):
    with pytest.raises(Invalid) as refused:
        read_code(typed)
    assert refused.value.field == "code"
