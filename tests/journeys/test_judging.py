"""The judges themselves: what they are there to find, planted one by one, is found."""

import pytest

from tests.journeys import judging
from tests.journeys.living import PHONE

pytestmark = pytest.mark.browser

GOOD = """<!doctype html><html lang="en"><head><title>A page</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>:focus-visible { outline: 3px solid black }
.skip:not(:focus) { position: absolute; top: -9rem }
@media (prefers-color-scheme: dark) { body { background: #111; color: #eee } a { color: #9cf } }
</style></head><body><a class="skip" href="#main">To the content</a>
<main id="main" tabindex="-1"><h1>A page</h1><p>Words and <a href="/there">a link</a>.</p></main>
</body></html>"""


@pytest.fixture
def findings(chromium):
    """What all judges say about some HTML."""
    context = chromium.new_context(viewport=PHONE, reduced_motion="reduce")
    page = context.new_page()

    def find(html: str) -> str:
        page.set_content(html)
        judging.learn_axe(page)
        found = [*judging.axe(page), *judging.identity(page, "en"), *judging.narrow(page)]
        return "\n".join([*found, *judging.dark(page), *judging.keyboard(page)])

    yield find
    context.close()


def test_a_good_page_passes(findings):
    assert findings(GOOD) == ""


@pytest.mark.parametrize(
    ("good", "bad", "finding"),
    [
        ("<h1>A page</h1>", '<h1>A page</h1><img src="data:,">', "image-alt"),
        ("<h1>A page</h1>", "<h1>A page</h1><input>", "label"),
        ("<h1>A page</h1>", "<h1>A page</h1><h4>Deep</h4>", "heading-order"),
        ("<p>", '<p style="color: #aaa">', "color-contrast"),
        ("color: #eee", "color: #222", "in the dark: color-contrast"),
        ("<h1>A page</h1>", "<h1>A page</h1><h1>Another</h1>", "2 main headings"),
        ("<p>", '<p id="main">', "id main stands twice"),
        ('lang="en"', 'lang="id"', "says lang=id, not en"),
        ("<p>", '<p style="width: 350px">', "at 320 pixels"),
        ("<p>", '<p style="width: 900px">', "px too wide"),
        (' class="skip"', "", "no visible skip link"),
        ('href="#main"', 'href="#elsewhere"', "does not lead to the content"),
        ("outline: 3px solid black", "outline: none", "focus is not seen"),
    ],
)
def test_a_fault_is_found(findings, good, bad, finding):
    assert good in GOOD
    assert finding in findings(GOOD.replace(good, bad, 1))
