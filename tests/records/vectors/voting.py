"""Vectors of sections 6, 7, 8 and 11: credentials, passkeys, ballots, promises, plaintexts."""

import json
from hashlib import sha256
from typing import Any

from ballots import plaintext
from ballots.draft import Draft
from crypto import blind_rsa, hpke, p256
from crypto.encoding import M, crockford, hkdf, u16
from tests.records.builder import Builder
from tests.records.casting import NO_PREVIOUS
from tests.records.documents import ORIGIN, RP_ID
from tests.records.plan import DESK, PASSKEY, Plan, Voter
from tests.records.valid import EVERY_RULE, ODD_RULES, InvalidBallots
from tests.records.vectors.shown import vector

FIRST, AT_DESK = 0, 3


def credentials(built: Builder) -> list[dict[str, Any]]:
    """From a seed to finished credentials, one registrar after the other."""
    seed, bk = built.seed_of(FIRST), built.ballot_key(FIRST).public32
    request = built.request(FIRST)
    key = vector(
        "the ballot key",
        {"seed": seed, "eid": built.eid},
        {"sk_b": built.ballot_key(FIRST).seed, "bk": bk},
    )
    return [key, *(_credential(built, r, bk) for r in built.issuing()), _asked(built, request)]


def _credential(built: Builder, r: int, bk: bytes) -> dict[str, Any]:
    seed, style = built.seed_of(FIRST), built.plan.voters[FIRST].style
    octets = hkdf(seed, M("blind", built.eid, u16(r)), 400)
    message = built.credential_message(r, style, bk)
    public = built.blind_keys[r, style].public
    blinded = blind_rsa.blind(public, message, built.blinding(FIRST, r, style))
    return vector(
        f"registrar {r}",
        {"seed": seed, "eid": built.eid, "registrar": r, "style": style, "bk": bk,
         "spki": public.spki},
        {"message": message, "blinding_octets": octets, "blinded": blinded,
         "blind_signature": built.blind_signature(built.request(FIRST), r),
         "signature": built.credential(FIRST, r, bk)},
    )  # fmt: skip


def _asked(built: Builder, request: Any) -> dict[str, Any]:
    check_in = built.check_in(request)
    return vector(
        "the check-in and its issues",
        {"eid": built.eid, "row": request.row, "style": request.style,
         "blinded": request.blinded, "kind": request.kind, "evidence": built.evidence(request)},
        {"d": request.d, "check_in": check_in,
         "issues": [built.issue(request, check_in, r) for r in built.issuing()]},
    )  # fmt: skip


def passkeys(built: Builder) -> list[dict[str, Any]]:
    """The evidence of a voter's own passkey, and of an officer's at the desk."""
    made = []
    for voter, kind, secret in (
        (FIRST, PASSKEY, built.passkeys[FIRST][0]),
        (AT_DESK, DESK, built.officer),
    ):
        request = built.request(voter)
        authenticator, client, signature = built.assertion(secret, request.d)
        made.append(
            vector(
                "by the voter's passkey" if kind == PASSKEY else "by an officer's, at a desk",
                {"d": request.d, "kind": kind, "rp_id": RP_ID, "origins": [ORIGIN],
                 "secret": secret.to_bytes(32, "big"),
                 "cose": p256.secret_mul_base(secret).cose},
                {"authenticator_data": authenticator, "client_data_json": client.decode(),
                 "signature": signature, "evidence": built.evidence(request)},
            )
        )  # fmt: skip
    return made


def ballots(built: Builder) -> list[dict[str, Any]]:
    """A first ballot and one that changes it, from the seed to the tracking code."""
    previous, made = NO_PREVIOUS, []
    voter = 1
    for seq, choices in enumerate(built.plan.voters[voter].ballots):
        sealed = built.seal(voter, seq, previous, built.encode(voter, choices))
        body = built.body(sealed)
        payload = built.cast(sealed)
        digest = sha256(payload).digest()
        code = crockford(digest, 100)
        made.append(
            vector(
                f"ballot {seq} of a voter",
                {"seed": built.seed_of(voter), "eid": built.eid, "style": sealed.style,
                 "seq": seq, "prev_own": previous, "plaintext": sealed.plaintext,
                 "election_key": built.election_key(sealed.style),
                 "opening_key": built.opening_key(sealed.style).to_bytes(32, "big"),
                 "credentials": built.credentials(sealed)},
                {"ikm": sealed.ikm,
                 "ephemeral_secret": hpke.derive_p256(sealed.ikm).to_bytes(32, "big"),
                 "info": built.seal_info(sealed.style, sealed.bk, seq, previous),
                 "enc": sealed.enc, "ct": sealed.ct, "body": body,
                 "signature": built.signature(sealed, body), "payload": payload,
                 "hash": digest,
                 "tracking_code": " ".join(code[at : at + 4] for at in range(0, 20, 4))},
            )
        )  # fmt: skip
        previous = digest
    return made


def promises(built: Builder) -> list[dict[str, Any]]:
    """The files that a voter keeps: promises of a ballot and of an issue, and receipts."""
    index, cast = built.cast_log[0]
    issue_index, issue = next(
        (at, entry[32:])
        for at, entry in enumerate(built.check_in_log.entries)
        if entry[32:].startswith(M("issue")[:-2])
    )
    made = []
    for tag, payload, log in (
        ("promise", cast, built.ballot_log),
        ("promise-issue", issue, built.check_in_log),
    ):
        seed = built.log_keys[log.name].seed
        made.append(
            vector(
                f"a {tag} of epoch 0",
                {"eid": built.eid, "payload": payload, "epoch": 0,
                 "merge_delay": built.plan.merge_delay, "log_seed": seed},
                {"file": built.promise(payload, 0, tag)},
            )
        )  # fmt: skip
    for log, at in ((built.ballot_log, index), (built.check_in_log, issue_index)):
        checkpoint = log.notes[log.size].decode()
        made.append(
            vector(
                f"a receipt of {log.name}",
                {"index": at, "entries": log.entries, "checkpoint": checkpoint},
                {"file": built.receipt(at, log).decode()},
            )
        )
    return made


def plaintexts(_built: Builder) -> list[dict[str, Any]]:
    """Choices of every method as bytes; and bytes that are refused, by their status."""
    plan = Plan(
        questions=tuple(asked for asked, _ in EVERY_RULE),
        styles=tuple((at + 1, (asked["id"],)) for at, (asked, _) in enumerate(EVERY_RULE)),
        voters=tuple(Voter(style=at + 1) for at in range(len(EVERY_RULE))),
    )
    draft = Draft.parse(Builder(plan).draft)
    made = []
    for at, (asked, choices) in enumerate(EVERY_RULE):
        questions = draft.questions_of(at + 1)
        for choice in dict.fromkeys(choices):
            written = plaintext.encode(questions, [choice])
            made.append(
                vector(
                    f"{asked['rule']['name']}: {json.dumps(_plain(choice))}",
                    {"questions": [asked], "choices": [_plain(choice)]},
                    {"plaintext": written, "status": 0},
                )
            )
    return made + [
        vector(
            "a ranking and scores, as odd as can be",
            {"questions": list(ODD_RULES.questions), "plaintext": octets},
            {"status": _status(octets)},
        )
        for octets in InvalidBallots.odd.values()
    ]


def _plain(choice: Any) -> Any:
    return sorted(choice) if isinstance(choice, frozenset) else choice


def _status(octets: bytes) -> int:
    draft = Draft.parse(Builder(ODD_RULES).draft)
    try:
        plaintext.decode(draft.questions_of(1), octets)
    except (plaintext.BadPlaintextEncoding, plaintext.BreaksRule) as problem:
        return problem.status
    return 0
