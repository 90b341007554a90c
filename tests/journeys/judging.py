"""What every page must be, judged in a real browser. Each judge gives its findings in words."""

from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Page

from tests.journeys.living import PHONE
from tests.places import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
OF_COLOUR = ("color-contrast", "link-in-text-block")
NARROW = {"width": 320, "height": 640}
STOPS = 12  # places that the keyboard is led to on each page

_RUN_AXE = """async (only) => {
  const found = await axe.run(document, { runOnly: only, resultTypes: ["violations"] });
  return found.violations.map(({ id, nodes }) => {
    const told = nodes.slice(0, 3).map(({ html, failureSummary }) =>
      `${html.slice(0, 160)} [${failureSummary.split("\\n").slice(1).join("; ").trim()}]`);
    return `${id} (${nodes.length}): ${told.join(" | ")}`;
  });
}"""
_OVERFLOW = """() => {
  const wide = document.documentElement.scrollWidth - window.innerWidth;
  if (wide <= 0) return [];
  const inside = (box) => box.parentElement.closest(".scroll, pre, [class*=scroll]");
  const over = [...document.body.querySelectorAll("*")].filter((each) =>
    each.getBoundingClientRect().right > window.innerWidth + 1 && !inside(each));
  return [`${wide}px too wide: ${over.slice(0, 3).map((each) => each.outerHTML.slice(0, 120))}`];
}"""
_TWICE = """() => {
  const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
  const bad = ids.filter((id, at) => ids.indexOf(id) !== at || !/^[A-Za-z][\\w.:-]*$/.test(id));
  return bad.map((id) => `id ${id} stands twice or is malformed`);
}"""
_FROM_THE_TOP = """() => {
  const top = document.createElement("span");
  top.tabIndex = -1;
  document.body.prepend(top);
  top.focus();
  top.remove();
  window.scrollTo(0, 0);
}"""
_FOCUS = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const seen = (each) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(each);
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  };
  const box = at.getBoundingClientRect();
  const isInner = !at.matches(":focus");  // such as a date's calendar: the browser draws its own
  const shown = isInner || seen(at) || [...at.querySelectorAll("*")].some(seen)
    || Boolean(at.closest(".option") && seen(at.closest(".option")));
  return { shown, onScreen: box.bottom > 0 && box.top < window.innerHeight && box.width > 0,
    skip: at.matches(".skip"), html: at.outerHTML.slice(0, 120) };
}"""


def learn_axe(page: Page) -> None:
    """Puts axe into the page that is open."""
    page.evaluate(f"() => {{ {AXE.read_text(encoding='utf-8')} }}")


def axe(page: Page) -> list[str]:
    """Everything that axe finds, after `learn_axe`."""
    return page.evaluate(_RUN_AXE, {"type": "tag", "values": list(RULES)})


def dark(page: Page) -> list[str]:
    """What axe finds about colours once the reader prefers dark ones, after `learn_axe`."""
    page.emulate_media(color_scheme="dark")
    found = page.evaluate(_RUN_AXE, {"type": "rule", "values": list(OF_COLOUR)})
    page.emulate_media(color_scheme="light")
    return [f"in the dark: {each}" for each in found]


def narrow(page: Page) -> list[str]:
    """Whether the page can be read on a phone, and at 320 pixels, without scrolling sideways."""
    found = page.evaluate(_OVERFLOW)
    page.set_viewport_size(NARROW)
    found += [f"at 320 pixels: {each}" for each in page.evaluate(_OVERFLOW)]
    page.set_viewport_size(PHONE)
    return found


def identity(page: Page, language: str) -> list[str]:
    """One main heading, ids that are unique also once scripts have run, the right language."""
    found = page.evaluate(_TWICE)
    headings = page.locator("h1").count()
    if headings != 1:
        found.append(f"{headings} main headings")
    spoken = page.locator("html").get_attribute("lang")
    if spoken != language:
        found.append(f"says lang={spoken}, not {language}")
    return found


def keyboard(page: Page) -> Iterator[str]:
    """The first key leads to the skip link, which works; every stop after it is seen."""
    page.evaluate(_FROM_THE_TOP)
    page.keyboard.press("Tab")
    first = page.evaluate(_FOCUS)
    if not (first and first["skip"] and first["onScreen"]):
        yield f"the first stop of the keyboard is no visible skip link: {first}"
        return
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        yield from _unseen(page.evaluate(_FOCUS))
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    if page.evaluate("() => document.activeElement.id") != "main":
        yield "the skip link does not lead to the content"


def _unseen(stop: dict[str, Any] | None) -> Iterator[str]:
    if stop is None:  # the end of the page: the browser's own buttons come next
        return
    if not stop["shown"]:
        yield f"focus is not seen on {stop['html']}"
    if not stop["onScreen"]:
        yield f"focus is off the screen on {stop['html']}"
