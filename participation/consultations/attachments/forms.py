"""Input: a file with its title, a removal with its reason."""

from flask_wtf.file import FileField
from wtforms import BooleanField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from participation.consultations.attachments.rules import (
    REASON_LENGTH,
    TITLE_LENGTH,
    Purpose,
)
from participation.consultations.attachments.services import NewFile
from participation.core.errors import Invalid
from participation.core.words import words
from participation.web.forms import Form, at_most, chosen, required
from participation.web.language import _l

PURPOSES = {
    Purpose.NOTE: _l("Explanatory note"),
    Purpose.PAPER: _l("Academic paper (Naskah Akademik)"),
    Purpose.MAP: _l("Map or drawing"),
    Purpose.TABLE: _l("Figures"),
    Purpose.OTHER: _l("Something else"),
}


class AttachForm(Form):
    """A file beside the draft."""

    title = StringField(
        _l("Title"),
        [required(), at_most(TITLE_LENGTH)],
        description=_l("What people will find in it, not the name of the file."),
    )
    purpose = RadioField(
        _l("What is in it?"),
        [chosen()],
        choices=[SelectChoice(value=each.value, label=said) for each, said in PURPOSES.items()],
    )
    file = FileField(
        _l("File"),
        description=_l(
            "PDF, Word, Excel, OpenDocument, PNG, JPEG, text or CSV; at most 10 MB. From pictures"
            " we take out where and with what they were made. PDF and office files keep the"
            " author's name and comments: look before you attach them."
        ),
    )
    waits = BooleanField(_l("Show it with the next version of the draft, not now"))

    def command(self) -> NewFile:
        """The file as it was sent; raises `Invalid` where none was chosen."""
        if not self.file.data:
            raise Invalid(words("Choose a file."), field="file")
        content = self.file.data.read()
        purpose = Purpose(self.purpose.data)
        return NewFile(self.title.data, purpose, content, waits=bool(self.waits.data))


class RemoveForm(Form):
    """Taking a file away."""

    reason = TextAreaField(
        _l("Why?"),
        [required(_l("Say why: everybody reads it.")), at_most(REASON_LENGTH)],
        description=_l("It stands in place of the file, for good."),
    )
