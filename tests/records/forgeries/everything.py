"""All forgeries, in the order of the checks."""

from tests.records.forgeries import (
    ballots,
    ceremonies,
    check_ins,
    counts,
    credentials,
    documents,
    handed_in,
    keys,
    logs,
    places,
    strict,
)

MODULES = (
    documents, keys, ceremonies, logs, places, check_ins, credentials, ballots, strict, counts,
    handed_in,
)  # fmt: skip
ALL = tuple(forgery for module in MODULES for forgery in module.COLLECTION.all)
