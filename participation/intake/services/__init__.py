"""Acts of taking in what people said without the site. Each flushes; none commits.

giving     give out codes
batches    begin a pile, hand it over
entries    type, type again, delete
checking   confirm, send back, set aside

What is typed becomes a public comment only once a second person has compared it with the paper:
`open_batch`, then `add_entries`, then `hand_over`.
"""

from participation.intake.services.batches import NewBatch, hand_over, open_batch
from participation.intake.services.checking import confirm_entry, return_entry, set_aside
from participation.intake.services.entries import (
    NewEntry,
    add_entries,
    correct_entry,
    delete_entry,
)
from participation.intake.services.giving import make_codes

__all__ = [
    "NewBatch",
    "NewEntry",
    "add_entries",
    "confirm_entry",
    "correct_entry",
    "delete_entry",
    "hand_over",
    "make_codes",
    "open_batch",
    "return_entry",
    "set_aside",
]
