"""The command line: `python -m ballots.verifier RECORD`, and the same behind `suara verify`."""

import argparse
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn, TextIO

from ballots.verifier.beside import gather
from ballots.verifier.reading import Unreadable
from ballots.verifier.report import as_json, as_text, verdicts
from ballots.verifier.stages.case import Progress, say_nothing
from ballots.verifier.texts import LANGUAGES, LAST_SENTENCES
from ballots.verifier.verdict import FAILED, exit_code
from ballots.verifier.verification import verify


class _Parser(argparse.ArgumentParser):
    """An argument parser whose errors do not pass for missing evidence."""

    def error(self, message: str) -> NoReturn:
        """End with exit code 3."""
        self.print_usage(sys.stderr)
        self.exit(FAILED, f"{self.prog}: {message}\n")


def argument_parser(program: str) -> argparse.ArgumentParser:
    """What may stand on the command line."""
    parser = _Parser(
        program,
        description="Check an election's public record. Exit code 0: the result is right; "
        "1: the record is wrong; 2: evidence is missing; 3: the verifier failed.",
    )
    parser.add_argument("record", help="a .suara file, a folder, or an http(s) address")
    parser.add_argument(
        "beside",
        nargs="*",
        type=Path,
        help="your *.promise, *.tlog-proof and *.checkpoint files, or folders of them",
    )
    parser.add_argument(
        "--client", type=Path, help="folder of the voting page that you were served"
    )
    parser.add_argument("--json", action="store_true", help="print [{code, ok, message}]")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="processes to use")
    parser.add_argument("--language", choices=LANGUAGES, default=_language_of_the_place())
    return parser


def run(
    arguments: Sequence[str],
    *,
    program: str = "python -m ballots.verifier",
    out: TextIO = sys.stdout,
    progress: Progress = say_nothing,
) -> int:
    """Verify as the command line asks, write to `out`, and give the exit code."""
    given = argument_parser(program).parse_args(arguments)
    try:
        beside = gather(given.beside, given.client)
        verification = verify(given.record, beside, workers=given.workers, progress=progress)
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


def _language_of_the_place() -> str:
    spoken = os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return "id" if spoken.startswith("id") else "en"
