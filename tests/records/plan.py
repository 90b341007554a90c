"""What kind of election a record shows: how many of each role, who votes, how far it is."""

from dataclasses import dataclass, field
from typing import Any

START = 1_760_000_000
"""When check-in opens, in seconds since 1970."""

SESSION, PASSKEY, DESK = 0, 1, 2
RUNNING, CLOSED, COUNTED = "running", "closed", "counted"


def text(words: str) -> dict[str, str]:
    """The same words in both languages."""
    return {"en": words, "id": words}


def yes_no(identifier: str = "park", **rule: Any) -> dict[str, Any]:
    """A yes-no question as it stands in a draft."""
    return {
        "id": identifier,
        "text": text("Shall the park stay?"),
        "method": "single",
        "options": [{"id": each, "text": text(each)} for each in ("yes", "no")],
        "min": 0,
        "max": 1,
        "rule": {"name": "yes-no", **rule},
    }


def plurality(identifier: str, options: int) -> dict[str, Any]:
    """A question with one winner among some options."""
    return {
        "id": identifier,
        "text": text(f"Who for {identifier}?"),
        "method": "single",
        "options": [{"id": f"o{i}", "text": text(f"Option {i}")} for i in range(options)],
        "min": 0,
        "max": 1,
        "rule": {"name": "plurality"},
    }


@dataclass(frozen=True)
class Voter:
    """A row of the roll, and what its owner does.

    `kind` is how they check in, None for one who stays away; `ballots` what they cast one after
    the other, each with one choice per question; `late` ones cast after check-in has ended.
    """

    style: int = 1
    kind: int | None = PASSKEY
    passkeys: int = 1
    ballots: tuple[tuple[Any, ...], ...] = ((0,),)
    is_late: bool = False


SIX_VOTERS = (
    Voter(ballots=((0,),)),
    Voter(ballots=((1,), (0,))),
    Voter(kind=SESSION, passkeys=0, ballots=((1,),)),
    Voter(kind=DESK, ballots=((None,),)),
    Voter(ballots=((0,),), is_late=True),
    Voter(kind=None, ballots=()),
)
"""One who changes the vote, one without a passkey, one at a desk, one late, one who stays away."""


@dataclass(frozen=True)
class Plan:
    """An election in numbers: registrars (n, k, faulty), trustees (n, k), witnesses (W, k, faulty).

    `away` are registrars (numbers) that never issue; `silent` trustees that give no share.
    `notes` are (row or None, words) of the organiser about the roll.
    """

    registrars: tuple[int, int, int] = (1, 1, 0)
    trustees: tuple[int, int] = (1, 1)
    witnesses: tuple[int, int, int] = (0, 0, 0)
    verifiers: int = 1
    questions: tuple[dict[str, Any], ...] = field(default_factory=lambda: (yes_no(),))
    styles: tuple[tuple[int, tuple[str, ...]], ...] = ((1, ("park",)),)
    voters: tuple[Voter, ...] = SIX_VOTERS
    batch_min: int = 2
    min_group: int = 3
    max_revisions: int = 3
    merge_delay: int = 2
    attachments: tuple[tuple[str, bytes], ...] = (("explanation.txt", b"Why we ask.\n"),)
    away: frozenset[int] = frozenset()
    silent: frozenset[int] = frozenset()
    notes: tuple[tuple[int | None, str], ...] = ()
    stage: str = COUNTED
    seed: str = "a record"
