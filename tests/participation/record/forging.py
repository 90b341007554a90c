"""A dishonest site: it writes a log of its own, signed with the right key."""

from dataclasses import dataclass, field, replace

from ballots.log import TILE_WIDTH, bundle, tile_hash, write_tile
from ballots.payload import Payload
from ballots.verifier.logs.tiles import tile_path, widths
from crypto import ed25519, merkle
from crypto.encoding import sha256
from participation.record.commitment import author_commitment, commitment
from participation.record.documents import (
    AnswerContent,
    AnswerRow,
    Content,
    Figures,
    Opening,
    Told,
    head_line,
)
from participation.record.entries import (
    Answered,
    Begun,
    Contributed,
    PhaseChanged,
    Version,
)
from participation.record.receipts import Opened, write_receipt
from participation.record.signing import origin_of, signed_note, vkey_of
from participation.record.tree import entries_after

SEED = bytes(range(32))
AT = 1_800_000_000
TEXT = b"Pasal 1\nSumur dibuka setiap hari.\n"
NAME = "Sri Hartati"


def public32(seed: bytes = SEED) -> bytes:
    """The public key of a seed."""
    return ed25519.SecretKey(seed).public32


def told(seed: bytes = SEED, **changes: str) -> Told:
    """What people are told."""
    name = "ab" * 16
    origin = origin_of("lembayung.example", name)
    honest = Told(
        id=name, slug="sumur", title="Sumur", document="Rancangan", office="Dinas Air",
        decider="Wali Kota", summary="Untuk semua.", opens_on="2026-11-01",
        closes_on="2026-12-01", answers_by="2026-12-20", decides_by="2027-01-31", outcome="",
        origin=origin, key=vkey_of(origin, public32(seed)),
    )  # fmt: skip
    return replace(honest, **changes)


def opened(number: int, text: str = "", thread: bytes = b"") -> Opened:
    """The words of contribution `number`."""
    salt, author_salt = bytes([number]) * 32, bytes([number + 100]) * 32
    content = Content(
        author=author_commitment(author_salt, NAME), edition=1, place="pasal-1", source="",
        stance="" if thread else "idea", text=text or f"Usul {number}.", thread=thread.hex(),
    )  # fmt: skip
    return Opened(salt, content.write(), author_salt, NAME)


def name_of(number: int) -> bytes:
    """The id of contribution `number`."""
    return bytes([number]) * 16


def contributed(number: int, *, thread: int = 0) -> Contributed:
    """Its entry; `thread` is the number of the first comment of a reply."""
    first = name_of(thread or number)
    shown = opened(number, thread=first if thread else b"")
    return Contributed(AT, name_of(number), first, commitment(shown.salt, shown.content))


ANSWER = AnswerContent("Diterima.", "", "Ratna", "Dinas Air", "", "adopted").write()


def answered(number: int, answer: bytes = ANSWER) -> Answered:
    """An answer to contribution `number`."""
    return Answered(AT, name_of(number), b"a" * 16, sha256(answer))


def beginning(about: Told | None = None) -> list[Payload]:
    """The entries with which every record begins, comments open."""
    return [
        Begun(AT, (about or told()).write()),
        PhaseChanged(AT, "announced"),
        Version(AT, 1, sha256(TEXT), 1),
        PhaseChanged(AT, "open"),
    ]


@dataclass
class Forgery:
    """A record of these entries; what stands beside the log is chosen freely."""

    entries: list[Payload] = field(default_factory=beginning)
    openings: list[Opening] = field(default_factory=list)
    answers: list[AnswerRow] = field(default_factory=list)
    description: Told = field(default_factory=told)
    figures: Figures = field(default_factory=Figures)
    checkpoints: tuple[int, ...] = ()
    seed: bytes = SEED

    def contribute(self, *numbers: int) -> "Forgery":
        """Honest contributions, opened."""
        for number in numbers:
            self.entries.append(contributed(number))
            self.open(number)
        return self

    def open(self, number: int, text: str = "") -> "Forgery":
        """Show the words of a contribution."""
        shown = opened(number, text)
        self.openings.append(Opening(name_of(number), shown.salt, shown.content))
        return self

    def files(self) -> dict[str, bytes]:
        """The files as a site would serve them."""
        size = len(self.entries)
        lines = [head_line(size), *(each.write() for each in self.openings)]
        answers = [head_line(size), *(each.write() for each in self.answers)]
        found = {
            "consultation.json": self.description.write(),
            "figures.json": replace(self.figures, size=size).write(),
            "contributions": b"".join(line + b"\n" for line in lines),
            "answers": b"".join(line + b"\n" for line in answers),
            "versions/1.txt": TEXT,
            "checkpoint": self.note(size),
        }
        found |= {f"checkpoints/{at}": self.note(at) for at in {*self.checkpoints, size}}
        return found | self.tiles()

    def note(self, size: int) -> bytes:
        """The checkpoint of this size, as the log's key signs it."""
        root = merkle.root(self.leaves()[:size])
        return signed_note(self.description.origin, self.seed, size, root)

    def receipt(self, index: int, shown: Opened) -> bytes:
        """A receipt for the entry at an index, with whatever words."""
        size, chained = len(self.entries), self.chained()
        proof = merkle.inclusion_proof(self.leaves(), index)
        return write_receipt(index, proof, self.note(size), chained[index][0], shown)

    def chained(self) -> list[tuple[bytes, bytes]]:
        """Entries and leaf hashes."""
        return list(entries_after(b"", [each.payload for each in self.entries]))

    def leaves(self) -> list[bytes]:
        """The leaf hashes."""
        return [leaf for _, leaf in self.chained()]

    def tiles(self) -> dict[str, bytes]:
        """Bundles and tiles of the widest form."""
        chained, found = self.chained(), {}
        for index, width in widths(len(chained)):
            begin = index * TILE_WIDTH
            part = chained[begin : begin + width]
            found[tile_path("entries", index, width)] = bundle(entry for entry, _ in part)
        level, hashes = 0, [leaf for _, leaf in chained]
        while hashes:
            for index, width in widths(len(hashes)):
                part = hashes[index * TILE_WIDTH :][:width]
                found[tile_path(level, index, width)] = write_tile(part)
            full = range(0, len(hashes) - TILE_WIDTH + 1, TILE_WIDTH)
            hashes = [tile_hash(hashes[at : at + TILE_WIDTH]) for at in full]
            level += 1
        return found
