"""Gunicorn's settings, as gunicorn names them; `suara serve` hands it this module."""

import logging
from typing import Any

from participation import lifeline

worker_class = "gthread"
preload_app = True  # workers share the memory of the loaded site
timeout = 60
graceful_timeout = 20
keepalive = 5
loglevel = "warning"
accesslog = None  # no line that joins an address with what was read or cast
proc_name = "suara"


def on_starting(_server: Any) -> None:
    """Watches whether `suara serve` still lives, and keeps addresses out of the log."""
    lifeline.watch()
    logging.getLogger("gunicorn.error").addFilter(without_addresses)


def without_addresses(line: logging.LogRecord) -> bool:
    """Whether a line may be logged: gunicorn names the sender of what it cannot read (A11)."""
    return "from ip=" not in line.getMessage()


def post_fork(_server: Any, worker: Any) -> None:
    """Gives each worker connections of its own."""
    worker.app.wsgi().extensions["suara"].database.dispose()
