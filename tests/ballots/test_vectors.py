"""The published vectors of `docs/vectors` are what our own code computes, structure by structure.

They were written by the second implementation in `tests/records`; here the site's code is asked.
"""

import json

import pytest

from ballots import ballot, credential, opening, plaintext, receipt, roll
from ballots.ceremony import Dealing, Table, transcript_hash
from ballots.counting import count, question_result, tie_order, tie_seed
from ballots.credential import Credential
from ballots.draft import Draft
from ballots.entries import CheckIn, Dkg1, Dkg2, Dkg3, DkgComplaint, Issue, Share, parse_payload
from ballots.entries.signed import Signed, signed
from ballots.evidence import check_evidence
from ballots.log import tiles_of
from ballots.manifest import ElectionKey, Manifest
from ballots.plaintext import BadPlaintextEncoding, BreaksRule
from ballots.witnesses import check_note
from crypto import blind_rsa, ed25519, hpke, merkle, p256, sharing
from crypto.ed25519 import SecretKey
from crypto.encoding import H, M, hkdf, sha256, u8, u16, u64
from crypto.errors import BadEncoding, BadKey, BadSignature
from crypto.note import COSIGNATURE, Checkpoint, Signer, TlogProof, sign_checkpoint
from crypto.sharing import Polynomial
from tests.places import ROOT
from tests.records.vectors.everything import FILES, texts

VECTORS = ROOT / "docs" / "vectors"
PAGE = (VECTORS / "README.md").read_text("utf-8")


def read(name):
    """Given and gives of every vector of a file, with what it says."""
    found = json.loads((VECTORS / f"{name}.json").read_text("utf-8"))["vectors"]
    assert found
    return [(each["says"], each["given"], each["gives"]) for each in found]


def unhex(value):
    """A string or a list of strings, from hex."""
    return [unhex(each) for each in value] if isinstance(value, list) else bytes.fromhex(value)


def the_draft():
    """The draft of the election that most vectors come from."""
    return Draft.parse(read("documents")[0][1]["draft"].encode())


def test_the_files_are_what_their_script_writes():
    lying = {path.stem: path.read_text("utf-8") for path in VECTORS.glob("*.json")}

    assert lying == texts()


def test_every_file_is_told_on_the_page():
    assert [file.name for file in FILES if f"`{file.name}.json`" not in PAGE] == []


def test_encoding():
    for _, given, gives in read("encoding"):
        if "tag" in given:
            fields = unhex(given["fields"])
            assert M(given["tag"], *fields).hex() == gives["message"]
            assert H(given["tag"], *fields).hex() == gives["hash"]
        else:
            made = hkdf(*map(unhex, (given["ikm"], given["info"])), given["length"])
            assert made.hex() == gives["output"]


def test_ed25519():
    """A29."""
    refusals = {"key": BadKey, "encoding": BadEncoding, "equation": BadSignature}
    for says, given, gives in read("ed25519"):
        question = unhex([given["key"], given["message"], given["signature"]])
        if gives["verdict"] == "ok":
            ed25519.verify(*question)
        else:
            with pytest.raises(refusals[gives["verdict"]]) as refused:
                ed25519.verify(*question)
            assert type(refused.value) is refusals[gives["verdict"]], says


def test_documents():
    (_, given, gives), (_, of_manifest, ids), (_, page, listed) = read("documents")
    draft = Draft.parse(given["draft"].encode())
    assert draft.eid0.hex() == gives["eid0"]
    assert draft.policy == gives["policy"]
    for log in ("setup", "check-ins", "ballots"):
        assert draft.log_origin(log) == gives["origins"][log]
        assert draft.log_vkey(log) == gives["vkeys"][log]
    manifest = Manifest.parse(of_manifest["manifest"].encode())
    assert manifest.eid.hex() == ids["eid"]
    assert manifest.draft == draft
    lines = [f"{sha256(o.encode()).hex()} {path}\n" for path, o in sorted(page["files"].items())]
    assert "".join(lines) == listed["list"]
    assert sha256(listed["list"].encode()).hex() == listed["client_sha256"]


def test_roll():
    *voters, (_, given, gives) = read("roll")
    rows = []
    for _, voter, row in voters:
        made = roll.Row.of(
            voter["voter_id"], unhex(voter["salt"]), voter["style"], unhex(voter["cose_keys"])
        )
        assert made.commitment.hex() == row["c"]
        assert [each.hex() for each in made.passkeys] == row["passkeys"]
        assert made.leaf.hex() == row["leaf_data"]
        rows.append((made, row))
    whole = roll.Roll.of([made for made, _ in rows])
    assert whole.root.hex() == gives["root"]
    assert roll.write_rows(whole.rows).hex() == gives["file"]
    assert [each.leaf.hex() for each in whole.rows] == given["leaf_data"]
    for made, row in rows:
        assert whole.index_of(made.commitment) == row["row"]
        assert [each.hex() for each in whole.proof(row["row"])] == row["proof"]


def test_registrar_keys():
    for _, given, gives in read("registrar-keys"):
        p, q = (int(given[prime], 16) for prime in "pq")
        public = blind_rsa.PublicKey.parse(unhex(gives["spki"]))
        assert public.n == p * q
        head = (unhex(given["eid0"]), u16(given["registrar"]), u16(given["style"]), public.spki)
        messages = [M("rsa-cert", *head, u16(i)) for i in range(1, 9)]
        blind_rsa.verify_certificate(public, messages, unhex(gives["certificate"]))
        said = Signed.parse(unhex(gives["payload"]))
        assert said.said.spki == public.spki
        seed = SecretKey(unhex(given["identity_seed"]))
        assert signed("registrar", given["registrar"], said.said, seed) == said


def test_ceremony():
    *trustees, (_, _, joint), (_, _, complained) = read("ceremony")
    table = Table(unhex(trustees[0][1]["eid0"]), trustees[0][1]["style"], 3, 2)
    firsts, seconds, thirds = (
        [kind.parse(unhex(gives[step])) for _, _, gives in trustees]
        for step, kind in (("dkg1", Dkg1), ("dkg2", Dkg2), ("dkg3", Dkg3))
    )
    for number, (_, given, gives) in enumerate(trustees, start=1):
        coefficients = [int(each, 16) for each in given["coefficients"]]
        dealing = Dealing(
            Polynomial.from_coefficients(coefficients), unhex(given["ceremony_secret"])
        )
        assert table.commit(number, dealing) == firsts[number - 1]
        shares = [dealing.polynomial.share(j).to_bytes(32, "big").hex() for j in (1, 2, 3)]
        assert shares == gives["dealt"]
        x = table.receive(number, dealing, firsts, seconds)
        assert x.to_bytes(32, "big").hex() == gives["secret_share"]
        assert table.confirm(number, x, firsts, seconds) == thirds[number - 1]
        identity = SecretKey(unhex(given["identity_seed"]))
        for inner, payload in zip((firsts, seconds, thirds), gives["payloads"], strict=True):
            assert signed("trustee", number, inner[number - 1], identity).payload.hex() == payload
    key = table.election_key(firsts, seconds, thirds)
    assert (key.key.hex(), [e.hex() for e in key.trustee_points]) == (
        joint["election_key"], joint["trustee_points"],
    )  # fmt: skip
    assert transcript_hash(firsts, seconds) == thirds[0].transcript
    complaint = DkgComplaint.parse(unhex(complained["inner"]))
    assert table.blame(complaint, firsts, seconds) == complained["to_blame"]


def test_entries():
    leaves = {"setup": bytes(32)}
    for _, given, gives in read("entries"):
        payload, log = unhex(gives["payload"]), given["log"]
        entry = parse_payload(log, payload)
        inner = M(given["tag"], *unhex(given["fields"]))
        if "role" in given:
            wrapped = (given["role"].encode(), u16(given["role_index"]), inner)
            assert M("signed", *wrapped, unhex(given["signature"])) == payload
        else:
            assert inner == payload
        assert entry.write() == payload
        assert entry.hash.hex() == gives["hash"]
        assert unhex(given["prev"]) == leaves.get(log, unhex(given["prev"]))
        leaves[log] = merkle.leaf_hash(unhex(given["prev"]) + payload)
        assert leaves[log].hex() == gives["leaf_hash"]
    assert len(leaves) == 3


def test_checkpoints():
    draft = the_draft()
    for _, given, gives in read("checkpoints"):
        log = given["origin"].rpartition("/")[2]
        checkpoint = Checkpoint(given["origin"], given["size"], unhex(given["root"]))
        note = sign_checkpoint(Signer(given["origin"], unhex(given["log_seed"])), checkpoint)
        for witness in given["witnesses"]:
            signer = Signer(witness["name"], unhex(witness["seed"]), COSIGNATURE)
            assert signer.verifier.vkey == witness["vkey"]
            note += signer.cosign(checkpoint.text, given["time"]).encode()
        assert checkpoint.text == gives["text"]
        assert sha256(checkpoint.text.encode()).hex() == gives["text_hash"]
        assert note.decode() == gives["note"]
        assert check_note(draft, log, note) == checkpoint


def test_trees():
    for _, given, gives in read("trees"):
        leaves = [merkle.leaf_hash(u16(i)) for i in range(given["size"])]
        assert merkle.root(leaves).hex() == gives["root"]
        assert merkle.root(leaves[: given["older"]]).hex() == gives["older_root"]
        inclusion = merkle.inclusion_proof(leaves, given["index"])
        assert [each.hex() for each in inclusion] == gives["inclusion"]
        consistency = merkle.consistency_proof(leaves, given["older"])
        assert [each.hex() for each in consistency] == gives["consistency"]
        assert sorted(tile.path for tile in tiles_of(given["size"])) == gives["tiles"]


def test_credentials():
    (_, first, key), *registrars, (_, asked, answered) = read("credentials")
    seed, eid = unhex([first["seed"], first["eid"]])
    assert credential.ballot_key_seed(seed, eid).hex() == key["sk_b"]
    assert SecretKey(unhex(key["sk_b"])).public32.hex() == key["bk"]
    for _, given, gives in registrars:
        r, bk = given["registrar"], unhex(given["bk"])
        public = blind_rsa.PublicKey.parse(unhex(given["spki"]))
        message = credential.credential_message(eid, r, given["style"], bk)
        octets = credential.blinding_octets(seed, eid, r)
        factor = blind_rsa.blinding_factor(octets, public)
        assert (message.hex(), octets.hex()) == (gives["message"], gives["blinding_octets"])
        assert blind_rsa.blind(public, message, factor).hex() == gives["blinded"]
        finished = blind_rsa.finalize(public, message, unhex(gives["blind_signature"]), factor)
        assert finished.hex() == gives["signature"]
    blinded, evidence = unhex(asked["blinded"]), unhex(asked["evidence"])
    ask = (eid, asked["row"], asked["style"])
    assert credential.check_in_ask(*ask, blinded).hex() == answered["d"]
    check_in = CheckIn(*ask, tuple(blinded), asked["kind"], evidence)
    assert check_in.payload.hex() == answered["check_in"]
    for number, issue in enumerate(answered["issues"], start=1):
        blind_signature = unhex(registrars[number - 1][2]["blind_signature"])
        assert Issue(eid, number, check_in.hash, blind_signature).payload.hex() == issue


def test_passkeys():
    """A15."""
    draft = the_draft()
    entries = [parse_payload(g["log"], unhex(o["payload"])) for _, g, o in read("entries")]
    check_ins = [each for each in entries if isinstance(each, CheckIn)]
    rows = roll.Roll.of(roll.Row.parse(each) for each in unhex(read("roll")[-1][1]["leaf_data"]))
    for _, given, gives in read("passkeys"):
        evidence = unhex(gives["evidence"])
        check_in = next(each for each in check_ins if each.evidence == evidence)
        check_evidence(check_in, rows.rows[check_in.row], draft)
        message = unhex(gives["authenticator_data"]) + sha256(gives["client_data_json"].encode())
        p256.verify_es256(
            p256.Point.parse_cose(unhex(given["cose"])), message, unhex(gives["signature"])
        )


def questions_of(values):
    """Questions as the draft's reader gives them: a draft that asks these and no others."""
    value = json.loads(the_draft().write())
    ids = [each["id"] for each in values]
    value |= {"questions": values}
    value["styles"][0]["questions"] = ids
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return Draft.parse(text.encode()).questions_of(value["styles"][0]["id"])


def choice_of(question, value):
    """A choice as JSON has it, as the code has it."""
    if question.method == "single" or isinstance(value, int):
        return value
    is_marked = question.method == "approval" or question.ballot == "approval"
    return frozenset(value) if is_marked else tuple(value)


def test_plaintexts():
    for says, given, gives in read("plaintexts"):
        questions = questions_of(given["questions"])
        written = unhex(gives.get("plaintext") or given["plaintext"])
        if gives["status"]:
            refusal = {3: BadPlaintextEncoding, 4: BreaksRule}[gives["status"]]
            with pytest.raises(refusal):
                plaintext.decode(questions, written)
            continue
        choices = plaintext.decode(questions, written)
        assert plaintext.encode(questions, choices) == written, says
        if "choices" in given:
            pairs = zip(questions, given["choices"], strict=True)
            assert choices == tuple(choice_of(*pair) for pair in pairs)


def test_ballots():
    for _, given, gives in read("ballots"):
        seed, eid, previous, chosen = unhex(
            [given["seed"], given["eid"], given["prev_own"], given["plaintext"]]
        )
        key = p256.Point.parse(unhex(given["election_key"]))
        turn = ballot.Turn(eid, given["style"], given["seq"], previous)
        cast = ballot.build_cast(
            turn, chosen, seed=seed, election_key=key,
            credentials=[Credential.parse(unhex(each)) for each in given["credentials"]],
        )  # fmt: skip
        assert cast.payload.hex() == gives["payload"]
        assert (cast.body_bytes.hex(), cast.signature.hex()) == (gives["body"], gives["signature"])
        assert (cast.enc.hex(), cast.ct.hex()) == (gives["enc"], gives["ct"])
        assert cast.hash.hex() == gives["hash"]
        assert ballot.tracking_code(cast.hash) == gives["tracking_code"]
        ikm, info = unhex([gives["ikm"], gives["info"]])
        assert hpke.derive_p256(ikm) == int(gives["ephemeral_secret"], 16)
        assert hpke.open_with_ikm(ikm, key.uncompressed, cast.ct, info) == (cast.enc, chosen)
        assert hpke.open_p256(int(given["opening_key"], 16), cast.enc, cast.ct, info) == chosen


def test_promises():
    draft = the_draft()
    promises = [(g, o) for _, g, o in read("promises") if "log_seed" in g]
    receipts = [(g, o) for _, g, o in read("promises") if "entries" in g]
    for given, gives in promises:
        kept, eid = receipt.Promised.parse(unhex(gives["file"])), unhex(given["eid"])
        receipt.check_promise(kept, draft, eid, sha256(unhex(given["payload"])))
        assert receipt.Promised.sign(kept.promise, SecretKey(unhex(given["log_seed"]))) == kept
    for given, gives in receipts:
        entries = unhex(given["entries"])
        leaves = [merkle.leaf_hash(each) for each in entries]
        index = given["index"]
        proof = merkle.inclusion_proof(leaves, index)
        note = given["checkpoint"].encode()
        assert receipt.write_receipt(index, proof, note, entries[index]).decode() == gives["file"]
        assert TlogProof.parse(gives["file"].encode()).extra == entries[index]
    assert len(promises) == len(receipts) == 2


def test_closing():
    (_, given, gives), *pairs, (_, lots, order) = read("closing")
    points = tuple(unhex(gives["trustee_points"]))
    key = ElectionKey(given["style"], unhex(pairs[0][2]["election_key"]), points)
    seeds = [SecretKey(each) for each in unhex(given["identity_seeds"])]
    for i, (share, payload) in enumerate(zip(given["shares"], gives["payloads"], strict=True), 1):
        said = Share(unhex(given["eid"]), given["style"], unhex(given["close_hash"]), unhex(share))
        assert signed("trustee", i, said, seeds[i - 1]).payload.hex() == payload
        x = opening.check_share(said, i, key, unhex(given["close_hash"]))
        assert x == int(share, 16)
    for _, shares, found in pairs:
        chosen = {int(i): int(share, 16) for i, share in shares["shares"].items()}
        assert opening.recover_key(key, chosen, 2) == int(found["opening_key"], 16)
        assert sharing.recover(chosen, 2) == int(found["opening_key"], 16)
    seed = tie_seed(unhex(lots["eid"]), unhex(lots["root"]), unhex(lots["opening_keys"]))
    assert seed.hex() == order["seed"]
    for question in the_draft().questions:
        assert list(tie_order(seed, question)) == order["orders"][question.id]


def test_tally():
    (_, given, gives), (_, counted, published) = read("tally")
    chain = unhex(given["eid"])
    for each, expected in zip(given["ballots"], gives["chain"], strict=True):
        plain = unhex(each["plaintext"])
        chain = H("tally", chain, u64(each["index"]), u8(each["status"]), plain)
        assert chain.hex() == expected
    entry = parse_payload("ballots", unhex(published["payload"]))
    assert entry.said.tally == chain
    assert entry.said.result_sha256 == sha256(counted["result_json"].encode())
    assert entry.said.statuses_sha256 == sha256(unhex(gives["statuses"]))
    assert signed("organiser", 0, entry.said, SecretKey(unhex(counted["organiser_seed"]))) == entry


def test_results():
    """A65, A66."""
    for _, given, gives in read("results"):
        (question,) = questions_of([given["question"]])
        chosen = {}
        for value in given["choices"]:
            choice = choice_of(question, value)
            chosen[choice] = chosen.get(choice, 0) + 1
        outcome = count(
            question, chosen, tie_order=tuple(given["order"]), roll_size=given["roll_size"]
        )
        assert question_result(question, outcome) == gives["result"]
