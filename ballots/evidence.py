"""Who authorised a check-in: a voter's passkey, an officer's, or a session (section 6.4).

The WebAuthn challenge is `d`, so that an assertion authorises one check-in and no other.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn, TypeVar

from ballots.credential import check_in_ask
from ballots.draft import Draft, Passkeys
from ballots.entries import CheckIn
from ballots.errors import BadEntry, Refused
from ballots.payload import Payload, octets, unsigned
from ballots.roll import Row
from crypto.encoding import b64url, sha256
from crypto.errors import CryptoError
from crypto.p256 import Point, verify_es256

SESSION, PASSKEY, DESK = 0, 1, 2
"""The kinds of a check-in."""

_MOST_CLIENT_BYTES = 1024
_PLAIN_BYTES = 37
_RP_BYTES = 32
_UP, _UV, _AT, _ED = 0x01, 0x04, 0x40, 0x80


@dataclass(frozen=True, slots=True)
class PasskeyEvidence(Payload):
    """Kind 1: the voter's COSE key and what its authenticator answered."""

    tag = "webauthn"
    cose: bytes = octets()
    authenticator_bytes: bytes = octets()
    client_json: bytes = octets()
    signature: bytes = octets()


@dataclass(frozen=True, slots=True)
class DeskEvidence(Payload):
    """Kind 2: the officer's number, from 1, and what that officer's authenticator answered."""

    tag = "webauthn-desk"
    officer: int = unsigned(2)
    authenticator_bytes: bytes = octets()
    client_json: bytes = octets()
    signature: bytes = octets()


_EvidenceT = TypeVar("_EvidenceT", PasskeyEvidence, DeskEvidence)


def check_evidence(check_in: CheckIn, row: Row, draft: Draft) -> None:
    """Pass if the evidence of a check-in authorises it for this row of the roll.

    Raises Refused `passkey-required` for a session where the row has a passkey, `wrong-row` for
    another style than the row's, else `bad-evidence`.
    """
    if check_in.style != row.style:
        raise Refused("wrong-row", f"the row has ballot style {row.style}")
    if check_in.kind == SESSION:
        _check_session(check_in, row)
    elif check_in.kind == PASSKEY:
        _check_passkey(check_in, row, draft)
    elif check_in.kind == DESK:
        _check_desk(check_in, draft)
    else:
        _refuse(f"there is no check-in of kind {check_in.kind}")


def _check_session(check_in: CheckIn, row: Row) -> None:
    if row.passkeys:
        raise Refused("passkey-required", "this voter checks in with a passkey")
    if check_in.evidence:
        _refuse("a check-in by session carries no evidence")


def _check_passkey(check_in: CheckIn, row: Row, draft: Draft) -> None:
    evidence = _parse(PasskeyEvidence, check_in.evidence)
    if not row.has_passkey(evidence.cose):
        _refuse("the passkey is not one of this row")
    _check_assertion(_ask(check_in), evidence.cose, evidence, draft.passkeys)


def _check_desk(check_in: CheckIn, draft: Draft) -> None:
    evidence = _parse(DeskEvidence, check_in.evidence)
    if not 1 <= evidence.officer <= len(draft.officers):
        _refuse(f"there is no officer {evidence.officer}")
    cose = draft.officers[evidence.officer - 1].cose
    _check_assertion(_ask(check_in), cose, evidence, draft.passkeys)


def _ask(check_in: CheckIn) -> bytes:
    return check_in_ask(check_in.eid, check_in.row, check_in.style, check_in.blinded)


def _parse(kind: type[_EvidenceT], evidence: bytes) -> _EvidenceT:
    try:
        return kind.parse(evidence)
    except BadEntry as error:
        raise Refused("bad-evidence", error.message) from error


def _check_assertion(
    challenge: bytes,
    cose: bytes,
    evidence: PasskeyEvidence | DeskEvidence,
    passkeys: Passkeys,
) -> None:
    """The byte rules of section 6.4, then the ES256 signature."""
    check_client_json(evidence.client_json, challenge, passkeys.origins)
    check_authenticator_bytes(evidence.authenticator_bytes, passkeys.rp_id)
    message = evidence.authenticator_bytes + sha256(evidence.client_json)
    try:
        verify_es256(Point.parse_cose(cose), message, evidence.signature)
    except CryptoError as error:
        raise Refused("bad-evidence", f"the passkey did not sign this: {error}") from error


def check_client_json(client_json: bytes, challenge: bytes, origins: Sequence[str]) -> None:
    """Pass a clientDataJSON for this challenge (32 bytes) from one of these origins.

    Raises Refused `bad-evidence`. Browsers write these members first and in this order
    (WebAuthn Level 2, section 5.8.1.1), so that bytes can be compared. At most 1,024 bytes: how
    deep JSON may nest differs from reader to reader, and all verifiers must agree.
    """
    if len(client_json) > _MOST_CLIENT_BYTES:
        _refuse("clientDataJSON is too long")
    head = f'{{"type":"webauthn.get","challenge":"{b64url(challenge)}","origin":"'
    starts = [f'{head}{origin}"'.encode() for origin in origins]
    rest = [client_json[len(start) :] for start in starts if client_json.startswith(start)]
    if not rest:
        _refuse("the assertion is for another challenge, origin or act")
    after = rest[0].removeprefix(b',"crossOrigin":false')
    if after[:1] != b"}" and (after == rest[0] or after[:1] != b","):
        _refuse("the assertion comes from inside another page")
    try:
        json.loads(
            client_json.decode(), parse_constant=_no_constant, parse_int=str, parse_float=str
        )
    except (ValueError, RecursionError) as error:
        raise Refused("bad-evidence", "clientDataJSON is not JSON") from error


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def check_authenticator_bytes(authenticator_bytes: bytes, rp_id: str) -> None:
    """Pass authenticatorData of this relying party, with the user present and verified.

    Raises Refused `bad-evidence`. The counter is ignored: synced passkeys do not count.
    """
    if authenticator_bytes[:_RP_BYTES] != sha256(rp_id.encode()):
        _refuse("the passkey belongs to another site")
    if len(authenticator_bytes) < _PLAIN_BYTES:
        _refuse("authenticatorData ends early")
    flags = authenticator_bytes[_RP_BYTES]
    if flags & _UP == 0 or flags & _UV == 0:
        _refuse("the passkey did not verify its user")
    if flags & _AT or (not flags & _ED and len(authenticator_bytes) != _PLAIN_BYTES):
        _refuse("authenticatorData holds more than an assertion")


def _refuse(reason: str) -> NoReturn:
    raise Refused("bad-evidence", reason)
