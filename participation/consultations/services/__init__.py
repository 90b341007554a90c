"""Acts on a consultation. Each flushes and records one event; none commits.

editing      create, change what people are told, import a text
publishing   lay a text down for good
phases       every other step from announcement to archive
talking      comments, replies and answers, where the phase allows them
"""

from participation.consultations.services.editing import (
    Details,
    create_consultation,
    edit_consultation,
    import_draft,
)
from participation.consultations.services.phases import Moment, take_step
from participation.consultations.services.publishing import publish_draft
from participation.consultations.services.talking import (
    answer_residents,
    comment_on_clause,
    consider_residents,
    correct_comment,
    reply_to_comment,
)

__all__ = [
    "Details",
    "Moment",
    "answer_residents",
    "comment_on_clause",
    "consider_residents",
    "correct_comment",
    "create_consultation",
    "edit_consultation",
    "import_draft",
    "publish_draft",
    "reply_to_comment",
    "take_step",
]
