"""The conformance corpus is what its script builds, and this verifier gives the codes it asks for.

The forgeries themselves are verified from memory in `test_forgeries`; here it is the files, by
their index only, as a verifier of somebody else would run them.
"""

import json
import re
import zipfile

import pytest

from ballots.verifier.beside import Beside, gather
from ballots.verifier.report import verdicts
from ballots.verifier.verdict import CODES, exit_code
from ballots.verifier.verification import verify
from tests.places import ROOT
from tests.records.corpus import Case, cases, contents

CORPUS = ROOT / "tests" / "corpus"
INDEX = json.loads((CORPUS / "index.json").read_text("utf-8"))
PAGE = (CORPUS / "README.md").read_text("utf-8")
SOME = [*cases()][::17]
ROW = re.compile(r"^\| (\d+) \|(.*)\|$", re.MULTILINE)


@pytest.mark.parametrize("case", INDEX["cases"], ids=lambda case: case["name"])
def test_each_case_gives_exactly_the_codes_of_the_index(case):
    beside = gather([CORPUS / name for name in case["beside"]]) if case["beside"] else Beside()
    client = CORPUS / case["client"] if case["client"] else None
    beside = Beside(beside.promises, beside.receipts, beside.checkpoints, client)

    found = verdicts(verify(str(CORPUS / case["record"]), beside))

    assert [verdict.code for verdict in found] == list(CODES)
    assert [verdict.code for verdict in found if verdict.ok is False] == case["fails"]
    assert [verdict.code for verdict in found if verdict.ok is None] == case["missing"]
    assert exit_code(found) == case["exit"]


def test_every_file_is_in_the_index():
    named = {"index.json", "README.md", *INDEX["records"]}
    for case in INDEX["cases"]:
        named |= {*case["beside"]} | ({case["client"]} if case["client"] else set())
        assert case["record"] in INDEX["records"]
        assert not case["twin"] or case["twin"] in INDEX["records"]

    assert {path.name for path in CORPUS.iterdir()} == named
    assert len(INDEX["cases"]) > 200


def test_every_record_holds_what_the_index_says():
    for name, digest in INDEX["records"].items():
        with zipfile.ZipFile(CORPUS / name) as archive:
            assert contents({path: archive.read(path) for path in archive.namelist()}) == digest


def test_the_index_tells_every_case_that_the_builder_knows():
    assert [case["name"] for case in INDEX["cases"]] == [case.name for case in cases()]


@pytest.mark.parametrize("case", SOME, ids=lambda case: case.name)
def test_a_case_built_anew_is_the_one_that_lies_there(case: Case):
    """`scripts/corpus.py --check` does this for all of them."""
    made = case.forgery.make()

    assert case.row(made) in INDEX["cases"]
    assert INDEX["records"][case.record] == contents(made.files)
    assert all((CORPUS / name).read_bytes() == o for name, o in case.beside(made).items())


def test_every_attack_on_a_record_has_a_case():
    """Each of the 77 tests of the review has a row, and each case stands in the rows it names."""
    rows = {int(number): rest for number, rest in ROW.findall(PAGE)}
    assert sorted(rows) == list(range(1, 78))
    for case in INDEX["cases"]:
        for number in case["tests"]:
            assert f"`{case['name']}`" in rows[number], case["name"]
    for name in re.findall(r"`((?:V\d\d|valid|missing)-[a-zV0-9-]+)`", "".join(rows.values())):
        assert name in {case["name"] for case in INDEX["cases"]}, name


def test_every_pytest_that_the_table_names_exists():
    named = re.findall(r"`(tests/[a-z0-9_/.-]+)::([^`]+)`", PAGE)
    assert len(named) > 20
    for file, test in named:
        assert test in (ROOT / file).read_text("utf-8"), f"{file}::{test}"
