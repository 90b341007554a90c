"""Vectors of section 9: the close, shares, keys, statuses, lots, the tally chain, the result."""

from hashlib import sha256
from typing import Any

from ballots import counting
from ballots.draft import Draft
from crypto import canonical
from crypto.encoding import H, M, u8, u64
from tests.records.builder import Builder
from tests.records.valid import VALID
from tests.records.vectors.shown import vector

STYLE = 1


def closing(built: Builder) -> list[dict[str, Any]]:
    """Shares that give the key, and the lots that hang on it."""
    close = built.closed_size - 1
    close_hash = built.ballot_log.text_hash(built.closed_size)
    shares = {i: built.secret_share(STYLE, i).to_bytes(32, "big") for i in (1, 2, 3)}
    payloads = {i: built.share(STYLE, i, close_hash) for i in shares}
    key = built.opening_key(STYLE).to_bytes(32, "big")
    return [
        vector(
            "the share of each trustee",
            {"eid": built.eid, "style": STYLE, "close_index": close, "close_hash": close_hash,
             "identity_seeds": [built.identity("trustee", i).seed for i in shares],
             "shares": list(shares.values())},
            {"payloads": list(payloads.values()),
             "trustee_points": [built.public_share(STYLE, i) for i in shares]},
        ),
        *(
            vector(
                f"the key from trustees {a} and {b}",
                {"shares": {str(a): shares[a], str(b): shares[b]}},
                {"opening_key": key, "election_key": built.election_key(STYLE)},
            )
            for a, b in ((1, 2), (1, 3), (2, 3))
        ),
        _lots(built, key),
    ]  # fmt: skip


def _lots(built: Builder, key: bytes) -> dict[str, Any]:
    log = built.ballot_log
    text = log.notes[built.closed_size].decode()
    root = built.closed_root
    seed = H("seed", built.eid, root, key)
    draft = Draft.parse(built.draft)
    orders = {each.id: counting.tie_order(seed, each) for each in draft.questions}
    return vector(
        "the seed of the lots, and the order of the options",
        {"eid": built.eid, "checkpoint": text, "root": root, "opening_keys": [key],
         "options": {each.id: len(each.options) for each in draft.questions}},
        {"seed": seed, "orders": orders},
    )  # fmt: skip


def tally(built: Builder) -> list[dict[str, Any]]:
    """Statuses and plaintexts in log order, the chain over them, the result entry."""
    statuses = built.statuses()
    chain, steps = built.eid, []
    for (index, _), status, opened in zip(built.cast_log, statuses, built.opened(), strict=True):
        plain = b"" if status else opened[1]
        chain = H("tally", chain, u64(index), u8(status), plain)
        steps.append({"index": index, "status": status, "plaintext": plain, "tally": chain})
    result = built.files["result.json"]
    digests = (sha256(result).digest(), sha256(statuses).digest())
    inner = M("result", built.eid, *digests, chain)
    return [
        vector(
            "the chain over every ballot",
            {"eid": built.eid, "ballots": [{k: s[k] for k in s if k != "tally"} for s in steps]},
            {"chain": [step["tally"] for step in steps], "statuses": statuses},
        ),
        vector(
            "the result",
            {"eid": built.eid, "result_json": result.decode(), "statuses": statuses,
             "tally": chain, "organiser_seed": built.organiser.seed},
            {"inner": inner, "payload": built.by("organiser", 0, inner)},
        ),
    ]  # fmt: skip


def results(_built: Builder) -> list[dict[str, Any]]:
    """`result.json` of a question for every rule, from choices and lots alone."""
    forgery = next(each for each in VALID if each.name == "every-rule")
    built = forgery.builder(forgery.plan).build()
    draft = Draft.parse(built.draft)
    seed = built.tie_seed(built.closed_root)
    value = canonical.read(built.files["result.json"])
    made = []
    for at, (question, outcome) in enumerate(zip(draft.questions, value["questions"], strict=True)):
        choices = [chosen[at] for _, _, chosen in built.opened()]
        made.append(
            vector(
                f"{question.rule.name}: {question.id}",
                {"question": forgery.plan.questions[at], "choices": choices,
                 "order": counting.tie_order(seed, question), "roll_size": len(built.rows)},
                {"result": outcome},
            )
        )  # fmt: skip
    return made
