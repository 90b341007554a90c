"""Routes of the record: its page, its files for everybody, a receipt; and the minute's work."""

import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from typing import IO
from urllib.parse import urlsplit
from uuid import UUID

from flask import Blueprint, Response, current_app, send_file
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from participation.consultations.queries import announced_consultation
from participation.record import queries, services
from participation.record.documents import Figures
from participation.record.models import RecordLog
from participation.record.pages import RecordPage
from participation.record.services import files
from participation.web.database import session
from participation.web.guard import cookieless, public, signed_in
from participation.web.page import show
from participation.web.session import actor
from participation.web.site import site

blueprint = Blueprint("consultation_record", __name__)

_MOST_IN_MEMORY = 8 * 1024 * 1024
_FOREVER = "public, max-age=31536000, immutable"
_NEVER = "no-store"
_LINES = "application/x-ndjson"
_TEXT = "text/plain; charset=utf-8"
_KINDS = {"json": "application/json", "txt": _TEXT, "contributions": _LINES, "answers": _LINES}


def minute(opened: Session, _moment: datetime) -> None:
    """Writes into the records what has happened since."""
    secrets = [current_app.config["SECRET_KEY"], *current_app.config["SECRET_KEY_FALLBACKS"]]
    services.keep_records(opened, services.keyring_of(secrets), urlsplit(site().origin).netloc)


@blueprint.get("/consultations/<slug>/record")
@public
def page(slug: str) -> ResponseReturnValue:
    """What the record of a consultation holds, and how to check it."""
    found = announced_consultation(session(), slug)
    log = queries.log_of(session(), found.id)
    told = _newest(log) if log else (Figures(), "", "")
    # Without a language: programs ask, and what they get is the same in every one.
    address = f"{site().origin}/consultations/{slug}/record/"
    return show(RecordPage(slug, found.title, address, *told))


def _newest(log: RecordLog) -> tuple[Figures, str, str]:
    note = queries.checkpoint(session(), log.consultation_id, log.size).decode()
    return files.figures(session(), log), note, services.key_of(log)


@blueprint.get("/consultations/<slug>/record/<path:path>")
@cookieless
def file(slug: str, path: str) -> ResponseReturnValue:
    """A file of the record, or all of them as one zip."""
    with files.snapshot(site().database) as opened:
        found = announced_consultation(opened, slug)
        record = files.Record(opened, queries.begun_log(opened, found.id))
        if path == f"{slug}.suara":
            return _whole(record, path)
        asked = record.read(path)
        response = _spooled(lambda output: output.writelines(asked.pieces), _kind(path))
        response.headers["Cache-Control"] = _FOREVER if asked.is_final else _NEVER
        return response


def _whole(record: files.Record, name: str) -> Response:
    response = _spooled(record.write_zip, "application/zip", name)
    response.headers["Cache-Control"] = _NEVER
    return response


def _spooled(write: Callable[[IO[bytes]], None], kind: str, name: str = "") -> Response:
    """An answer of bytes that were written first, so that nothing is sent of what then fails."""
    with ExitStack() as if_it_fails:
        output = if_it_fails.enter_context(tempfile.SpooledTemporaryFile(_MOST_IN_MEMORY))
        write(output)
        length, _ = output.tell(), output.seek(0)
        if length <= _MOST_IN_MEMORY:
            response = Response(output.read(), content_type=kind)
        else:
            response = send_file(output, kind)
            if_it_fails.pop_all()  # from here on the response closes it
    if name:
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _kind(path: str) -> str:
    folder, _, name = path.rpartition("/")
    if path == "checkpoint" or folder == "checkpoints":
        return _TEXT
    return _KINDS.get(name.rpartition(".")[2], "application/octet-stream")


@blueprint.get("/consultations/<slug>/comments/<uuid:comment_id>/receipt")
@signed_in
def receipt(slug: str, comment_id: UUID) -> ResponseReturnValue:
    """The receipt of one's own comment, as a file."""
    found = announced_consultation(session(), slug)
    content = services.receipt_of(session(), actor(), found.id, comment_id)
    response = Response(content, content_type=_TEXT)
    name = f"{slug}-{comment_id.hex[:8]}.tlog-proof"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = _NEVER
    return response
