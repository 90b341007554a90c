"""The partners' page."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from participation.core.words import Words, words
from participation.partners.forms import KINDS, PartnerForm, StepForm
from participation.partners.models import Partner
from participation.partners.rules import Kind, Problem
from participation.web.language import LazyString, say
from participation.web.page import Page

PROBLEMS: dict[Problem, Words] = {
    Problem.SILENT: words("does not answer"),
    Problem.STRANGE: words("answers, but not as it should"),
    Problem.OTHER_KEY: words("answers with another key: ask by another way before you use it"),
}


@dataclass(frozen=True, slots=True)
class PartnerView:
    """One partner: who, where, with which key, and how it answered last."""

    id: UUID
    kind: LazyString
    name: str
    address: str
    key: str
    seen_at: datetime | None
    problem: str

    @classmethod
    def of(cls, partner: Partner) -> "PartnerView":
        """The view of a row."""
        problem = Problem(partner.problem)
        return cls(
            id=partner.id,
            kind=KINDS[Kind(partner.kind)][0],
            name=partner.name,
            address=partner.address,
            key=partner.key,
            seen_at=partner.seen_at,
            problem=say(PROBLEMS[problem]) if problem in PROBLEMS else "",
        )


@dataclass(frozen=True, slots=True)
class PartnersPage(Page):
    """All partners, and adding one; `step` holds the token of the buttons."""

    template: ClassVar[str] = "partners/list.html"
    partners: tuple[PartnerView, ...]
    form: PartnerForm
    step: StepForm
    authority: str

    @property
    def hints(self) -> dict[str, LazyString]:
        """The line under each kind."""
        return {kind.value: hint for kind, (_name, hint) in KINDS.items()}
