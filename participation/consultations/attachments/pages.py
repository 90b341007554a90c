"""Pages of the files beside a draft."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from participation.consultations.attachments.forms import PURPOSES, AttachForm, RemoveForm
from participation.consultations.attachments.kinds import PICTURES, Kind
from participation.consultations.attachments.models import Attachment
from participation.consultations.attachments.rules import Purpose
from participation.consultations.pages.parts import Head
from participation.web.language import number_words, say
from participation.web.page import Page

_KILOBYTE, _MEGABYTE = 1_000, 1_000_000


@dataclass(frozen=True, slots=True)
class FileView:
    """A file as it is listed; a removed one has a `reason` instead of a way to get it."""

    id: str
    title: str
    purpose: str
    kind: str
    size: str
    sha256: str
    edition: int
    added_at: datetime
    is_picture: bool
    is_waiting: bool
    removed_at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class FilesPage(Page):
    """Every file beside a draft, with digests, removed ones with the reason."""

    template: ClassVar[str] = "consultations/files.html"
    head: Head
    files: tuple[FileView, ...]


@dataclass(frozen=True, slots=True)
class DeskFilesPage(Page):
    """The files on the desk, and the form for another one."""

    template: ClassVar[str] = "consultations/desk/files.html"
    head: Head
    files: tuple[FileView, ...]
    form: AttachForm
    may_attach: bool
    may_wait: bool


@dataclass(frozen=True, slots=True)
class RemovePage(Page):
    """Before a file is taken away."""

    template: ClassVar[str] = "consultations/desk/remove-file.html"
    head: Head
    file: FileView
    form: RemoveForm


def file_view(found: Attachment, edition: int) -> FileView:
    """A file for a template; it waits while the newest version is before its own."""
    return FileView(
        id=str(found.id),
        title=found.title,
        purpose=say(PURPOSES[Purpose(found.purpose)]),
        kind=found.kind.upper(),
        size=size_words(found.size_bytes),
        sha256=found.sha256,
        edition=found.edition,
        added_at=found.added_at,
        is_picture=Kind(found.kind) in PICTURES,
        is_waiting=found.edition > edition,
        removed_at=found.removed_at,
        reason=found.removal_reason,
    )


def size_words(size_bytes: int) -> str:
    """A size as people say it: 214 kB, 3.4 MB."""
    if size_bytes < _MEGABYTE:
        return f"{number_words(max(1, round(size_bytes / _KILOBYTE)))} kB"
    return f"{number_words(round(size_bytes / _MEGABYTE, 1))} MB"
