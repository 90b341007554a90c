"""Atom feeds (RFC 4287), written with the standard library."""

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

ATOM = "http://www.w3.org/2005/Atom"
XML = "http://www.w3.org/XML/1998/namespace"
MEDIA_TYPE = "application/atom+xml"
_TAG_YEAR = 2026
"""The year that makes a `tag:` id ours (RFC 4151); it never changes, or every id would."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened; `id` is stable, `summary` plain text."""

    id: str
    title: str
    address: str
    at: datetime
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: `address` is its own, `page` where people read the same."""

    id: str
    title: str
    author: str
    address: str
    page: str
    language: str
    entries: tuple[Entry, ...]


def tag(origin: str, *parts: object) -> str:
    """A stable name (RFC 4151) of a thing of the site at `origin`."""
    host = urlsplit(origin).hostname or "localhost"
    return f"tag:{host},{_TAG_YEAR}:" + ":".join(map(str, parts))


def write(feed: Feed, *, now: datetime) -> bytes:
    """The feed as XML; an empty feed was brought up to date `now`."""
    register_namespace("", ATOM)
    root = Element(f"{{{ATOM}}}feed", {f"{{{XML}}}lang": feed.language})
    _text(root, "id", feed.id)
    _text(root, "title", feed.title)
    _text(root, "updated", _moment(max((each.at for each in feed.entries), default=now)))
    _text(SubElement(root, f"{{{ATOM}}}author"), "name", feed.author)
    _link(root, "self", feed.address, MEDIA_TYPE)
    _link(root, "alternate", feed.page, "text/html")
    for each in feed.entries:
        _entry(root, each)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _entry(root: Element, found: Entry) -> None:
    entry = SubElement(root, f"{{{ATOM}}}entry")
    _text(entry, "id", found.id)
    _text(entry, "title", found.title)
    _text(entry, "updated", _moment(found.at))
    _text(entry, "published", _moment(found.at))
    _link(entry, "alternate", found.address, "text/html")
    if found.summary:
        _text(entry, "summary", found.summary)


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, f"{{{ATOM}}}{name}").text = _speakable(text)


def _link(parent: Element, relation: str, address: str, media_type: str) -> None:
    SubElement(parent, f"{{{ATOM}}}link", rel=relation, href=address, type=media_type)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _speakable(text: str) -> str:
    """`text` without the control characters that XML 1.0 cannot carry."""
    return "".join(each for each in text if each >= " " or each in "\t\n")
