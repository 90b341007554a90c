"""Colours: body text 7:1, everything else 4.5:1, edges 3:1, in light and in dark."""

import re

import pytest

from tests.places import ROOT

TOKENS = (ROOT / "static" / "css" / "tokens.css").read_text()
BODY = [("ink", ground) for ground in ("paper", "sheet", "wash", "act-wash")] + [
    ("soft", "paper"), ("soft", "sheet")
]  # fmt: skip
SMALL = [
    ("act-ink", "act"), ("act-ink", "act-deep"), ("act", "paper"), ("act", "sheet"),
    ("act", "act-wash"), ("act-deep", "act-wash"), ("soft", "wash"),
    ("saffron-ink", "saffron-wash"),
    ("for", "for-wash"), ("concern", "concern-wash"), ("ask", "ask-wash"), ("concern", "paper"),
    ("concern", "sheet"), ("for", "paper"), ("paper", "concern"), ("soft", "act-wash"),
]  # fmt: skip
EDGES = [("edge", "paper"), ("edge", "sheet"), ("act", "wash"), ("edge", "wash")]


def colours(scheme: str) -> dict[str, str]:
    """The colour tokens of one scheme, by name."""
    blocks = re.findall(r":root \{(.*?)\n {2,4}\}", TOKENS, re.DOTALL)
    found = [dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", block)) for block in blocks]
    assert len(found) == 2
    light, dark = found
    assert light.keys() == dark.keys()
    return light if scheme == "light" else dark


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, WCAG 2.2."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("pairs", "least"), [(BODY, 7), (SMALL, 4.5), (EDGES, 3)])
def test_words_can_be_read_in_both_schemes(scheme, pairs, least):
    found = colours(scheme)
    assert pairs
    low = {pair: round(contrast(found[pair[0]], found[pair[1]]), 2) for pair in pairs}
    assert {pair: value for pair, value in low.items() if value < least} == {}


def test_colours_stand_in_the_tokens_and_nowhere_else():
    sheets = [sheet for sheet in (ROOT / "static/css").glob("*.css") if sheet.name != "tokens.css"]
    assert len(sheets) > 3
    for sheet in sheets:
        loose = re.findall(r":[^;{}]*(#[0-9a-f]{3,8})\b", sheet.read_text())
        assert loose in ([], ["#000"]), f"{sheet.name}: {loose}"
