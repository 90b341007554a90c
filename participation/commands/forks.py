"""Copies of this process, one for each work, that share the memory of everything loaded before.

A page of memory belongs to all of them until one writes to it, so a loaded site costs its memory
once and not once for the server and once for the jobs.
"""

import gc
import os
from collections.abc import Callable
from multiprocessing import get_context
from subprocess import TimeoutExpired

from participation import lifeline

_STANDARD_INPUT = 0

Work = Callable[[], None]


class Fork:
    """A running copy of this process; ends with it, however that ends. Used like a `Popen`."""

    def __init__(self, work: Work, reading: int, writing: int) -> None:
        place = (work, reading, writing)
        self._process = get_context("fork").Process(target=_begin, args=place)
        self._process.start()

    def wait(self, timeout: float | None = None) -> int:
        """The exit status, once it has ended; raises `TimeoutExpired` if that takes longer."""
        self._process.join(timeout)
        if self._process.exitcode is None:
            raise TimeoutExpired("fork", timeout or 0)
        return self._process.exitcode

    def terminate(self) -> None:
        """Asks it to end."""
        self._process.terminate()

    def kill(self) -> None:
        """Ends it at once."""
        self._process.kill()


def start_forks(*works: Work) -> list[Fork]:
    """A copy of this process for each work. No thread may run here yet: copies would lack it."""
    gc.collect()
    gc.freeze()  # later collections leave what is loaded alone, so that it stays shared
    reading, writing = os.pipe()  # `writing` stays open as long as this process lives
    forks = [Fork(work, reading, writing) for work in works]
    os.close(reading)
    return forks


def _begin(work: Work, reading: int, writing: int) -> None:
    """The life of a copy: an interrupt at the terminal reaches it only from its starter."""
    os.setsid()
    os.close(writing)
    os.dup2(reading, _STANDARD_INPUT)
    os.close(reading)
    os.environ.update(lifeline.environment())
    work()
