"""Rules over all templates: they parse, name what exists, and hold no code or style inside."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from jinja2 import nodes
from jinja2.meta import find_referenced_templates

from participation import places
from participation.app import create_app
from participation.settings import read_settings
from participation.web.page import Page

JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|(\{\{.*?\}\})", re.DOTALL)
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source"}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    return create_app(read_settings(var=tmp_path_factory.mktemp("var")))


@pytest.fixture(scope="module")
def sources() -> dict[str, str]:
    """The text of every template by its name."""
    found = {
        path.relative_to(places.TEMPLATES).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(places.TEMPLATES.rglob("*.*"))
    }
    assert len(found) > 40
    return found


class Tags(HTMLParser):
    """The elements of a template whose Jinja was taken out, and those that no other holds."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.roots: list[dict[str, str | None]] = []
        self.depth = 0
        self.feed(JINJA.sub(lambda found: "x" if found[1] else "", source))
        self.close()

    def handle_starttag(self, tag, attrs):
        self.handle_startendtag(tag, attrs)
        self.depth += tag not in VOID

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if not self.depth:
            self.roots.append(dict(attrs))

    def handle_endtag(self, _tag):
        self.depth -= 1


def pages(kind: type[Page] = Page) -> Iterator[type[Page]]:
    """Every page class there is."""
    for each in kind.__subclasses__():
        if each.__module__.startswith("participation."):
            yield each
        yield from pages(each)


def calls(site, source: str, function: str) -> Iterator[nodes.Call]:
    """The calls of a function with a constant first argument."""
    for call in site.jinja_env.parse(source).find_all(nodes.Call):
        is_it = isinstance(call.node, nodes.Name) and call.node.name == function
        if is_it and call.args and isinstance(call.args[0], nodes.Const):
            yield call


def test_every_template_compiles(site, sources):
    for name in sources:
        site.jinja_env.get_template(name)


def test_every_template_is_shown_by_a_page_or_held_by_another_template(site, sources):
    known = {name for each in pages() for name in (each.template, each.fragment)}
    for source in sources.values():
        known |= set(find_referenced_templates(site.jinja_env.parse(source)))
    assert known - set(sources) <= {"", None}, "a template is named that is not there"
    assert [name for name in sources if name not in known and "/mail/" not in name] == []


def test_no_template_holds_scripts_or_styles(sources):
    faults, seen = [], 0
    for name, source in sources.items():
        for tag, attributes in Tags(source).elements:
            seen += 1
            inline = [each for each in attributes if re.match(r"style$|on|hx-on", each)]
            if inline or tag == "style" or (tag == "script" and "src" not in attributes):
                faults.append(f"{name}: <{tag} {inline}>")
    assert seen > 500
    assert not faults, "\n".join(faults)


def test_every_address_is_made_for_a_view_that_is_there(site, sources):
    faults, seen = [], 0
    for name, source in sources.items():
        for call in calls(site, source, "url_for"):
            seen += 1
            endpoint, given = call.args[0].value, {each.key for each in call.kwargs}
            ways = site.url_map.iter_rules(endpoint) if endpoint in site.view_functions else ()
            if not any(way.arguments <= given for way in ways):
                faults.append(f"{name}:{call.lineno}: {endpoint} with {sorted(given)}")
    assert seen > 50
    assert not faults, "\n".join(faults)


def test_every_fragment_is_one_element_named_like_its_file(sources):
    """What htmx swaps is replaced as a whole; so the fragment is the element with that id."""
    fragments = {each.fragment for each in pages() if each.fragment}
    assert fragments
    for name in fragments:
        (root,) = Tags(sources[name]).roots
        expected = name.rpartition("/")[2].removeprefix("_").removesuffix(".html")
        assert root.get("id") == expected.replace("_", "-"), name


def test_htmx_puts_answers_only_where_a_fragment_stands(sources):
    """A form's target is the root of the very fragment that holds the form."""
    targets = {
        (name, target)
        for name, source in sources.items()
        for target in re.findall(r'fields\.form\([^)]*target="([a-z-]+)"', source)
    }
    assert targets
    for name, target in targets:
        (root,) = Tags(sources[name]).roots
        assert root.get("id") == target, name


def test_what_a_template_opens_it_closes(sources):
    for name, source in sources.items():
        if name.endswith(".html"):
            assert Tags(source).depth == 0, name


def test_a_fault_would_be_seen():
    tags = Tags('<p{% if a %} onclick="{{ say("x") }}"{% endif %} style="a">{# <b> #}<br></p><i>')
    assert tags.elements == [("p", {"onclick": "x", "style": "a"}), ("br", {}), ("i", {})]
    assert (tags.roots, tags.depth) == ([{"onclick": "x", "style": "a"}, {}], 1)
