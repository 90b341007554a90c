"""What a mirror keeps, over HTTP: the files of section 12 under the paths that the site has."""

import os
from pathlib import Path

from flask import Blueprint, Response, json

from ballots.errors import BadDocument, Refused
from ballots.log import parse_tile_path
from ballots.services import alarms
from ballots.services.mirror import EVIDENCE, record_folder
from ballots.services.names import read_name
from ballots.store.folder_log import cut, widest
from ballots.web.answers import FOREVER, NEVER, cookieless, octets, route

_LIVE = ("checkpoint", "summary.json")
_LOGS = ("setup", "check-ins", "ballots")
_TEXTS = ("checkpoint", "policy")


def mirror_blueprint(folder: Path) -> Blueprint:
    """The mirror's routes, below the folder that it keeps."""

    def file(eid: str, path: str) -> Response:
        """A file of a record."""
        read_name(eid)
        return _answer(record_folder(folder, eid), path)

    def index() -> Response:
        """Which elections are mirrored here, and what was caught."""
        kept = sorted(each.name for each in (folder / "elections").glob("*") if each.is_dir())
        caught = [each.name for each in alarms.alarms(folder / EVIDENCE)]
        said = json.dumps({"kind": "mirror", "elections": kept, "evidence": caught})
        return octets(said.encode(), cache=NEVER, kind="application/json")

    blueprint = cookieless("mirror")
    route(blueprint, "GET", "/mirror", index)
    route(blueprint, "GET", "/elections/<eid>/record/<path:path>", file)
    return blueprint


def _answer(record: Path, path: str) -> Response:
    kept = _find(record, path)
    name = path.rpartition("/")[2]
    is_note = name in _TEXTS or path.rpartition("/")[0].endswith("checkpoints")
    kind = "application/json" if name.endswith(".json") else "application/octet-stream"
    content = kept.read_bytes()
    log, _, below = path.partition("/")
    if log in _LOGS and below.startswith("tile/"):
        content = cut(parse_tile_path(below), content)
    return octets(
        content,
        cache=NEVER if name in _LIVE else FOREVER,
        kind="text/plain; charset=utf-8" if is_note else kind,
    )


def _find(record: Path, path: str) -> Path:
    """The file that is kept for a path; raises Refused `not-found`, also for a way out."""
    parts = path.split("/")
    if any(not part or part.startswith(".") for part in parts):
        raise Refused("not-found", "the record has no file with this name")
    kept = record.joinpath(*parts)
    if parts[0] in _LOGS and parts[1:2] == ["tile"]:
        try:
            kept = widest(record / parts[0], parse_tile_path("/".join(parts[1:])))
        except BadDocument as error:
            raise Refused("not-found", error.message) from error
    if not os.path.isfile(kept):  # noqa: PTH113 - false also for what no file can be named
        raise Refused("not-found", f"the mirror has no file {path[:100]!r}")
    return kept
