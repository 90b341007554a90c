"""The next step of a consultation, in words for its button."""

from dataclasses import replace

from participation.consultations.pages.desk import NextStep
from participation.consultations.rules import TRANSITIONS, Situation, Step, refusal
from participation.web.language import LazyString, _l, say

_SAID: dict[Step, tuple[LazyString, LazyString]] = {
    Step.PUBLISH: (
        _l("Publish and announce"),
        _l("Everybody can read the text from then on, and it never changes any more."),
    ),
    Step.OPEN: (
        _l("Open for comments"),
        _l("Residents can comment on every clause until the last day."),
    ),
    Step.CLOSE: (
        _l("End the comment phase"),
        _l("Nobody can comment any more; the office answers what is still waiting."),
    ),
    Step.DECIDE: (
        _l("Announce the decision"),
        _l("The decision stands at the top of the page, above all answers."),
    ),
    Step.ARCHIVE: (
        _l("Put into the archive"),
        _l("It stays readable for good, but leaves the lists of what is going on."),
    ),
}


def next_step(now_is: Situation) -> NextStep | None:
    """The step out of the present phase; nothing at the end of the way.

    The words of the decision are written on the same page, so their absence is no refusal yet.
    """
    for step in TRANSITIONS[now_is.phase]:
        refused = refusal(step, replace(now_is, has_outcome=True))
        label, explanation = _SAID[step]
        return NextStep(
            value=step.value,
            label=say(label),
            explanation=say(explanation),
            refusal=say(refused.message) if refused else "",
            has_outcome=step is Step.DECIDE,
        )
    return None
