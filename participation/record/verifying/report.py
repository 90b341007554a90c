"""What a verification says to people and to machines."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from ballots.verifier.texts import MARKS
from ballots.verifier.verdict import Findings, Verdict, exit_code
from participation.record.verifying.texts import (
    CODES,
    FAILURES,
    LAST_SENTENCES,
    SOURCES,
    SUMMARY,
    TITLES,
)
from participation.record.verifying.verification import Verification


def verdicts(verification: Verification, language: str = "en") -> list[Verdict]:
    """The outcome of each check in the order of the numbers; what was seen is told in English."""
    return [_verdict(code, verification, language) for code in CODES]


def _verdict(code: str, verification: Verification, language: str) -> Verdict:
    findings = verification.findings
    outcome = findings.outcome(code)
    if outcome is False:
        message = _failure(code, findings)
    elif outcome is None:
        message = f"missing: {findings.gaps.get(code, 'not examined')}"
    elif code == CODES[-1] and verification.figures is not None:
        message = SUMMARY[language].format(**asdict(verification.figures))
        message += _sources(verification, language)
    else:
        message = findings.remarks.get(code, TITLES[code]["en"])
    return Verdict(code, outcome, message)


def _sources(verification: Verification, language: str) -> str:
    """How many of the shown contributions came without the site, where any did."""
    counted = [
        f"{said[language]} {verification.sources[source]}"
        for source, said in SOURCES.items()
        if verification.sources.get(source)
    ]
    return "; " + ", ".join(counted) if counted else ""


def _failure(code: str, findings: Findings) -> str:
    """The check's one failure message, the first place, and how many there are."""
    first, count = findings.first[code], findings.count[code]
    where = f" at {first.where}" if first.where else ""
    more = f" (the first of {count})" if count > 1 else ""
    return f"{FAILURES[code]}{where}: {first.why}{more}"


def as_text(verification: Verification, language: str) -> Iterator[str]:
    """The lines for people: every check, what was consulted on, one plain last sentence."""
    outcomes = verdicts(verification, language)
    for verdict in outcomes:
        yield f"{MARKS[verdict.ok]} {verdict.code} {_in_words(verdict, language)}"
    yield ""
    if verification.told is not None:
        yield f"{verification.told.title} · {verification.told.key}"
    yield last_sentence(outcomes, language)


def _in_words(verdict: Verdict, language: str) -> str:
    """The check's title, and its message where that says more."""
    titles = TITLES[verdict.code]
    if verdict.message == titles["en"]:
        return titles[language]
    return f"{titles[language]}: {verdict.message}"


def last_sentence(outcomes: Sequence[Verdict], language: str) -> str:
    """What follows from all outcomes, in one sentence."""
    by_outcome = {ok: [v.code for v in outcomes if v.ok is ok] for ok in (True, False, None)}
    first = next(iter(by_outcome[False] or by_outcome[None]), CODES[0])
    return LAST_SENTENCES[exit_code(outcomes)][language].format(
        all=len(outcomes),
        passed=len(by_outcome[True]),
        failed=len(by_outcome[False]),
        missing=len(by_outcome[None]),
        first=first,
        title=TITLES[first][language],
    )
