"""The officers' form of facts with the areas, topics and office of a consultation.

Areas are typed by name or code, one a line; where a name is that of several, they come back to be
ticked. What was typed stays until it is settled. No script is needed.
"""

from dataclasses import replace
from uuid import UUID

from wtforms import SelectField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice

from participation.areas import queries as areas
from participation.areas.queries import Placed
from participation.consultations.belonging import Links, links_of
from participation.consultations.forms import DetailsForm
from participation.consultations.models import Consultation
from participation.consultations.services import Details
from participation.core.errors import Invalid
from participation.core.words import words
from participation.organisations import queries as organisations
from participation.topics import queries as topics
from participation.topics.rules import name_in
from participation.web.database import session
from participation.web.forms import at_most
from participation.web.language import _l, language, say
from participation.web.session import actor

_TYPED_LENGTH = 2000
_NOBODY = _l("no office of the list")


class PlacedDetailsForm(DetailsForm):
    """What people are told about a consultation, and where it belongs."""

    areas = SelectMultipleField(_l("Areas it concerns"), choices=[], validate_choice=False)
    more_areas = TextAreaField(
        _l("Add areas"),
        [at_most(_TYPED_LENGTH)],
        description=_l("Names or codes, one a line. Without any area it concerns everybody here."),
    )
    topics = SelectMultipleField(_l("Topics"), choices=[])
    organisation = SelectField(_l("Office that holds it"), choices=[])

    def command(self) -> Details:
        """The facts with the links; raises `Invalid` for an area that is none or several."""
        holder = self.organisation.data
        links = Links(
            areas=tuple(dict.fromkeys([*self.areas.data, *self._typed_areas()])),
            topics=tuple(map(UUID, self.topics.data)),
            organisation=UUID(holder) if holder else None,
        )
        return replace(super().command(), links=links)

    def offer(self, found: list[Placed]) -> None:
        """Puts areas among those that can be ticked, each once."""
        known = {choice.value for choice in self.areas.choices}
        self.areas.choices += [
            SelectChoice(value=each.code, label=f"{each.full} ({each.code})")
            for each in found
            if each.code not in known
        ]

    def _typed_areas(self) -> list[str]:
        return [code for line in self.more_areas.data.split("\n") for code in self._meant(line)]

    def _meant(self, line: str) -> list[str]:
        """The area of one line; none for an empty line, or where one of several is ticked."""
        typed = line.strip()
        hits = areas.candidates(session(), typed)
        if not typed or {each.code for each in hits} & set(self.areas.data):
            return []
        if not hits:
            message = words("No area is called %(name)s.", name=typed)
            raise Invalid(message, field="more_areas")
        if len(hits) > 1:
            self.offer(hits)
            message = words("Several are called %(name)s. Tick the one that is meant.", name=typed)
            raise Invalid(message, field="areas")
        return [hits[0].code]


def details_form(found: Consultation | None = None) -> PlacedDetailsForm:
    """The form of a new consultation, or of one with its present facts and links.

    A new one begins with the office for which the officer works.
    """
    links, office = Links(), ""
    if found is not None:
        links = links_of(session(), found)
    elif own := organisations.organisations_of(session(), actor().id):
        links, office = Links(organisation=own[0].id), own[0].name
    form = PlacedDetailsForm(
        obj=found,
        office=office,
        areas=list(links.areas),
        topics=[str(each) for each in links.topics],
        organisation=str(links.organisation or ""),
    )
    form.offer(list(areas.placed(session(), form.areas.data).values()))
    form.topics.choices = [
        SelectChoice(value=str(each.id), label=name_in(each.names, language()))
        for each in topics.topics(session())
    ]
    form.organisation.choices = [SelectChoice(value="", label=say(_NOBODY))] + [
        SelectChoice(value=str(each.id), label=each.name)
        for each in organisations.organisations(session())
    ]
    return form
