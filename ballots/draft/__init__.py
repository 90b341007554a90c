"""The draft of an election: what is asked, how it is counted, who holds which role (section 3).

Entry 0 of the set-up log. It holds no key that belongs to one election only, those come with the
manifest; its hash `eid0` names the preparation, as `eid` names the election.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Self

from ballots.document import Place
from ballots.draft.parts import (
    LOGS,
    RULES_OF,
    Attachment,
    Fraction,
    Held,
    Log,
    Method,
    Officer,
    Option,
    Organiser,
    Passkeys,
    Question,
    Registrar,
    Registrars,
    Rule,
    Schedule,
    Style,
    Text,
    Trustee,
    Trustees,
    Verifier,
    Witness,
    Witnesses,
)
from ballots.draft.reading import SUITE, read_draft
from ballots.draft.writing import draft_value
from ballots.errors import Refused
from crypto import canonical
from crypto.encoding import H, b64url
from crypto.note import ED25519, VerifierKey

MOST_BYTES = 65_000
"""The longest draft or manifest: it must fit into one log entry (section 1)."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft, complete and of right shape however it was made; raises BadDocument otherwise.

    `nonce` is 16 bytes, `log_keys` the Ed25519 key (32 bytes) of each log. Whether its keys and
    numbers are safe is for `ballots.parameters.check_safe` to say.
    """

    languages: tuple[str, ...]
    title: Text = field(hash=False)
    about: Text = field(hash=False)
    nonce: bytes
    authority: str
    attachments: tuple[Attachment, ...]
    log_keys: Mapping[Log, bytes] = field(hash=False)
    organiser: Organiser
    questions: tuple[Question, ...]
    styles: tuple[Style, ...]
    schedule: Schedule
    registrars: Registrars
    trustees: Trustees
    witnesses: Witnesses
    officers: tuple[Officer, ...]
    verifiers: tuple[Verifier, ...]
    passkeys: Passkeys
    epoch_seconds: int
    batch_min: int
    merge_delay_epochs: int
    max_revisions: int
    min_group: int
    document: bytes = field(init=False, repr=False, compare=False)
    eid0: bytes = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        given = {each.name: getattr(self, each.name) for each in fields(self) if each.init}
        document = canonical.write(draft_value(given))
        read_draft(Place.root("draft", document, most_bytes=MOST_BYTES))
        object.__setattr__(self, "document", document)
        object.__setattr__(self, "eid0", H("draft", document))

    @classmethod
    def parse(cls, document: bytes) -> Self:
        """The draft whose bytes these are; raises BadDocument naming the place."""
        return cls(**read_draft(Place.root("draft", document, most_bytes=MOST_BYTES)))

    @classmethod
    def read(cls, place: Place) -> Self:
        """The draft that stands inside another document, the manifest."""
        return cls(**read_draft(place))

    def write(self) -> bytes:
        """The draft's bytes, canonical JSON; `parse` of them gives this draft."""
        return self.document

    @property
    def value(self) -> Any:
        """The JSON value, for embedding in a manifest."""
        return canonical.read(self.document)

    @property
    def policy(self) -> str:
        """The file `policy` (C2SP tlog-policy), to the byte; BadKey where a log key is none."""
        lines = [f"log {self.log_vkey(log)}" for log in LOGS]
        names = [f"w{number}" for number in range(1, len(self.witnesses.list) + 1)]
        if not names:
            return "\n".join([*lines, "quorum none", ""])
        for name, witness in zip(names, self.witnesses.list, strict=True):
            lines.append(f"witness {name} {witness.vkey}")
        group = f"group g {self.witnesses.k} {' '.join(names)}"
        return "\n".join([*lines, group, "quorum g", ""])

    def log_origin(self, log: Log) -> str:
        """The origin line of a log's checkpoints."""
        return f"{self.authority}/suara/{b64url(self.eid0)}/{log}"

    def log_vkey(self, log: Log) -> str:
        """The C2SP verifier key of a log, as text."""
        return self.log_verifier(log).vkey

    def log_verifier(self, log: Log) -> VerifierKey:
        """The key that a log's checkpoints are checked with; BadKey where it is none."""
        return VerifierKey.of(self.log_origin(log), ED25519, self.log_keys[log])

    def question(self, question_id: str) -> Question:
        """The question of this id; raises Refused `not-found`."""
        for question in self.questions:
            if question.id == question_id:
                return question
        raise Refused("not-found", f"no question {question_id!r} in this election")

    def style(self, style_id: int) -> Style:
        """The ballot style of this id; raises Refused `unknown-style`."""
        for style in self.styles:
            if style.id == style_id:
                return style
        raise Refused("unknown-style", f"no ballot style {style_id} in this election")

    def questions_of(self, style_id: int) -> tuple[Question, ...]:
        """The questions that a style's voters are asked, in their order."""
        return tuple(self.question(each) for each in self.style(style_id).questions)


__all__ = [
    "LOGS",
    "MOST_BYTES",
    "RULES_OF",
    "SUITE",
    "Attachment",
    "Draft",
    "Fraction",
    "Held",
    "Log",
    "Method",
    "Officer",
    "Option",
    "Organiser",
    "Passkeys",
    "Question",
    "Registrar",
    "Registrars",
    "Rule",
    "Schedule",
    "Style",
    "Text",
    "Trustee",
    "Trustees",
    "Verifier",
    "Witness",
    "Witnesses",
]
