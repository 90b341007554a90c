"""All forgeries, in the order of the checks."""

from tests.records.forgeries import ballots, check_ins, counts, documents, logs

ALL = tuple(
    forgery
    for module in (documents, logs, check_ins, ballots, counts)
    for forgery in module.COLLECTION.all
)
