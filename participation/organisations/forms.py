"""Input of administrators about organisations and their officers."""

from typing import Any

from wtforms import EmailField, StringField, TextAreaField

from participation.accounts.rules import EMAIL_LENGTH
from participation.areas.rules import WORDS_LENGTH
from participation.organisations.models import Organisation
from participation.organisations.rules import CONTACT_LENGTH, NAME_LENGTH
from participation.organisations.services import Facts
from participation.web.forms import Form, at_most, required
from participation.web.language import _l


class OrganisationForm(Form):
    """What is said of an organisation."""

    name = StringField(_l("Name of the office"), [required(), at_most(NAME_LENGTH)])
    area = StringField(
        _l("Area it works for"),
        [at_most(WORDS_LENGTH)],
        description=_l("Name or code; may stay empty."),
    )
    contact = TextAreaField(
        _l("How residents reach it"),
        [required(), at_most(CONTACT_LENGTH)],
        description=_l("Address, telephone, opening hours: as it would stand on its door."),
    )

    @classmethod
    def of(cls, found: Organisation, **options: Any) -> "OrganisationForm":
        """The form with the present facts."""
        area = found.area_code or ""
        return cls(name=found.name, contact=found.contact, area=area, **options)

    def command(self, area_code: str) -> Facts:
        """The facts as they were sent, in the area that was found for what was typed."""
        return Facts(self.name.data, self.contact.data, area_code)


class OfficerForm(Form):
    """Adds an officer by the address of their account."""

    email = EmailField(_l("E-mail address"), [required(), at_most(EMAIL_LENGTH)])


class RemoveForm(Form):
    """Takes an officer off the list: only a button."""
