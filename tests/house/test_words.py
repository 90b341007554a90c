"""Habits of the source text: public names are told, tests test, nothing is left half done."""

import ast
import re

from tests.house.sources import files, python

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
UNFINISHED = r"TODO|FIXME|XXX|HACK|lorem ipsum|coming soon|not implemented yet|placeholder text"
HALF_DONE = re.compile(rf"\b({UNFINISHED})\b", re.IGNORECASE)
FORBIDDEN_NAMES = {"utils", "helpers", "misc", "common", "manager", "handler"}


def test_nothing_is_left_half_done():
    faults = [
        f"{source.path}:{number} {line.strip()[:80]}"
        for source in files()
        if source.path.parts[:2] != ("tests", "house")
        for number, line in enumerate(source.text.splitlines(), 1)
        if HALF_DONE.search(line)
    ]
    assert not faults, "\n".join(faults)


def test_every_public_name_says_what_it_gives():
    faults = []
    for source, tree in python("crypto", "ballots", "participation"):
        if ast.get_docstring(tree) is None and source.text.strip():
            faults.append(f"{source.path}: the module says nothing of itself")
        for node in tree.body:
            is_public = isinstance(node, (*FUNCTIONS, ast.ClassDef)) and node.name[0] != "_"
            if is_public and ast.get_docstring(node) is None:
                faults.append(f"{source.path}:{node.lineno} {node.name}")
    assert not faults, "\n".join(faults)


def test_no_test_is_empty():
    seen = 0
    faults = []
    for source, tree in python("tests"):
        for node in ast.walk(tree):
            if isinstance(node, FUNCTIONS) and node.name.startswith("test"):
                seen += 1
                if not _may_fail(node):
                    faults.append(f"{source.path}:{node.lineno} {node.name} checks nothing")
    assert seen > 100
    assert not faults, "\n".join(faults)


def _may_fail(test: ast.AST) -> bool:
    """Whether it asserts, or calls something: checks of ours return nothing or raise."""
    return any(isinstance(node, (ast.Assert, ast.Call)) for node in ast.walk(test))


def test_no_module_is_named_for_nothing():
    names = [s.path for s, _ in python("crypto", "ballots", "participation")]
    assert names
    assert not [path for path in names if path.stem in FORBIDDEN_NAMES]
