"""One small election for tests, made of JSON values that a test can change key by key."""

from typing import Any

from ballots.draft import Draft
from ballots.manifest import (
    ElectionKey,
    Manifest,
    RegistrarKey,
    RollHead,
    StyleSize,
    TreeHead,
)
from crypto import canonical, ed25519, p256
from crypto.encoding import b64url, sha256
from crypto.note import COSIGNATURE, Signer

LANGUAGES = ("id", "en")


def identity(name: str) -> ed25519.SecretKey:
    """The Ed25519 key of a role in these tests, the same each time."""
    return ed25519.SecretKey(sha256(name.encode()))


def witness(number: int) -> Signer:
    """A witness that can cosign."""
    return Signer(f"saksi{number}.example", sha256(f"witness {number}".encode()), COSIGNATURE)


def officer_scalar(number: int) -> int:
    """The secret of an officer's passkey."""
    return 1000 + number


def words(text: str) -> dict[str, str]:
    """The same text in every language."""
    return dict.fromkeys(LANGUAGES, text)


def options(*ids: str) -> list[dict[str, Any]]:
    """Options by id, as JSON."""
    return [{"id": each, "text": words(each)} for each in ids]


def yes_no_value() -> dict[str, Any]:
    """A yes/no question with a quorum, as JSON."""
    return {
        "id": "taman",
        "text": words("Taman kota di tepi sungai?"),
        "method": "single",
        "options": options("yes", "no"),
        "min": 0,
        "max": 1,
        "rule": {"name": "yes-no", "quorum": [1, 4]},
    }


def ranked_value() -> dict[str, Any]:
    """A ranked question for two seats, as JSON."""
    return {
        "id": "dewan",
        "text": words("Siapa?"),
        "method": "ranked",
        "options": options("ani", "budi", "citra"),
        "min": 0,
        "max": 3,
        "equal": False,
        "rule": {"name": "stv-scottish", "seats": 2},
    }


def registrars_value(n: int, k: int, faulty: int) -> dict[str, Any]:
    """Registrars 1..n, as JSON."""
    each = [
        {
            "name": f"Panitera {r}",
            "key": b64url(identity(f"registrar {r}").public32),
            "origin": f"https://panitera{r}.example",
        }
        for r in range(1, n + 1)
    ]
    return {"k": k, "faulty": faulty, "list": each}


def trustees_value(n: int, k: int, held: str = "own") -> dict[str, Any]:
    """Trustees 1..n, as JSON."""
    each = [
        {"name": f"Wali {i}", "key": b64url(identity(f"trustee {i}").public32), "held": held}
        for i in range(1, n + 1)
    ]
    return {"k": k, "list": each}


def witnesses_value(n: int, k: int, faulty: int) -> dict[str, Any]:
    """Witnesses 1..n, as JSON."""
    each = [{"name": f"Saksi {i}", "vkey": witness(i).verifier.vkey} for i in range(1, n + 1)]
    return {"k": k, "faulty": faulty, "list": each}


def draft_value(**changes: Any) -> dict[str, Any]:
    """The JSON value of a small safe draft: 2 registrars, 2 of 3 trustees, 3 of 4 witnesses."""
    logs = ("setup", "check-ins", "ballots")
    value = {
        "suite": "suara/v1",
        "languages": list(LANGUAGES),
        "title": words("Pemungutan suara"),
        "about": words("Kota Lembayung"),
        "nonce": b64url(bytes(range(16))),
        "authority": "suara.example",
        "attachments": [{"name": "naskah.pdf", "sha256": b64url(sha256(b"naskah"))}],
        "log_keys": {log: b64url(identity(f"log {log}").public32) for log in logs},
        "organiser": {"name": "Panitia", "key": b64url(identity("organiser").public32)},
        "questions": [yes_no_value(), ranked_value()],
        "styles": [
            {"id": 7, "name": words("Warga"), "questions": ["taman", "dewan"]},
            {"id": 2, "name": words("Pendatang"), "questions": ["taman"]},
        ],
        "schedule": {
            "check_in_opens": 1_000,
            "check_in_closes": 2_000,
            "voting_opens": 1_500,
            "voting_closes": 3_000,
            "close_grace_seconds": 600,
        },
        "registrars": registrars_value(2, 2, 1),
        "trustees": trustees_value(3, 2),
        "witnesses": witnesses_value(4, 3, 1),
        "officers": [
            {"name": "Petugas", "cose": b64url(p256.secret_mul_base(officer_scalar(1)).cose)},
        ],
        "verifiers": [{"name": "Juri", "key": b64url(identity("verifier 1").public32)}],
        "passkeys": {"rp_id": "suara.example", "origins": ["https://suara.example"]},
        "epoch_seconds": 600,
        "batch_min": 8,
        "merge_delay_epochs": 2,
        "max_revisions": 16,
        "min_group": 3,
    }
    return value | changes


def light_changes() -> dict[str, Any]:
    """What makes the small draft a light one."""
    return {
        "registrars": registrars_value(1, 1, 0),
        "trustees": trustees_value(1, 1, "server"),
        "witnesses": witnesses_value(0, 0, 0),
    }


def draft_of(**changes: Any) -> Draft:
    """The small draft with some keys changed."""
    return Draft.parse(canonical.write(draft_value(**changes)))


def manifest_of(draft: Draft, scalars: dict[int, int] | None = None) -> Manifest:
    """A manifest for a draft; `scalars` are the styles' secret keys, 1 + id unless given."""
    secrets = scalars or {style.id: style.id + 1 for style in draft.styles}
    styles = [style.id for style in draft.styles]
    point = p256.G.compressed
    return Manifest(
        draft=draft,
        eid0=draft.eid0,
        setup=TreeHead(9, sha256(b"setup")),
        roll=RollHead(60, sha256(b"roll"), tuple(StyleSize(style, 30) for style in styles)),
        registrar_keys=tuple(
            RegistrarKey(r, style, sha256(f"{r} {style}".encode()))
            for r in range(1, len(draft.registrars.list) + 1)
            for style in styles
        ),
        election_keys=tuple(
            ElectionKey(
                style,
                p256.secret_mul_base(secrets[style]).compressed,
                (point,) * len(draft.trustees.list),
            )
            for style in styles
        ),
        client_sha256=sha256(b"client"),
    )
