"""What the page about leaving needs."""

from dataclasses import dataclass
from typing import ClassVar

from participation.accounts.leaving.forms import LeavingForm
from participation.web.page import Page


@dataclass(frozen=True, slots=True)
class LeavingPage(Page):
    """Says what leaving erases and what remains, and asks for the password."""

    template: ClassVar[str] = "accounts/leave.html"
    form: LeavingForm
