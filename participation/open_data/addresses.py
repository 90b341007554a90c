"""Absolute addresses of public things, as documents and feeds carry them."""

from dataclasses import dataclass
from uuid import UUID

from flask import url_for

from participation.web.site import site

_SOME_ID = UUID(int=0)


def absolute(endpoint: str, **values: object) -> str:
    """The address of a page with the site's origin before it."""
    return site().origin + url_for(endpoint, **values)  # type: ignore[arg-type]  # Flask takes any


@dataclass(frozen=True, slots=True)
class CommentAddresses:
    """Addresses of comments, made without asking the routes anew for each of a million."""

    pattern: str

    @classmethod
    def of(cls, slug: str) -> "CommentAddresses":
        """Those of the comments on one consultation."""
        anchor = f"comment-{_SOME_ID}"
        page = absolute("consultations.thread", slug=slug, comment_id=_SOME_ID, _anchor=anchor)
        return cls(page)

    def at(self, comment_id: UUID) -> str:
        """Where this comment stands."""
        return self.pattern.replace(str(_SOME_ID), str(comment_id))
