"""A process that casts ballots until it is killed, for `test_durability`.

Arguments: database address, eid in hex, the hour in seconds, a folder with one ballot a file.
Prints the name of each ballot whose promise it was given, and the promise in hex.
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sqlalchemy import create_engine

from ballots.services import box
from tests.ballots.town import Town


def main(url: str, eid: str, hour: str, folder: str) -> None:
    """Cast every ballot in the folder, from eight threads."""
    town = Town.of(create_engine(url, pool_size=10))
    town.clock.seconds = int(hour)

    def cast(path: Path) -> None:
        promise = box.cast(town.context, bytes.fromhex(eid), path.read_bytes())
        sys.stdout.write(f"{path.name} {promise.hex()}\n")
        sys.stdout.flush()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(cast, sorted(Path(folder).iterdir())))


if __name__ == "__main__":
    main(*sys.argv[1:])
