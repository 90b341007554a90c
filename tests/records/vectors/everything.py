"""Every file of vectors: its name, what it holds, the section of the protocol's page."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.records.builder import Builder
from tests.records.vectors import basics, counting, documents, logs, voting
from tests.records.vectors.shown import built

Maker = Callable[[Builder], list[dict[str, Any]]]


@dataclass(frozen=True)
class File:
    """A file of vectors."""

    name: str
    section: str
    make: Maker


FILES = (
    File("encoding", "1", basics.encoding),
    File("ed25519", "7.4", basics.ed25519),
    File("documents", "3", documents.documents),
    File("roll", "3", documents.roll),
    File("registrar-keys", "6", documents.registrar_keys),
    File("ceremony", "5", documents.ceremony),
    File("entries", "4", logs.entries),
    File("checkpoints", "4", logs.checkpoints),
    File("trees", "4", logs.trees),
    File("credentials", "6", voting.credentials),
    File("passkeys", "6.4", voting.passkeys),
    File("plaintexts", "11", voting.plaintexts),
    File("ballots", "7", voting.ballots),
    File("promises", "7.5", voting.promises),
    File("closing", "9", counting.closing),
    File("tally", "9.4", counting.tally),
    File("results", "9.4, 11", counting.results),
)


def texts() -> dict[str, str]:
    """The text of every file by its name; all but the first two come from one election."""
    election = built()
    return {file.name: _text(file, election) for file in FILES}


def _text(file: File, election: Builder) -> str:
    about = " ".join((file.make.__doc__ or "").split())
    head = {"structure": file.name, "section": file.section, "about": about}
    value = {**head, "vectors": file.make(election)}
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"
