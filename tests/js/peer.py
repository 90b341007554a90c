"""The other implementation, asked by the JavaScript tests: one JSON call a line, one answer a line.

Bytes travel as hexadecimal. A call that raises one of our errors answers `{"refused": <name>}`.
"""

import json
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from ballots import plaintext  # noqa: E402 - the path comes first
from ballots.ballot import Cast, check_cast, tracking_code  # noqa: E402
from ballots.credential import check_in_ask  # noqa: E402
from ballots.errors import BallotError  # noqa: E402
from ballots.manifest import Manifest  # noqa: E402
from ballots.receipt import Promised, check_promise, check_receipt  # noqa: E402
from crypto import blind_rsa, canonical, ed25519, encoding, hpke, merkle, note, p256  # noqa: E402
from crypto.errors import CryptoError  # noqa: E402

SECRET = blind_rsa.SecretKey.generate()
LOG_SEED, WITNESS_SEED = bytes([70] * 32), bytes([71] * 32)


def message(tag, fields):
    """M, H and the fields that come back."""
    octets = encoding.M(tag, *map(bytes.fromhex, fields))
    fields_again = [each.hex() for each in encoding.parse(tag, octets)]
    digest = encoding.H(tag, *map(bytes.fromhex, fields))
    return {"m": octets.hex(), "h": digest.hex(), "fields": fields_again}


def tags():
    return sorted(encoding.TAGS)


def derive(ikm, info, length):
    return encoding.hkdf(bytes.fromhex(ikm), bytes.fromhex(info), length).hex()


def read_json(octets):
    canonical.read(bytes.fromhex(octets))
    return True


def registrar(messages):
    """The registrar's key, and its certificate over some messages."""
    certificate = blind_rsa.certify(SECRET, [bytes.fromhex(each) for each in messages])
    return {"spki": SECRET.public.spki.hex(), "certificate": [each.hex() for each in certificate]}


def blind(text, octets):
    factor = blind_rsa.blinding_factor(bytes.fromhex(octets), SECRET.public)
    return blind_rsa.blind(SECRET.public, bytes.fromhex(text), factor).hex()


def blind_sign(blinded):
    return blind_rsa.blind_sign(SECRET, bytes.fromhex(blinded)).hex()


def verify_rsa(text, signature):
    blind_rsa.verify(SECRET.public, bytes.fromhex(text), bytes.fromhex(signature))
    return True


def certified(messages, certificate):
    blind_rsa.verify_certificate(
        SECRET.public, [bytes.fromhex(m) for m in messages], [bytes.fromhex(c) for c in certificate]
    )
    return True


def seal(ikm, scalar, info, text):
    point = p256.secret_mul_base(int(scalar, 16))
    parts = (point.uncompressed, bytes.fromhex(info), bytes.fromhex(text), bytes.fromhex(ikm))
    enc, ct = hpke.seal_p256(*parts)
    return {"public": point.uncompressed.hex(), "packed": point.compressed.hex(),
            "enc": enc.hex(), "ct": ct.hex()}  # fmt: skip


def unseal(scalar, enc, ct, info):
    return hpke.open_p256(int(scalar, 16), *(bytes.fromhex(each) for each in (enc, ct, info))).hex()


def sign(seed, text):
    key = ed25519.SecretKey(bytes.fromhex(seed))
    return {"public": key.public32.hex(), "signature": key.sign(bytes.fromhex(text)).hex()}


def verify(public, text, signature):
    ed25519.verify(*(bytes.fromhex(each) for each in (public, text, signature)))
    return True


def tree(entries, index, older):
    """Root and proofs over entries."""
    leaves = [merkle.leaf_hash(bytes.fromhex(each)) for each in entries]
    return {
        "root": merkle.root(leaves).hex(),
        "olderRoot": merkle.root(leaves[:older]).hex(),
        "inclusion": [each.hex() for each in merkle.inclusion_proof(leaves, index)],
        "consistency": [each.hex() for each in merkle.consistency_proof(leaves, older)],
    }


def receipt(origin, entries, index):
    """A witnessed receipt for an entry, and the keys to check it with."""
    leaves = [merkle.leaf_hash(bytes.fromhex(each)) for each in entries]
    log = note.Signer(origin, LOG_SEED)
    witness = note.Signer("w.example", WITNESS_SEED, note.COSIGNATURE)
    checkpoint = note.Checkpoint(origin, len(leaves), merkle.root(leaves))
    signed = note.sign_checkpoint(log, checkpoint)
    signed += note.cosign(witness, checkpoint.text, 1_800_000_000).encode()
    proof = merkle.inclusion_proof(leaves, index)
    made = note.TlogProof(index, proof, signed, bytes.fromhex(entries[index]))
    return {"log": log.verifier.vkey, "witness": witness.verifier.vkey, "file": made.text.hex()}


def verify_receipt(vkey, file):
    parsed = note.TlogProof.parse(bytes.fromhex(file))
    return parsed.verify(parsed.extra or b"", note.VerifierKey.parse(vkey)).size


def manifest(octets):
    """What a manifest's reader makes of it."""
    read = Manifest.parse(bytes.fromhex(octets))
    read.check_eid0()
    return {"eid": read.eid.hex(), "policy": read.draft.policy}


def encode(octets, style, choices):
    """A plaintext for choices; lists of a bit field come as sets."""
    questions = Manifest.parse(bytes.fromhex(octets)).draft.questions_of(style)
    pairs = zip(questions, choices, strict=True)
    return plaintext.encode(questions, [_choice(*pair) for pair in pairs]).hex()


def _choice(question, choice):
    if not isinstance(choice, list):
        return choice
    is_marks = question.method == "approval" or question.ballot == "approval"
    return frozenset(choice) if is_marks else tuple(choice)


def check_ballot(octets, payload, spkis):
    """Pass a ballot as the box would; its hash and code."""
    election = Manifest.parse(bytes.fromhex(octets))
    cast = Cast.parse(bytes.fromhex(payload))
    keys = {(i, cast.style): blind_rsa.PublicKey.parse(bytes.fromhex(s))
            for i, s in enumerate(spkis, 1)}  # fmt: skip
    check_cast(cast, election, keys)
    return {"hash": cast.hash.hex(), "code": tracking_code(cast.hash), "seq": cast.seq}


def digest(eid, row, style, blinded):
    parts = [bytes.fromhex(each) for each in blinded]
    return check_in_ask(bytes.fromhex(eid), row, style, parts).hex()


def promise(octets, file, payload_hash):
    election = Manifest.parse(bytes.fromhex(octets))
    promised = Promised.parse(bytes.fromhex(file))
    check_promise(promised, election.draft, election.eid, bytes.fromhex(payload_hash))
    return promised.promise.epoch


def check_kept(octets, file, payload_hash):
    election = Manifest.parse(bytes.fromhex(octets))
    kept = check_receipt(
        bytes.fromhex(file), election.draft, "ballots", bytes.fromhex(payload_hash)
    )
    return kept.size


class Site:
    """A real ballot box, record and registrar on a database, asked as over HTTP."""

    def __init__(self):
        from flask import Flask  # noqa: PLC0415 - only the tests that ask for it need a server
        from sqlalchemy import create_engine  # noqa: PLC0415
        from sqlmodel import SQLModel  # noqa: PLC0415

        from ballots.store.tables import TABLES  # noqa: PLC0415
        from ballots.web.box import box_blueprint  # noqa: PLC0415
        from ballots.web.record import record_blueprint  # noqa: PLC0415
        from tests.ballots.town import Town  # noqa: PLC0415

        self.folder = tempfile.TemporaryDirectory()
        engine = create_engine(f"sqlite:///{self.folder.name}/town.sqlite3")
        SQLModel.metadata.create_all(engine, tables=TABLES)
        self.town = Town.of(engine).freeze().open()
        app = Flask("peer")
        for blueprint in (box_blueprint, record_blueprint):
            app.register_blueprint(blueprint(lambda: self.town.context))
        self.client = app.test_client()

    def http(self, method, path, body):
        """An answer of the cookie-less services."""
        response = self.client.open(path, method=method, data=bytes.fromhex(body))
        return {"status": response.status_code, "kind": response.content_type,
                "body": response.get_data().hex()}  # fmt: skip

    def roll_row(self, voter):
        """The signed-in answer `roll-row`."""
        from ballots.services import roll  # noqa: PLC0415

        own = roll.row_of(self.town.context, self.town.eid0, voter)
        proof = [encoding.b64url(each) for each in own.proof]
        return {"row": own.index, "style": own.row.style, "salt": encoding.b64url(own.salt),
                "voter_id": voter, "leaf": encoding.b64url(own.row.leaf), "proof": proof,
                "size": own.size}  # fmt: skip

    def check_in(self, voter, ask):
        """The signed-in answer `check-in`."""
        from ballots.services import registrar  # noqa: PLC0415

        blinded = tuple(encoding.from_b64url(each) for each in ask["blinded"])
        asked = registrar.Ask(ask["row"], ask["style"], blinded, ask["kind"])
        answer = registrar.check_in(self.town.context, self.town.eid, voter, asked)
        signatures = [encoding.b64url(each.blind_signature) for each in answer.signatures]
        promises = [encoding.b64url(each.promise) for each in answer.signatures]
        return {"blind_signatures": signatures, "promises": promises}

    def later(self, seconds):
        """Let time pass."""
        self.town.clock.seconds += seconds
        return self.town.clock.seconds

    def finish(self):
        """Close, open and count: the result."""
        return json.loads(self.town.finish())


SITES: list[Site] = []


def open_site():
    SITES.append(Site())
    return encoding.b64url(SITES[0].town.eid)


def ask_site(act, *given):
    return getattr(SITES[0], act)(*given)


CALLS = {each.__name__: each for each in (
    message, tags, derive, read_json, registrar, blind, blind_sign, verify_rsa, certified, seal,
    unseal, sign, verify, tree, receipt, verify_receipt, manifest, encode, check_ballot, digest,
    promise, check_kept, open_site, ask_site,
)}  # fmt: skip


def main():
    """Answer calls until the caller hangs up."""
    for line in sys.stdin:
        name, *given = json.loads(line)
        try:
            answer = {"answer": CALLS[name](*given)}
        except (BallotError, CryptoError) as error:
            code = getattr(error, "code", type(error).__name__)
            answer = {"refused": code, "why": str(error)}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
