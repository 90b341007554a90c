"""V18: who authorised a check-in. The byte rules of section 6.4, stated again here."""

import json
from dataclasses import dataclass
from typing import Any, NoReturn

from ballots.verifier.election import Election
from ballots.verifier.logs.rows import RollRow
from ballots.verifier.verdict import Fault
from crypto.encoding import H, b64url, number, parse, sha256, u16, u64
from crypto.errors import CryptoError
from crypto.p256 import Point, verify_es256

SESSION, PASSKEY, DESK = 0, 1, 2
"""Kinds of check-in: a signed-in session, the voter's passkey, an officer's at a desk."""

_EVIDENCE_FIELDS = 4
_AUTHENTICATOR_OCTETS = 37
_MOST_CLIENT_OCTETS = 1024
_HASH_OCTETS = 32
_U16_OCTETS = 2
_USER_PRESENT, _USER_VERIFIED, _ATTESTED, _EXTENSIONS = 0x01, 0x04, 0x40, 0x80
_AFTER_ORIGIN = ("}", ',"crossOrigin":false}', ',"crossOrigin":false,')


@dataclass(slots=True)  # not frozen: a million of them, and freezing doubles the cost
class Ask:
    """What was asked for, and the evidence that the right person asked."""

    row: int
    style: int
    blinded: tuple[bytes, ...]
    kind: int
    evidence: bytes

    def challenge(self, eid: bytes) -> bytes:
        """`d`: one challenge for the messages to all registrars."""
        return H("check-in-ask", eid, u64(self.row), u16(self.style), *self.blinded)


def v18_authorisation(ask: Ask, row: RollRow, election: Election) -> None:
    """The voter's passkey, an officer's, or none where the row has none (A1, A15)."""
    if ask.kind == SESSION:
        if row.passkeys or ask.evidence:
            _refuse("a session checked in a row with a passkey, or brought evidence")
        return
    if ask.kind == PASSKEY:
        cose, assertion = _evidence("webauthn", ask.evidence)
        if not row.has_passkey(cose):
            _refuse("the passkey is not one of the row")
    elif ask.kind == DESK:
        officer, assertion = _evidence("webauthn-desk", ask.evidence)
        cose = _officer_key(officer, election)
    else:
        _refuse(f"there is no kind {ask.kind}")
    _check_assertion(cose, assertion, ask.challenge(election.eid), election)


def _refuse(why: str) -> NoReturn:
    raise Fault("V18", why)


def _evidence(tag: str, evidence: bytes) -> tuple[bytes, tuple[bytes, ...]]:
    """The first field, and the assertion: authenticatorData, clientDataJSON, signature."""
    try:
        fields = parse(tag, evidence, count=_EVIDENCE_FIELDS)
    except CryptoError as problem:
        _refuse(f"the evidence does not parse: {problem}")
    return fields[0], fields[1:]


def _officer_key(octets: bytes, election: Election) -> bytes:
    officers = election.draft.officers
    index = number(octets)
    if len(octets) != _U16_OCTETS or not 1 <= index <= len(officers):
        _refuse("there is no such officer")
    return officers[index - 1].cose


def _check_assertion(
    cose: bytes, assertion: tuple[bytes, ...], challenge: bytes, election: Election
) -> None:
    authenticator, client, signature = assertion
    _check_authenticator(authenticator, election.draft.passkeys.rp_id)
    _check_client(client, challenge, election.draft.passkeys.origins)
    try:
        verify_es256(Point.parse_cose(cose), authenticator + sha256(client), signature)
    except CryptoError as problem:
        _refuse(str(problem))


def _check_authenticator(octets: bytes, rp_id: str) -> None:
    """37 bytes, more only with extensions: hash of the relying party, flags, counter (ignored)."""
    if len(octets) < _AUTHENTICATOR_OCTETS or octets[:_HASH_OCTETS] != sha256(rp_id.encode()):
        _refuse("the authenticator speaks of another site")
    flags = octets[_HASH_OCTETS]
    if not flags & _EXTENSIONS and len(octets) != _AUTHENTICATOR_OCTETS:
        _refuse("the authenticator's data are too long")
    if not flags & _USER_PRESENT or not flags & _USER_VERIFIED or flags & _ATTESTED:
        _refuse("the user was not verified, or the assertion is no assertion")


def _check_client(octets: bytes, challenge: bytes, origins: tuple[str, ...]) -> None:
    """The limited verification of WebAuthn section 5.8.1.2, with a fixed list of origins.

    The length is bound because how deep JSON may nest differs from reader to reader.
    """
    if len(octets) > _MOST_CLIENT_OCTETS:
        _refuse("clientDataJSON is too long")
    try:
        text = octets.decode("utf-8")
        json.loads(text, parse_constant=_no_constant, parse_int=str, parse_float=str)
    except (ValueError, RecursionError):
        _refuse("clientDataJSON does not parse")
    head = f'{{"type":"webauthn.get","challenge":"{b64url(challenge)}","origin":"'
    starts = (f'{head}{origin}"' for origin in origins)
    start = next((each for each in starts if text.startswith(each)), None)
    if start is None or not text[len(start) :].startswith(_AFTER_ORIGIN):
        _refuse("the passkey signed something else: type, challenge, origin or crossOrigin")


def _no_constant(name: str) -> Any:
    raise ValueError(name)
