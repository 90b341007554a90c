"""The simulated site: the real one, with a clock that the simulation sets.

Gunicorn loads this module in a process of its own (`participation.simulation.local` starts it);
the clock is the only thing about it that is not as everywhere else.
"""

import os
from datetime import datetime, timedelta
from pathlib import Path

from flask import Flask

from participation.app import create_app
from participation.core.clock import system_clock
from participation.settings import read_settings

OFFSET_VARIABLE = "SUARA_SIMULATION_OFFSET"
"""The environment variable that names the file with the clock's advance, in whole seconds."""


class ClockAhead:
    """The machine's time and as many seconds more as a file says; all processes read the same."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def __call__(self) -> datetime:
        """The simulated moment, aware, in UTC."""
        return system_clock() + timedelta(seconds=int(self._file.read_text(encoding="ascii")))

    def move_to(self, moment: datetime) -> None:
        """Advances the clock to a moment; never back."""
        missing = (moment - self()).total_seconds()
        if missing > 0:
            ahead = int(self._file.read_text(encoding="ascii")) + int(missing) + 1
            arriving = self._file.with_suffix(".new")
            arriving.write_text(str(ahead), encoding="ascii")
            arriving.replace(self._file)


def make() -> Flask:
    """The site as the settings in the environment say, with the clock that they name."""
    clock = ClockAhead(Path(os.environ[OFFSET_VARIABLE]))
    return create_app(read_settings(), clock=clock)
