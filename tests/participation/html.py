"""A small reading of HTML for tests: elements, their words, their forms, their faults."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
DRAWN = {"path", "rect", "circle", "line", "use", "polyline", "polygon"}
UNSEEN = {"script", "style", "template"}


@dataclass
class Element:
    """One element: its name, attributes, and what stands inside it."""

    tag: str
    attributes: dict[str, str]
    inside: list["Element | str"] = field(default_factory=list)

    def all(self, tag: str = "", **attributes: str) -> list["Element"]:
        """Every element inside with this name and these attributes."""
        wanted = {name.rstrip("_").replace("_", "-"): v for name, v in attributes.items()}
        return [
            each
            for each in self._walk()
            if (not tag or each.tag == tag) and wanted.items() <= each.attributes.items()
        ]

    def one(self, tag: str = "", **attributes: str) -> "Element":
        """The only element of this kind; fails when there are none or several."""
        found = self.all(tag, **attributes)
        assert len(found) == 1, f"{len(found)} of <{tag} {attributes}> in {self.words[:400]!r}"
        return found[0]

    @property
    def words(self) -> str:
        """The words a person reads here, with single blanks."""
        return " ".join(" ".join(self._pieces()).split())

    def _walk(self) -> Iterator["Element"]:
        for part in self.inside:
            if isinstance(part, Element):
                yield part
                yield from part._walk()

    def _pieces(self) -> Iterator[str]:
        for part in self.inside:
            if isinstance(part, str):
                yield part
            elif part.tag not in UNSEEN:
                yield from part._pieces()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.open = [self.root]

    def handle_starttag(self, tag, attrs):
        names = [name for name, _value in attrs]
        assert len(names) == len(set(names)), f"<{tag}> says an attribute twice: {names}"
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(element)
        if tag not in VOID | DRAWN:
            self.open.append(element)

    def handle_startendtag(self, tag, attrs):
        names_closed = VOID | DRAWN
        assert tag in names_closed, f"<{tag}/> cannot close itself in HTML"
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data):
        self.open[-1].inside.append(data)


def read(html: str) -> Element:
    """The page; fails on elements that are not closed in order."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == [reader.root], f"never closed: {[each.tag for each in reader.open[1:]]}"
    return reader.root


def judge(page: Element) -> None:
    """Fails when a page breaks a rule of the house."""
    ids = Counter(each.attributes["id"] for each in page.all() if "id" in each.attributes)
    assert [name for name, count in ids.items() if count > 1] == [], "ids must be unique"
    assert not page.all("style"), "no inline style"
    for each in page.all():
        attributes = each.attributes
        assert "style" not in attributes, f"inline style on <{each.tag}>"
        told = [name for name in attributes if name.startswith(("on", "hx-on"))]
        assert not told, f"script in attributes: {told}"
        for name in ("for", "aria-describedby", "aria-labelledby"):
            missing = set(attributes.get(name, "").split()) - set(ids)
            assert not missing, f"{name} points at nothing: {missing}"
    _judge_parts(page)


def _judge_parts(page: Element) -> None:
    for script in page.all("script"):
        assert "src" in script.attributes, "no inline script"
    posting = [form for form in page.all("form") if form.attributes.get("method") == "post"]
    tokens = [bool(form.all("input", name="csrf_token")) for form in posting]
    assert len(set(tokens)) < 2, "either every form that posts carries its token, or none"
    for form in page.all("form"):
        assert form.attributes.get("action"), "a form says where it goes"
    for button in page.all("button"):
        assert button.attributes.get("type") in {"submit", "button"}, "a button says its type"
    labelled = {each.attributes.get("for") for each in page.all("label")}
    for kind in ("input", "select", "textarea"):
        for each in page.all(kind):
            if each.attributes.get("type") not in {"hidden", "submit"}:
                known = each.attributes.get("id") in labelled or "aria-label" in each.attributes
                assert known, f"<{kind} name={each.attributes.get('name')}> has no label"
    _judge_frame(page)


def _judge_frame(page: Element) -> None:
    if not page.all("html"):
        return
    assert page.one("html").attributes.get("lang") in {"id", "en"}
    assert page.one("title").words
    assert len(page.all("h1")) == 1, "one h1 on a page"
    assert page.one("main").attributes.get("id") == "main"
    levels = [int(each.tag[1]) for each in page.all() if each.tag in {"h1", "h2", "h3", "h4"}]
    steps = pairwise(levels)
    assert all(after <= before + 1 for before, after in steps), f"headings skip: {levels}"
