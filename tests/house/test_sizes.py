"""Small files and small functions, so that no corner of the house grows dark."""

import ast

from tests.house.sources import files, python

FILE_LINES, FUNCTION_LINES, VIEW_LINES, NESTING, POSITIONAL = 400, 50, 25, 3, 5
PAGE_LINES, FRAGMENT_LINES, MACRO_LINES = 120, 60, 140
CODE = ("crypto", "ballots", "participation", "tests", "scripts", "benchmarks")
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
BLOCKS = (ast.If, ast.For, ast.While, ast.With, ast.Try, ast.Match)


def functions(*tops):
    """Every function with the file it stands in."""
    for source, tree in python(*tops):
        for node in ast.walk(tree):
            if isinstance(node, FUNCTIONS):
                yield source, node


def test_no_file_is_long():
    checked = files()
    assert len(checked) > 50
    long = [(len(s.text.splitlines()), str(s.path)) for s in checked]
    assert not [row for row in long if row[0] > FILE_LINES]


def test_no_template_is_long():
    faults = []
    templates = [s for s in files() if s.path.suffix == ".html" and s.path.parts[0] == "templates"]
    assert templates
    for source in templates:
        bar = FRAGMENT_LINES if source.path.name.startswith("_") else PAGE_LINES
        bar = MACRO_LINES if "macros" in source.path.parts else bar
        if len(source.text.splitlines()) > bar:
            faults.append(f"{source.path}: {len(source.text.splitlines())} lines, bar {bar}")
    assert not faults, "\n".join(faults)


def test_no_function_is_long():
    faults = []
    for source, node in functions(*CODE):
        is_view = source.path.name == "views.py" and source.path.parts[0] == "participation"
        bar = VIEW_LINES if is_view else FUNCTION_LINES
        length = node.end_lineno - node.lineno + 1
        if length > bar:
            faults.append(f"{source.path}:{node.lineno} {node.name}: {length} lines, bar {bar}")
    assert not faults, "\n".join(faults)


def test_no_function_takes_many_positional_parameters():
    faults = []
    for source, node in functions("crypto", "ballots", "participation"):
        names = [a.arg for a in (*node.args.posonlyargs, *node.args.args)]
        names = [name for name in names if name not in {"self", "cls"}]
        if len(names) > POSITIONAL:
            faults.append(f"{source.path}:{node.lineno} {node.name}: {len(names)} parameters")
    assert not faults, "\n".join(faults)


def depth(node: ast.AST, level: int = 0) -> int:
    """How many blocks stand inside one another; an elif chain is one block."""
    deepest = level
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (*FUNCTIONS, ast.ClassDef, ast.Lambda)):
            continue
        chained = isinstance(node, ast.If) and isinstance(child, ast.If) and child in node.orelse
        step = 0 if chained else int(isinstance(child, BLOCKS))
        deepest = max(deepest, depth(child, level + step))
    return deepest


def test_no_function_nests_deeply():
    faults = [
        f"{source.path}:{node.lineno} {node.name}: {depth(node)} deep"
        for source, node in functions("crypto", "ballots", "participation")
        if depth(node) > NESTING
    ]
    assert not faults, "\n".join(faults)


def test_a_deep_function_would_be_seen():
    text = "def f():\n if a:\n  for b in c:\n   while d:\n    if e:\n     pass"
    assert depth(ast.parse(text).body[0]) == 4
