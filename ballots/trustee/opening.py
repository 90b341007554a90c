"""Before the vote the acknowledgement, after it the shares: what a trustee signs, once each."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Self

from ballots.ceremony import check_possession
from ballots.entries import Ack, Cast, Close, Share, parse_payload, said_by, signed, split_entry
from ballots.errors import BallotError, Incomplete
from ballots.manifest import Manifest
from ballots.styles import small_styles
from ballots.trustee.errors import SecondClose, Stopped
from ballots.trustee.keys import TrusteeKeys
from ballots.trustee.setup_log import SetupLog
from ballots.trustee.steps import Step, take_seat
from ballots.witnesses import check_note
from crypto.encoding import sha256
from crypto.p256 import parse_scalar


@dataclass(frozen=True, slots=True)
class Closed:
    """How a record closes: the hash that a share names, and the styles that stay shut."""

    hash: bytes
    small: frozenset[int]

    @classmethod
    def read(
        cls, manifest: Manifest, entries: Iterable[bytes], note_at: Callable[[int], bytes]
    ) -> Self:
        """From the entries of the ballot log and its checkpoints by size; needs little memory.

        Raises Stopped `not-closed`; BallotError, CryptoError where the checkpoint directly after
        `close` is not published.
        """
        voted: dict[int, set[bytes]] = {}
        for index, entry in enumerate(entries):
            said = said_by(parse_payload("ballots", split_entry(entry)[1]))
            if isinstance(said, Cast):
                voted.setdefault(said.style, set()).add(said.bk)
            if isinstance(said, Close):
                checkpoint = check_note(manifest.draft, "ballots", note_at(index + 1))
                counts = {style: len(keys) for style, keys in voted.items()}
                small = small_styles(manifest.draft, counts)
                return cls(sha256(checkpoint.text.encode()), small)
        raise Stopped("not-closed", "voting is not over in this record")


def rehearse(keys: TrusteeKeys, manifest: Manifest) -> None:
    """Pass if these keys hold every share that the manifest says they do: x·G = X.

    Raises Stopped `share-missing`, Refused `bad-share`.
    """
    for election_key in manifest.election_keys:
        share = keys.shares.get(election_key.style)
        if share is None:
            message = f"this file holds no share of style {election_key.style}: it is an older one"
            raise Stopped("share-missing", message)
        check_possession(parse_scalar(share), election_key, keys.number)


def acknowledge(keys: TrusteeKeys, setup: SetupLog, manifest: Manifest) -> Step:
    """The `ack`: this is the ceremony I took part in, and my shares come out of my backup.

    Raises Stopped, or Refused `bad-share`, naming what does not fit (A51).
    """
    keys = take_seat(keys, setup.draft)
    if keys.eid not in {b"", manifest.eid}:
        raise Stopped("other-election", "another election of this draft was acknowledged before")
    check_manifest(setup, manifest)
    rehearse(keys, manifest)
    said = signed("trustee", keys.number, Ack(manifest.eid), keys.secret)
    return Step(replace(keys, eid=manifest.eid), (said.payload,))


def check_manifest(setup: SetupLog, manifest: Manifest) -> None:
    """Pass if the manifest seals this set-up log: draft, tree, keys; raises Stopped."""
    if manifest.eid0 != setup.draft.eid0 or manifest.draft.document != setup.draft.document:
        raise Stopped("other-manifest", "the manifest seals another draft")
    if setup.root(manifest.setup.size) != manifest.setup.root:
        raise Stopped("other-manifest", "the manifest seals another set-up log")
    try:
        keys = (setup.rounds.election_keys(), setup.rounds.registrar_keys())
    except (BallotError, Incomplete) as error:
        raise Stopped("other-manifest", f"the ceremony is not right: {error}") from None
    if keys != (manifest.election_keys, manifest.registrar_keys):
        raise Stopped("other-manifest", "the manifest seals other keys than the ceremony made")


def release(keys: TrusteeKeys, manifest: Manifest, closed: Closed) -> Step:
    """The shares of every style that is not small, for this close and never for another.

    The record was verified before; keys out of a backup may be older than the acknowledgement.
    Raises Stopped, SecondClose (A59, A60).
    """
    if keys.eid not in {b"", manifest.eid} or keys.eid0 != manifest.eid0:
        raise Stopped("other-election", "this key file belongs to another election")
    if keys.close not in {b"", closed.hash}:
        raise SecondClose(keys.close, closed.hash)
    rehearse(keys, manifest)
    styles = (each.style for each in manifest.election_keys if each.style not in closed.small)
    shares = (Share(manifest.eid, s, closed.hash, keys.shares[s]) for s in styles)
    said = tuple(signed("trustee", keys.number, each, keys.secret).payload for each in shares)
    return Step(replace(keys, eid=manifest.eid, close=closed.hash), said)
