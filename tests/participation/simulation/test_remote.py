import pytest

from participation.simulation.remote import Known, read_sign_ins


def test_sign_ins_are_read_with_or_without_the_names_of_columns(tmp_path):
    file = tmp_path / "people.csv"
    file.write_text("email,password\nani@lembayung.example,kata sandi\n", encoding="utf-8-sig")
    assert read_sign_ins(file) == (Known("ani@lembayung.example", "kata sandi"),)


def test_a_wrong_line_is_named(tmp_path):
    file = tmp_path / "people.csv"
    file.write_text("email,password\nani@lembayung.example,a\nbudi@lembayung.example\n")
    with pytest.raises(ValueError, match="line 3: expected email,password"):
        read_sign_ins(file)
    file.write_text("surel,sandi\n")
    with pytest.raises(ValueError, match="line 1"):
        read_sign_ins(file)
