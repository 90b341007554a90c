"""What verifying costs per ballot, beside the sum of its primitive operations.

python benchmarks/verify.py [--ballots 5000] [--record FILE] [--profile]
"""

import argparse
import cProfile
import os
import pstats
import resource
import sys
import time
from pathlib import Path

from ballots.verifier.report import as_text
from ballots.verifier.verification import Verification, verify
from benchmarks import elections, floor

BAR = 1.3


def main() -> None:
    """Measures and prints."""
    given = arguments()
    record = given.record or elections.make(given.ballots).record
    print("primitive operations on one ballot:")
    costs = floor.measure(floor.VERIFYING)
    least = floor.show(costs)
    print(f"{record.name}, {record.stat().st_size / 1e6:.1f} MB")
    seconds, verification = timed(str(record), workers=1)
    voted = voted_in(verification)
    per_ballot = seconds / voted * 1e6
    *_, last = as_text(verification, "en")
    print(last)
    tell("one process", seconds, voted, least)
    with_check_in = least + costs["RSA-3072 verification"] + costs["two hashes"]
    print(
        f"  {'... beside the floor with its check-in':<42} {with_check_in:9.1f} us"
        f"   x {per_ballot / with_check_in:.2f}   (one more RSA operation, two more hashes)"
    )
    if (workers := os.cpu_count() or 1) > 1:
        tell(f"{workers} processes", timed(str(record), workers=workers)[0], voted, least)
    print(f"  {'peak of memory, this process':<42} {peak(resource.RUSAGE_SELF):9.0f} MB")
    print(f"  {'peak of memory, largest worker':<42} {peak(resource.RUSAGE_CHILDREN):9.0f} MB")
    if given.profile:
        show_profile(str(record))


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ballots", type=int, default=5000, help="how many to make")
    parser.add_argument("--record", type=Path, help="a finished record instead")
    parser.add_argument("--profile", action="store_true", help="also say where the time goes")
    return parser.parse_args()


def timed(record: str, workers: int) -> tuple[float, Verification]:
    """Seconds for a verification: of the processor with one worker, of the wall with several."""
    clock = time.process_time if workers == 1 else time.perf_counter
    begun = clock()
    verification = verify(record, workers=workers)
    return clock() - begun, verification


def voted_in(verification: Verification) -> int:
    """How many ballots were counted."""
    if verification.outcome is None:
        sys.exit("this record has no result")
    return sum(each["ballots"] for each in verification.outcome["counted"])


def tell(how: str, seconds: float, ballots: int, least: float) -> None:
    """One line: total, per ballot, and how much that is of the floor."""
    per_ballot = seconds / ballots * 1e6
    words = f"{ballots:,} ballots, {how}, {seconds:.2f} s"
    mark = "" if per_ballot / least > BAR else f"   (bar: x {BAR})"
    print(f"  {words:<42} {per_ballot:9.1f} us   x {per_ballot / least:.2f}{mark}")


def peak(who: int) -> float:
    """The most memory so far, in megabytes."""
    return resource.getrusage(who).ru_maxrss / 1024


def show_profile(record: str) -> None:
    """Where the time goes, one process."""
    profile = cProfile.Profile()
    profile.enable()
    verify(record, workers=1)
    profile.disable()
    pstats.Stats(profile).sort_stats("tottime").print_stats(35)


if __name__ == "__main__":
    main()
