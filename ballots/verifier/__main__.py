"""`python -m ballots.verifier RECORD`; the progress is told plainly, on a terminal only."""

import sys

from ballots.verifier.command import run
from ballots.verifier.stages.case import say_nothing


def tell_progress(stage: str, done: int, total: int) -> None:
    """One line on the terminal, written over."""
    end = "\n" if done >= total else ""
    sys.stderr.write(f"\r{stage:12} {done:>10,} of {total:,}{end}")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:], progress=tell_progress if sys.stderr.isatty() else say_nothing))
