"""Input: flags, rulings, redactions, appeals and their decisions; the rules in plain words."""

from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice

from participation.comments.standing.rules import RULE_NAMES, Rule
from participation.moderation.rules import APPEAL_LENGTH, WORDS_LENGTH, Outcome
from participation.moderation.services import Ruling, Verdict
from participation.web.forms import Form, at_most, chosen, required
from participation.web.language import _l

_TOLD = {
    Rule.INSULT: _l(
        "Words that attack a person instead of a draft. Hard criticism of an office is allowed."
    ),
    Rule.HATRED: _l("Contempt for people because of their ethnicity, religion, gender or origin."),
    Rule.PRIVACY: _l(
        "Addresses, telephone or identity numbers, health: of others, or one's own by mistake."
    ),
    Rule.ADVERTISING: _l("Offers and links that have nothing to do with the draft."),
    Rule.FLOOD: _l(
        "One text many times by the same person. Many people with the same opinion are welcome."
    ),
    Rule.LAW: _l("Words that a law forbids; the reason names the article of the law."),
}
RULES = {rule: (_l(RULE_NAMES[rule].message), told) for rule, told in _TOLD.items()}
"""Name and explanation of every rule."""

_CHOICES = [SelectChoice(rule.value, name) for rule, (name, _told) in RULES.items()]
_PUBLIC = _l("One or two sentences. Everybody reads them, so quote nothing and name nobody.")


class FlagForm(Form):
    """What is wrong with a comment."""

    rule = RadioField(_l("Which rule does it break?"), [chosen()], choices=_CHOICES)
    body = TextAreaField(
        _l("In your words, if you like"),
        [at_most(WORDS_LENGTH)],
        description=_l("Only moderators read this."),
    )

    def command(self) -> Ruling:
        """The flag as it was sent."""
        return Ruling(Rule(self.rule.data), self.body.data or "")


class RemovalForm(Form):
    """A removal; `confirmed` holds something once its preview was seen."""

    rule = RadioField(_l("Rule"), [chosen()], choices=_CHOICES)
    reason = TextAreaField(_l("Reason"), [required(), at_most(WORDS_LENGTH)], description=_PUBLIC)
    confirmed = HiddenField()

    def command(self) -> Ruling:
        """The ruling as it was sent."""
        return Ruling(Rule(self.rule.data), self.reason.data)


class KeepingForm(Form):
    """Why a flagged comment stays."""

    kept_because = TextAreaField(
        _l("Reason"), [required(), at_most(WORDS_LENGTH)], description=_PUBLIC
    )


class RedactionForm(Form):
    """A passage that is taken out."""

    passage = TextAreaField(
        _l("Words to take out"),
        [required()],
        description=_l("Exactly as they stand in the comment, such as a telephone number."),
    )
    redacted_because = TextAreaField(
        _l("Reason"), [required(), at_most(WORDS_LENGTH)], description=_PUBLIC
    )


class AppealForm(Form):
    """What an author says against a removal."""

    body = TextAreaField(
        _l("Why should it be shown?"),
        [required(_l("Say in your own words why it should be shown.")), at_most(APPEAL_LENGTH)],
        description=_l("Only moderators read this."),
    )


class VerdictForm(Form):
    """The decision on an appeal."""

    outcome = RadioField(
        _l("Decision"),
        [chosen()],
        choices=[
            SelectChoice(Outcome.RESTORED.value, _l("Show the comment again")),
            SelectChoice(Outcome.UPHELD.value, _l("It stays removed")),
        ],
    )
    reason = TextAreaField(_l("Reason"), [required(), at_most(WORDS_LENGTH)], description=_PUBLIC)

    def command(self) -> Verdict:
        """The decision as it was sent."""
        return Verdict(Outcome(self.outcome.data), self.reason.data)


class StepForm(Form):
    """A step that is only a button."""
