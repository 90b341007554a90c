"""A registrar's process that signs until it is killed, for `test_registrar_apart`.

Arguments: database address, eid in hex, the hour in seconds, a folder with one request a file.
Prints the name of each request that was answered, and the answer in hex.
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sqlalchemy import create_engine

from ballots.services import registrar_issuing
from ballots.services.context import Context
from ballots.services.relayed import Relayed
from tests.ballots.bodies import SECRET
from tests.ballots.town import Clock


def main(url: str, eid: str, hour: str, folder: str) -> None:
    """Answer every request in the folder, from eight threads."""
    context = Context.of(create_engine(url, pool_size=10), Clock(int(hour)), SECRET)

    def answer(path: Path) -> None:
        asked = Relayed.parse(path.read_bytes())
        issue = registrar_issuing.issue(context, bytes.fromhex(eid), asked)
        sys.stdout.write(f"{path.name} {issue.hex()}\n")
        sys.stdout.flush()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(answer, sorted(Path(folder).iterdir())))


if __name__ == "__main__":
    main(*sys.argv[1:])
