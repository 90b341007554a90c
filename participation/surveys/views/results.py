"""Routes of results: for everybody once published, for the desk before; and as files."""

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from uuid import UUID

from flask import Response
from flask.typing import ResponseReturnValue

from participation.core.access import Permission
from participation.core.text import harmless
from participation.surveys import pages, queries
from participation.surveys.asked import Asked, Kind
from participation.surveys.disclosure import LEAST, Row, disclose, has_mean, mean
from participation.surveys.forms import option_name
from participation.surveys.models import Survey
from participation.surveys.queries import TextCount
from participation.surveys.rules import State, check_published, check_texts_final
from participation.surveys.views.blueprints import desk_pages, public_pages
from participation.surveys.views.present import head_of, note_of, only_if_words
from participation.web.database import session
from participation.web.guard import public, requires
from participation.web.page import show

_MOST_TEXTS = 500
_COLUMNS = ("question", "wording", "row", "choice", "people", "answered")
_TYPES = {"csv": "text/csv; charset=utf-8; header=present", "ndjson": "application/x-ndjson"}
_FILE = '<any("csv", "ndjson"):form>'


@public_pages.get("/surveys/<slug>/results")
@public
def results(slug: str) -> ResponseReturnValue:
    """The published results."""
    found, place = queries.public_survey(session(), slug)
    check_published(State(found.state))
    return show(_results_page(found, head_of(found, place), is_preview=False))


@public_pages.get(f"/surveys/<slug>/results.{_FILE}")
@public
def results_file(slug: str, form: str) -> Response:
    """The published numbers as a file: one line for each choice, empty where hidden."""
    found, _place = queries.public_survey(session(), slug)
    check_published(State(found.state))
    lines = list(_lines(queries.questions(session(), found.id), found))
    body = _csv(lines) if form == "csv" else _ndjson(lines)
    response = Response(body, content_type=_TYPES[form])
    name = f"{found.slug}-results.{form}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@desk_pages.get("/desk/surveys/<slug>/results")
@requires(Permission.SURVEYS_SURVEY_EDIT)
def before_publication(slug: str) -> ResponseReturnValue:
    """The results as everybody will read them."""
    found = queries.survey(session(), slug)
    check_texts_final(State(found.state))
    head = head_of(found, queries.consultation_of(session(), found))
    return show(_results_page(found, head, is_preview=True))


def _results_page(found: Survey, head: pages.Head, *, is_preview: bool) -> pages.ResultsPage:
    asked = queries.questions(session(), found.id)
    told = disclose(asked, queries.counted(session(), asked))
    texts = _texts(asked)
    counts = queries.text_counts(session(), found.id)
    is_small = found.sheet_count < LEAST
    return pages.ResultsPage(
        head=head,
        sheets=None if is_small else found.sheet_count,
        results=()
        if is_small
        else tuple(
            _result(each, asked, told[each.id], texts[each.id], counts.get(each.id, TextCount()))
            for each in asked
        ),
        published_at=found.published_at,
        is_preview=is_preview,
    )


def _result(
    asked: Asked,
    questions: Sequence[Asked],
    rows: Sequence[Row],
    texts: Sequence[str],
    counts: TextCount,
) -> pages.ResultView:
    is_open = asked.kind is Kind.TEXT
    given = rows[0].answered
    return pages.ResultView(
        number=asked.number,
        kind=asked.kind.value,
        wording=asked.wording,
        note=note_of(asked),
        only_if=only_if_words(asked, questions),
        tables=() if is_open else tuple(_table(asked, at, row) for at, row in enumerate(rows)),
        texts=tuple(texts),
        given=given if is_open else None,
        withheld=counts.given - counts.released if is_open and given is not None else None,
    )


def _table(asked: Asked, at: int, row: Row) -> pages.TableView:
    bars = (
        pages.BarView(option_name(asked, place), count) for place, count in enumerate(row.counts)
    )
    name = asked.rows[at] if asked.rows else ""
    return pages.TableView(name, row.answered, tuple(bars), mean(row) if has_mean(asked) else None)


def _texts(asked: Sequence[Asked]) -> dict[UUID, list[str]]:
    texts: defaultdict[UUID, list[str]] = defaultdict(list)
    ids = [each.id for each in asked if each.kind is Kind.TEXT]
    for question_id, body in queries.released_texts(session(), ids, limit=_MOST_TEXTS):
        texts[question_id].append(body)
    return texts


def _lines(asked: Sequence[Asked], found: Survey) -> Iterator[tuple[int | str | None, ...]]:
    """The rows of a file under `_COLUMNS`: nothing that the page does not show."""
    told = disclose(asked, queries.counted(session(), asked))
    is_small = found.sheet_count < LEAST
    for each in asked:
        for at, row in enumerate(told[each.id]):
            name = each.rows[at] if each.rows else ""
            answered = None if is_small else row.answered
            for place, count in enumerate(row.counts):
                people = None if is_small else count
                choice = option_name(each, place)
                yield each.number, each.wording, name, choice, people, answered
            if each.kind is Kind.TEXT:
                yield each.number, each.wording, name, "", None, answered


def _csv(lines: Sequence[Sequence[int | str | None]]) -> str:
    held = io.StringIO()
    writer = csv.writer(held)
    writer.writerow(_COLUMNS)
    for line in lines:
        writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in line])
    return held.getvalue()


def _ndjson(lines: Sequence[Sequence[int | str | None]]) -> str:
    rows = (dict(zip(_COLUMNS, line, strict=True)) for line in lines)
    return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)
