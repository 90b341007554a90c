"""The page of a consultation's record."""

from dataclasses import dataclass
from typing import ClassVar

from participation.record.documents import Figures
from participation.web.page import Page


@dataclass(frozen=True, slots=True)
class RecordPage(Page):
    """What the record holds, its figures, its newest checkpoint, how to check it.

    `figures` and `checkpoint` are empty until the log has begun; `address` is what
    `suara verify` takes, `key` the log's verifier key.
    """

    template: ClassVar[str] = "record/record.html"
    slug: str
    title: str
    address: str
    figures: Figures
    checkpoint: str
    key: str

    @property
    def has_begun(self) -> bool:
        """Whether there is a log yet."""
        return bool(self.checkpoint)
