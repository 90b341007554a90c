"""What a verification says to people and to machines."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ballots.draft import Draft
from ballots.verifier.checks.summary import v40_summary
from ballots.verifier.texts import FAILURES, LAST_SENTENCES, MARKS, NOBODY, TITLES
from ballots.verifier.verdict import CODES, Findings, Verdict, exit_code
from ballots.verifier.verification import Verification


def verdicts(verification: Verification) -> list[Verdict]:
    """The outcome of each check in the order of the numbers, in English."""
    return [_verdict(code, verification) for code in CODES]


def _verdict(code: str, verification: Verification) -> Verdict:
    findings = verification.findings
    outcome = findings.outcome(code)
    if outcome is False:
        message = _failure(code, findings)
    elif outcome is None:
        message = f"missing: {findings.gaps.get(code, 'not examined')}"
    elif code == CODES[-1] and verification.summary is not None:
        message = v40_summary(verification.summary)
    else:
        message = findings.remarks.get(code, TITLES[code]["en"])
    return Verdict(code, outcome, message)


def _failure(code: str, findings: Findings) -> str:
    """The check's one failure message, the first place, and how many there are."""
    first, count = findings.first[code], findings.count[code]
    where = f" at {first.where}" if first.where else ""
    more = f" (the first of {count})" if count > 1 else ""
    return f"{FAILURES[code]}{where}: {first.why}{more}"


def as_json(outcomes: Iterable[Verdict]) -> str:
    """`[{code, ok, message}]`, one line per check."""
    rows = [json.dumps({"code": v.code, "ok": v.ok, "message": v.message}) for v in outcomes]
    return "[\n" + ",\n".join(rows) + "\n]"


def as_text(verification: Verification, language: str) -> Iterator[str]:
    """The lines for people: every check, the winners, one plain last sentence."""
    outcomes = verdicts(verification)
    for verdict in outcomes:
        yield f"{MARKS[verdict.ok]} {verdict.code} {_in_words(verdict, language)}"
    yield ""
    if verification.draft is not None and verification.outcome is not None:
        yield from _winners(verification.draft, verification.outcome, language)
    yield last_sentence(outcomes, language)


def _in_words(verdict: Verdict, language: str) -> str:
    """The check's title, and its message where that says more."""
    titles = TITLES[verdict.code]
    if verdict.message == titles["en"]:
        return titles[language]
    return f"{titles[language]}: {verdict.message}"


def _winners(draft: Draft, outcome: Mapping[str, Any], language: str) -> Iterator[str]:
    """One line per question: who won, in the draft's own words."""
    spoken = language if language in draft.languages else draft.languages[0]
    for question, counted in zip(draft.questions, outcome["questions"], strict=True):
        names = {option.id: option.text[spoken] for option in question.options}
        winners = ", ".join(names[winner] for winner in counted["winners"])
        yield f"{question.text[spoken]}: {winners or NOBODY[language]}"


def last_sentence(outcomes: Sequence[Verdict], language: str) -> str:
    """What follows from all outcomes, in one sentence."""
    by_outcome = {ok: [v.code for v in outcomes if v.ok is ok] for ok in (True, False, None)}
    code = exit_code(outcomes)
    first = next(iter(by_outcome[False] or by_outcome[None]), CODES[0])
    return LAST_SENTENCES[code][language].format(
        passed=len(by_outcome[True]),
        failed=len(by_outcome[False]),
        missing=len(by_outcome[None]),
        first=first,
        title=TITLES[first][language],
    )
