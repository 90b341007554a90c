"""Gzip for pages.

A page may hold a secret (the form token) beside words that a stranger chose (a search). With
plain compression the length of the answer leaks the secret byte by byte (BREACH). Each answer
therefore carries a gzip file name of random length: it costs some bytes and blurs the length.
"""

import gzip
import io
import secrets

from flask import Flask, Response, request

_KINDS = frozenset(
    {
        "application/atom+xml",
        "application/json",
        "application/problem+json",
        "image/svg+xml",
        "text/css",
        "text/html",
        "text/plain",
    }
)
_LEAST_BYTES = 500
_LEVEL = 5
_LONGEST_NAME = 64


def init(app: Flask) -> None:
    """Compresses the answers of `app` for browsers that accept it."""
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    if response.mimetype not in _KINDS or response.is_streamed or response.direct_passthrough:
        return response
    response.vary.add("Accept-Encoding")
    body = response.get_data()
    encoded = "Content-Encoding" in response.headers
    if encoded or len(body) < _LEAST_BYTES or request.accept_encodings["gzip"] <= 0:
        return response
    response.set_data(_gzipped(body))
    response.headers["Content-Encoding"] = "gzip"
    return response


def _gzipped(body: bytes) -> bytes:
    name = "s" * (1 + secrets.randbelow(_LONGEST_NAME))
    packed = io.BytesIO()
    with gzip.GzipFile(name, "wb", compresslevel=_LEVEL, fileobj=packed, mtime=0) as file:
        file.write(body)
    return packed.getvalue()
