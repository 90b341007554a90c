"""The steps out of a vote's present state, in words for their buttons."""

from participation.core.errors import Conflict
from participation.core.words import words
from participation.votes.pages.desk import NextStep
from participation.votes.rules import TRANSITIONS, Act, Situation, refusal
from participation.web.language import say

_SAID = {
    Act.ANNOUNCE: (
        "votes_desk.announce",
        words("Announce the vote"),
        words(
            "Everybody can read what will be asked, and everybody on the roll can look up their"
            " own row and object. Nothing is fixed yet: you can still withdraw it."
        ),
    ),
    Act.WITHDRAW: (
        "votes_desk.withdraw",
        words("Withdraw it to change something"),
        words("The page disappears until you announce it again."),
    ),
    Act.FREEZE: (
        "votes_desk.freeze",
        words("Freeze the vote"),
        words(
            "The keys are made and everything below is sealed: question, options, rule, times and"
            " roll. Nothing of it changes any more, not even by us."
        ),
    ),
    Act.OPEN: (
        "votes_desk.open_voting",
        words("Open the ballot box"),
        words("From then on whoever has checked in can vote."),
    ),
    Act.CLOSE_CHECK_IN: (
        "votes_desk.close_check_in",
        words("Close check-in"),
        words("Nobody checks in any more, and the keys for it are deleted. Voting goes on."),
    ),
    Act.CLOSE: (
        "votes_desk.close_voting",
        words("Close the ballot box"),
        words(
            "No ballot is taken any more. The check-ins and the roll become public, without names."
        ),
    ),
    Act.COUNT: (
        "votes_desk.count",
        words("Count and publish the result"),
        words(
            "The opening key is published, the ballots are opened and counted, and everybody can"
            " recount."
        ),
    ),
}


def next_steps(now_is: Situation) -> tuple[NextStep, ...]:
    """What can be done next, forwards first; nothing at the end of the way."""
    return tuple(_step(act, refusal(act, now_is)) for act in TRANSITIONS[now_is.state])


def next_label(now_is: Situation) -> str:
    """The next step forwards in a few words; empty at the end of the way."""
    return next((step.label for step in next_steps(now_is)), "")


def _step(act: Act, refused: Conflict | None) -> NextStep:
    endpoint, label, explanation = _SAID[act]
    return NextStep(
        endpoint=endpoint,
        label=say(label),
        explanation=say(explanation),
        refusal=say(refused.message) if refused else "",
        rule=refused.code if refused else "",
        is_back=act is Act.WITHDRAW,
    )
