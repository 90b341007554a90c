"""Why a trustee's tool stops."""

from ballots.errors import BallotError


class Stopped(BallotError):  # noqa: N818 - says what is the case
    """The tool does not go on; `code` is stable, the message says what to do about it."""


class BadKeyFile(Stopped):
    """A key file that is none, is damaged, or does not open with this passphrase."""


class SecondClose(Stopped):
    """Another close than the one whose shares were released (A59).

    Somebody shows two boxes, or a part of one.
    """

    def __init__(self, known: bytes, shown: bytes) -> None:
        message = (
            "this record closes differently from the one for which the share was released:"
            f" {shown.hex()} here, {known.hex()} then. Keep both records and tell everybody."
        )
        super().__init__("second-close", message)
        self.known = known
        self.shown = shown
