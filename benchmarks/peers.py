"""Making and verifying ballots, beside another system in the same run: Belenios.

python benchmarks/peers.py [--ballots 100]

Needs Debian's package belenios-tool. One question, two answers, one choice. The comparison is of
what a voter and an observer do, not of equal statements: Belenios proves in zero knowledge that a
ballot is well-formed and never opens one; Suara's ballots are opened after the close and are
unlinkable by blind signatures instead. Every one of Belenios' ballots is made by a process of its
own, whose start is measured and taken off.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import elections, floor
from benchmarks.verify import timed

TOOL = "belenios-tool"
GROUP = "BELENIOS-2048"
TEMPLATE = {
    "description": "Benchmark",
    "name": "Benchmark",
    "questions": [{"answers": ["yes", "no"], "min": 1, "max": 1, "question": "Yes?"}],
    "administrator": "Organiser",
    "credential_authority": "Registrar",
}


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ballots", type=int, default=100, help="how many to make and verify")
    number = parser.parse_args().ballots
    if shutil.which(TOOL) is None:
        sys.exit(f"{TOOL} is missing; on Debian: apt-get install {TOOL}")
    with tempfile.TemporaryDirectory(prefix="suara-peers-") as folder:
        making, verifying, octets = belenios(Path(folder), number)
    tell("Belenios, making one ballot", making)
    tell("Belenios, verifying, each ballot", verifying)
    print(f"  {'Belenios, a ballot in the archive':<42} {octets:9.0f} bytes")
    made = elections.make(number)
    ours, _ = timed(str(made.record), workers=1)
    ours /= number
    tell("Suara, verifying, each ballot", ours)
    octets = sum(map(len, made.ballots)) / number
    print(f"  {'Suara, a ballot in the record':<42} {octets:9.0f} bytes")
    print(f"  {'one ballot of theirs costs as much as':<42} {verifying / ours:9.1f} of ours")
    floor.show(floor.measure(floor.VERIFYING))


def belenios(folder: Path, number: int) -> tuple[float, float, float]:
    """Seconds of the processor for making and for verifying a ballot, and its bytes."""
    uuid = run(folder, "setup", "generate-token").strip()
    of_group = ("--group", GROUP, "--uuid", uuid)
    run(folder, "setup", "generate-credentials", "--count", str(number), *of_group)
    run(folder, "setup", "generate-trustee-key", "--group", GROUP)
    copy(folder, "*.pubkey", "public_keys.jsons")
    copy(folder, "*.pubcreds", "public_creds.json")
    run(folder, "setup", "make-trustees")
    (folder / "template.json").write_text(json.dumps(TEMPLATE))
    run(folder, "setup", "make-election", *of_group, "--template", "template.json")
    run(folder, "archive", "init")
    archive = next(folder.glob("*.bel"))
    empty, start = archive.stat().st_size, cost_of(folder, "setup", "generate-token")
    credentials = next(folder.glob("*.privcreds")).read_text().splitlines()
    making = 0.0
    for line in credentials:
        (folder / "credential").write_text(line.split()[1])
        (folder / "choice.json").write_text("[[1,0]]")
        chosen = ("--privcred", "credential", "--ballot", "choice.json")
        before = spent()
        ballot = run(folder, "election", "generate-ballot", "--dir", ".", *chosen)
        making += spent() - before - start
        run(folder, "archive", "add-event", "--type=Ballot", given=ballot)
    verifying = cost_of(folder, "election", "verify", "--dir", ".") - start
    return making / number, verifying / number, (archive.stat().st_size - empty) / number


def copy(folder: Path, pattern: str, name: str) -> None:
    """One file under the name that the next step wants."""
    shutil.copyfile(next(folder.glob(pattern)), folder / name)


def run(folder: Path, *words: str, given: str | None = None) -> str:
    """What the tool prints."""
    done = subprocess.run(
        [TOOL, *words], cwd=folder, input=given, capture_output=True, text=True, check=True
    )
    return done.stdout


def cost_of(folder: Path, *words: str) -> float:
    """Seconds of the processor for one call of the tool."""
    before = spent()
    run(folder, *words)
    return spent() - before


def spent() -> float:
    """Seconds of the processor that finished child processes have used so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def tell(what: str, seconds: float) -> None:
    """One line, in microseconds."""
    print(f"  {what:<42} {seconds * 1e6:9.1f} us")


if __name__ == "__main__":
    print(f"on {os.cpu_count()} cores, one process each")
    main()
