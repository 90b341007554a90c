"""Input at the officer's desk, and whom the organiser puts there."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from wtforms import EmailField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from participation.accounts.rules import EMAIL_LENGTH
from participation.votes.services.desk_officers import Candidate
from participation.web.forms import Form, at_most, required
from participation.web.language import _l, ngettext


class VisitorForm(Form):
    """Finds the row of the voter who stands at the desk."""

    address = EmailField(
        _l("E-mail address of the voter"),
        [required(), at_most(EMAIL_LENGTH)],
        description=_l("As it stands on the roll. Look at their identity card first."),
    )


class OfficersForm(Form):
    """Whom the organiser puts at the desk."""

    officers = SelectMultipleField(
        _l("Officers at the desk"), widget=ListWidget(), option_widget=CheckboxInput()
    )

    def __init__(self, people: Sequence[Candidate], **options: Any) -> None:
        options.setdefault("officers", [str(each.account_id) for each in people if each.is_named])
        super().__init__(**options)
        self.officers.choices = [SelectChoice(str(each.account_id), _said(each)) for each in people]

    def command(self) -> tuple[UUID, ...]:
        """The accounts that were ticked."""
        return tuple(UUID(each) for each in self.officers.data)


def _said(person: Candidate) -> str:
    number = person.passkeys
    keys = ngettext("one passkey", "%(num)s passkeys", number) if number else str(_l("no passkey"))
    return f"{person.name} ({keys})"
