"""Whether a draft's numbers and keys are safe: all of "Safe parameters" in section 3 (V03)."""

from collections.abc import Iterable, Iterator, Mapping

from ballots.draft import Draft, Question
from ballots.errors import Refused
from crypto import ed25519
from crypto.errors import CryptoError
from crypto.note import COSIGNATURE, VerifierKey
from crypto.p256 import Point

MOST_TRUSTEES = 32
MOST_MARK = 255
"""The highest score, and the most points: a mark is one byte."""

MOST_STEPS = 10_000
"""How often Equal Shares may raise the budget per person."""


def unsafe(draft: Draft, roll_sizes: Mapping[int, int] | None = None) -> list[str]:
    """What is unsafe about a draft, in the words of the protocol; an empty list is safe.

    `roll_sizes` are the rows of the roll by style id, once they are known.
    """
    findings = [
        *_schedule(draft),
        *_registrars(draft),
        *_witnesses(draft),
        *_trustees(draft),
        *_keys(draft),
    ]
    for question in draft.questions:
        findings += (f"question {question.id}: {each}" for each in _question(question))
    if roll_sizes is not None:
        findings += _roll(draft, roll_sizes)
    return findings


def check_safe(draft: Draft, roll_sizes: Mapping[int, int] | None = None) -> None:
    """Raise Refused `unsafe-parameters` with everything that is unsafe."""
    findings = unsafe(draft, roll_sizes)
    if findings:
        raise Refused("unsafe-parameters", "; ".join(findings))


def _schedule(draft: Draft) -> Iterator[str]:
    times = draft.schedule
    if not times.check_in_opens <= times.check_in_closes <= times.voting_closes:
        yield "schedule: check_in_opens ≤ check_in_closes ≤ voting_closes"
    if not times.voting_opens < times.voting_closes:
        yield "schedule: voting_opens < voting_closes"


def _registrars(draft: Draft) -> Iterator[str]:
    """Stuffing needs more than `faulty` registrars, splitting the quorum too (A1, A2)."""
    n, k, faulty = len(draft.registrars.list), draft.registrars.k, draft.registrars.faulty
    if n == 1:
        if (k, faulty) != (1, 0):
            yield "registrars: one needs k = 1 and faulty 0"
        return
    if faulty < 1:
        yield "registrars: two or more need faulty ≥ 1"
    if not faulty < k <= n:
        yield "registrars: faulty < k ≤ n"
    if not 2 * k - n > faulty:
        yield "registrars: 2k - n > faulty"


def _witnesses(draft: Draft) -> Iterator[str]:
    w, k, faulty = len(draft.witnesses.list), draft.witnesses.k, draft.witnesses.faulty
    if w == 0:
        if k != 0:
            yield "witnesses: none needs k = 0"
        return
    if k > w:
        yield "witnesses: k ≤ W"
    if not 2 * k > w + faulty:
        yield "witnesses: 2k > W + faulty"


def _trustees(draft: Draft) -> Iterator[str]:
    if not 1 <= draft.trustees.k <= len(draft.trustees.list) <= MOST_TRUSTEES:
        yield f"trustees: 1 ≤ k ≤ n ≤ {MOST_TRUSTEES}"


def _roll(draft: Draft, roll_sizes: Mapping[int, int]) -> Iterator[str]:
    """A style with few voters would show who voted what (A19)."""
    for style in draft.styles:
        size = roll_sizes.get(style.id, 0)
        if size < draft.min_group:
            yield f"style {style.id}: {size} rows in the roll, at least {draft.min_group} needed"


def _question(question: Question) -> Iterator[str]:
    rule = question.rule
    if (question.max_score or 0) > MOST_MARK:
        yield f"max_score ≤ {MOST_MARK}"
    if (question.points or 0) > MOST_MARK:
        yield f"points ≤ {MOST_MARK}"
    if any(cost < 1 for cost in rule.costs):
        yield "costs ≥ 1"
    if rule.completion_step is not None and (rule.budget or 0) > MOST_STEPS * rule.completion_step:
        yield f"budget ≤ {MOST_STEPS} · completion_step"
    if rule.seats > len(question.options):
        yield "seats ≤ options"
    if rule.name == "star" and len(question.options) == 1:
        yield "star: at least two options"


def _keys(draft: Draft) -> Iterator[str]:
    """Every key is one, and none serves two roles (A42)."""
    named = [*_ed25519_keys(draft), *_witness_keys(draft)]
    seen: dict[bytes, str] = {}
    for name, key, is_key in named:
        if not is_key:
            yield f"{name}: not a key"
        elif key in seen:
            yield f"{name}: the key of {seen[key]}, no key twice"
        else:
            seen[key] = name
    yield from _officers(draft)


_NamedKey = tuple[str, bytes, bool]
"""A role, its key's bytes, and whether they are a key."""


def _ed25519_keys(draft: Draft) -> Iterator[_NamedKey]:
    pairs: list[tuple[str, bytes]] = [
        *((f"log {log}", key) for log, key in draft.log_keys.items()),
        ("organiser", draft.organiser.key),
        *_numbered("registrar", (each.key for each in draft.registrars.list)),
        *_numbered("trustee", (each.key for each in draft.trustees.list)),
        *_numbered("verifier", (each.key for each in draft.verifiers)),
    ]
    for name, key in pairs:
        yield name, key, _is_ed25519(key)


def _numbered(role: str, keys: Iterable[bytes]) -> Iterator[tuple[str, bytes]]:
    for number, key in enumerate(keys, start=1):
        yield f"{role} {number}", key


def _is_ed25519(key: bytes) -> bool:
    try:
        ed25519.check_public(key)
    except CryptoError:
        return False
    return True


def _witness_keys(draft: Draft) -> Iterator[_NamedKey]:
    for number, witness in enumerate(draft.witnesses.list, start=1):
        name = f"witness {number}"
        try:
            key = VerifierKey.parse(witness.vkey)
        except CryptoError:
            yield name, b"", False
        else:
            yield name, key.public32, key.kind == COSIGNATURE


def _officers(draft: Draft) -> Iterator[str]:
    seen: dict[bytes, int] = {}
    for number, officer in enumerate(draft.officers, start=1):
        try:
            Point.parse_cose(officer.cose)
        except CryptoError:
            yield f"officer {number}: not a key"
        if officer.cose in seen:
            yield f"officer {number}: the key of officer {seen[officer.cose]}, no key twice"
        seen.setdefault(officer.cose, number)
