"""Who holds which keys of a vote, in words: from its published draft."""

from dataclasses import dataclass

from ballots.draft import Draft, Trustee
from participation.core.words import Words, plural_words, words
from participation.votes.models import Vote
from participation.votes.parties import Parties


@dataclass(frozen=True, slots=True)
class Holder:
    """A role, who has it, and what the keys of that role can do."""

    role: Words
    names: tuple[str, ...]
    says: Words


def holders(draft: Draft, box: str = "") -> tuple[Holder, ...]:
    """Every role of an election, in the order in which people meet them.

    `box` is who runs the ballot box, where it stands apart.
    """
    return (
        _organiser(draft),
        _registrars(draft),
        *_box(box),
        _trustees(draft),
        _witnesses(draft),
        *_officers(draft),
    )


def box_name(vote: Vote) -> str:
    """Who runs the ballot box of a vote, where it stands apart."""
    apart = Parties.read(vote.parties).box
    return apart.name if apart else ""


def _organiser(draft: Draft) -> Holder:
    says = words("Signs the opening, the closing and the result; this server keeps the key.")
    return Holder(words("Organiser"), (draft.organiser.name,), says)


def _registrars(draft: Draft) -> Holder:
    registrars = draft.registrars
    names = tuple(each.name for each in registrars.list)
    if len(names) == 1:
        says = words("Signs blindly, once for each voter who checks in, and never sees a ballot.")
    else:
        says = words(
            "Sign blindly, once for each voter who checks in. %(number)s of %(of)s are needed.",
            number=registrars.k,
            of=len(names),
        )
    return Holder(words("Registrars"), names, says)


def _box(name: str) -> tuple[Holder, ...]:
    if not name:
        return ()
    says = words(
        "Keeps the ballots on a machine of its own, where nobody signs in. This site copies its"
        " record, checks it and counts from it."
    )
    return (Holder(words("Ballot box"), (name,), says),)


def _trustees(draft: Draft) -> Holder:
    trustees = draft.trustees
    names = tuple(each.name for each in trustees.list)
    if len(names) == 1:
        return Holder(words("Trustees"), names, _alone(trustees.list[0]))
    says = plural_words(
        "%(count)s of %(of)s is enough to open the ballots after the close.",
        "%(count)s of %(of)s together open the ballots after the close.",
        trustees.k,
        of=len(names),
    )
    return Holder(words("Trustees"), names, says)


def _alone(trustee: Trustee) -> Words:
    if trustee.held == "server":
        return words("Opens the ballots after the close; this server keeps the key.")
    return words("Opens the ballots after the close, and keeps the key elsewhere.")


def _witnesses(draft: Draft) -> Holder:
    witnesses = draft.witnesses
    if not witnesses.list:
        says = words("Nobody outside confirms the states of the ballot box.")
        return Holder(words("Witnesses"), (), says)
    says = words(
        "%(number)s of %(of)s must confirm every state of the ballot box.",
        number=witnesses.k,
        of=len(witnesses.list),
    )
    return Holder(words("Witnesses"), tuple(each.name for each in witnesses.list), says)


def _officers(draft: Draft) -> tuple[Holder, ...]:
    """Those at the desk, each once, however many passkeys they have; nobody where there is none."""
    if not draft.officers:
        return ()
    says = words(
        "Check in voters who stand before them, each with the officer's own passkey. Such check-ins"
        " are counted apart."
    )
    names = tuple(dict.fromkeys(each.name for each in draft.officers))
    return (Holder(words("Officers at the desk"), names, says),)
