"""The files beside a draft, as every page of a consultation may list them."""

from participation.consultations.attachments.pages import FileView, file_view
from participation.consultations.attachments.queries import attachments
from participation.consultations.models import Consultation
from participation.web.database import session


def shown_files(found: Consultation, edition: int) -> tuple[FileView, ...]:
    """The files that everybody sees beside an edition of a draft, removed ones too."""
    kept = attachments(session(), found.id, edition=edition)
    return tuple(file_view(each, edition) for each in kept)
