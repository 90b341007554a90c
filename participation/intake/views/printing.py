"""Routes for paper: forms with their codes, the letter with the answers to one of them.

Forms are in Indonesian whoever prints them: residents fill them in. A letter is in the language of
the page, so that whoever does not read Indonesian gets theirs.
"""

from uuid import UUID

from flask.typing import ResponseReturnValue

from participation.accounts.offline.rules import UNNAMED
from participation.consultations.queries import edition
from participation.core.access import Permission
from participation.intake import pages, queries
from participation.intake.codes import read_code
from participation.intake.pages import PrintedCode, printed_page
from participation.intake.views.blueprints import desk_pages
from participation.intake.views.present import moment
from participation.intake.views.public import told_under
from participation.web.database import session
from participation.web.guard import requires
from participation.web.language import prefer
from participation.web.page import show

_TYPES = Permission.INTAKE_BATCH_WRITE
_OF_RESIDENTS = "id"


@desk_pages.get("/desk/intake/forms/<uuid:series_id>")
@requires(_TYPES)
def forms(series_id: UUID) -> ResponseReturnValue:
    """Forms to print, one page for each code of a series."""
    series = queries.series(session(), series_id)
    found = queries.consultation(session(), series[0].consultation_id)
    version = edition(session(), found.id).number
    prefer(_OF_RESIDENTS)
    return show(printed_page(found, version, [each.code for each in series]))


@desk_pages.get("/desk/intake/codes/<code>/letter")
@requires(_TYPES)
def letter(code: str) -> ResponseReturnValue:
    """The answers to what was said under a code, to be handed over on paper."""
    known = queries.code(session(), read_code(code))
    found = queries.consultation(session(), known.consultation_id)
    told = told_under(known.code)
    names = {each.name for each in told if each.name and each.name != UNNAMED}
    page = pages.LetterPage(
        code=PrintedCode.of(known.code),
        slug=found.slug,
        title=found.title,
        office=found.office,
        name=", ".join(sorted(names)),
        today=moment().today,
        address=pages.code_address(),
        told=tuple(each for each in told if each.comment_id),
    )
    return show(page)
