"""Vectors of sections 3 and 5: documents, policy, roll, registrars' keys, the ceremony."""

from hashlib import sha256
from typing import Any

from crypto import merkle, p256
from crypto.encoding import H, M, b64url
from tests.records.builder import Builder
from tests.records.documents import LOGS
from tests.records.draws import primes
from tests.records.vectors.shown import vector

STYLE = 1


def documents(built: Builder) -> list[dict[str, Any]]:
    """Draft and manifest, their ids, the logs' origins, the policy, the list of client files."""
    signers = {log: built.log_signer(log).verifier for log in LOGS}
    files = built.client_files()
    return [
        vector(
            "a draft",
            {"draft": built.draft.decode()},
            {
                "eid0": built.eid0,
                "eid0_in_origins": b64url(built.eid0),
                "origins": {log: signer.name for log, signer in signers.items()},
                "vkeys": {log: signer.vkey for log, signer in signers.items()},
                "policy": built.policy().decode(),
            },
        ),
        vector("a manifest", {"manifest": built.manifest.decode()}, {"eid": built.eid}),
        vector(
            "a voting page",
            {"files": {path: octets.decode() for path, octets in files.items()}},
            {
                "list": built.client_list().decode(),
                "client_sha256": sha256(built.client_list()).digest(),
            },
        ),
    ]


def roll(built: Builder) -> list[dict[str, Any]]:
    """Commitments, rows, the tree over them and the file `roll`."""
    leaves = [merkle.leaf_hash(leaf) for leaf in built.rows]
    rows = []
    for number, voter in enumerate(built.plan.voters):
        c = built.commitment(number)
        salt = sha256(b"salt" + number.to_bytes(4, "big")).digest()
        coses = [p256.secret_mul_base(key).cose for key in built.passkeys[number]]
        index = built.places[number]
        rows.append(
            vector(
                f"voter {number}",
                {"voter_id": f"voter-{number}", "salt": salt, "style": voter.style,
                 "cose_keys": coses},
                {"c": c, "passkeys": sorted(H("passkey", c, cose) for cose in coses),
                 "leaf_data": built.row_leaf(number), "leaf_hash": leaves[index], "row": index,
                 "proof": merkle.inclusion_proof(leaves, index)},
            )
        )  # fmt: skip
    given = {"leaf_data": built.rows}
    gives = {"size": len(leaves), "root": merkle.root(leaves), "file": built.roll_file()}
    return [*rows, vector("the whole roll", given, gives)]


def registrar_keys(built: Builder) -> list[dict[str, Any]]:
    """Keys from their primes, certificates, and the entries that show them."""
    made = []
    for number, (r, style) in enumerate(built.blind_keys):
        p, q = (prime.to_bytes(192, "big") for prime in primes(number))
        spki = built.spki(r, style)
        made.append(
            vector(
                f"registrar {r}",
                {"eid0": built.eid0, "registrar": r, "style": style, "p": p, "q": q,
                 "identity_seed": built.identity("registrar", r).seed},
                {"spki": spki, "certificate": built.certificate(r, style, spki),
                 "payload": built.reg_key(r, style)},
            )
        )  # fmt: skip
    return made


def ceremony(built: Builder) -> list[dict[str, Any]]:
    """What each of three trustees says in a ceremony of threshold two, and what follows."""
    everybody = range(1, built.plan.trustees[0] + 1)
    made = [vector(f"trustee {i}", _brings(built, i), _says(built, i)) for i in everybody]
    dealt = {"points": [b"".join(built.points(STYLE, i)) for i in everybody]}
    joint = {
        "election_key": built.election_key(STYLE),
        "trustee_points": [built.public_share(STYLE, i) for i in everybody],
        "opening_key": built.opening_key(STYLE).to_bytes(32, "big"),
    }
    return [*made, vector("the joint key", dealt, joint), _complaint(built)]


def _brings(built: Builder, i: int) -> dict[str, Any]:
    coefficients = built.polynomials[STYLE, i].coefficients
    return {
        "eid0": built.eid0,
        "style": STYLE,
        "trustee": i,
        "identity_seed": built.identity("trustee", i).seed,
        "coefficients": [each.to_bytes(32, "big") for each in coefficients],
        "ceremony_secret": built.ceremony_keys[STYLE, i],
    }


def _says(built: Builder, i: int) -> dict[str, Any]:
    everybody = range(1, built.plan.trustees[0] + 1)
    inners = {step: built.inners[step, STYLE, i] for step in ("dkg1", "dkg2", "dkg3")}
    return {
        **inners,
        "payloads": [built.by("trustee", i, inner) for inner in inners.values()],
        "dealt": [built.polynomials[STYLE, i].share(j).to_bytes(32, "big") for j in everybody],
        "secret_share": built.secret_share(STYLE, i).to_bytes(32, "big"),
        "public_share": built.public_share(STYLE, i),
    }


def _complaint(built: Builder) -> dict[str, Any]:
    """A complaint of trustee 1 about trustee 2; here it is a false one."""
    key = built.ceremony_keys[STYLE, 1]
    inner = M("dkg-complaint", built.eid0, *(bytes([0, n]) for n in (STYLE, 2, 1)), key)
    return vector(
        "trustee 1 complains of trustee 2, falsely",
        {"eid0": built.eid0, "style": STYLE, "accused": 2, "trustee": 1, "ceremony_secret": key},
        {"inner": inner, "payload": built.by("trustee", 1, inner), "to_blame": 1},
    )
