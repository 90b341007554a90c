"""Stops with one plain line where the Python at hand is too old or cannot make environments."""

import importlib.util
import sys

if sys.version_info < (3, 11):  # noqa: UP036  # this file meets older ones
    sys.exit(f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}")
if importlib.util.find_spec("ensurepip") is None:
    sys.exit("Python's venv module is incomplete: apt-get install python3-venv")
