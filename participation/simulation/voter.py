"""A voter's device in Python: the same steps as the voting client's, from one seed (sections 6, 7).

Pure: what goes over the wire, and how, is the caller's matter.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ballots import plaintext
from ballots.ballot import Cast, Turn, build_cast
from ballots.credential import (
    Credential,
    ballot_key_seed,
    blinding_octets,
    check_in_ask,
    credential_message,
)
from ballots.entries import RegKey, parse_payload, said_by, split_entry
from ballots.errors import Incomplete, Refused
from ballots.manifest import Manifest
from ballots.plaintext import Choice
from crypto import blind_rsa, ed25519
from crypto.encoding import sha256
from crypto.p256 import Point

RegistrarKeys = Mapping[tuple[int, int], blind_rsa.PublicKey]
"""The registrars' keys by (registrar, style)."""


def read_registrar_keys(manifest: Manifest, setup_entries: Iterable[bytes]) -> RegistrarKeys:
    """The registrars' keys in the set-up log, each held against the manifest.

    `setup_entries` are the log's entries in order. Raises Refused `bad-credential` for another key
    than the manifest's, Incomplete where one is missing.
    """
    keys = {}
    for entry in setup_entries:
        said = said_by(parse_payload("setup", split_entry(entry)[1]))
        if isinstance(said, RegKey):
            keys[said.registrar, said.style] = blind_rsa.PublicKey.parse(said.spki)
    for each in manifest.registrar_keys:
        key = keys.get((each.registrar, each.style))
        if key is None:
            raise Incomplete(f"the key of registrar {each.registrar} for style {each.style}")
        if sha256(key.spki) != each.spki_sha256:
            raise Refused("bad-credential", f"registrar {each.registrar} shows another key")
    return keys


@dataclass(frozen=True, slots=True)
class Device:
    """A device with its voter's seed (32 bytes), in one election and ballot style."""

    manifest: Manifest
    registrar_keys: RegistrarKeys
    style: int
    seed: bytes = field(repr=False)

    @property
    def ballot_key(self) -> bytes:
        """`bk`: the Ed25519 public key of this voter's ballots, 32 bytes."""
        return ed25519.SecretKey(ballot_key_seed(self.seed, self.manifest.eid)).public32

    def blinded(self) -> tuple[bytes, ...]:
        """What each registrar is asked to sign, in the draft's order: 384 bytes each."""
        return tuple(
            blind_rsa.blind(self._key(r), self._message(r), self._factor(r))
            for r in self._registrars
        )

    def ask(self, row: int) -> bytes:
        """`d`, 32 bytes: the challenge that a passkey signs for the check-in of this row."""
        return check_in_ask(self.manifest.eid, row, self.style, self.blinded())

    def credentials(self, blind_signatures: Mapping[int, bytes]) -> list[Credential]:
        """The k credentials for a ballot, from blind signatures by registrar, each verified.

        Raises Incomplete below k, CryptoError where a registrar cheated.
        """
        k = self.manifest.draft.registrars.k
        if len(blind_signatures) < k:
            raise Incomplete(f"signatures of registrars, {len(blind_signatures)} of {k}")
        return [
            Credential(
                r,
                blind_rsa.finalize(
                    self._key(r), self._message(r), blind_signatures[r], self._factor(r)
                ),
            )
            for r in sorted(blind_signatures)[:k]
        ]

    def cast(
        self,
        choices: Sequence[Choice],
        credentials: Sequence[Credential],
        last: Cast | None = None,
    ) -> Cast:
        """The ballot for these choices, one per question of the style; `last` is the one before."""
        questions = self.manifest.draft.questions_of(self.style)
        first = Turn(self.manifest.eid, self.style)
        return build_cast(
            first if last is None else first.after(last),
            plaintext.encode(questions, choices),
            seed=self.seed,
            election_key=Point.parse(self.manifest.election_key(self.style).key),
            credentials=credentials,
        )

    @property
    def _registrars(self) -> range:
        return range(1, len(self.manifest.draft.registrars.list) + 1)

    def _key(self, registrar: int) -> blind_rsa.PublicKey:
        return self.registrar_keys[registrar, self.style]

    def _message(self, registrar: int) -> bytes:
        return credential_message(self.manifest.eid, registrar, self.style, self.ballot_key)

    def _factor(self, registrar: int) -> int:
        octets = blinding_octets(self.seed, self.manifest.eid, registrar)
        return blind_rsa.blinding_factor(octets, self._key(registrar))
