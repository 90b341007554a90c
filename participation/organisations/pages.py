"""What the pages of organisations need."""

from dataclasses import dataclass
from typing import ClassVar

from participation.areas.queries import Placed
from participation.organisations.forms import OfficerForm, OrganisationForm, RemoveForm
from participation.organisations.queries import Officer
from participation.web.page import Page
from participation.web.site import Beside


@dataclass(frozen=True, slots=True)
class OrganisationView:
    """An organisation in a list."""

    slug: str
    name: str
    area: Placed | None
    officers: int = 0


@dataclass(frozen=True, slots=True)
class OrganisationsPage(Page):
    """All organisations."""

    template: ClassVar[str] = "organisations/list.html"
    organisations: tuple[OrganisationView, ...]


@dataclass(frozen=True, slots=True)
class OrganisationPage(Page):
    """An organisation: how to reach it, and what it holds."""

    template: ClassVar[str] = "organisations/show.html"
    organisation: OrganisationView
    contact: str
    beside: tuple[Beside, ...]


@dataclass(frozen=True, slots=True)
class DeskListPage(Page):
    """The organisations as administrators see them, and the form of a new one."""

    template: ClassVar[str] = "organisations/desk/list.html"
    organisations: tuple[OrganisationView, ...]
    form: OrganisationForm


@dataclass(frozen=True, slots=True)
class DeskPage(Page):
    """One organisation as administrators edit it, with its officers."""

    template: ClassVar[str] = "organisations/desk/edit.html"
    organisation: OrganisationView
    form: OrganisationForm
    officers: tuple[Officer, ...]
    officer_form: OfficerForm
    remove: RemoveForm
