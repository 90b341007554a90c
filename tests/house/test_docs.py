"""The documentation is under test: what it names exists, and what must be told is told."""

import re

from crypto.encoding import TAGS
from participation.cli import COMMANDS
from participation.settings import Settings
from tests.places import ROOT

LINK = re.compile(r"\]\((?!https?://|#|mailto:)([^)#\s]+)")
PATH = re.compile(r"`((?:crypto|ballots|participation|templates|tests|docs|scripts|benchmarks"
                  r"|static|migrations)/[a-z0-9_./-]+)`")  # fmt: skip
NOT_IN_A_CLONE = {"static/dist/"}


def pages():
    """Every page of prose."""
    found = [
        *ROOT.glob("*.md"),
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / "benchmarks").glob("*.md"),
    ]
    assert len(found) > 5
    return found


def test_every_link_leads_somewhere():
    faults = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in pages()
        for target in LINK.findall(page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
    assert not faults, "\n".join(faults)


def test_every_path_named_exists():
    faults = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in pages()
        for target in PATH.findall(page.read_text(encoding="utf-8"))
        if target not in NOT_IN_A_CLONE and not (ROOT / target).exists()
    ]
    assert not faults, "\n".join(faults)


def test_the_protocol_page_and_the_code_know_the_same_tags():
    page = (ROOT / "docs/protocol.md").read_text(encoding="utf-8")
    named = set(re.findall(r'[MH]\("([a-z0-9-]+)"', page)) | set(
        re.findall(r"^\|[^|]*\| `([a-z0-9-]+)`", page, re.MULTILINE)
    )
    named |= set(re.findall(r"^\| check-ins, ballots \| `([a-z-]+)`", page, re.MULTILINE))
    assert len(named) > 25
    assert named <= set(TAGS)
    page += (ROOT / "docs/consultation-record.md").read_text(encoding="utf-8")
    assert all(f'"{tag}"' in page or f"`{tag}`" in page for tag in TAGS)


def test_every_setting_is_told():
    page = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
    missing = [name for name in Settings.model_fields if f"`SUARA_{name.upper()}`" not in page]
    assert not missing
    told = {name.lower() for name in re.findall(r"`SUARA_([A-Z_]+)`", page)}
    assert told == set(Settings.model_fields)


def test_every_command_is_told():
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    assert COMMANDS
    assert not [name for name in COMMANDS if f"suara {name}" not in page]


NAMED_TEST = re.compile(r"`(tests/[a-zA-Z0-9_/.-]+)::([^`]+)`")
CORPUS_CASE = re.compile(r"`((?:V\d\d-)+[a-z][a-z0-9-]*|valid-[a-z0-9-]+)`")
ATTACK_ROW = re.compile(r"^\| A(\d+) \|(.*)\|$", re.MULTILINE)


def test_every_test_that_a_page_names_exists():
    faults, found = [], 0
    for page in [*pages(), ROOT / "tests/corpus/README.md"]:
        for file, name in NAMED_TEST.findall(page.read_text(encoding="utf-8")):
            found += 1
            place = ROOT / file
            if not place.exists() or not is_test(name, place.read_text(encoding="utf-8")):
                faults.append(f"{page.relative_to(ROOT)}: {file}::{name}")
    assert found > 100
    assert not faults, "\n".join(faults)


def is_test(name, source):
    """Whether a file of tests, in Python or in JavaScript, holds one of this name."""
    return f"def {name}(" in source or f'test("{name}"' in source


def test_the_threat_model_has_a_row_for_every_attack():
    """A1 to A68: what stops it is shown by a test or a record of the corpus, by its name."""
    page = (ROOT / "docs/threat-model.md").read_text(encoding="utf-8")
    rows = ATTACK_ROW.findall(page)
    assert [int(number) for number, _ in rows] == list(range(1, 69))
    cases = (ROOT / "tests/corpus/index.json").read_text(encoding="utf-8")
    for number, row in rows:
        named = CORPUS_CASE.findall(row)
        assert named or NAMED_TEST.findall(row), f"A{number} is shown by nothing"
        assert not [case for case in named if f'"name": "{case}"' not in cases], f"A{number}"
