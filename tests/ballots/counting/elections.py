"""Readers of the real and textbook elections in shared/data, which stay where they are.

What a rule of ours never sees is settled here, as the file's own rules say: a blank cell or
`undervote` is a skipped rank, `overvote` two marks at one rank, `UWI` a write-in without a name.
"""

import csv
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.places import shared

Ranks = tuple[int, ...]

UNNAMED_WRITE_IN = "UWI"
UNNAMED_WRITE_INS = "Undeclared Write-ins"


@dataclass(frozen=True)
class Ranked:
    """Ranked ballots over named options, and the published outcome where the file has one."""

    options: list[str]
    choices: Counter[Ranks]
    seats: int = 1
    expected: Any = None


def ranks(order: list[int], options: int) -> Ranks:
    """The rank of each option on a ballot that lists options by preference."""
    return tuple(order.index(option) + 1 if option in order else 0 for option in range(options))


def blt(path: Path) -> Ranked:
    """A BLT file: `candidates seats`, then `weight first second … 0`, then names."""
    lines = [line.strip() for line in path.read_text("utf-8").splitlines() if line.strip()]
    options, seats = map(int, lines[0].split())
    end = lines.index("0")
    choices: Counter[Ranks] = Counter()
    for line in lines[1:end]:
        weight, *order, last = map(int, line.split())
        assert last == 0
        choices[ranks([option - 1 for option in order], options)] += weight
    names = [line.strip('"') for line in lines[end + 1 : end + 1 + options]]
    return Ranked(names, choices, seats)


def soc(path: Path) -> Ranked:
    """A PrefLib `.soc` file: `# …` about it, then `number: best, …, worst`."""
    lines = path.read_text("utf-8").splitlines()
    options = sum(line.startswith("# ALTERNATIVE NAME") for line in lines)
    choices: Counter[Ranks] = Counter()
    for line in lines:
        if line.strip() and not line.startswith("#"):
            number, _, order = line.partition(":")
            choices[ranks([int(option) for option in order.split(",")], options)] += int(number)
    return Ranked([str(option) for option in range(options)], choices)


def rctab(folder: str) -> Ranked:
    """An RCTab election; `expected` are its published rounds.

    A ballot ends before more skipped ranks in a row than its rules allow, and at two marks at one
    rank where the rules say `exhaustImmediately` (else that rank is passed over). A second mark for
    an option says nothing new. A write-in without a name is passed over: RCTab excludes it first.
    """
    place = shared(f"elections/{folder}")
    setting = json.loads((place / "rules.json").read_text("utf-8"))
    names = _names(setting["candidates"])
    options = list(dict.fromkeys(names.values()))
    choices: Counter[Ranks] = Counter()
    with (place / "ballots.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            marks = [mark for column, mark in row.items() if column.startswith("rank")]
            order = [options.index(names[mark]) for mark in _read(marks, setting["rules"])]
            choices[ranks(list(dict.fromkeys(order)), len(options))] += int(row.get("count", "1"))
    expected = json.loads((place / "expected-rounds.json").read_text("utf-8"))
    seats = int(setting["rules"]["numberOfWinners"])
    return Ranked(options, choices, seats, expected["results"])


def _names(candidates: list[Any]) -> dict[str, str]:
    names: dict[str, str] = {}
    for each in candidates:
        if isinstance(each, str):
            names[each] = each
        elif not each["excluded"]:
            names |= dict.fromkeys([each["name"], *each["aliases"]], each["name"])
    return names


def _read(marks: list[str], rules: dict[str, Any]) -> list[str]:
    most_skipped = int(rules["maxSkippedRanksAllowed"])
    read, skipped = [], 0
    for mark in marks:
        if mark in {"", "undervote"}:
            skipped += 1
            continue
        is_overvote = mark == "overvote"
        if skipped > most_skipped or (
            is_overvote and rules["overvoteRule"] == "exhaustImmediately"
        ):
            break
        skipped = 0
        if not is_overvote and mark != UNNAMED_WRITE_IN:
            read.append(mark)
    return read


def tallies(result: list[dict[str, Any]]) -> list[dict[str, int]]:
    """The votes of each RCTab round, without unnamed write-ins and options without a vote."""
    return [
        {
            name: int(votes)
            for name, votes in each["tally"].items()
            if int(votes) and name != UNNAMED_WRITE_INS
        }
        for each in result
    ]


@dataclass(frozen=True)
class Budgeting:
    """A participatory budget: projects by their ids, approvals, both published outcomes."""

    projects: list[str]
    costs: tuple[int, ...]
    budget: int
    choices: Counter[frozenset[int]]
    official_winners: list[str]
    official_cost: int
    greedy_winners: list[str]
    greedy_cost: int


def wieliczka() -> Budgeting:
    """The Green Budget of Wieliczka, 2023; one złoty is its minor unit here."""
    name = "budgeting/poland_wieliczka_2023_green-budget"
    expected = json.loads(shared(f"{name}.expected.json").read_text("utf-8"))
    sections = _sections(shared(f"{name}.pb").read_text("utf-8"))
    projects = [row[0] for row in sections["PROJECTS"]]
    choices = Counter(
        frozenset(projects.index(project) for project in row[1].split(","))
        for row in sections["VOTES"]
    )
    return Budgeting(
        projects,
        tuple(int(row[1]) for row in sections["PROJECTS"]),
        int(expected["budget"]),
        choices,
        expected["official_winners"],
        int(expected["official_cost"]),
        expected["greedy_by_votes_winners"],
        int(expected["greedy_cost"]),
    )


def _sections(text: str) -> dict[str, list[list[str]]]:
    """Each section's rows without its header line."""
    sections: dict[str, list[list[str]]] = {}
    for line in text.splitlines():
        if line in {"META", "PROJECTS", "VOTES"}:
            rows: list[list[str]] = []
            sections[line] = rows
        elif line:
            rows.append(line.split(";"))
    return {name: rows[1:] for name, rows in sections.items()}
