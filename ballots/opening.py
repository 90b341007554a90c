"""After close: recover each style's key, open the highest ballots, say what became of each one.

Section 9. Anyone can do this from the record; the verifier does it again on its own.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from enum import IntEnum

from ballots import plaintext
from ballots.ballot import Cast, seal_info
from ballots.ceremony import scalar_bytes
from ballots.draft import Draft
from ballots.entries import Share
from ballots.errors import Incomplete, Refused
from ballots.manifest import ElectionKey
from ballots.plaintext import BadPlaintextEncoding, BreaksRule, Choice
from ballots.styles import small_styles
from crypto import hpke, p256, sharing
from crypto.encoding import H, u8, u64
from crypto.errors import CannotOpen, CryptoError


class Status(IntEnum):
    """What became of a ballot: one byte per `cast` entry in the file `statuses`."""

    COUNTED = 0
    SUPERSEDED = 1
    CANNOT_OPEN = 2
    BAD_ENCODING = 3
    BREAKS_RULE = 4
    SMALL_STYLE = 5


def check_share(share: Share, trustee: int, key: ElectionKey, close_hash: bytes) -> int:
    """`x_i` of a trustee's share for this close; raises Refused `bad-share`.

    `close_hash` is the SHA-256 of the text of the checkpoint directly after `close`.
    """
    if share.checkpoint_hash != close_hash:
        raise Refused("bad-share", f"trustee {trustee} saw another close")
    try:
        x = p256.parse_scalar(share.x)
        is_right = p256.secret_mul_base(x).compressed == key.trustee_point(trustee)
    except CryptoError as error:
        raise Refused("bad-share", f"trustee {trustee} gave no scalar: {error}") from error
    if not is_right:
        raise Refused("bad-share", f"trustee {trustee} gave another share than it has")
    return x


def recover_key(key: ElectionKey, shares: Mapping[int, int], k: int) -> int:
    """`y` of a style from valid shares by trustee; raises Incomplete, or Refused `bad-share`."""
    if len(shares) < k:
        raise Incomplete(f"shares of style {key.style}, {len(shares)} of {k}")
    try:
        y = sharing.recover(shares, k)
        is_right = p256.secret_mul_base(y).compressed == key.key
    except CryptoError as error:
        raise Refused("bad-share", f"style {key.style}: {error}") from error
    if not is_right:
        raise Refused("bad-share", f"style {key.style}: the shares give another key")
    return y


class Highest:
    """For each ballot key its ballot with the highest `seq`, wherever it stands (A23).

    Fed with every ballot while the log goes by; holds a few hundred bytes a key and no ballot.
    """

    def __init__(self) -> None:
        self._found: dict[bytes, tuple[int, int, int]] = {}

    def take(self, index: int, cast: Cast) -> None:
        """Note the ballot at an index of the log."""
        before = self._found.get(cast.bk)
        if before is None or cast.seq > before[0]:
            self._found[cast.bk] = (cast.seq, index, cast.style)

    @property
    def indexes(self) -> frozenset[int]:
        """Where the highest ballots stand."""
        return frozenset(index for _, index, _ in self._found.values())

    @property
    def voted(self) -> Mapping[int, int]:
        """How many ballot keys voted, by style id."""
        return Counter(style for *_, style in self._found.values())


class Opening:
    """Opens the highest ballot of each key and no other, none of a small style.

    Fed with every ballot once more, in log order; holds one byte a ballot, and the choices counted
    by question. `secrets` are `y` by style id; raises Incomplete where a style that voted and is
    not small lacks its key.
    """

    def __init__(self, draft: Draft, eid: bytes, top: Highest, secrets: Mapping[int, int]) -> None:
        voted = top.voted
        self.tally = eid
        """The tally chain so far, 32 bytes: index, status and counted plaintext of each ballot."""
        self.choices: dict[str, Counter[Choice]] = {each.id: Counter() for each in draft.questions}
        """What counted ballots say to each question, blank ones included."""
        self.counted = {style.id: 0 for style in draft.styles}
        """Ballots of status 0 by style id, in draft order."""
        self._statuses = bytearray()
        self._top = top.indexes
        self._small = small_styles(draft, voted)
        self._openers = _openers(voted.keys() - self._small, secrets)
        self._questions = {style.id: draft.questions_of(style.id) for style in draft.styles}

    @property
    def statuses(self) -> bytes:
        """The file `statuses`: one byte per ballot so far."""
        return bytes(self._statuses)

    def take(self, index: int, cast: Cast) -> Status:
        """What becomes of the next ballot of the log."""
        status, found = self._open(index, cast)
        self._statuses.append(status)
        self.tally = H("tally", self.tally, u64(index), u8(status), found)
        return status

    def _open(self, index: int, cast: Cast) -> tuple[Status, bytes]:
        """A ballot's status, and its plaintext if it is counted."""
        if index not in self._top:
            return Status.SUPERSEDED, b""
        if cast.style in self._small:
            return Status.SMALL_STYLE, b""
        info = seal_info(cast.eid, cast.style, cast.bk, cast.seq, cast.prev_own)
        questions = self._questions[cast.style]
        try:
            found = self._openers[cast.style].open(cast.enc, cast.ct, info)
            choices = plaintext.decode(questions, found)
        except CannotOpen:
            return Status.CANNOT_OPEN, b""
        except BadPlaintextEncoding:
            return Status.BAD_ENCODING, b""
        except BreaksRule:
            return Status.BREAKS_RULE, b""
        for question, choice in zip(questions, choices, strict=True):
            self.choices[question.id][choice] += 1
        self.counted[cast.style] += 1
        return Status.COUNTED, found


def _openers(styles: Collection[int], secrets: Mapping[int, int]) -> Mapping[int, hpke.Opener]:
    missing = sorted(set(styles) - secrets.keys())
    if missing:
        raise Incomplete(f"the key of style {missing[0]}")
    return {style: hpke.Opener(secrets[style]) for style in styles}


def revealed(draft: Draft, secrets: Mapping[int, int]) -> list[bytes]:
    """`y_1, ..` in style order, 32 bytes each, empty for a shut one: what ties are drawn from."""
    return [
        scalar_bytes(secrets[style.id]) if style.id in secrets else b"" for style in draft.styles
    ]
