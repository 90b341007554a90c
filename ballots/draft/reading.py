"""From the JSON value of a draft to its parts; every refusal names the place.

Only shapes are checked here, and what one part says of another (V01). Whether keys are keys and
numbers are safe is `ballots.parameters`' task (V03).
"""

import re
from collections.abc import Callable
from typing import Any, TypeVar, cast, get_args

from ballots.document import HOST, IDENTIFIER, ORIGIN, Place, refuse_repeats
from ballots.draft import parts
from ballots.draft.questions import read_question
from ballots.draft.words import read_languages, read_text

SUITE = "suara/v1"

_KEY_BYTES = 32
_COSE_BYTES = 77
_FILE_NAME = re.compile(r"(?!\.)[^/\\\x00-\x1f\x7f]{1,200}")
_MOST_U16 = 2**16 - 1
_MOST_U32 = 2**32 - 1

_REQUIRED = (
    "suite", "languages", "title", "about", "nonce", "authority", "attachments", "log_keys",
    "organiser", "questions", "styles", "schedule", "registrars", "trustees", "witnesses",
    "officers", "verifiers", "passkeys", "epoch_seconds", "batch_min", "merge_delay_epochs",
    "max_revisions", "min_group",
)  # fmt: skip

_PartT = TypeVar("_PartT")


def read_draft(place: Place) -> dict[str, Any]:
    """The fields of a `Draft` by name; raises BadDocument at the first wrong place."""
    fields = place.fields(_REQUIRED)
    fields["suite"].one_of(SUITE)
    languages = read_languages(fields["languages"])
    questions = _questions(fields["questions"], languages)
    return {
        "languages": languages,
        "title": read_text(fields["title"], languages),
        "about": read_text(fields["about"], languages),
        "nonce": fields["nonce"].binary(16),
        "authority": fields["authority"].matching(HOST),
        "attachments": _attachments(fields["attachments"]),
        "log_keys": _log_keys(fields["log_keys"]),
        "organiser": _organiser(fields["organiser"]),
        "questions": questions,
        "styles": _styles(fields["styles"], languages, questions),
        "schedule": _schedule(fields["schedule"]),
        **_roles(fields),
        **_measures(fields),
    }


def _roles(fields: dict[str, Place]) -> dict[str, Any]:
    return {
        "registrars": _registrars(fields["registrars"]),
        "trustees": _trustees(fields["trustees"]),
        "witnesses": _witnesses(fields["witnesses"]),
        "officers": _each(fields["officers"], _officer),
        "verifiers": _each(fields["verifiers"], _verifier),
        "passkeys": _passkeys(fields["passkeys"]),
    }


def _measures(fields: dict[str, Place]) -> dict[str, int]:
    return {
        "epoch_seconds": fields["epoch_seconds"].number(),
        "batch_min": fields["batch_min"].number(),
        "merge_delay_epochs": fields["merge_delay_epochs"].number(most=_MOST_U16),
        "max_revisions": fields["max_revisions"].number(most=_MOST_U32),
        "min_group": fields["min_group"].number(),
    }


def _each(
    place: Place,
    read: Callable[[Place], _PartT],
    *,
    least: int = 0,
    most: int = _MOST_U16,
) -> tuple[_PartT, ...]:
    return tuple(read(item) for item in place.items(least=least, most=most))


def _attachments(place: Place) -> tuple[parts.Attachment, ...]:
    found = _each(place, _attachment)
    refuse_repeats(place.items(), [each.name for each in found], "a file name")
    return found


def _attachment(place: Place) -> parts.Attachment:
    fields = place.fields(["name", "sha256"])
    if not _FILE_NAME.fullmatch(fields["name"].text()):
        fields["name"].refuse("a file name without folders")
    return parts.Attachment(fields["name"].text(), fields["sha256"].binary(32))


def _log_keys(place: Place) -> dict[parts.Log, bytes]:
    fields = place.fields(parts.LOGS)
    return {log: fields[log].binary(_KEY_BYTES) for log in parts.LOGS}


def _organiser(place: Place) -> parts.Organiser:
    fields = place.fields(["name", "key"])
    return parts.Organiser(fields["name"].name(), fields["key"].binary(_KEY_BYTES))


def _questions(place: Place, languages: tuple[str, ...]) -> tuple[parts.Question, ...]:
    places = place.items(least=1)
    found = tuple(read_question(each, languages) for each in places)
    refuse_repeats(places, [each.id for each in found], "a question id")
    return found


def _styles(
    place: Place,
    languages: tuple[str, ...],
    questions: tuple[parts.Question, ...],
) -> tuple[parts.Style, ...]:
    known = {question.id for question in questions}
    places = place.items(least=1)
    found = tuple(_style(each, languages, known) for each in places)
    refuse_repeats(places, [each.id for each in found], "a style id")
    return found


def _style(place: Place, languages: tuple[str, ...], known: set[str]) -> parts.Style:
    fields = place.fields(["id", "name", "questions"])
    asked = fields["questions"].items(least=1)
    for each in asked:
        if each.matching(IDENTIFIER) not in known:
            each.refuse("the id of a question of this draft")
    refuse_repeats(asked, [each.text() for each in asked], "a question id")
    return parts.Style(
        fields["id"].number(least=1, most=_MOST_U16),
        read_text(fields["name"], languages),
        tuple(each.text() for each in asked),
    )


def _schedule(place: Place) -> parts.Schedule:
    names = (
        "check_in_opens",
        "check_in_closes",
        "voting_opens",
        "voting_closes",
        "close_grace_seconds",
    )
    fields = place.fields(names)
    return parts.Schedule(**{name: fields[name].number() for name in names})


def _registrars(place: Place) -> parts.Registrars:
    fields = place.fields(["k", "faulty", "list"])
    return parts.Registrars(
        fields["k"].number(),
        fields["faulty"].number(),
        _each(fields["list"], _registrar, least=1),
    )


def _registrar(place: Place) -> parts.Registrar:
    fields = place.fields(["name", "key", "origin"])
    return parts.Registrar(
        fields["name"].name(),
        fields["key"].binary(_KEY_BYTES),
        fields["origin"].matching(ORIGIN),
    )


def _trustees(place: Place) -> parts.Trustees:
    fields = place.fields(["k", "list"])
    return parts.Trustees(fields["k"].number(), _each(fields["list"], _trustee, least=1))


def _trustee(place: Place) -> parts.Trustee:
    fields = place.fields(["name", "key", "held"])
    held = fields["held"].one_of(*get_args(parts.Held))
    return parts.Trustee(
        fields["name"].name(),
        fields["key"].binary(_KEY_BYTES),
        cast("parts.Held", held),
    )


def _witnesses(place: Place) -> parts.Witnesses:
    fields = place.fields(["k", "faulty", "list"])
    return parts.Witnesses(
        fields["k"].number(),
        fields["faulty"].number(),
        _each(fields["list"], _witness),
    )


def _witness(place: Place) -> parts.Witness:
    fields = place.fields(["name", "vkey"])
    return parts.Witness(fields["name"].name(), fields["vkey"].name())


def _officer(place: Place) -> parts.Officer:
    fields = place.fields(["name", "cose"])
    return parts.Officer(fields["name"].name(), fields["cose"].binary(_COSE_BYTES))


def _verifier(place: Place) -> parts.Verifier:
    fields = place.fields(["name", "key"])
    return parts.Verifier(fields["name"].name(), fields["key"].binary(_KEY_BYTES))


def _passkeys(place: Place) -> parts.Passkeys:
    fields = place.fields(["rp_id", "origins"])
    origins = fields["origins"].items()
    refuse_repeats(origins, [each.matching(ORIGIN) for each in origins], "an origin")
    return parts.Passkeys(fields["rp_id"].matching(HOST), tuple(each.text() for each in origins))
