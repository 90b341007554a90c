"""The files beside the log, all of canonical JSON (RFC 8785). Pure.

`consultation.json` is one document; `contributions` and `answers` hold one a line, after a first
line that says at which size of the log they were written.
"""

import re
from dataclasses import asdict, dataclass
from typing import Any, Self

from ballots.document import Place
from crypto import canonical

FORMAT = "suara consultation record 1"
SOURCES = ("", "paper", "counter", "meeting", "sms")
"""How a contribution came; empty: through the site."""

MOST_DOCUMENT_BYTES = 60_000
MOST_ROW_BYTES = 200_000

_DAY = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])", re.ASCII)
_ID = re.compile(r"[0-9a-f]{32}", re.ASCII)
_SALT = re.compile(r"[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Told:
    """What people are told about a consultation; days as YYYY-MM-DD.

    `id` are 32 hexadecimal digits, `origin` the name of the log, `key` its C2SP verifier key.
    """

    id: str
    slug: str
    title: str
    document: str
    office: str
    decider: str
    summary: str
    opens_on: str
    closes_on: str
    answers_by: str
    decides_by: str
    outcome: str
    origin: str
    key: str

    def write(self) -> bytes:
        """The bytes of `consultation.json`."""
        return canonical.write({"format": FORMAT, **asdict(self)})

    @classmethod
    def read(cls, octets: bytes) -> Self:
        """The document in these bytes; raises BadDocument naming the place."""
        names = tuple(cls.__dataclass_fields__)
        root = Place.root("consultation.json", octets, most_bytes=MOST_DOCUMENT_BYTES)
        fields = root.fields(("format", *names))
        fields["format"].one_of(FORMAT)
        fields["id"].matching(_ID)
        for name in ("opens_on", "closes_on", "answers_by", "decides_by"):
            fields[name].matching(_DAY)
        return cls(**{name: fields[name].text() for name in names})


@dataclass(frozen=True, slots=True)
class Content:
    """A contribution as the public sees it: this is what a commitment is about.

    `author` is the commitment to the author's name, 64 hexadecimal digits (`commitment`).
    `place` is the id of the clause in version `edition` of the draft; `thread` the id of the first
    comment for a reply, else empty; `source`, one of `SOURCES`, how it came where not through this
    site, else empty.
    """

    author: str
    edition: int
    place: str
    source: str
    stance: str
    text: str
    thread: str

    def write(self) -> bytes:
        """Its canonical JSON."""
        return canonical.write(asdict(self))

    @classmethod
    def read(cls, octets: bytes) -> Self:
        """The contribution in its canonical JSON; raises BadDocument."""
        names = tuple(cls.__dataclass_fields__)
        fields = Place.root("content", octets, most_bytes=MOST_ROW_BYTES).fields(names)
        fields["author"].matching(_SALT)
        fields["source"].one_of(*SOURCES)
        values: dict[str, Any] = {name: fields[name].text() for name in names if name != "edition"}
        return cls(**values, edition=fields["edition"].number())


@dataclass(frozen=True, slots=True)
class AnswerContent:
    """An official answer as the public reads it.

    `reason` is a code or empty; `place` the clause that changed because of it and `citation` how it
    is cited, both empty where none did.
    """

    body: str
    citation: str
    name: str
    office: str
    place: str
    reason: str

    def write(self) -> bytes:
        """Its canonical JSON."""
        return canonical.write(asdict(self))


@dataclass(frozen=True, slots=True)
class Opening:
    """A line of `contributions`: what opens a commitment; of a `pending` one nothing is shown."""

    id: bytes
    salt: bytes = b""
    content: bytes = b""
    is_pending: bool = False

    def write(self) -> bytes:
        """The line, without its end."""
        row: dict[str, Any] = {"id": self.id.hex()}
        if self.is_pending:
            return canonical.write(row | {"pending": True})
        shown = canonical.read(self.content)
        return canonical.write(row | {"content": shown, "salt": self.salt.hex()})

    @classmethod
    def read(cls, line: bytes) -> Self:
        """The line's parts; raises BadDocument. The content is any JSON: its hash says the rest."""
        fields = _row(line, ("id",), ("content", "salt", "pending"))
        name = bytes.fromhex(fields["id"].matching(_ID))
        if "pending" in fields:
            if len(fields) != 2 or not fields["pending"].flag():  # noqa: PLR2004 - id and pending
                fields["pending"].refuse("true, and nothing shown")
            return cls(name, is_pending=True)
        whole = Place("", {key: place.value for key, place in fields.items()})
        whole.fields(("id", "content", "salt"))
        salt = bytes.fromhex(fields["salt"].matching(_SALT))
        return cls(name, salt, canonical.write(fields["content"].value))


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """A line of `answers`: an answer's id and its canonical JSON."""

    id: bytes
    content: bytes

    def write(self) -> bytes:
        """The line, without its end."""
        return canonical.write({"content": canonical.read(self.content), "id": self.id.hex()})

    @classmethod
    def read(cls, line: bytes) -> Self:
        """The line's parts; raises BadDocument."""
        fields = _row(line, ("id", "content"))
        name = bytes.fromhex(fields["id"].matching(_ID))
        return cls(name, canonical.write(fields["content"].value))


@dataclass(frozen=True, slots=True)
class Figures:
    """What the log adds up to, as `figures.json` says it.

    `contributions` counts first comments ever made, `answered` those of them with an answer,
    `waiting` those that stand open without one. `held`, `removed`, `withdrawn` and `erased` count
    first comments and replies as they stand now. `size` is the length of the log.
    """

    size: int = 0
    versions: int = 0
    contributions: int = 0
    replies: int = 0
    answered: int = 0
    waiting: int = 0
    held: int = 0
    removed: int = 0
    withdrawn: int = 0
    erased: int = 0

    def write(self) -> bytes:
        """The bytes of `figures.json`."""
        return canonical.write(asdict(self))

    @classmethod
    def read(cls, octets: bytes) -> Self:
        """The figures in these bytes; raises BadDocument."""
        root = Place.root("figures.json", octets, most_bytes=MOST_DOCUMENT_BYTES)
        fields = root.fields(tuple(cls.__dataclass_fields__))
        return cls(**{name: place.number() for name, place in fields.items()})


def head_line(size: int) -> bytes:
    """The first line of a file of lines: the size of the log it goes with."""
    return canonical.write({"size": size})


def read_head_line(line: bytes) -> int:
    """The size in a first line; raises BadDocument."""
    return _row(line, ("size",))["size"].number()


def _row(
    line: bytes, required: tuple[str, ...], optional: tuple[str, ...] = ()
) -> dict[str, Place]:
    return Place.root("line", line, most_bytes=MOST_ROW_BYTES).fields(required, optional)
