"""Where the site's files lie: in a clone at its root, in an installed package beside the code."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _root() -> Path:
    installed = _PACKAGE / "site"
    return installed if installed.is_dir() else _PACKAGE.parent


ROOT = _root()
TEMPLATES = ROOT / "templates"
STATIC = ROOT / "static"
TRANSLATIONS = ROOT / "translations"
MIGRATIONS = ROOT / "migrations"
