"""The command line for records of consultations, behind `suara verify`."""

import sys
import tempfile
import traceback
from argparse import Namespace
from pathlib import Path
from typing import TextIO

from ballots.verifier.beside import gather
from ballots.verifier.reading import Absent, Unreadable, locate, open_source
from ballots.verifier.report import as_json
from ballots.verifier.verdict import FAILED, exit_code
from participation.record.verifying.log import Progress
from participation.record.verifying.report import as_text, verdicts
from participation.record.verifying.texts import LAST_SENTENCES
from participation.record.verifying.verification import DESCRIPTION, verify


def is_of_consultation(place: str) -> bool:
    """Whether the record at a place is a consultation's; raises Unreadable where there is none."""
    with tempfile.TemporaryDirectory(prefix="suara-verify-") as folder:
        source = open_source(locate(place, Path(folder)))
        try:
            source.read(DESCRIPTION, 1)
        except Absent:
            return False
        return True


def run(given: Namespace, *, out: TextIO, progress: Progress) -> int:
    """Verify as the command line asks, write to `out`, and give the exit code."""
    try:
        beside = gather(given.beside, given.client)
        verification = verify(given.record, beside, progress=progress)
        outcomes = verdicts(verification)
        lines = [as_json(outcomes)] if given.json else as_text(verification, given.language)
        out.writelines(f"{line}\n" for line in lines)
    except (Unreadable, OSError, ValueError) as problem:
        sys.stderr.write(f"{problem}\n")
    except Exception:  # noqa: BLE001 - whatever it is, it must end as exit code 3, told in full
        traceback.print_exc()
    else:
        return exit_code(outcomes)
    sys.stderr.write(f"{LAST_SENTENCES[FAILED][given.language]}\n")
    return FAILED
