"""An import points down: the table of floors, held against the source."""

import ast
import sys
from collections.abc import Iterator

import pytest

from tests.house.sources import Source, python

OURS = ("crypto", "ballots", "participation")
FEATURES = (  # lowest first
    "accounts",
    "areas",
    "topics",
    "organisations",
    "comments",
    "consultations",
    "moderation",
    "record",
    "surveys",
    "intake",
    "meetings",
    "partners",
    "votes",
    "notices",
    "open_data",
    "search",
    "home",
)
RECORD_PURE = (
    "entries", "documents", "commitment", "tree", "signing", "receipts", "verifying",
)  # fmt: skip
"""The files of `record` that work without a site: its verifier's closure."""
RECORD_PURE_KNOW = (
    "crypto", "ballots.log", "ballots.payload", "ballots.document", "ballots.errors",
)  # fmt: skip
RECORD_SERVICES_KNOW = (
    "ballots.log", "ballots.payload", "ballots.errors", "ballots.store.secrets",
    "ballots.services.keyring",
)  # fmt: skip
LOWER_FILES = ("rules", "models", "queries", "services")
UPPER_FILES = ("forms", "pages", "views")
COMMANDS = "participation/commands/"  # a command may import late: it is a program of its own
LEFT_OUT_OF_VERIFIER = ("log", "opening", "ceremony", "parameters", "label", "passkey")


def imports(tree: ast.Module) -> Iterator[tuple[ast.stmt, str]]:
    """Every imported name in dotted form, wherever it stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"relative import at line {node.lineno}"
            for alias in node.names:
                yield node, f"{node.module}.{alias.name}"


def floor(module: str) -> str:
    """The room a module of ours stands in, as house rules name it."""
    parts = module.split(".")
    if parts[0] != "ballots":
        return ".".join(parts[:2]) if parts[0] == "participation" else parts[0]
    inner = parts[1] if len(parts) > 1 else ""
    rooms = {"store", "services", "web", "verifier", "trustee"}
    return f"ballots.{inner}" if inner in rooms else "ballots"


ALLOWED = {
    "crypto": {"crypto"},
    "ballots": {"crypto", "ballots"},
    "ballots.verifier": {"crypto", "ballots", "ballots.verifier"},
    "ballots.trustee": {"crypto", "ballots", "ballots.verifier", "ballots.trustee"},
    "ballots.store": {"crypto", "ballots", "ballots.store"},
    "ballots.services": {"crypto", "ballots", "ballots.store", "ballots.services"},
    "ballots.web": {"ballots", "ballots.store", "ballots.services", "ballots.web"},
    "participation.core": {"participation.core"},
    "participation.web": {"participation.core", "participation.web", "participation.settings",
                          "participation.places"},
}  # fmt: skip
THIRD_PARTY = {
    "crypto": {"cryptography", "gmpy2"},
    "ballots": {"cryptography"},
    "ballots.verifier": {"cryptography"},
    "ballots.trustee": {"cryptography"},
    "ballots.store": {"sqlmodel", "sqlalchemy", "cryptography"},
    "ballots.services": {"sqlmodel", "sqlalchemy", "urllib3"},
    "ballots.web": {"flask", "werkzeug"},
}
NO_FLASK = ("flask", "flask_login", "flask_wtf", "flask_htmx", "wtforms", "werkzeug", "flask_babel")


def climbs(source: Source, name: str) -> str | None:
    """Why this import may not stand here, or nothing."""
    here = floor(source.module)
    top = name.split(".", maxsplit=1)[0]
    if here == "participation.record":
        room = source.module.split(".")[2] if source.module != here else ""
        if room in RECORD_PURE or top in {"crypto", "ballots"}:
            return record_fault(room, name.split("."))
    if top in OURS:
        return inner_fault(source, here, name)
    if here in THIRD_PARTY and top not in THIRD_PARTY[here] | set(sys.stdlib_module_names):
        return "a third-party package this floor may not know"
    return flask_fault(source, here, top)


def inner_fault(source: Source, here: str, name: str) -> str | None:
    """Why a module of ours may not be used here, or nothing."""
    if here in ALLOWED and floor(name) not in ALLOWED[here]:
        return f"{here} may not know {floor(name)}"
    if here == "ballots.verifier":
        if name.startswith("crypto.randomness"):
            return "the verifier never draws at random"
        if (
            name.split(".", maxsplit=1)[0] == "ballots"
            and name.split(".")[1] in LEFT_OUT_OF_VERIFIER
        ):
            return "the verifier never calls what it checks"
    parts = source.module.split(".")
    if parts[0] == "participation" and len(parts) > 1 and parts[1] in FEATURES:
        return feature_fault(parts, name.split("."))
    return None


def feature_fault(here: list[str], there: list[str]) -> str | None:
    """Why one feature may not use this, or nothing."""
    feature, room = here[1], here[2] if len(here) > 2 else ""
    if there[0] == "crypto" or (there[0] == "ballots" and feature != "votes"):
        return "only votes knows ballots, and no feature knows crypto"
    if there[0] == "ballots" and room in UPPER_FILES:
        return "forms, pages and views ask their own services, never ballots"
    if room in LOWER_FILES and there[:2] == ["participation", "web"]:
        return "rules, models, queries and services know no web"
    if there[0] == "participation" and len(there) > 2 and there[1] in FEATURES:
        if FEATURES.index(there[1]) > FEATURES.index(feature):
            return f"{there[1]} stands above {feature}"
        if there[1] != feature and there[2] in UPPER_FILES:
            return "another feature's forms, pages and views are its own"
    return None


def record_fault(room: str, there: list[str]) -> str | None:
    """Why a file of the records of consultations may not use this, or nothing."""
    if room not in RECORD_PURE:
        allowed = RECORD_SERVICES_KNOW if room == "services" else ()
        return None if ".".join(there).startswith(allowed) else "only its pure files know this"
    if there[0] == "participation":
        is_pure = there[1] == "record" and there[2] in RECORD_PURE
        return None if is_pure else "a pure file of records knows no site"
    known = (*RECORD_PURE_KNOW, *(("ballots.verifier",) if room == "verifying" else ()))
    is_known = there[0] in sys.stdlib_module_names or ".".join(there).startswith(known)
    return None if is_known else "a pure file of records may not know this"


def flask_fault(source: Source, here: str, top: str) -> str | None:
    """Why Flask may not be known here, or nothing."""
    room = source.module.split(".")[-1]
    is_lower = here.rsplit(".", maxsplit=1)[-1] in FEATURES and room in LOWER_FILES
    if top in NO_FLASK and (here == "participation.core" or is_lower):
        return "this floor knows no Flask"
    return None


@pytest.mark.parametrize("top", OURS)
def test_no_import_climbs_a_floor(top):
    looked_at = 0
    faults = []
    for source, tree in python(top):
        for node, name in imports(tree):
            looked_at += 1
            if fault := climbs(source, name):
                faults.append(f"{source.path}:{node.lineno} uses {name}: {fault}")
    assert looked_at > 10
    assert not faults, "\n".join(faults)


def test_no_import_hides_in_a_function_or_behind_a_type_check():
    faults = []
    for source, tree in python(*OURS):
        if str(source.path).startswith(COMMANDS):
            continue
        top_level = {id(node) for node in tree.body}
        faults += [
            f"{source.path}:{node.lineno}" for node, _ in imports(tree) if id(node) not in top_level
        ]
    assert not faults, "\n".join(faults)


def test_a_climbing_import_would_be_seen():
    from pathlib import Path  # noqa: PLC0415  # only this test makes a source of its own

    source = Source(Path("crypto/merkle.py"), "")
    assert climbs(source, "ballots.entries.CastEntry")
    assert climbs(source, "flask.Flask")
    assert climbs(Source(Path("ballots/verifier/checks.py"), ""), "crypto.randomness.random_bytes")
    assert climbs(Source(Path("participation/comments/services.py"), ""), "ballots.entries.Open")
    assert climbs(Source(Path("participation/accounts/queries.py"), ""), "flask.request")
    assert not climbs(Source(Path("participation/votes/services.py"), ""), "ballots.entries.Open")
    assert climbs(Source(Path("participation/record/services/x.py"), ""), "crypto.merkle.root")
    assert climbs(Source(Path("participation/record/views.py"), ""), "ballots.log.Tile")
    assert climbs(Source(Path("participation/record/tree.py"), ""), "participation.core.db.Row")
    assert climbs(Source(Path("participation/record/entries.py"), ""), "sqlmodel.Session")


def test_imports_make_no_knot():
    modules = {source.module for source, _ in python(*OURS)}
    uses = {source.module: _targets(tree, modules) for source, tree in python(*OURS)}
    done: set[str] = set()

    def visit(module: str, trail: tuple[str, ...]) -> None:
        assert module not in trail, " -> ".join([*trail[trail.index(module):], module])  # fmt: skip
        if module not in done:
            for target in uses[module] - {module}:
                visit(target, (*trail, module))
            done.add(module)

    for module in sorted(modules):
        visit(module, ())
    assert len(done) == len(modules) > 20


def _targets(tree: ast.Module, modules: set[str]) -> set[str]:
    found = set()
    for _, name in imports(tree):
        while name and name not in modules:
            name = name.rpartition(".")[0]  # noqa: PLW2901  # climbing to the module that holds it
        found.add(name)
    return found - {""}
