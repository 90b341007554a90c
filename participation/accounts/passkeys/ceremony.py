"""Making a passkey by WebAuthn: what the browser is asked, and whether its answer holds.

The only module that knows the library, whose import is slow. Attestation is not asked for: which
maker built a voter's phone is nobody's business here.
"""

from dataclasses import dataclass

from webauthn import generate_registration_options, options_to_json, verify_registration_response
from webauthn.helpers import decode_credential_public_key, decoded_public_key_to_cryptography
from webauthn.helpers.cose import COSEAlgorithmIdentifier
from webauthn.helpers.decode_credential_public_key import DecodedEC2PublicKey
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from participation.accounts.passkeys.rules import Party, canonical_cose
from participation.core.errors import Invalid
from participation.core.words import words

_ES256 = COSEAlgorithmIdentifier.ECDSA_SHA_256
_PATIENCE_MILLISECONDS = 300_000
_MOST_ANSWER_LETTERS = 20_000
# What parsing bytes of a stranger can end in, beside the library's own errors.
_UNREADABLE = (WebAuthnException, ValueError, TypeError, LookupError, ArithmeticError)


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a passkey is for: `handle` names the account to the authenticator, and nothing else."""

    handle: bytes
    address: str
    name: str


@dataclass(frozen=True, slots=True)
class NewKey:
    """What an authenticator made: its own name for it, and the public key (77 bytes)."""

    credential_id: bytes
    cose: bytes


def creation_options(party: Party, person: Person, challenge: bytes, known: list[bytes]) -> str:
    """The browser's options as JSON; `known` are the person's passkeys, not to be made again."""
    options = generate_registration_options(
        rp_id=party.rp_id,
        rp_name=party.rp_id,
        user_id=person.handle,
        user_name=person.address,
        user_display_name=person.name,
        challenge=challenge,
        timeout=_PATIENCE_MILLISECONDS,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=each) for each in known],
        supported_pub_key_algs=[_ES256],
    )
    return options_to_json(options)


def verify_answer(party: Party, challenge: bytes, answer: str) -> NewKey:
    """The passkey in a browser's answer to this challenge; raises `Invalid` for any other.

    Checked: challenge, act, origin, relying party, that the user was present and verified, the
    algorithm, and that the key is a point of P-256.
    """
    if len(answer) > _MOST_ANSWER_LETTERS:
        raise _refused()
    try:
        found = verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=party.rp_id,
            expected_origin=party.origin,
            require_user_verification=True,
            supported_pub_key_algs=[_ES256],
        )
        return NewKey(found.credential_id, _canonical(found.credential_public_key))
    except _UNREADABLE as error:
        raise _refused() from error


def _canonical(key: bytes) -> bytes:
    decoded = decode_credential_public_key(key)
    if not isinstance(decoded, DecodedEC2PublicKey) or decoded.alg != _ES256:
        raise _refused()
    decoded_public_key_to_cryptography(decoded)  # refuses what is no point of its curve
    return canonical_cose(decoded.x, decoded.y)


def _refused() -> Invalid:
    message = words(
        "What your device sent is not a passkey for this site. Nothing was changed; please try"
        " again."
    )
    return Invalid(message, code="passkey-refused")
