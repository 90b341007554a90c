"""V06 and V07: the trustees' ceremony and the keys that came out of it (section 5)."""

from collections.abc import Mapping
from dataclasses import dataclass

from ballots.verifier.checks.setup import Indexed
from ballots.verifier.election import Election
from ballots.verifier.logs.shapes import Entry
from ballots.verifier.verdict import Fault, Findings
from crypto import p256, sharing
from crypto.encoding import H, M, u16
from crypto.errors import CryptoError
from crypto.p256 import Point

Points = tuple[Point, ...]
"""`C_i0 .. C_i,k-1` of one trustee."""

_STEPS = ("dkg1", "dkg2", "dkg3")


@dataclass(frozen=True, slots=True)
class Steps:
    """One style's entries of the ceremony by step and trustee."""

    style: int
    said: Mapping[tuple[str, int], Entry]

    def entry(self, step: str, trustee: int) -> Entry:
        """What a trustee said in a step; raises V06 if nothing."""
        entry = self.said.get((step, trustee))
        if entry is None:
            raise Fault("V06", f"style {self.style}: no {step} of trustee {trustee}")
        return entry


def check_ceremony(
    election: Election, entries: Mapping[str, list[Indexed]], findings: Findings
) -> None:
    """V06 and V07 for every style."""
    for index, _ in entries.get("dkg-complaint", ()):
        findings.add("V06", "a complaint ended this ceremony", "setup", index)
    for style in election.styles:
        said = {
            (step, entry.number(2)): entry
            for step in _STEPS
            for _, entry in entries.get(step, ())
            if entry.number(1) == style
        }
        points = _checked_points(election, Steps(style, said), findings)
        if points is None:
            findings.miss(["V07"], f"a ceremony of style {style} to compute its key from")
            continue
        with findings.noting("manifest"):
            v07_election_key(election, style, points)


def _checked_points(
    election: Election, steps: Steps, findings: Findings
) -> dict[int, Points] | None:
    """Every trustee's points, or None if some are not to be had; faults are noted."""
    points: dict[int, Points] = {}
    for trustee in range(1, election.trustees + 1):
        with findings.noting("setup"):
            points[trustee] = v06_ceremony(election, steps, trustee)
    if len(points) < election.trustees:
        return None
    for trustee in points:
        with findings.noting("setup"):
            check_transcript(election, steps, trustee, points)
    return points


def v06_ceremony(election: Election, steps: Steps, trustee: int) -> Points:
    """A trustee's points: committed to before, k of them, with proof of possession (A52 to A54)."""
    first, second = steps.entry("dkg1", trustee), steps.entry("dkg2", trustee)
    name = f"style {steps.style}, trustee {trustee}"
    joined, possession, k = second.fields[3], second.fields[4], election.draft.trustees.k
    if len(joined) != k * p256.COMPRESSED_OCTETS:
        raise Fault("V06", f"{name}: not {k} points")
    parts = [
        joined[at : at + p256.COMPRESSED_OCTETS]
        for at in range(0, len(joined), p256.COMPRESSED_OCTETS)
    ]
    head = (election.eid0, u16(steps.style), u16(trustee))
    if H("dkg-commit", *head, *parts) != first.fields[4]:
        raise Fault("V06", f"{name}: other points than it committed to")
    try:
        points = tuple(Point.parse(each) for each in parts)
        p256.ecdsa_verify_raw(points[0], M("dkg-pop", *head, joined), possession)
    except CryptoError as problem:
        raise Fault("V06", f"{name}: {problem}") from None
    return points


def check_transcript(
    election: Election, steps: Steps, trustee: int, points: Mapping[int, Points]
) -> None:
    """The rest of V06: the trustee saw the same ceremony, and computed its public share rightly."""
    third = steps.entry("dkg3", trustee)
    everybody = range(1, election.trustees + 1)
    inners = [steps.entry(step, each).inner for step in ("dkg1", "dkg2") for each in everybody]
    name = f"style {steps.style}, trustee {trustee}"
    if third.fields[3] != H("dkg-transcript", *inners):
        raise Fault("V06", f"{name}: saw another ceremony")
    if third.fields[4] != _encoded(sharing.public_share(list(points.values()), trustee)):
        raise Fault("V06", f"{name}: names another public share than the points give")


def v07_election_key(election: Election, style: int, points: Mapping[int, Points]) -> None:
    """The manifest's `Y` and `X_1 .. X_n` are those that the points give, none the identity."""
    named = election.manifest.election_key(style)
    everybody = list(points.values())
    try:
        key = sharing.joint_key(everybody).compressed
        shares = tuple(sharing.public_share(everybody, j).compressed for j in points)
    except CryptoError as problem:
        raise Fault("V07", f"style {style}: {problem}") from None
    if (named.key, named.trustee_points) != (key, shares):
        raise Fault("V07", f"style {style}: the manifest names other points")


def _encoded(point: Point) -> bytes:
    return b"" if point.is_identity else point.compressed
