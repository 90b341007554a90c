"""A witness in a process of its own that is asked once, and may be killed before it answers."""

import os
import signal
import sys
from pathlib import Path

from sqlalchemy import create_engine

from ballots.services.witness import Declined
from ballots.store import watching
from tests.ballots.services import test_witness


def main(url: str, folder: str, leaves: str, fate: str) -> None:
    """Asks for size 9 after 5 and prints what came of it."""
    stand = test_witness.Stand(create_engine(url), Path(folder))
    if fate == "dies":
        watching.advance = _stored_then_killed(watching.advance)
    try:
        stand.ask(5, 9, leaves=getattr(test_witness, leaves))
        print("signed")  # noqa: T201 - how the test hears of it
    except Declined as declined:
        print(declined.status)  # noqa: T201 - as above


def _stored_then_killed(advance):
    def act(connection, before, after):
        advance(connection, before, after)
        connection.commit()
        os.kill(os.getpid(), signal.SIGKILL)

    return act


if __name__ == "__main__":
    main(*sys.argv[1:])
