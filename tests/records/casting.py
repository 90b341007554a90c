"""Ballots: sealed, signed, with credentials (section 7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from ballots import plaintext
from ballots.draft import Draft
from crypto import hpke, p256
from crypto.encoding import M, hkdf, u16, u32
from tests.records.check_ins import CheckIns

NO_PREVIOUS = bytes(32)


@dataclass(frozen=True)
class Sealed:
    """A ballot before it is signed."""

    voter: int
    style: int
    bk: bytes
    seq: int
    prev_own: bytes
    plaintext: bytes
    ikm: bytes
    enc: bytes
    ct: bytes


class Casting(CheckIns):
    """Adds the ballots."""

    def encode(self, voter: int, choices: Sequence[Any]) -> bytes:
        """The plaintext of a voter's choices."""
        questions = Draft.parse(self.draft).questions_of(self.plan.voters[voter].style)
        return plaintext.encode(questions, list(choices))

    def seal(self, voter: int, seq: int, prev_own: bytes, choice: bytes) -> Sealed:
        """A voter's choice in its envelope."""
        style, bk = self.plan.voters[voter].style, self.bk_of(voter)
        ikm = hkdf(self.seed_of(voter), M("ephemeral", self.eid, u32(seq), prev_own, choice))
        key = p256.Point.parse(self.election_key(style)).uncompressed
        enc, ct = hpke.seal_p256(key, self.seal_info(style, bk, seq, prev_own), choice, ikm)
        return Sealed(voter, style, bk, seq, prev_own, choice, ikm, enc, ct)

    def bk_of(self, voter: int) -> bytes:
        """The ballot key that the body names."""
        return self.ballot_key(voter).public32

    def seal_info(self, style: int, bk: bytes, seq: int, prev_own: bytes) -> bytes:
        """What the envelope is bound to."""
        return M("seal", self.eid, u16(style), bk, u32(seq), prev_own)

    def body(self, sealed: Sealed) -> bytes:
        """What the voter signs."""
        return M(
            "ballot", self.eid, u16(sealed.style), sealed.bk, u32(sealed.seq), sealed.prev_own,
            sealed.enc, sealed.ct,
        )  # fmt: skip

    def signature(self, sealed: Sealed, body: bytes) -> bytes:
        """The voter's signature."""
        return self.ballot_key(sealed.voter).sign(body)

    def credentials(self, sealed: Sealed) -> list[bytes]:
        """k credentials, by registrar."""
        chosen = self.issuing()[: self.plan.registrars[1]]
        return [u16(r) + self.credential(sealed.voter, r, sealed.bk) for r in chosen]

    def cast(self, sealed: Sealed) -> bytes:
        """The payload of a ballot."""
        body = self.body(sealed)
        return M("cast", body, self.signature(sealed, body), *self.credentials(sealed))

    def ballots_of(self, voter: int) -> list[bytes]:
        """All ballots of a voter, each after the one before."""
        previous, payloads = NO_PREVIOUS, []
        for seq, choices in enumerate(self.plan.voters[voter].ballots):
            sealed = self.seal(voter, seq, previous, self.encode(voter, choices))
            payloads.append(self.cast(sealed))
            previous = sha256(payloads[-1]).digest()
        return payloads

    def cast_batches(self, *, late: bool) -> list[list[bytes]]:
        """The batches of the ballot log before issue-close, or those after it."""
        payloads = [
            payload
            for number, voter in enumerate(self.plan.voters)
            if voter.is_late == late
            for payload in self.ballots_of(number)
        ]
        per_batch = max(self.plan.batch_min, 2)
        batches = [payloads[at : at + per_batch] for at in range(0, len(payloads), per_batch)]
        return [self.sorted_casts(batch) for batch in batches]

    def sorted_casts(self, payloads: list[bytes]) -> list[bytes]:
        """A batch as the log must hold it."""
        return sorted(payloads, key=lambda payload: sha256(payload).digest())
