"""After close: recover each style's key, open the highest ballots, say what became of each one.

Section 9. Anyone can do this from the record; the verifier does it again on its own.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class LoggedCast:
    """A ballot and its index in the ballot log."""

    index: int
    cast: Cast


@dataclass(frozen=True, slots=True)
class Opened:
    """One ballot after the opening; plaintext and choices only where it is counted."""

    index: int
    style: int
    status: Status
    plaintext: bytes = b""
    choices: tuple[Choice, ...] = ()


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


def highest(casts: Iterable[LoggedCast]) -> Mapping[bytes, LoggedCast]:
    """For each ballot key its ballot with the highest `seq`, wherever it stands (A23)."""
    found: dict[bytes, LoggedCast] = {}
    for each in casts:
        before = found.get(each.cast.bk)
        if before is None or each.cast.seq > before.cast.seq:
            found[each.cast.bk] = each
    return found


def voted_keys(casts: Iterable[LoggedCast]) -> Mapping[int, int]:
    """How many ballot keys voted, by style id."""
    return Counter(each.cast.style for each in highest(casts).values())


def open_ballots(
    draft: Draft,
    casts: Sequence[LoggedCast],
    secrets: Mapping[int, int],
) -> list[Opened]:
    """What became of every ballot, in log order; `secrets` are `y` by style id.

    Opens the highest ballot of each key and no other, none of a small style. Raises Incomplete
    where a style that is not small lacks its key.
    """
    top = {each.index for each in highest(casts).values()}
    small = small_styles(draft, voted_keys(casts))
    openers = _openers(draft, casts, secrets, small)
    opened = []
    for each in casts:
        style = each.cast.style
        if each.index not in top:
            opened.append(Opened(each.index, style, Status.SUPERSEDED))
        elif style in small:
            opened.append(Opened(each.index, style, Status.SMALL_STYLE))
        else:
            opened.append(_open(draft, each, openers[style]))
    return opened


def _openers(
    draft: Draft,
    casts: Sequence[LoggedCast],
    secrets: Mapping[int, int],
    small: frozenset[int],
) -> Mapping[int, hpke.Opener]:
    used = {each.cast.style for each in casts} - small
    missing = sorted(used - secrets.keys())
    if missing:
        raise Incomplete(f"the key of style {missing[0]}")
    return {style.id: hpke.Opener(secrets[style.id]) for style in draft.styles if style.id in used}


def _open(draft: Draft, logged: LoggedCast, opener: hpke.Opener) -> Opened:
    index, cast = logged.index, logged.cast
    info = seal_info(cast.eid, cast.style, cast.bk, cast.seq, cast.prev_own)
    try:
        found = opener.open(cast.enc, cast.ct, info)
        choices = plaintext.decode(draft.questions_of(cast.style), found)
    except CannotOpen:
        return Opened(index, cast.style, Status.CANNOT_OPEN)
    except BadPlaintextEncoding:
        return Opened(index, cast.style, Status.BAD_ENCODING)
    except BreaksRule:
        return Opened(index, cast.style, Status.BREAKS_RULE)
    return Opened(index, cast.style, Status.COUNTED, found, choices)


def statuses(opened: Iterable[Opened]) -> bytes:
    """The file `statuses`: one byte per ballot in log order."""
    return bytes(each.status for each in opened)


def counted_by_style(draft: Draft, opened: Iterable[Opened]) -> Mapping[int, int]:
    """Ballots of status 0 by style id, in draft order, 0 included."""
    found = Counter(each.style for each in opened if each.status is Status.COUNTED)
    return {style.id: found[style.id] for style in draft.styles}


def choices_of(draft: Draft, opened: Iterable[Opened], question_id: str) -> list[Choice]:
    """What counted ballots say to one question, blank ones included, in log order."""
    places = {
        style.id: style.questions.index(question_id)
        for style in draft.styles
        if question_id in style.questions
    }
    return [
        each.choices[places[each.style]]
        for each in opened
        if each.status is Status.COUNTED and each.style in places
    ]


def tally_chain(eid: bytes, opened: Iterable[Opened]) -> bytes:
    """`t_N`, 32 bytes: every ballot's index, status and counted plaintext, in log order."""
    tally = eid
    for each in opened:
        tally = H("tally", tally, u64(each.index), u8(each.status), each.plaintext)
    return tally


def revealed(draft: Draft, secrets: Mapping[int, int]) -> list[bytes]:
    """`y_1, ..` in style order, 32 bytes each, empty for a shut one: what ties are drawn from."""
    return [
        scalar_bytes(secrets[style.id]) if style.id in secrets else b"" for style in draft.styles
    ]
