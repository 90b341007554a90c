"""Each of the forty checks is one function that bears its number."""

import ast
import re

from ballots.verifier.verdict import CODES
from tests.places import ROOT

NUMBERED = re.compile(r"v(\d\d)_\w+")


def numbered_functions():
    """The names of all functions of the verifier that begin with a number."""
    for file in sorted((ROOT / "ballots" / "verifier").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and NUMBERED.fullmatch(node.name):
                yield node, file


def test_every_number_has_one_function_that_says_what_it_checks():
    found = [f"V{NUMBERED.fullmatch(node.name)[1]}" for node, _ in numbered_functions()]

    assert sorted(found) == list(CODES)
    assert all(ast.get_docstring(node) for node, _ in numbered_functions())


def test_in_each_file_they_stand_in_the_order_of_their_numbers():
    by_file = {}
    for node, file in numbered_functions():
        by_file.setdefault(file, []).append((node.lineno, node.name))
    assert by_file
    for functions in by_file.values():
        in_order_of_place = [name for _, name in sorted(functions)]
        assert in_order_of_place == sorted(in_order_of_place)
