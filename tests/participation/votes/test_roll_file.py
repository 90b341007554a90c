"""The roll as a CSV file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.core.errors import Invalid
from participation.votes.roll_file import (
    MOST_FAULTS,
    BadRoll,
    ListedVoter,
    decode_roll,
    read_roll,
)


def faults(text):
    """The faulty lines, and what was expected there."""
    with pytest.raises(BadRoll) as refused:
        read_roll(text)
    return {each.line: str(each.message) for each in refused.value.faults}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_list_of_addresses_and_names_is_read(delimiter):
    text = delimiter.join(["voter_id", "name"]) + "\n" + delimiter.join(["ani@example.id", "Ani W"])
    assert read_roll(text) == (ListedVoter("ani@example.id", "Ani W"),)


def test_the_name_may_be_left_out_and_columns_may_be_named_in_indonesian():
    assert read_roll("surel\nani@example.id\n") == (ListedVoter("ani@example.id"),)
    assert read_roll("nama,surel\nAni,ani@example.id") == (ListedVoter("ani@example.id", "Ani"),)


def test_addresses_are_stored_as_accounts_have_them():
    assert read_roll("voter_id\n  Ani@Example.ID \n") == (ListedVoter("ani@example.id"),)


def test_empty_lines_and_a_byte_order_mark_do_no_harm():
    text = decode_roll("\ufeffvoter_id\r\n\r\nani@example.id\r\n".encode())
    assert read_roll(text) == (ListedVoter("ani@example.id"),)


def test_every_faulty_line_is_told_with_what_was_expected():
    text = "voter_id,name\nani@example.id,Ani\nbudi\nnobody,Budi\n,Citra\nani@example.id,Ani\n"
    assert faults(text) == {
        3: "2 cells were expected, as in the first line, not 1.",
        4: "An e-mail address was expected, not “nobody”.",
        5: "An e-mail address was expected here.",
        6: "ani@example.id stands in line 2 already.",
    }


def test_the_same_address_in_other_letters_is_the_same_voter():
    assert list(faults("voter_id\nani@example.id\nANI@example.id\n")) == [3]


@pytest.mark.parametrize("text", ["", "\n \n", "ani@example.id\n", "voter_id,age\n", "name\nAni"])
def test_the_first_line_names_the_columns(text):
    (message,) = faults(text).values()
    assert "voter_id" in message


def test_a_list_of_nobody_is_refused():
    assert faults("voter_id\n") == {2: "An e-mail address was expected here."}


def test_a_missing_quotation_mark_is_told_with_its_line():
    assert list(faults('voter_id,name\nani@example.id,"Ani\nbudi@example.id,Budi\n')) == [3]


def test_only_the_first_faults_are_listed_but_all_are_counted():
    with pytest.raises(BadRoll) as refused:
        read_roll("voter_id\n" + "nobody\n" * 500)
    assert len(refused.value.faults) == MOST_FAULTS
    assert refused.value.count == 500


def test_a_spreadsheet_is_recognised():
    with pytest.raises(Invalid, match="spreadsheet"):
        decode_roll(b"PK\x03\x04rest")


def test_another_encoding_is_told_with_its_line():
    with pytest.raises(Invalid, match="Line 2 "):
        decode_roll("voter_id,name\nani@example.id,Ani\xe9".encode("latin-1"))


def read_or_faults(text):
    """The roll, or the refusal that tells its faults."""
    try:
        return read_roll(text), None
    except BadRoll as error:
        return (), error


@given(
    st.text() | st.lists(st.text(), min_size=1).map(lambda lines: "\n".join(["voter_id", *lines]))
)
def test_any_text_gives_a_roll_or_faults_with_lines(text):
    voters, refusal = read_or_faults(text)
    assert bool(voters) != bool(refusal)
    if refusal:
        assert refusal.count >= len(refusal.faults) >= 1
        assert all(fault.line >= 1 for fault in refusal.faults)


@given(st.text())
def test_any_text_comes_back_from_its_bytes(text):
    assert decode_roll(text.encode()) == text.removeprefix("\ufeff")
