"""Acts on a survey. Each flushes and records one event; none commits.

drafting   create it, write its questions, put them in order
running    open, close with the count, publish; release the words of open questions
answering  send a sheet, keep what is filled in, withdraw, erase
"""

from participation.surveys.services.answering import (
    Sent,
    Taken,
    erase_sheets,
    forget,
    keep_draft,
    remember,
    send_sheet,
    withdraw_sheet,
)
from participation.surveys.services.drafting import (
    Details,
    NewQuestion,
    add_question,
    change_question,
    create_survey,
    edit_survey,
    move_question,
    remove_question,
)
from participation.surveys.services.running import release_text, take_step, withhold_text

__all__ = [
    "Details",
    "NewQuestion",
    "Sent",
    "Taken",
    "add_question",
    "change_question",
    "create_survey",
    "edit_survey",
    "erase_sheets",
    "forget",
    "keep_draft",
    "move_question",
    "release_text",
    "remember",
    "remove_question",
    "send_sheet",
    "take_step",
    "withdraw_sheet",
    "withhold_text",
]
