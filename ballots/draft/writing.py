"""From the parts of a draft to its JSON value, the way back of `reading`."""

from collections.abc import Mapping
from typing import Any

from ballots.draft import parts
from ballots.draft.questions import question_value
from ballots.draft.reading import SUITE
from crypto.encoding import b64url

Value = dict[str, Any]


def draft_value(fields: Mapping[str, Any]) -> Value:
    """The JSON value of a draft whose fields are given by name."""
    value = {"suite": SUITE, **{name: fields[name] for name in _AS_THEY_ARE}}
    return value | {name: write(fields[name]) for name, write in _WRITERS.items()}


def _attachment(each: parts.Attachment) -> Value:
    return {"name": each.name, "sha256": b64url(each.sha256)}


def _keyed(each: parts.Organiser | parts.Verifier) -> Value:
    return {"name": each.name, "key": b64url(each.key)}


def _style(each: parts.Style) -> Value:
    return {"id": each.id, "name": dict(each.name), "questions": list(each.questions)}


def _schedule(schedule: parts.Schedule) -> Value:
    return {name: getattr(schedule, name) for name in parts.Schedule.__slots__}


def _registrars(all_of_them: parts.Registrars) -> Value:
    each_one = [
        {"name": each.name, "key": b64url(each.key), "origin": each.origin}
        for each in all_of_them.list
    ]
    return {"k": all_of_them.k, "faulty": all_of_them.faulty, "list": each_one}


def _trustees(all_of_them: parts.Trustees) -> Value:
    each_one = [
        {"name": each.name, "key": b64url(each.key), "held": each.held} for each in all_of_them.list
    ]
    return {"k": all_of_them.k, "list": each_one}


def _witnesses(all_of_them: parts.Witnesses) -> Value:
    each_one = [{"name": each.name, "vkey": each.vkey} for each in all_of_them.list]
    return {"k": all_of_them.k, "faulty": all_of_them.faulty, "list": each_one}


def _passkeys(passkeys: parts.Passkeys) -> Value:
    return {"rp_id": passkeys.rp_id, "origins": list(passkeys.origins)}


_AS_THEY_ARE = (
    "authority",
    "epoch_seconds",
    "batch_min",
    "merge_delay_epochs",
    "max_revisions",
    "min_group",
)
_WRITERS: Mapping[str, Any] = {
    "languages": list,
    "title": dict,
    "about": dict,
    "nonce": b64url,
    "attachments": lambda these: [_attachment(each) for each in these],
    "log_keys": lambda keys: {log: b64url(key) for log, key in keys.items()},
    "organiser": _keyed,
    "questions": lambda these: [question_value(each) for each in these],
    "styles": lambda these: [_style(each) for each in these],
    "schedule": _schedule,
    "registrars": _registrars,
    "trustees": _trustees,
    "witnesses": _witnesses,
    "officers": lambda these: [{"name": o.name, "cose": b64url(o.cose)} for o in these],
    "verifiers": lambda these: [_keyed(each) for each in these],
    "passkeys": _passkeys,
}
