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
