"""The roll, handed in as a file or pasted; and steps that are only a button."""

from flask_wtf.file import FileField
from wtforms import TextAreaField

from participation.votes.roll_file import ListedVoter, decode_roll, read_roll
from participation.web.forms import Form
from participation.web.language import _l


class RollForm(Form):
    """The roll: a file, or the same text pasted."""

    file = FileField(
        _l("CSV file"),
        description=_l("From a spreadsheet: save as “CSV UTF-8”."),
    )
    pasted = TextAreaField(
        _l("Or paste the list here"),
        description=_l(
            "The first line names the columns: voter_id (the e-mail address of the person's"
            " account) and, if wanted, name."
        ),
    )

    def command(self) -> tuple[ListedVoter, ...]:
        """The people on it; raises `BadRoll` with every faulty line.

        The text of the file is put into the other field, so that it can be corrected there.
        """
        if self.file.data:
            self.pasted.data = decode_roll(self.file.data.read())
        return read_roll(self.pasted.data or "")


class StepForm(Form):
    """A step from state to state: only a button."""
