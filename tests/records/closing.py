"""Shares, opening, count and result (section 9), written without the code that it tests."""

from collections import Counter
from hashlib import sha256
from typing import Any

from ballots import counting, plaintext
from ballots.draft import Draft
from ballots.errors import BallotError
from crypto import canonical, hpke
from crypto.encoding import H, M, number, parse, u8, u16, u64
from crypto.errors import CryptoError
from tests.records.casting import Casting

COUNTED, SUPERSEDED, CANNOT_OPEN, BAD_ENCODING, BREAKS_RULE, SMALL = range(6)


class Closing(Casting):
    """Adds what happens after the close; `cast_log` are (index, payload) of all ballots."""

    cast_log: list[tuple[int, bytes]]

    def share(self, style: int, i: int, close_hash: bytes) -> bytes:
        """A trustee's share."""
        x = self.secret_share(style, i).to_bytes(32, "big")
        return self.by("trustee", i, M("share", self.eid, u16(style), close_hash, x))

    def bodies(self) -> list[tuple[bytes, ...]]:
        """The fields of every ballot's body."""
        return [parse("ballot", parse("cast", payload)[0]) for _, payload in self.cast_log]

    def highest(self) -> set[int]:
        """The ordinals of each key's highest ballot."""
        best: dict[bytes, tuple[int, int]] = {}
        for ordinal, fields in enumerate(self.bodies()):
            best.setdefault(fields[2], (-1, -1))
            if number(fields[3]) > best[fields[2]][0]:
                best[fields[2]] = (number(fields[3]), ordinal)
        return {ordinal for _, ordinal in best.values()}

    def small_styles(self) -> set[int]:
        """The styles with too few voted keys to open."""
        bodies = self.bodies()
        voted = Counter(number(bodies[ordinal][1]) for ordinal in self.highest())
        return {style for style in self.styles if 0 < voted[style] < self.plan.min_group}

    def opened(self) -> list[tuple[int, bytes, tuple[Any, ...]]]:
        """Status, plaintext and choices of every ballot."""
        highest, small = self.highest(), self.small_styles()
        results: list[tuple[int, bytes, tuple[Any, ...]]] = []
        for ordinal, fields in enumerate(self.bodies()):
            if ordinal not in highest:
                results.append((SUPERSEDED, b"", ()))
            elif number(fields[1]) in small:
                results.append((SMALL, b"", ()))
            else:
                results.append(self._open(fields))
        return results

    def _open(self, fields: tuple[bytes, ...]) -> tuple[int, bytes, tuple[Any, ...]]:
        eid, style, bk, seq, prev_own, enc, ct = fields
        info = M("seal", eid, style, bk, seq, prev_own)
        try:
            found = hpke.open_p256(self.opening_key(number(style)), enc, ct, info)
        except CryptoError:
            return CANNOT_OPEN, b"", ()
        try:
            questions = Draft.parse(self.draft).questions_of(number(style))
            return COUNTED, found, plaintext.decode(questions, found)
        except BallotError as problem:
            return getattr(problem, "status", BAD_ENCODING), b"", ()

    def statuses(self) -> bytes:
        """The file `statuses`."""
        return bytes(status for status, _, _ in self.opened())

    def tie_seed(self, close_root: bytes) -> bytes:
        """The seed of the lots."""
        small = self.small_styles()
        keys = [
            b"" if style in small else self.opening_key(style).to_bytes(32, "big")
            for style in self.styles
        ]
        return H("seed", self.eid, close_root, *keys)

    def result_value(self, close_root: bytes) -> dict[str, Any]:
        """The value of `result.json`."""
        draft, seed = Draft.parse(self.draft), self.tie_seed(close_root)
        opened, bodies = self.opened(), self.bodies()
        counted = dict.fromkeys(self.styles, 0)
        choices: dict[str, Counter[Any]] = {q.id: Counter() for q in draft.questions}
        for (status, _, chosen), fields in zip(opened, bodies, strict=True):
            if status != COUNTED:
                continue
            style = number(fields[1])
            counted[style] += 1
            for question, choice in zip(draft.questions_of(style), chosen, strict=True):
                choices[question.id][choice] += 1
        outcomes = []
        for question in draft.questions:
            asked = {s.id for s in draft.styles if question.id in s.questions}
            outcome = counting.count(
                question,
                choices[question.id],
                tie_order=counting.tie_order(seed, question),
                roll_size=sum(voter.style in asked for voter in self.plan.voters),
            )
            outcomes.append((question, outcome))
        return counting.result_document(counted, outcomes)

    def tally(self, statuses: bytes) -> bytes:
        """`t_N` with the published statuses."""
        tally = self.eid
        for (index, _), status, opened in zip(self.cast_log, statuses, self.opened(), strict=True):
            plain = b"" if status else opened[1]
            tally = H("tally", tally, u64(index), u8(status), plain)
        return tally

    def result(self, result_json: bytes, statuses: bytes) -> bytes:
        """The organiser's result entry."""
        digests = (sha256(result_json).digest(), sha256(statuses).digest())
        inner = M("result", self.eid, *digests, self.tally(statuses))
        return self.by("organiser", 0, inner)

    def result_json(self, close_root: bytes) -> bytes:
        """The file `result.json`."""
        return canonical.write(self.result_value(close_root))
