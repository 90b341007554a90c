import pytest

from participation.simulation.browser import Shown, forms_of, origin_of
from participation.simulation.wire import Unexpected

PAGE = """
<form action="/search"><input name="q"></form>
<form method="post" action="/votes/new?draft=1" id="new">
  <input type="hidden" name="csrf_token" value="t0ken">
  <input name="title" value="Taman &amp; sungai">
  <textarea name="about">
baris pertama
kedua</textarea>
  <input type="radio" name="rule" value="a"><input type="radio" name="rule" value="b" checked>
  <input type="checkbox" name="box" value="1">
  <select name="majority"><option value="1/2">x</option>
    <option value="2/3" selected>y</option></select>
  <select name="first"><option value="one">x</option><option value="two">y</option></select>
</form>
"""


def shown():
    return Shown("http://127.0.0.1/x", PAGE, forms_of(PAGE))


def test_a_form_is_read_as_a_browser_would_send_it():
    form = shown().form(has="title")
    assert form.fields == {
        "csrf_token": "t0ken",
        "title": "Taman & sungai",
        "about": "baris pertama\nkedua",
        "rule": "b",
        "majority": "2/3",
        "first": "one",
    }
    assert shown().form(action="/new") == form


def test_a_form_that_is_not_there_is_named():
    with pytest.raises(Unexpected, match="'q'"):
        shown().form(has="q")
    with pytest.raises(Unexpected, match="/freeze"):
        shown().form(action="/freeze")


def test_only_web_addresses_name_a_site():
    assert origin_of("http://127.0.0.1:8000/id/votes") == "http://127.0.0.1:8000"
    for wrong in ("127.0.0.1:8000", "ftp://example.org", "suara"):
        with pytest.raises(ValueError, match="expected"):
            origin_of(wrong)
