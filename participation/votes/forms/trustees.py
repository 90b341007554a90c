"""A trustee's public key, made elsewhere and pasted."""

import base64
import binascii

from wtforms import StringField

from participation.core.errors import Invalid
from participation.core.words import words
from participation.web.forms import Form
from participation.web.language import _l

_LETTERS = 43


class KeyForm(Form):
    """The 43 letters that the command line printed."""

    key = StringField(
        _l("Your public key"),
        description=_l("The 43 letters that “suara trustee new” has printed."),
    )

    def command(self) -> bytes:
        """The key's 32 bytes; raises `Invalid`."""
        text = (self.key.data or "").strip()
        try:
            if len(text) == _LETTERS:
                return base64.b64decode(f"{text}=", altchars=b"-_", validate=True)
        except binascii.Error:
            pass
        raise Invalid(words("These are not the 43 letters of a public key."), field="key")
