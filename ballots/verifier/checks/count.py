"""V32 to V36: openings, plaintexts, the count again, lots, the tally chain."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from ballots import counting
from ballots.plaintext import Choice
from ballots.verifier.bulk.opening import BAD_ENCODING, BREAKS_RULE, SMALL_STYLE
from ballots.verifier.checks.closing import v37_small_style
from ballots.verifier.election import Election
from ballots.verifier.verdict import Fault
from crypto import canonical
from crypto.encoding import H, sha256, u8, u64
from crypto.errors import CryptoError

_OF_TIES = frozenset({"winners", "drawn"})


def v32_opening(ours: int, published: int) -> None:
    """The published status is that of our own opening."""
    if ours != published:
        raise Fault("V32", f"published status {published}, ours is {ours}")


def v33_plaintext(ours: int, published: int) -> None:
    """The same for the two statuses of an invalid plaintext (A66)."""
    if ours != published:
        raise Fault("V33", f"published status {published}, ours is {ours}")


def check_status(ours: int, published: int) -> None:
    """One ballot's status: V33 if either side says 3 or 4, else V37 if either says 5, else V32."""
    if {ours, published} & {BAD_ENCODING, BREAKS_RULE}:
        v33_plaintext(ours, published)
    elif SMALL_STYLE in {ours, published}:
        is_small, stays_shut = ours == SMALL_STYLE, published == SMALL_STYLE
        v37_small_style("its status", is_small=is_small, stays_shut=stays_shut)
    else:
        v32_opening(ours, published)


def check_hash(code: str, name: str, octets: bytes, named: bytes) -> None:
    """A file is the one that the result payload names: V34 for the result, V32 for statuses."""
    if sha256(octets) != named:
        raise Fault(code, f"{name} is not the file that the result entry names")


def recount(
    election: Election,
    counted: Mapping[int, int],
    choices: Mapping[str, Counter[Choice]],
    seed: bytes,
) -> dict[str, Any]:
    """The value that `result.json` should have; `counted` are ballots of status 0 by style."""
    sizes = {each.style: each.size for each in election.manifest.roll.styles}
    outcomes = []
    for question in election.draft.questions:
        asked = [style.id for style in election.draft.styles if question.id in style.questions]
        outcome = counting.count(
            question,
            choices.get(question.id, {}),
            tie_order=counting.tie_order(seed, question),
            roll_size=sum(sizes[style] for style in asked),
        )
        outcomes.append((question, outcome))
    return counting.result_document(counted, outcomes)


def read_result(octets: bytes) -> Mapping[str, Any]:
    """The value of `result.json`; raises V34 for what is no such document."""
    try:
        value = canonical.read(octets)
    except CryptoError as problem:
        raise Fault("V34", f"result.json: {problem}") from None
    if not isinstance(value, dict) or not isinstance(value.get("questions"), list):
        raise Fault("V34", "result.json is not a result")
    return value


def v34_count(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> None:
    """The published result is the recount, ties apart (A65, A67)."""
    if _difference(ours, theirs) - {"questions"}:
        raise Fault("V34", "the numbers of counted ballots differ")
    if len(ours["questions"]) != len(theirs["questions"]):
        raise Fault("V34", "other questions were counted")
    for mine, other in _pairs(ours, theirs):
        differs = _difference(mine, other)
        if differs and not _is_of_ties(mine, differs):
            raise Fault("V34", f"question {mine['id']}: {', '.join(sorted(differs))} differ")


def v35_tie_break(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> None:
    """Where lots were drawn, they fell as the revealed seed says (A61)."""
    for mine, other in _pairs(ours, theirs):
        differs = _difference(mine, other)
        if differs and _is_of_ties(mine, differs):
            raise Fault("V35", f"question {mine['id']}: the lots give {mine['winners']}")


def tie_seed(election: Election, close_root: bytes, secrets: Mapping[int, int]) -> bytes:
    """The seed of the lots; a style that stays shut gives nothing to it."""
    keys = (secrets.get(style) for style in election.styles)
    parts = [b"" if y is None else y.to_bytes(32, "big") for y in keys]
    return H("seed", election.eid, close_root, *parts)


def next_tally(tally: bytes, index: int, status: int, plaintext: bytes) -> bytes:
    """`t_j` from `t_j-1`: place, published status, plaintext of a counted ballot."""
    return H("tally", tally, u64(index), u8(status), b"" if status else plaintext)


def v36_tally_chain(tally: bytes, named: bytes) -> None:
    """The chain over all ballots ends where the result says (A67)."""
    if tally != named:
        raise Fault("V36", "the tally chain ends elsewhere than the result says")


def _pairs(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> Sequence[tuple[Any, Any]]:
    return list(zip(ours["questions"], theirs["questions"], strict=False))


def _difference(mine: Mapping[str, Any], other: Any) -> set[str]:
    """The keys whose values differ."""
    if not isinstance(other, dict):
        return set(mine)
    # Compared as bytes: in Python True equals 1, in a document it does not.
    both = [{key: canonical.write(part) for key, part in each.items()} for each in (mine, other)]
    return {key for key in both[0].keys() | both[1].keys() if both[0].get(key) != both[1].get(key)}


def _is_of_ties(mine: Mapping[str, Any], differs: set[str]) -> bool:
    return bool(mine["drawn"]) and differs <= _OF_TIES
