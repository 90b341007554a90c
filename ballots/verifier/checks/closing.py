"""V28 to V31 and V37: opening and close, the trustees' shares, the keys that they give."""

from collections.abc import Iterable, Mapping

from ballots.verifier.checks.setup import Indexed
from ballots.verifier.election import Election
from ballots.verifier.logs.shapes import Entry
from ballots.verifier.verdict import Fault, Findings
from crypto import p256, sharing
from crypto.errors import CryptoError


def v28_open_and_close(index: int, close: Entry, root_before: bytes | None) -> None:
    """`close` names size and root of its log before itself."""
    if close.number(1) != index:
        raise Fault("V28", f"close names size {close.number(1)} and stands at {index}")
    if root_before is not None and close.fields[2] != root_before:
        raise Fault("V28", "close names another root than the log had")


def check_window(what: str, times: Iterable[int], earliest: int, latest: int | None) -> None:
    """The rest of V28: witnesses saw an act at its time, at most the grace later (A45, A46)."""
    for time in times:
        if time < earliest:
            raise Fault("V28", f"{what} was witnessed at {time}, before {earliest}")
        if latest is not None and time > latest:
            raise Fault("V28", f"{what} was witnessed at {time}, after {latest}")


def v29_one_close(share: Entry, close_hash: bytes | None) -> None:
    """A share is for the one close that this log shows; a second close is refused by the order."""
    if close_hash is not None and share.fields[2] != close_hash:
        raise Fault("V29", f"trustee {share.index} gave its share for another close")


def v30_share(election: Election, share: Entry) -> int:
    """A trustee's `x_i`, with `x_i·G = X_i` as the manifest names it (A56)."""
    style = share.number(1)
    public = election.manifest.election_key(style).trustee_points[share.index - 1]
    try:
        x = p256.parse_scalar(share.fields[3])
        is_right = p256.secret_mul_base(x).compressed == public
    except CryptoError as problem:
        raise Fault("V30", f"trustee {share.index}, style {style}: {problem}") from None
    if not is_right:
        raise Fault("V30", f"trustee {share.index}, style {style}: not the share it has")
    return x


def good_shares(
    election: Election, shares: Iterable[Indexed], findings: Findings
) -> dict[int, dict[int, int]]:
    """V30 on every share: style → trustee → `x_i` of those that are good, each given once."""
    good: dict[int, dict[int, int]] = {style: {} for style in election.styles}
    for index, share in shares:
        of_style = good[share.number(1)]
        if share.index in of_style:
            findings.add("V30", "a second share of one trustee and style", "ballots", index)
            continue
        with findings.noting("ballots", index):
            of_style[share.index] = v30_share(election, share)
    return good


def v31_key(election: Election, style: int, shares: Mapping[int, int]) -> int:
    """`y` of a style by Lagrange over the first k valid shares, with `y·G = Y`."""
    k = election.draft.trustees.k
    if len(shares) < k:
        raise Fault("V31", f"style {style}: {len(shares)} good shares, {k} needed")
    try:
        y = sharing.recover(shares, k)
        is_right = p256.secret_mul_base(y).compressed == election.manifest.election_key(style).key
    except CryptoError as problem:
        raise Fault("V31", f"style {style}: {problem}") from None
    if not is_right:
        raise Fault("V31", f"style {style}: the shares give another key")
    return y


def v37_small_style(what: str, *, is_small: bool, stays_shut: bool) -> None:
    """The key of a style with too few voted keys stays shut, every other one opens (A19, A60)."""
    if is_small != stays_shut:
        kind = "small" if is_small else "not small"
        raise Fault("V37", f"{what}: {'shut' if stays_shut else 'opened'}, yet {kind}")
