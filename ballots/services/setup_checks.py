"""What the set-up log's door checks of an entry before it stands: all that others build on.

Whoever sits elsewhere is believed nothing. A wrong entry that stood could not be taken back, and
would stop everybody.
"""

from collections.abc import Callable, Mapping
from math import gcd
from typing import Any

from ballots.ceremony import BadDealing, Table
from ballots.entries import Dkg1, Dkg2, Dkg3, DkgComplaint, RegKey
from ballots.errors import BallotError, Refused
from ballots.payload import Payload
from ballots.services.ceremony import certificate_messages
from ballots.services.rounds import Rounds
from crypto import blind_rsa, hpke
from crypto.errors import CryptoError

SPOKEN = (RegKey.tag, Dkg1.tag, Dkg2.tag, Dkg3.tag)
"""What is said in a set-up, in order: nobody says the next before everybody has said the last."""


def check_turn(rounds: Rounds, said: Payload) -> None:
    """Pass if this is said now, for a style of the draft, and once.

    Raises Refused `wrong-election`, `unknown-style`, `already-done` where this number has said
    another, `out-of-order` naming who has to speak first.
    """
    given: Any = said
    if given.eid0 != rounds.draft.eid0:
        raise Refused("wrong-election", "the entry names another draft")
    try:
        rounds.draft.style(given.style)
    except BallotError as error:
        raise Refused("unknown-style", f"the draft has no style {given.style}") from error
    if isinstance(said, DkgComplaint):
        _require_all(rounds, Dkg2.tag)
        return
    if (said.tag, _number(said), given.style) in rounds.said:
        raise Refused("already-done", f"{said.tag} stands already, in other words")
    for tag in SPOKEN[: SPOKEN.index(said.tag)]:
        _require_all(rounds, tag)


def check_content(rounds: Rounds, said: Payload) -> None:
    """Pass if the others can build on what is said; raises Refused naming what is wrong."""
    _CHECKS[type(said)](rounds, said)


def check_coprime(rounds: Rounds, key: RegKey) -> None:
    """Pass if no key of this set-up shares a factor with this one (A3, A4)."""
    n = blind_rsa.PublicKey.parse(key.spki).n
    for other in rounds.said.values():
        if isinstance(other, RegKey) and gcd(n, blind_rsa.PublicKey.parse(other.spki).n) != 1:
            text = f"it shares a factor with the key of registrar {other.registrar}"
            raise Refused("bad-registrar-key", text)


def _number(said: Payload) -> int:
    given: Any = said
    number: int = given.registrar if isinstance(said, RegKey) else given.trustee
    return number


def _require_all(rounds: Rounds, tag: str) -> None:
    if rounds.missing(tag):
        number, style = rounds.missing(tag)[0]
        raise Refused("out-of-order", f"first {tag} of number {number} for style {style}")


def _check_registrar_key(rounds: Rounds, said: RegKey) -> None:
    which = (said.registrar, said.style)
    messages = certificate_messages(rounds.draft.eid0, which, said.spki)
    try:
        key = blind_rsa.PublicKey.parse(said.spki)
        blind_rsa.check_sound(key)
        blind_rsa.verify_certificate(key, messages, said.certificate)
    except CryptoError as error:
        raise Refused("bad-registrar-key", str(error)) from error


def _check_commitment(_rounds: Rounds, said: Dkg1) -> None:
    """The ceremony key must be one that the others can seal to: else they could not go on."""
    try:
        hpke.seal_x25519(said.ceremony_key, b"", b"")
    except (CryptoError, ValueError) as error:
        text = f"trustee {said.trustee}: nothing can be sealed to its ceremony key"
        raise Refused("bad-ceremony", text) from error


def _check_dealing(rounds: Rounds, said: Dkg2) -> None:
    table = Table.of(rounds.draft, said.style)
    table.check_dealing(rounds.firsts(said.style)[said.trustee - 1], said)


def _check_confirmation(rounds: Rounds, said: Dkg3) -> None:
    table, style = Table.of(rounds.draft, said.style), said.style
    table.check_confirmation(said, rounds.firsts(style), rounds.seconds(style))


def _check_complaint(rounds: Rounds, said: DkgComplaint) -> None:
    """A complaint stands only where it is right: nobody ends a ceremony by crying wolf."""
    try:
        at_fault = rounds.blame(said)
    except BadDealing as error:
        raise Refused("bad-complaint", error.message) from error
    if at_fault != said.accused or said.accused == said.receiver:
        text = f"what trustee {said.accused} dealt to trustee {said.receiver} is right"
        raise Refused("bad-complaint", text)


_CHECKS: Mapping[type, Callable[[Rounds, Any], None]] = {
    RegKey: _check_registrar_key,
    Dkg1: _check_commitment,
    Dkg2: _check_dealing,
    Dkg3: _check_confirmation,
    DkgComplaint: _check_complaint,
}
