"""Every byte of a small record matters, and no bytes make the verifier fall over."""

import os
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ballots.verifier.beside import Beside
from ballots.verifier.verdict import Fault, exit_code
from crypto.encoding import TAGS, M
from crypto.note import VerifierKey
from participation.record.documents import Figures
from participation.record.verifying.checks import (
    c02_checkpoint,
    c08_shape,
    c09_told,
    c18_figures,
    c19_receipt,
)
from participation.record.verifying.texts import CODES
from tests.participation.record.conftest import failing, outcomes
from tests.participation.record.forging import Forgery, opened, told

STRIDE = int(os.environ.get("SUARA_FLIP_STRIDE", "11"))
"""Every how many bytes; 1 looks at all of them."""
FREE: frozenset[str] = frozenset()
"""Files in which a byte may change without a finding: none."""
KEY = VerifierKey.parse(told().key)
MESSAGES = st.builds(
    lambda tag, fields: M(tag, *fields),
    st.sampled_from(sorted(TAGS)),
    st.lists(st.binary(max_size=40), max_size=6),
)
ANYTHING = st.binary(max_size=200) | MESSAGES


def small():
    """The smallest record that is not empty."""
    return Forgery(figures=Figures(versions=1, contributions=1, waiting=1)).contribute(1)


def flipped(octets, at):
    """The bytes with one bit of one byte changed."""
    return octets[:at] + bytes([octets[at] ^ 1 << at % 8]) + octets[at + 1 :]


def test_a_flipped_byte_anywhere_is_found(folder_of):
    files = small().files()
    folder = folder_of(files)
    assert failing(folder) == set()
    looked_at, unseen = 0, []
    for path in sorted(files):
        octets = files[path]
        for at in range(min(3, len(octets) - 1), len(octets), STRIDE):
            (folder / path).write_bytes(flipped(octets, at))
            looked_at += 1
            if not failing(folder) and path not in FREE:
                unseen.append((path, at))
        (folder / path).write_bytes(octets)
    assert looked_at > 50
    assert unseen == []


def test_a_byte_more_or_less_is_found(folder_of):
    files = small().files()
    folder = folder_of(files)
    for path, octets in files.items():
        for damaged in (octets[:-1], octets + b"\n", octets + b"\0", b""):
            (folder / path).write_bytes(damaged)
            assert failing(folder), (path, damaged[-3:])
        (folder / path).write_bytes(octets)
    assert failing(folder) == set()


def test_every_byte_of_a_receipt_matters(folder_of):
    forged = small()
    receipt = forged.receipt(4, opened(1))
    accepted = []
    for at in range(len(receipt)):
        try:
            c19_receipt(flipped(receipt, at), KEY)
        except Fault:
            continue
        accepted.append(at)
    assert accepted == []


def refused(read, *arguments):
    """Whether a reader refuses with a Fault; anything else that it raises is a crash."""
    try:
        read(*arguments)
    except Fault:
        return True
    return False


@given(octets=ANYTHING)
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_read_or_refused(octets):
    assert refused(c02_checkpoint, octets, KEY)
    assert refused(c19_receipt, octets, KEY)
    assert refused(c09_told, None, octets)
    assert refused(c18_figures, octets, Figures())
    assert refused(c08_shape, octets) in {True, False}


@given(noise=ANYTHING, path=st.sampled_from(sorted(small().files())))
@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_bytes_in_any_file_give_a_finding(noise, path, tmp_path, folder_of):
    files = small().files() | {path: noise}
    found = outcomes(folder_of(files))
    assert exit_code(found) == 1, path


@given(noise=ANYTHING)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_lines_beside_the_log_give_a_finding(noise, folder_of):
    for path in ("contributions", "answers"):
        files = small().files()
        files[path] += noise + b"\n"
        found = outcomes(folder_of(files))
        assert exit_code(found) == 1


@pytest.mark.parametrize("seed", range(3))
def test_random_entries_give_codes_and_no_crash(seed, folder_of):
    dice = random.Random(seed)  # noqa: S311 - noise, not secrets

    class Noise:
        def __init__(self):
            tag = dice.choice(sorted(TAGS))
            lengths = [dice.choice([0, 1, 2, 4, 8, 16, 32, 33]) for _ in range(dice.randrange(6))]
            self.payload = M(tag, *(dice.randbytes(length) for length in lengths))

    forged = small()
    forged.entries += [Noise() for _ in range(80)]
    assert "C08" in failing(folder_of(forged.files()))


def test_a_hostile_number_of_anything_ends_in_codes(folder_of):
    files = small().files()
    files["contributions"] = b'{"size":5}\n' + b'{"id":"' + b"a" * 300_000 + b'"}\n'
    files["figures.json"] = b'{"size":' + b"9" * 5000 + b"}"
    files["answers"] = b"[" * 100_000
    found = outcomes(folder_of(files), Beside(receipts=(("x.tlog-proof", b"\xff" * 99),)))
    assert {"C14", "C17", "C18", "C19"} <= {each.code for each in found if each.ok is False}
    assert len(found) == len(CODES)
