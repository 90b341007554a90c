"""The draft, the roll and the manifest of a planned election (section 3)."""

from hashlib import sha256
from typing import Any

from crypto import canonical, merkle, p256
from crypto.ed25519 import SecretKey
from crypto.encoding import H, M, b64url, u16
from crypto.note import COSIGNATURE, Signer
from tests.records.draws import Draws, rsa_key
from tests.records.plan import START, Plan, text

LOGS = ("setup", "check-ins", "ballots")
AUTHORITY = "votes.example.org"
RP_ID = "votes.example.org"
ORIGIN = "https://votes.example.org"


class Documents:
    """Everybody's keys, and the documents that name them; a forger overrides what it bends."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.draws = Draws(plan.seed)
        self.log_keys = {log: self._key() for log in LOGS}
        self.organiser = self._key()
        self.registrars = [self._key() for _ in range(plan.registrars[0])]
        self.trustees = [self._key() for _ in range(plan.trustees[0])]
        self.verifiers = [self._key() for _ in range(plan.verifiers)]
        self.officer = self.draws.scalar()
        self.witness_seeds = [self.draws.octets() for _ in range(plan.witnesses[0])]
        self.witnesses = [
            Signer(f"witness{i}.example.org", seed, COSIGNATURE)
            for i, seed in enumerate(self.witness_seeds, start=1)
        ]
        self.passkeys = [[self.draws.scalar() for _ in range(v.passkeys)] for v in plan.voters]
        self.styles = [style for style, _ in plan.styles]
        self.blind_keys = {
            (r, style): rsa_key(len(self.styles) * (r - 1) + number)
            for r in range(1, plan.registrars[0] + 1)
            for number, style in enumerate(self.styles)
        }
        self.draft = canonical.write(self.draft_value())
        self.eid0 = H("draft", self.draft)
        self.rows, self.places = self._roll()

    def _key(self) -> SecretKey:
        return SecretKey(self.draws.octets())

    def draft_value(self) -> dict[str, Any]:
        """The draft as JSON."""
        plan = self.plan
        return {
            "suite": "suara/v1",
            "languages": ["en", "id"],
            "title": text("A referendum"),
            "about": text("About a park."),
            "nonce": b64url(self.draws.octets(16)),
            "authority": AUTHORITY,
            "attachments": [
                {"name": name, "sha256": b64url(sha256(octets).digest())}
                for name, octets in plan.attachments
            ],
            "log_keys": {log: b64url(key.public32) for log, key in self.log_keys.items()},
            "organiser": {"name": "Kota Lembayung", "key": b64url(self.organiser.public32)},
            "questions": list(plan.questions),
            "styles": [
                {"id": style, "name": text(f"style {style}"), "questions": list(asked)}
                for style, asked in plan.styles
            ],
            "schedule": self.schedule(),
            "passkeys": {"rp_id": RP_ID, "origins": [ORIGIN]},
            **self._holders(),
            **self._measures(),
        }

    def schedule(self) -> dict[str, int]:
        """When what begins and ends."""
        return {
            "check_in_opens": START,
            "check_in_closes": START + 1000,
            "voting_opens": START + 100,
            "voting_closes": START + 2000,
            "close_grace_seconds": 300,
        }

    def _holders(self) -> dict[str, Any]:
        plan = self.plan
        registrars = [
            {
                "name": f"Registrar {i}",
                "key": b64url(key.public32),
                "origin": f"https://r{i}.example",
            }
            for i, key in enumerate(self.registrars, start=1)
        ]
        trustees = [
            {"name": f"Trustee {i}", "key": b64url(key.public32), "held": "own"}
            for i, key in enumerate(self.trustees, start=1)
        ]
        witnesses = [{"name": w.verifier.name, "vkey": w.verifier.vkey} for w in self.witnesses]
        verifiers = [
            {"name": f"Verifier {i}", "key": b64url(key.public32)}
            for i, key in enumerate(self.verifiers, start=1)
        ]
        cose = b64url(p256.secret_mul_base(self.officer).cose)
        return {
            "registrars": {
                "k": plan.registrars[1], "faulty": plan.registrars[2], "list": registrars,
            },
            "trustees": {"k": plan.trustees[1], "list": trustees},
            "witnesses": {
                "k": plan.witnesses[1], "faulty": plan.witnesses[2], "list": witnesses,
            },
            "officers": [{"name": "Officer", "cose": cose}],
            "verifiers": verifiers,
        }  # fmt: skip

    def _measures(self) -> dict[str, int]:
        return {
            "epoch_seconds": 60,
            "batch_min": self.plan.batch_min,
            "merge_delay_epochs": self.plan.merge_delay,
            "max_revisions": self.plan.max_revisions,
            "min_group": self.plan.min_group,
        }

    def _roll(self) -> tuple[list[bytes], dict[int, int]]:
        """The rows' leaf data in order, and for each voter the index of the row."""
        leaves = [self.row_leaf(number) for number in range(len(self.plan.voters))]
        order = sorted(range(len(leaves)), key=lambda number: leaves[number])
        return [leaves[n] for n in order], {n: index for index, n in enumerate(order)}

    def commitment(self, voter: int) -> bytes:
        """`c` of a voter."""
        salt = sha256(b"salt" + voter.to_bytes(4, "big")).digest()
        return H("voter", f"voter-{voter}".encode(), salt)

    def row_leaf(self, voter: int) -> bytes:
        """The leaf data of a voter's row."""
        c = self.commitment(voter)
        keys = [p256.secret_mul_base(k).cose for k in self.passkeys[voter]]
        committed = sorted(H("passkey", c, cose) for cose in keys)
        return M("roll", c, u16(self.plan.voters[voter].style), *committed)

    def roll_file(self) -> bytes:
        """The record's file `roll`."""
        return b"".join(u16(len(leaf)) + leaf for leaf in self.rows)

    def manifest_value(self, setup: dict[str, Any]) -> dict[str, Any]:
        """The manifest as JSON; `setup` are the values that the set-up log gives."""
        sizes = dict.fromkeys(self.styles, 0)
        for voter in self.plan.voters:
            sizes[voter.style] += 1
        return {
            "draft": canonical.read(self.draft),
            "eid0": b64url(self.eid0),
            "roll": {
                "size": len(self.rows),
                "root": b64url(merkle.root([merkle.leaf_hash(leaf) for leaf in self.rows])),
                "styles": [{"style": s, "size": size} for s, size in sizes.items()],
            },
            "client_sha256": b64url(sha256(self.client_list()).digest()),
            **setup,
        }

    def client_files(self) -> dict[str, bytes]:
        """The voting page's files."""
        return {"index.html": b"<p>vote</p>", "js/cast.js": b"seal()"}

    def client_list(self) -> bytes:
        """The list whose hash the manifest names."""
        files = sorted(self.client_files().items())
        return "".join(f"{sha256(o).hexdigest()} {path}\n" for path, o in files).encode()

    def policy(self) -> bytes:
        """The file `policy`, written out."""
        lines = [f"log {self.log_signer(log).verifier.vkey}" for log in LOGS]
        names = [f"w{i}" for i in range(1, len(self.witnesses) + 1)]
        for name, witness in zip(names, self.witnesses, strict=True):
            lines.append(f"witness {name} {witness.verifier.vkey}")
        if names:
            lines += [f"group g {self.plan.witnesses[1]} {' '.join(names)}", "quorum g"]
        else:
            lines.append("quorum none")
        return ("\n".join(lines) + "\n").encode()

    def log_signer(self, log: str) -> Signer:
        """Who signs a log's checkpoints."""
        return Signer(f"{AUTHORITY}/suara/{b64url(self.eid0)}/{log}", self.log_keys[log].seed)
