"""What may be handed out. Pure.

One rule for feeds, exports and the interface: what stands on a page that everybody may open. Names
of residents stand beside their words there; they are not handed out in bulk.
"""

from enum import StrEnum

COMMENTS_AT_ONCE = 100
MOST_AT_ONCE = 1000
CHUNK = 500
"""How many rows an export reads at a time, whatever its length."""


class Format(StrEnum):
    """The kinds of files that exports come in."""

    CSV = "csv"
    NDJSON = "ndjson"
    JSON = "json"


MEDIA_TYPES = {
    Format.CSV: "text/csv; charset=utf-8; header=present",
    Format.NDJSON: "application/x-ndjson",
    Format.JSON: "application/json",
}
