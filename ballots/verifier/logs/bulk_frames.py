"""The frames of one election's bulk: ballots, check-ins, issues, and what is made of them."""

from collections.abc import Iterable

from ballots.verifier.logs.frames import LAST_IS_OPEN, Frame

BODY_LENGTHS = (32, 2, 32, 4, 32, 65)
"""The fields of a ballot's body before its ciphertext."""
REQUEST_HEAD = (32, 8, 2)
"""The fields of a check-in before its blinded messages."""
ISSUE_LENGTHS = (32, 2, 32, 384)

_RSA_OCTETS = 384
_CREDENTIAL_OCTETS = 2 + _RSA_OCTETS
_SIGNATURE_OCTETS = 64
_KIND_OCTETS = 1


class BulkFrames:
    """For n registrars of whom k are needed, and the lengths of the styles' ciphertexts."""

    def __init__(self, registrars: int, needed: int, ct_octets: Iterable[int]) -> None:
        credentials = [_CREDENTIAL_OCTETS] * needed
        bodies = [Frame("ballot", *BODY_LENGTHS, octets) for octets in set(ct_octets)]
        casts = [Frame("cast", body.size, _SIGNATURE_OCTETS, *credentials) for body in bodies]
        self._cast_of_size = {
            cast.size: (cast, body) for cast, body in zip(casts, bodies, strict=True)
        }
        blinded = [_RSA_OCTETS] * registrars
        self.check_in = Frame("check-in", *REQUEST_HEAD, *blinded, _KIND_OCTETS, LAST_IS_OPEN)
        self.issue = Frame("issue", *ISSUE_LENGTHS)
        self.credential = Frame("credential", 32, 2, 2, 32)
        self.seal = Frame("seal", 32, 2, 32, 4, 32)

    def read_cast(self, payload: bytes) -> tuple[tuple[bytes, ...], tuple[bytes, ...]] | None:
        """The fields of a `cast` and of the body inside; None if it has another form."""
        of_size = self._cast_of_size.get(len(payload))
        fields = of_size[0].read(payload) if of_size else None
        body = of_size[1].read(fields[0]) if of_size and fields else None
        return (fields, body) if fields and body else None
