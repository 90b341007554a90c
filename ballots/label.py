"""The honest label: what an election protects from whom, computed and never claimed (section 14).

Answers are message ids with numbers and names; the site puts them into the reader's language.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ballots.draft import Draft

LabelName = Literal["light", "robust", "standard"]


@dataclass(frozen=True, slots=True)
class Counts:
    """What roll and record say so far; None where it is not known yet.

    `rows` and `rows_with_passkey` of the roll; `check_ins`, how many of them by session and at a
    desk, and how many of those at a desk for a row that has a passkey; `voted` ballot keys.
    """

    rows: int | None = None
    rows_with_passkey: int | None = None
    check_ins: int | None = None
    by_session: int | None = None
    by_desk: int | None = None
    by_desk_with_passkey: int | None = None
    voted: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: the question's id, the answer's id, numbers and parties to put into it."""

    question: str
    answer: str
    numbers: Mapping[str, int] = field(default_factory=dict, hash=False)
    parties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Label:
    """An election's name, and its answers in the order of the page."""

    name: LabelName
    answers: tuple[Answer, ...]


def label(draft: Draft, counts: Counts) -> Label:
    """The label of an election, from its draft and from what is known of its record."""
    answers = (
        *_stuffing(draft, counts),
        Answer("roll", "organiser-vouches", {}, (draft.organiser.name,)),
        _early_results(draft),
        _ties(draft),
        *_linking(draft),
        Answer("prove-vote", "voter-can"),
        *_watching(draft),
        _clock(draft),
        Answer("recount", "everyone"),
    )
    return Label(_name(draft, counts), answers)


def _name(draft: Draft, counts: Counts) -> LabelName:
    if _is_light(draft):
        return "light"
    return "robust" if _is_robust(draft, counts) else "standard"


def _is_light(draft: Draft) -> bool:
    """One registrar, a server-held key, or no witnesses, whose clock would be the organiser's."""
    return (
        len(draft.registrars.list) == 1
        or any(trustee.held == "server" for trustee in draft.trustees.list)
        or not draft.witnesses.list
    )


def _is_robust(draft: Draft, counts: Counts) -> bool:
    """One who lies is not enough, one who is off is not missed; every row has a passkey."""
    registrars, trustees, witnesses = draft.registrars, draft.trustees, draft.witnesses
    survives_a_lie = registrars.faulty >= 1 and trustees.k > 1 and witnesses.faulty >= 1
    survives_an_absence = (
        len(registrars.list) > registrars.k
        and len(trustees.list) > trustees.k
        and len(witnesses.list) > witnesses.k
    )
    all_have_passkeys = counts.rows is not None and counts.rows_with_passkey == counts.rows
    return survives_a_lie and survives_an_absence and all_have_passkeys


def _stuffing(draft: Draft, counts: Counts) -> tuple[Answer, ...]:
    """How many ballots the organiser could add, by the two bounds of section 0."""
    return _for_absent(counts), _for_silent(draft, counts)


def _for_silent(draft: Draft, counts: Counts) -> Answer:
    """Ballots for those who checked in and did not vote, if k registrars sign off the log."""
    registrars = draft.registrars
    numbers = {"registrars": registrars.k, "of": len(registrars.list)}
    names = tuple(each.name for each in registrars.list)
    if counts.check_ins is None or counts.voted is None:
        return Answer("stuff-silent", "unknown-yet", numbers, names)
    numbers["most"] = counts.check_ins - counts.voted
    return Answer("stuff-silent", "checked-in-not-voted", numbers, names)


def _for_absent(counts: Counts) -> Answer:
    """Ballots for those who stayed away: check-ins without the voter's own passkey."""
    if counts.by_session is not None and counts.by_desk is not None:
        numbers = {
            "most": counts.by_session + counts.by_desk,
            "session": counts.by_session,
            "desk": counts.by_desk,
            "desk_with_passkey": counts.by_desk_with_passkey or 0,
        }
        return Answer("stuff-absent", "check-ins-without-passkey", numbers)
    if counts.rows is not None and counts.rows_with_passkey is not None:
        numbers = {"rows": counts.rows - counts.rows_with_passkey, "of": counts.rows}
        return Answer("stuff-absent", "rows-without-passkey", numbers)
    return Answer("stuff-absent", "unknown-yet")


def _early_results(draft: Draft) -> Answer:
    """Who together can open ballots before close."""
    trustees = draft.trustees
    on_server = sum(trustee.held == "server" for trustee in trustees.list)
    numbers = {"trustees": trustees.k, "of": len(trustees.list), "on_server": on_server}
    names = tuple(trustee.name for trustee in trustees.list)
    if on_server >= trustees.k:
        return Answer("early-results", "platform-alone", numbers, names)
    return Answer("early-results", "trustees-together", numbers, names)


def _ties(draft: Draft) -> Answer:
    """Who can foresee the keys that ties are drawn from, and so choose the box's last contents."""
    if _early_results(draft).answer == "platform-alone":
        return Answer("ties", "organiser-can", {}, (draft.organiser.name,))
    return Answer("ties", "trustees-together", {"trustees": draft.trustees.k})


def _linking(draft: Draft) -> tuple[Answer, ...]:
    """Who can learn how somebody voted, and who learns that somebody took part."""
    registrars = tuple(each.name for each in draft.registrars.list)
    # A registrar that answers where voters sign in is run by whoever runs the site.
    one_house = all(each.origin in draft.passkeys.origins for each in draft.registrars.list)
    who = "platform-with-network" if one_house else "registrars-box-and-network"
    participation = Answer("link-participation", "organiser-sees", {}, (draft.organiser.name,))
    return (
        Answer("link-vote", who, {"registrars": len(registrars)}, registrars),
        participation,
        Answer("link-elections", "same-passkey-joins-check-ins"),
    )


def _watching(draft: Draft) -> tuple[Answer, ...]:
    witnesses = draft.witnesses
    if not witnesses.list:
        return (Answer("watching", "nobody"),)
    numbers = {"quorum": witnesses.k, "of": len(witnesses.list), "faulty": witnesses.faulty}
    names = tuple(witness.name for witness in witnesses.list)
    return (Answer("watching", "witnesses", numbers, names),)


def _clock(draft: Draft) -> Answer:
    """Whose word the opening and closing times are (section 9.1)."""
    if not draft.witnesses.list:
        return Answer("clock", "organiser", {}, (draft.organiser.name,))
    return Answer("clock", "witnesses", {"quorum": draft.witnesses.k})
