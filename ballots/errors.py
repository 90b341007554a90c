"""What can go wrong with an election: the ground floor of `ballots`.

Every error carries a stable kebab-case `code` for machines and an English `message` for people.
Nothing here returns a failure: functions of this package return what was asked for, or raise.
"""

# ruff: noqa: N818 - the names say what happened; "Error" would only lengthen them

from types import MappingProxyType

REFUSALS = MappingProxyType(
    {
        # the request itself
        "malformed": 400,
        "too-large": 413,
        "unknown-election": 404,
        "not-found": 404,
        "not-allowed": 403,
        "rate-limited": 429,
        "not-durable": 503,
        # preparing an election
        "unsafe-parameters": 422,
        "wrong-state": 409,
        "too-early": 409,
        "already-done": 409,
        "not-published": 404,
        # check-in
        "check-in-not-open": 409,
        "check-in-closed": 409,
        "unknown-row": 404,
        "wrong-row": 403,
        "row-struck": 403,
        "already-checked-in": 409,
        "bad-evidence": 403,
        "passkey-required": 403,
        "bad-blinded": 422,
        # casting
        "wrong-election": 422,
        "unknown-style": 422,
        "bad-key-encoding": 422,
        "bad-credential": 422,
        "bad-signature": 422,
        "bad-envelope": 422,
        "broken-sequence": 409,
        "sequence-taken": 409,
        "too-many-revisions": 409,
        "voting-not-open": 409,
        "voting-closed": 409,
        # ceremony and opening
        "bad-ceremony": 422,
        "bad-share": 422,
        "small-style": 409,
        # what roles elsewhere say
        "out-of-order": 409,
        "bad-registrar-key": 422,
        "bad-complaint": 422,
        # the voter's own checks
        "bad-promise": 422,
        "bad-receipt": 422,
    },
)
"""Every code of `Refused` and the HTTP status that a service answers with (section 13)."""


class BallotError(Exception):
    """Any failure of this package: a stable `code` and a `message` for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class BadDocument(BallotError):
    """A draft, manifest, roll or result that is not what its format says.

    `where` names the place, like `questions[0].rule.quorum`; `expected` what should stand there.
    """

    def __init__(self, where: str, expected: str) -> None:
        super().__init__("bad-document", f"{where}: expected {expected}")
        self.where = where
        self.expected = expected


class BadEntry(BallotError):
    """A log entry, promise or receipt of wrong shape, or out of order (section 4).

    `where` names the place, like `check-in.blinded[1]`; `expected` what should stand there.
    """

    def __init__(self, where: str, expected: str) -> None:
        super().__init__("bad-entry", f"{where}: expected {expected}")
        self.where = where
        self.expected = expected


class Refused(BallotError):
    """A ballot, check-in or act that is well formed or not, and is not accepted.

    `code` is a key of `REFUSALS`; `status` the HTTP status that belongs to it.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message)
        self.status = REFUSALS[code]


class Incomplete(BallotError):
    """Something needed is not there yet: shares, entries, a quorum. `missing` says what."""

    def __init__(self, missing: str) -> None:
        super().__init__("incomplete", f"still missing: {missing}")
        self.missing = missing
