"""The catalogue's script: what it gathers, keeps and refuses."""

import importlib.util

import pytest

from tests.places import ROOT

PAGE = """{{ _("Good morning") }} {{ ngettext("%(num)s vote", "%(num)s votes", 3) }}"""
CODE = """words("Comments closed on %(day)s.", day=1); _("Good morning"); _l("Later")"""
GOOD = """
msgid "Good morning"
msgstr "Selamat pagi"

msgid "Later"
msgstr "Nanti"

msgid "Comments closed on %(day)s."
msgstr "Pendapat ditutup %(day)s."

msgid "%(num)s vote"
msgid_plural "%(num)s votes"
msgstr[0] "%(num)s suara"
"""


@pytest.fixture
def script(tmp_path, monkeypatch):
    """The script, in a small repository of its own with one page and one module."""
    place = ROOT / "scripts" / "catalogue.py"
    spec = importlib.util.spec_from_file_location("catalogue", place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for folder in ("participation", "templates", "translations/id/LC_MESSAGES"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "babel.cfg").write_text((ROOT / "babel.cfg").read_text())
    (tmp_path / "templates/page.html").write_text(PAGE)
    (tmp_path / "participation/code.py").write_text(CODE)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    messages = tmp_path / "translations/id/LC_MESSAGES/messages.po"
    monkeypatch.setattr(module, "MESSAGES", messages)
    monkeypatch.setattr("sys.argv", ["catalogue.py"])
    return module


def translate(script, text):
    script.MESSAGES.write_text(text)


def test_every_way_of_saying_something_is_gathered(script):
    found = {message.id for message in script.gather() if message.id}
    assert found == {
        "Good morning", "Later", "Comments closed on %(day)s.", ("%(num)s vote", "%(num)s votes")
    }  # fmt: skip


def test_translations_are_kept_and_then_nothing_is_wrong(script):
    translate(script, GOOD)
    assert script.main() == 0
    assert list(script.faults()) == []
    assert "nplurals=1" in script.MESSAGES.read_text()
    assert script.MESSAGES.with_suffix(".mo").exists()


def test_gathering_twice_changes_nothing(script):
    translate(script, GOOD)
    script.main()
    before = script.MESSAGES.read_text()
    script.main()
    assert script.MESSAGES.read_text() == before


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("Selamat pagi", "", "untranslated in"),
        ("Pendapat ditutup %(day)s.", "Pendapat ditutup %(hari)s.", "'Comments closed"),
        ("Pendapat ditutup %(day)s.", "Pendapat ditutup %(day)d.", "'Comments closed"),
        ('msgid "Later"', '#, fuzzy\nmsgid "Later"', "doubtful"),
    ],
)
def test_what_is_missing_doubtful_or_breaks_its_places_is_told(script, old, new, fault):
    translate(script, GOOD.replace(old, new))
    script.main()
    assert any(said.startswith(fault) for said in script.faults())


def test_a_catalogue_that_does_not_follow_the_code_is_told(script):
    translate(script, GOOD)
    script.main()
    (script.ROOT / "templates/page.html").write_text("")
    assert list(script.faults()) == [
        "messages.po is not what the code says today; run scripts/catalogue.py"
    ]
