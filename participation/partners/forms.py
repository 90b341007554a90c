"""Input: a partner's kind and address; and buttons."""

from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice

from participation.partners.rules import ADDRESS_LENGTH, Kind
from participation.web.forms import Form, at_most, chosen, required
from participation.web.language import _l

KINDS = {
    Kind.REGISTRAR: (
        _l("Registrar"),
        _l("Signs the right to vote for whoever checks in; never sees a ballot."),
    ),
    Kind.WITNESS: (
        _l("Witness"),
        _l("Confirms the states of the logs, so that nobody can be shown another record."),
    ),
    Kind.BOX: (
        _l("Ballot box"),
        _l("Keeps the ballots on a machine of its own, away from where people sign in."),
    ),
}


class PartnerForm(Form):
    """A new partner."""

    kind = RadioField(
        _l("What it does"),
        [chosen()],
        choices=[SelectChoice(kind.value, name) for kind, (name, _hint) in KINDS.items()],
    )
    address = StringField(
        _l("Address"),
        [required(), at_most(ADDRESS_LENGTH)],
        description=_l("Where its service answers, such as https://registrar.example.id."),
    )

    def command(self) -> tuple[Kind, str]:
        """The kind and the address as it was typed."""
        return Kind(self.kind.data), str(self.address.data)


class StepForm(Form):
    """A step that is only a button."""
