"""What a verification says to people and to machines."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ballots.draft import Question
from ballots.verifier.checks.summary import v40_summary
from ballots.verifier.texts import BLANK, FAILURES, LAST_SENTENCES, MARKS, NOBODY, TITLES
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
    draft, outcome = verification.draft, verification.outcome
    counts = ""
    if draft is not None and outcome is not None:
        spoken = language if language in draft.languages else draft.languages[0]
        pairs = list(zip(draft.questions, outcome["questions"], strict=True))
        yield from (_winners(question, counted, spoken) for question, counted in pairs)
        if len(pairs) == 1:
            counts = _counts(*pairs[0], spoken)
    yield last_sentence(outcomes, language, counts)


def _in_words(verdict: Verdict, language: str) -> str:
    """The check's title, and its message where that says more."""
    titles = TITLES[verdict.code]
    if verdict.message == titles["en"]:
        return titles[language]
    return f"{titles[language]}: {verdict.message}"


def _winners(question: Question, counted: Mapping[str, Any], spoken: str) -> str:
    """Who won a question, in the draft's own words."""
    names = {option.id: option.text[spoken] for option in question.options}
    winners = ", ".join(names[winner] for winner in counted["winners"])
    return f"{question.text[spoken]} {winners or NOBODY.get(spoken, NOBODY['en'])}"


def _counts(question: Question, counted: Mapping[str, Any], spoken: str) -> str:
    """The totals of a question whose rule has them, blank ballots last."""
    if "totals" not in counted:
        return ""
    names = [option.text[spoken] for option in question.options]
    names.append(BLANK.get(spoken, BLANK["en"]))
    numbers = [*counted["totals"], counted["blank"]]
    pairs = zip(numbers, names, strict=True)
    return ": " + ", ".join(f"{_grouped(number, spoken)} {name}" for number, name in pairs)


def _grouped(number: int, language: str) -> str:
    return f"{number:,}".replace(",", "." if language == "id" else ",")


def last_sentence(outcomes: Sequence[Verdict], language: str, counts: str = "") -> str:
    """What follows from all outcomes, in one sentence; `counts` are the totals in words."""
    by_outcome = {ok: [v.code for v in outcomes if v.ok is ok] for ok in (True, False, None)}
    code = exit_code(outcomes)
    first = next(iter(by_outcome[False] or by_outcome[None]), CODES[0])
    return LAST_SENTENCES[code][language].format(
        counts=counts,
        passed=len(by_outcome[True]),
        failed=len(by_outcome[False]),
        missing=len(by_outcome[None]),
        first=first,
        title=TITLES[first][language],
    )
