"""Routes: files for everybody, attaching and removing at the desk; the minute's sweeping."""

from datetime import datetime
from uuid import UUID

from flask import Blueprint, Response, send_file
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from participation.consultations import queries as consultations
from participation.consultations.attachments import pages, queries, services
from participation.consultations.attachments.forms import AttachForm, RemoveForm
from participation.consultations.attachments.kinds import MEDIA_TYPES, PICTURES, Kind, sorted_out
from participation.consultations.attachments.listing import shown_files
from participation.consultations.attachments.models import Attachment
from participation.consultations.attachments.rules import may_attach
from participation.consultations.attachments.shelf import FOLDER, Shelf
from participation.consultations.models import Consultation
from participation.consultations.pages.parts import Head, head_of
from participation.consultations.rules import Phase, may_have_new_version
from participation.consultations.views.present import is_open, refusals_beside
from participation.core.access import Permission
from participation.core.errors import NotFound
from participation.core.ids import slug as slug_of
from participation.core.words import words
from participation.web.database import session
from participation.web.guard import public, requires
from participation.web.language import _
from participation.web.page import go, show
from participation.web.session import actor
from participation.web.site import now, site

blueprint = Blueprint("attachments", __name__)

_ALONE = "default-src 'none'; frame-ancestors 'none'; sandbox"
"""Whatever a file turns out to be, a browser that shows it runs and loads nothing."""


def minute(opened: Session, moment: datetime) -> None:
    """Deletes files that nothing refers to any more."""
    services.sweep(opened, _shelf(), moment)


@blueprint.get("/consultations/<slug>/files")
@public
def files(slug: str) -> ResponseReturnValue:
    """Every file beside a draft, with its digest."""
    found = consultations.announced_consultation(session(), slug)
    shown = shown_files(found, _edition(found))
    return show(pages.FilesPage(head=_head(found), files=shown))


@blueprint.get("/consultations/<slug>/files/<uuid:file_id>")
@public
def file(slug: str, file_id: UUID) -> ResponseReturnValue:
    """A file, to keep."""
    kept = _standing(slug, file_id)
    response = send_file(
        _shelf().place(kept.sha256).absolute(),
        mimetype=MEDIA_TYPES[Kind(kept.kind)],
        as_attachment=True,
        download_name=_name(kept),
        etag=kept.sha256,
        conditional=True,
        max_age=0,
    )
    return _guarded(response)


@blueprint.get("/consultations/<slug>/files/<uuid:file_id>/picture")
@public
def picture(slug: str, file_id: UUID) -> ResponseReturnValue:
    """A picture, to look at: only what is found once more to be nothing but a picture."""
    kept = _standing(slug, file_id)
    content = _shelf().read(kept.sha256) if Kind(kept.kind) in PICTURES else b""
    if not content or sorted_out(content) != (Kind(kept.kind), content):
        raise NotFound(words("There is no such picture."))
    response = Response(content, mimetype=MEDIA_TYPES[Kind(kept.kind)])
    response.headers["Content-Disposition"] = f'inline; filename="{_name(kept)}"'
    response.set_etag(kept.sha256)
    return _guarded(response)


@blueprint.route("/desk/consultations/<slug>/files", methods=["GET", "POST"])
@requires(Permission.CONSULTATIONS_DRAFT_IMPORT)
def attach(slug: str) -> ResponseReturnValue:
    """Puts a file beside a draft."""
    found, form = consultations.consultation(session(), slug), AttachForm()
    if form.is_sent():
        with refusals_beside(form):
            new = form.command()
            services.attach(session(), actor(), found, new, _shelf(), now=now())
            return go("attachments.attach", slug=slug, notice=_("Attached."))
    edition = _edition(found)
    kept = queries.attachments(session(), found.id)
    page = pages.DeskFilesPage(
        head=_head(found),
        files=tuple(pages.file_view(each, edition) for each in kept),
        form=form,
        may_attach=may_attach(Phase(found.phase)),
        may_wait=may_have_new_version(Phase(found.phase)),
    )
    return show(page, form.status)


@blueprint.route("/desk/consultations/<slug>/files/<uuid:file_id>/remove", methods=["GET", "POST"])
@requires(Permission.CONSULTATIONS_DRAFT_PUBLISH)
def remove(slug: str, file_id: UUID) -> ResponseReturnValue:
    """Takes a file away, with a reason that everybody reads."""
    found, form = consultations.consultation(session(), slug), RemoveForm()
    kept = queries.attachment(session(), found.id, file_id)
    if form.is_sent():
        with refusals_beside(form):
            services.remove(session(), actor(), kept, form.reason.data, now=now())
            return go("attachments.attach", slug=slug, notice=_("Removed. Its title stays."))
    view = pages.file_view(kept, _edition(found))
    return show(pages.RemovePage(head=_head(found), file=view, form=form), form.status)


def _standing(slug: str, file_id: UUID) -> Attachment:
    found = consultations.announced_consultation(session(), slug)
    kept = queries.attachment(session(), found.id, file_id)
    if kept.edition > _edition(found):
        raise NotFound(words("There is no such file."))
    if kept.removed_at is not None:
        raise NotFound(words("This file was removed: %(reason)s", reason=kept.removal_reason))
    return kept


def _guarded(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = _ALONE
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "no-cache"  # a removed file is gone at once
    return response


def _name(kept: Attachment) -> str:
    return f"{slug_of(kept.title)}.{kept.kind}"


def _shelf() -> Shelf:
    return Shelf(site().var / FOLDER)


def _edition(found: Consultation) -> int:
    newest = consultations.editions(session(), found.id, limit=1)
    return newest[0].number if newest else 0


def _head(found: Consultation) -> Head:
    return head_of(found, is_open=is_open(found))
