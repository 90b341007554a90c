"""The honest label in plain words (protocol, section 14): the answers come from `ballots.label`."""

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType

from ballots.label import Answer, Label
from participation.core.words import Words, plural_words, words


@dataclass(frozen=True, slots=True)
class Told:
    """One question that people ask, and its honest answer."""

    question: Words
    answer: Words


@dataclass(frozen=True, slots=True)
class ToldLabel:
    """The kind of a vote by name and in a sentence, and every question with its answer."""

    name: Words
    meaning: Words
    answers: tuple[Told, ...]


def tell(label: Label) -> ToldLabel:
    """The label in words, questions in the order of the page."""
    name, meaning = _NAMES[label.name]
    answers = (
        Told(_QUESTIONS[each.question], _ANSWERS[each.question, each.answer](each))
        for each in label.answers
    )
    return ToldLabel(name, meaning, tuple(answers))


_NAMES = {
    "light": (
        words("Light vote"),
        words(
            "Something rests on one body alone: a key on one server, or no outside witness."
            " Everybody can recount, but you trust the organiser and the site more than in a"
            " standard vote."
        ),
    ),
    "standard": (
        words("Standard vote"),
        words("Several parties hold the keys, and outside witnesses watch the ballot box."),
    ),
    "robust": (
        words("Robust vote"),
        words(
            "Several parties hold the keys and witnesses watch; one that lies and one that fails"
            " change nothing. Everybody on the roll has a passkey of their own."
        ),
    ),
}

_QUESTIONS = {
    "stuff-absent": words("Can the organiser add votes for people who stayed away?"),
    "stuff-silent": words("Can votes be cast for people who checked in and did not vote?"),
    "roll": words("Who vouches for the list of voters?"),
    "early-results": words("Who can know the result early?"),
    "ties": words("Who can influence a draw by lot?"),
    "link-vote": words("Who can find out what I chose?"),
    "link-participation": words("Who can see that I took part?"),
    "link-elections": words("Can it be seen in which votes I took part?"),
    "prove-vote": words("Can I prove to others how I voted?"),
    "watching": words("Who watches the ballot box?"),
    "clock": words("By whose clock does it open and close?"),
    "recount": words("Who can recount?"),
}


def _rows_without_passkey(said: Answer) -> Words:
    return words(
        "Yes, at most as many as check in without a passkey of their own. %(rows)s of %(of)s people"
        " on the roll have none; the number of check-ins is published after the close.",
        rows=said.numbers["rows"],
        of=said.numbers["of"],
    )


def _check_ins_without_passkey(said: Answer) -> Words:
    return words(
        "At most %(most)s: that many checked in without a passkey of their own (%(session)s by"
        " signing in, %(desk)s at a desk).",
        most=said.numbers["most"],
        session=said.numbers["session"],
        desk=said.numbers["desk"],
    )


def _silent_unknown(said: Answer) -> Words:
    if said.numbers["of"] == 1:
        return words(
            "Only by the registrar, %(registrars)s, and only against the rules. How many it could"
            " be at most is published after the close.",
            registrars=_names(said),
        )
    return words(
        "Only if %(number)s of %(of)s registrars break the rules together: %(registrars)s. How"
        " many it could be at most is published after the close.",
        number=said.numbers["registrars"],
        of=said.numbers["of"],
        registrars=_names(said),
    )


def _silent_known(said: Answer) -> Words:
    if not said.numbers["most"]:
        return words("None: everybody who checked in has voted.")
    return plural_words(
        "At most %(count)s, and only against the rules by %(registrars)s: one person checked in and"
        " did not vote.",
        "At most %(count)s, and only against the rules by %(registrars)s: that many checked in and"
        " did not vote.",
        said.numbers["most"],
        registrars=_names(said),
    )


def _trustees_early(said: Answer) -> Words:
    return words(
        "%(number)s of %(of)s trustees, if they work together: %(trustees)s.",
        number=said.numbers["trustees"],
        of=said.numbers["of"],
        trustees=_names(said),
    )


def _witnesses(said: Answer) -> Words:
    return words(
        "%(of)s outside witnesses. %(number)s of them must confirm every state of the box:"
        " %(witnesses)s.",
        number=said.numbers["quorum"],
        of=said.numbers["of"],
        witnesses=_names(said),
    )


def _names(said: Answer) -> str:
    return ", ".join(said.parties)


_Say = Callable[[Answer], Words]
_ANSWERS: MappingProxyType[tuple[str, str], _Say] = MappingProxyType(
    {
        ("stuff-absent", "rows-without-passkey"): _rows_without_passkey,
        ("stuff-absent", "check-ins-without-passkey"): _check_ins_without_passkey,
        ("stuff-absent", "unknown-yet"): lambda _: words("That is known once the roll is ready."),
        ("stuff-silent", "unknown-yet"): _silent_unknown,
        ("stuff-silent", "checked-in-not-voted"): _silent_known,
        ("roll", "organiser-vouches"): lambda said: words(
            "%(organiser)s. Everybody can look up their own row, and nobody else's.",
            organiser=_names(said),
        ),
        ("early-results", "platform-alone"): lambda _: words(
            "Whoever runs this site: the key that opens the votes lies on its server."
        ),
        ("early-results", "trustees-together"): _trustees_early,
        ("ties", "organiser-can"): lambda said: words(
            "Lots decide only between equal votes. %(organiser)s could foresee them, because the"
            " opening key lies on the site's server.",
            organiser=_names(said),
        ),
        ("ties", "trustees-together"): lambda said: words(
            "Lots decide only between equal votes. %(number)s trustees together could foresee"
            " them.",
            number=said.numbers["trustees"],
        ),
        ("link-vote", "platform-with-network"): lambda _: words(
            "Nobody from the record, ever. Whoever runs this site and also watches the network"
            " could guess from the times."
        ),
        ("link-vote", "registrars-box-and-network"): lambda _: words(
            "Nobody from the record, ever. Registrars, ballot box and network together could guess"
            " from the times."
        ),
        ("link-participation", "organiser-sees"): lambda said: words(
            "%(organiser)s can. The public record shows rows without names.",
            organiser=_names(said),
        ),
        ("link-elections", "same-passkey-joins-check-ins"): lambda _: words(
            "Only if you check in with the same passkey each time, and then only that you did."
        ),
        ("prove-vote", "voter-can"): lambda _: words(
            "Yes. So never show your recovery file, and refuse whoever asks for it."
        ),
        ("watching", "nobody"): lambda _: words(
            "No outside witness. Keep your receipt: with it you can show if the box was changed."
        ),
        ("watching", "witnesses"): _witnesses,
        ("clock", "organiser"): lambda said: words(
            "By that of %(organiser)s. No outside witness confirms the times.",
            organiser=_names(said),
        ),
        ("clock", "witnesses"): lambda said: words(
            "By those of the witnesses: %(number)s of them date every opening and closing.",
            number=said.numbers["quorum"],
        ),
        ("recount", "everyone"): lambda _: words(
            "Everybody: with the public record and one command, without asking anybody."
        ),
    }
)
