"""Addresses of the built static files, from the manifest that the build writes."""

import json
from pathlib import Path

import structlog

from participation.web.site import Asset, site

PREFIX = "/static/"
_log = structlog.get_logger()


def read_assets(static: Path) -> dict[str, Asset]:
    """The assets by logical name; without a build, the sources that browsers can read."""
    manifest = static / "dist" / "manifest.json"
    if not manifest.is_file():
        _log.warning("assets-not-built", hint="run: make build; pages work, without scripts")
        return _sources(static)
    built = json.loads(manifest.read_text())
    return {
        name: Asset(f"{PREFIX}{entry['file']}", entry.get("integrity", ""))
        for name, entry in built.items()
    }


def asset(name: str) -> Asset | None:
    """The built file called `name`, or nothing where the build has not been made."""
    return site().assets.get(name)


def _sources(static: Path) -> dict[str, Asset]:
    styles = sorted((static / "css").glob("*.css"))
    return {style.name: Asset(f"{PREFIX}css/{style.name}") for style in styles}
