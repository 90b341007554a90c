"""A vote as it is drawn up, in Indonesian and, if wanted, English."""

from typing import Any

from wtforms import Field, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from participation.votes.counting_words import MAJORITY_NAMES
from participation.votes.forms.parts import (
    blame,
    int_or_none,
    moment,
    option_line,
    options_in,
    perhaps,
    to_local,
    to_utc,
    whole,
)
from participation.votes.models import Vote
from participation.votes.proposal import (
    ABOUT_LENGTH,
    ELECTORATE_LENGTH,
    OPTION_LENGTH,
    ORGANISER_LENGTH,
    QUESTION_LENGTH,
    TITLE_LENGTH,
    Counting,
    Measures,
    Proposal,
    Rule,
    Windows,
    Wording,
)
from participation.web.forms import Form, at_most, chosen, required
from participation.web.language import _, _l, say

RULES = {
    Rule.YES_NO: (
        _l("Yes or no"),
        _l("A referendum: accepted or not, with quorum and majority."),
    ),
    Rule.PLURALITY: (_l("One mark"), _l("Each voter marks one option; the most votes win.")),
    Rule.APPROVAL: (
        _l("Several marks"),
        _l("Each voter marks every option that is fine with them; the most votes win."),
    ),
    Rule.INSTANT_RUNOFF: (
        _l("Ranking"),
        _l("Each voter ranks the options; the weakest is excluded round by round."),
    ),
}

_LANGUAGES = ("id", "en")
_TEXTS = ("title", "about", "electorate", "question", "options")
_ONE_PER_LINE = _l(
    "One option on each line, at least two. After a | a remark can follow, shown smaller."
)
_ENGLISH = _l("Leave every English field empty if there is no English version.")


class VoteForm(Form):
    """A vote as it is drawn up, in Indonesian and, if wanted, English."""

    organiser = StringField(
        _l("Who calls the vote"),
        [required(), at_most(ORGANISER_LENGTH)],
        description=_l("The office or body that answers for it, such as Kelurahan Kenanga."),
    )
    title_id = StringField(_l("Title, Indonesian"), [required(), at_most(TITLE_LENGTH)])
    title_en = StringField(_l("Title, English"), [at_most(TITLE_LENGTH)])
    about_id = TextAreaField(
        _l("What it is about, Indonesian"),
        [required(), at_most(ABOUT_LENGTH)],
        description=_l("What changes, for whom, from when. *Italic*, **bold** and lists are fine."),
    )
    about_en = TextAreaField(_l("What it is about, English"), [at_most(ABOUT_LENGTH)])
    electorate_id = StringField(
        _l("Who may vote, Indonesian"),
        [required(), at_most(ELECTORATE_LENGTH)],
        description=_l("In a few words; the roll follows in the next step."),
    )
    electorate_en = StringField(
        _l("Who may vote, English"), [at_most(ELECTORATE_LENGTH)], description=_ENGLISH
    )
    question_id = StringField(_l("Question, Indonesian"), [required(), at_most(QUESTION_LENGTH)])
    question_en = StringField(_l("Question, English"), [at_most(QUESTION_LENGTH)])
    options_id = TextAreaField(_l("Options, Indonesian"), [required()], description=_ONE_PER_LINE)
    options_en = TextAreaField(
        _l("Options, English"), description=_l("The same options in the same order.")
    )

    rule = RadioField(
        _l("How is it counted?"),
        [chosen(_l("Choose how it is counted."))],
        choices=[SelectChoice(rule.value, name) for rule, (name, _hint) in RULES.items()],
    )
    quorum_percent = perhaps(
        _l("Quorum in per cent of the roll"),
        _l("For yes or no. Empty: it counts however many take part."),
    )
    majority = SelectField(_l("Majority that a yes needs"), description=_l("For yes or no."))
    seats = whole(_l("How many options win"), _l("For one or several marks."), default=1)
    most_marks = perhaps(
        _l("Most marks on a ballot"), _l("For several marks. Empty: as many as one likes.")
    )

    check_in_opens = moment(_l("Check-in opens"))
    check_in_closes = moment(_l("Check-in closes"))
    voting_opens = moment(_l("Voting opens"))
    voting_closes = moment(_l("Voting closes"))

    min_group = whole(
        _l("Fewest voters whose ballots are opened"),
        _l("With fewer votes the result would tell who chose what. The roll needs as many."),
        default=Measures().min_group,
    )
    batch_min = whole(
        _l("Fewest ballots published together"),
        _l("More hide better when somebody voted, fewer bring receipts sooner."),
        default=Measures().batch_min,
    )
    epoch_seconds = whole(_l("Seconds between publications"), default=Measures().epoch_seconds)
    max_revisions = whole(
        _l("How often a vote can be changed"),
        _l("The last one counts."),
        default=Measures().max_revisions,
    )

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.majority.choices = [
            SelectChoice(key, say(name)) for key, name in MAJORITY_NAMES.items()
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        """Also whether the English version, if there is one, is complete."""
        is_good = bool(super().validate(extra_validators))
        return self._check_options() and self._check_english() and is_good

    def command(self) -> Proposal:
        """The vote as it was sent; `Invalid` and `Conflict` are for the services to raise."""
        return Proposal(
            organiser=self.organiser.data,
            wording=self._wording(),
            counting=Counting(
                Rule(self.rule.data),
                quorum_percent=int_or_none(self.quorum_percent),
                majority=self.majority.data,
                seats=int(self.seats.data),
                most_marks=int_or_none(self.most_marks),
            ),
            windows=Windows(*(to_utc(self[name].data) for name in _WINDOWS)),
            measures=Measures(
                epoch_seconds=int(self.epoch_seconds.data),
                batch_min=int(self.batch_min.data),
                max_revisions=int(self.max_revisions.data),
                min_group=int(self.min_group.data),
            ),
        )

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that have words."""
        has_english = any(self[f"{name}_en"].data for name in _TEXTS)
        return _LANGUAGES if has_english else _LANGUAGES[:1]

    def _wording(self) -> Wording:
        texts = {
            name: {language: self[f"{name}_{language}"].data for language in self.languages}
            for name in _TEXTS
        }
        lists = {language: options_in(text) for language, text in texts.pop("options").items()}
        options = (
            dict(zip(lists, each, strict=True)) for each in zip(*lists.values(), strict=True)
        )
        return Wording(languages=self.languages, options=tuple(options), **texts)

    def _check_english(self) -> bool:
        if len(self.languages) == 1:
            return True
        missing = [self[f"{name}_en"] for name in _TEXTS if not self[f"{name}_en"].data]
        for field in missing:
            blame(field, _("The English version lacks this."))
        here, there = (options_in(field.data or "") for field in self._option_fields)
        if there and len(here) != len(there):
            blame(self.options_en, _("There must be as many options as in Indonesian."))
            return False
        return not missing

    @property
    def _option_fields(self) -> tuple[Field, Field]:
        return self.options_id, self.options_en

    def _check_options(self) -> bool:
        long = [
            field
            for field in self._option_fields
            if any(len(option) > OPTION_LENGTH for option in options_in(field.data or ""))
        ]
        for field in long:
            blame(field, _("An option has at most %(most)s characters.", most=OPTION_LENGTH))
        return not long


MEASURES = ("min_group", "batch_min", "epoch_seconds", "max_revisions")
"""The fields with numbers that protect voters."""

_WINDOWS = ("check_in_opens", "check_in_closes", "voting_opens", "voting_closes")


def values_of(vote: Vote) -> dict[str, Any]:
    """What the form shows of a vote that was drawn up before."""
    values: dict[str, Any] = {
        f"{name}_{language}": getattr(vote, name).get(language, "")
        for name in _TEXTS[:-1]
        for language in _LANGUAGES
    }
    values |= {
        f"options_{language}": "\n".join(
            option_line(each["text"][language]) for each in vote.options
        )
        for language in vote.languages
    }
    values |= {name: to_local(getattr(vote, f"{name}_at")) for name in _WINDOWS}
    same = ("organiser", "rule", "quorum_percent", "majority", "seats", "most_marks")
    return values | {name: getattr(vote, name) for name in (*same, *MEASURES)}
