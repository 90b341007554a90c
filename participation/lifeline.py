"""Ends a process when the one that started it has gone, however it went.

The starter holds the writing end of a pipe and never writes; the started one reads its standard
input until it closes. Only programs started with `environment()` watch.
"""

import os
import signal
import threading

_NAME = "SUARA_LIFELINE"
_STANDARD_INPUT = 0


def environment() -> dict[str, str]:
    """This process's environment for a program that shall watch its standard input."""
    return {**os.environ, _NAME: "stdin"}


def watch() -> None:
    """Begins to watch, where the starter asked for it."""
    if os.environ.get(_NAME) == "stdin":
        threading.Thread(target=_end_with_starter, args=(os.getpid(),), daemon=True).start()


def _end_with_starter(process: int) -> None:
    # The bare descriptor: a thread that waits inside sys.stdin would break the interpreter's end.
    while os.read(_STANDARD_INPUT, 1):
        continue
    os.kill(process, signal.SIGTERM)
