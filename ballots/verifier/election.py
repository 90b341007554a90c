"""What every check needs of the manifest, worked out once: identities, keys, sizes."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from ballots import plaintext
from ballots.draft import LOGS, Draft, Log
from ballots.manifest import Manifest
from ballots.verifier.logs.bulk_frames import BulkFrames
from crypto import ed25519, hpke
from crypto.encoding import H
from crypto.errors import BadKey
from crypto.note import COSIGNATURE, VerifierKey
from crypto.p256 import Point


@dataclass(frozen=True, slots=True)
class Election:
    """A manifest whose keys all parse.

    `eid` and `eid0` are recomputed from the bytes; `logs` and `witnesses` (in draft order) are the
    keys that notes are checked with; `roles` are the Ed25519 keys of who may sign an entry, by role
    and number; `ct_octets` the length
    of a sealed ballot of each style; `frames` the forms of the bulk.
    """

    document: bytes
    manifest: Manifest
    eid: bytes
    eid0: bytes
    logs: Mapping[Log, VerifierKey]
    witnesses: tuple[VerifierKey, ...]
    roles: Mapping[tuple[str, int], ed25519.PublicKey]
    ct_octets: Mapping[int, int]
    frames: BulkFrames

    @property
    def draft(self) -> Draft:
        """The draft inside the manifest."""
        return self.manifest.draft

    @property
    def registrars(self) -> int:
        """How many registrars there are, n."""
        return len(self.draft.registrars.list)

    @property
    def trustees(self) -> int:
        """How many trustees there are, n."""
        return len(self.draft.trustees.list)

    @property
    def styles(self) -> tuple[int, ...]:
        """The ballot styles, in draft order."""
        return tuple(self.ct_octets)


@lru_cache(maxsize=2)
def read_election(document: bytes) -> Election:
    """The election of a manifest's bytes.

    Raises BadDocument if they are no manifest, CryptoError if some key in them is none.
    """
    manifest = Manifest.parse(document)
    draft = manifest.draft
    for officer in draft.officers:
        Point.parse_cose(officer.cose)
    ct_octets = {
        style.id: plaintext.length(draft.questions_of(style.id)) + hpke.TAG_OCTETS
        for style in draft.styles
    }
    registrars = draft.registrars
    return Election(
        document=document,
        manifest=manifest,
        eid=H("manifest", document),
        eid0=H("draft", draft.document),
        logs={log: draft.log_verifier(log) for log in LOGS},
        witnesses=tuple(_witness(each.vkey) for each in draft.witnesses.list),
        roles=_roles(draft),
        ct_octets=ct_octets,
        frames=BulkFrames(len(registrars.list), registrars.k, ct_octets.values()),
    )


def _witness(vkey: str) -> VerifierKey:
    key = VerifierKey.parse(vkey)
    if key.kind != COSIGNATURE:
        raise BadKey(f"{key.name} is not the key of a witness")
    return key


def _roles(draft: Draft) -> dict[tuple[str, int], ed25519.PublicKey]:
    octets = {("organiser", 0): draft.organiser.key}
    holders = {
        "registrar": [each.key for each in draft.registrars.list],
        "trustee": [each.key for each in draft.trustees.list],
        "verifier": [each.key for each in draft.verifiers],
    }
    for role, keys in holders.items():
        octets |= {(role, number): key for number, key in enumerate(keys, start=1)}
    return {holder: ed25519.PublicKey.parse(key) for holder, key in octets.items()}
