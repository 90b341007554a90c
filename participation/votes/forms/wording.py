"""What voters read, in Indonesian and, if wanted, English."""

from typing import Any

from wtforms import Field, StringField, TextAreaField

from participation.votes.forms.parts import blame, options_in
from participation.votes.proposal import (
    ABOUT_LENGTH,
    ELECTORATE_LENGTH,
    OPTION_LENGTH,
    ORGANISER_LENGTH,
    QUESTION_LENGTH,
    TITLE_LENGTH,
    Wording,
)
from participation.web.forms import Form, at_most, required
from participation.web.language import _, _l

LANGUAGES = ("id", "en")
TEXTS = ("title", "about", "electorate", "question", "options")

_ONE_PER_LINE = _l(
    "One option on each line, at least two. After a | a remark can follow, shown smaller."
)
_ENGLISH = _l("Leave every English field empty if there is no English version.")


class WordingForm(Form):
    """The texts of a vote; English is optional, but never half."""

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

    def validate(self, extra_validators: Any = None) -> bool:
        """Also whether the English version, if there is one, is complete."""
        is_good = bool(super().validate(extra_validators))
        return self._check_options() and self._check_english() and is_good

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that have words."""
        has_english = any(self[f"{name}_en"].data for name in TEXTS)
        return LANGUAGES if has_english else LANGUAGES[:1]

    def wording(self) -> Wording:
        """The texts as they were sent."""
        texts = {
            name: {language: self[f"{name}_{language}"].data for language in self.languages}
            for name in TEXTS
        }
        lists = {language: options_in(text) for language, text in texts.pop("options").items()}
        options = (
            dict(zip(lists, each, strict=True)) for each in zip(*lists.values(), strict=True)
        )
        return Wording(languages=self.languages, options=tuple(options), **texts)

    def _check_english(self) -> bool:
        if len(self.languages) == 1:
            return True
        missing = [self[f"{name}_en"] for name in TEXTS if not self[f"{name}_en"].data]
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
