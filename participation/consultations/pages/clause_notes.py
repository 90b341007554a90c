"""What versions did to a clause, told beside its comments."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """A version since `published_at`; `differs` where it words the clause unlike the latest."""

    version: int
    published_at: datetime
    differs: bool


@dataclass(frozen=True, slots=True)
class Relative:
    """A clause that this one was split from or into, or merged with."""

    clause_id: str
    citation: str


@dataclass(frozen=True, slots=True)
class ClauseNotes:
    """The history of a clause as its readers need it.

    `gone_with` is the version that no longer has it (0 while it stands), `became` where it was
    merged; `parts` are the other parts of a split clause, `split_from` is set on parts that came
    off, `sources` are clauses that were merged into this one.
    """

    gone_with: int = 0
    became: tuple[Relative, ...] = ()
    parts: tuple[Relative, ...] = ()
    split_from: tuple[Relative, ...] = ()
    sources: tuple[Relative, ...] = ()
    standings: tuple[Standing, ...] = ()

    def then(self, written_at: datetime) -> int:
        """The version that stood when something was written, if it read differently; 0 if not."""
        stood = [each for each in self.standings if each.published_at <= written_at]
        return stood[-1].version if stood and stood[-1].differs else 0
