"""The description of the interface (OpenAPI 3.1), made from the shapes of its answers."""

from dataclasses import dataclass
from typing import Any

from pydantic.json_schema import models_json_schema

from participation.core.words import Words, words
from participation.open_data.documents import (
    ClauseList,
    CommentList,
    ConsultationDocument,
    ConsultationList,
    Document,
    Problem,
    ResultDocument,
    VoteDocument,
    VoteList,
)
from participation.open_data.rules import COMMENTS_AT_ONCE, MOST_AT_ONCE

BASE = "/api/v1"
_REF = "#/components/schemas/{model}"


@dataclass(frozen=True, slots=True)
class Operation:
    """One address: its path below `BASE`, its name, what it gives, in which shape."""

    path: str
    name: str
    summary: Words
    gives: type[Document]
    is_paged: bool = False


OPERATIONS = (
    Operation(
        "/consultations", "consultations", words("Consultations"), ConsultationList, is_paged=True
    ),
    Operation(
        "/consultations/{slug}", "consultation", words("One consultation"), ConsultationDocument
    ),
    Operation(
        "/consultations/{slug}/clauses",
        "clauses",
        words("Clauses of the newest version of its draft"),
        ClauseList,
        is_paged=True,
    ),
    Operation(
        "/consultations/{slug}/comments",
        "comments",
        words("Public comments and replies, with their answers"),
        CommentList,
        is_paged=True,
    ),
    Operation("/votes", "votes", words("Votes"), VoteList, is_paged=True),
    Operation("/votes/{slug}", "vote", words("One vote"), VoteDocument),
    Operation(
        "/votes/{slug}/result", "result", words("The result of a counted vote"), ResultDocument
    ),
)


def describe(*, title: str, server: str) -> dict[str, Any]:
    """The whole description; `server` is the address before the paths."""
    shapes = [(each.gives, "serialization") for each in OPERATIONS]
    _, schemas = models_json_schema(
        [*shapes, (Problem, "serialization")],  # type: ignore[list-item]  # the mode is a literal
        ref_template=_REF,
    )
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": "1"},
        "servers": [{"url": server}],
        "paths": {each.path: {"get": _operation(each)} for each in OPERATIONS},
        "components": {"schemas": schemas["$defs"]},
    }


def _operation(found: Operation) -> dict[str, Any]:
    refusals = {"404": "No such thing."} if "{" in found.path else {}
    refusals |= {"422": "A parameter that says nothing."} if found.is_paged else {}
    parameters = [_path_parameter()] if "{slug}" in found.path else []
    return {
        "operationId": found.name,
        "summary": found.summary.message,
        "parameters": parameters + (_page_parameters() if found.is_paged else []),
        "responses": {
            "200": _answer("The answer.", "application/json", found.gives),
            "304": {"description": "Nothing new since the `ETag` in `If-None-Match`."},
            **{
                status: _answer(said, "application/problem+json", Problem)
                for status, said in refusals.items()
            },
        },
    }


def _answer(said: str, media_type: str, shape: type[Document]) -> dict[str, Any]:
    schema = {"$ref": _REF.format(model=shape.__name__)}
    return {"description": said, "content": {media_type: {"schema": schema}}}


def _path_parameter() -> dict[str, Any]:
    return {"name": "slug", "in": "path", "required": True, "schema": {"type": "string"}}


def _page_parameters() -> list[dict[str, Any]]:
    number = {"type": "integer", "minimum": 1, "maximum": MOST_AT_ONCE}
    return [
        {
            "name": "after",
            "in": "query",
            "description": "Where the page before ended; part of its `next`.",
            "schema": {"type": "string"},
        },
        {"name": "limit", "in": "query", "schema": number | {"default": COMMENTS_AT_ONCE}},
    ]
