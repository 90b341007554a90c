"""What each general page needs."""

from dataclasses import dataclass
from typing import ClassVar

from participation.web.page import Page


@dataclass(frozen=True, slots=True)
class HomePage(Page):
    """The front page."""

    template: ClassVar[str] = "home/index.html"


@dataclass(frozen=True, slots=True)
class VerifyPage(Page):
    """How anybody can check a result."""

    template: ClassVar[str] = "home/verify.html"


@dataclass(frozen=True, slots=True)
class AccessibilityPage(Page):
    """What we do so that everybody can use the site, and where to complain."""

    template: ClassVar[str] = "home/accessibility.html"


@dataclass(frozen=True, slots=True)
class PrivacyPage(Page):
    """What is kept about people, and for how long."""

    template: ClassVar[str] = "home/privacy.html"


@dataclass(frozen=True, slots=True)
class DataPage(Page):
    """What anybody may take away and use."""

    template: ClassVar[str] = "home/data.html"
