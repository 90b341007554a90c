/** The published vectors of docs/vectors are what the browser's code computes. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import test from "node:test";
import * as ballot from "../../static/js/vote/ballot.js";
import * as rsa from "../../static/js/vote/blind-rsa.js";
import { base64, concat, fromHex, hex, toBigInt, utf8 } from "../../static/js/vote/bytes.js";
import * as canonical from "../../static/js/vote/canonical.js";
import * as credential from "../../static/js/vote/credential.js";
import * as ed25519 from "../../static/js/vote/ed25519.js";
import { H, M, hkdf, sha256, split, u16 } from "../../static/js/vote/encoding.js";
import * as errors from "../../static/js/vote/errors.js";
import { Opener, deriveKeyPair } from "../../static/js/vote/hpke.js";
import { parseManifest } from "../../static/js/vote/manifest.js";
import * as merkle from "../../static/js/vote/merkle.js";
import { cosignedAt, parseNote, parseVerifierKey, verifyCheckpoint } from "../../static/js/vote/note.js";
import { parsePoint, readDer, unpack, verifyEcdsa } from "../../static/js/vote/p256.js";
import * as plaintext from "../../static/js/vote/plaintext.js";
import { policyOf, policyText } from "../../static/js/vote/policy.js";
import { verifyIssuePromise, verifyPromise } from "../../static/js/vote/promise.js";
import { parseProof, verifyReceipt, writeProof } from "../../static/js/vote/proof.js";
import { certificateMessages, checkCertificate } from "../../static/js/vote/rsa-soundness.js";
import { readSigned, verifySigned } from "../../static/js/vote/signed.js";
import { tilePath } from "../../static/js/vote/tiles.js";
import { Table } from "../../static/js/trustee/ceremony.js";
import { combine, shareFor } from "../../static/js/trustee/sharing.js";
import { readSaid, signedBy } from "../../static/js/trustee/words-said.js";
import { readRequest } from "../../static/js/verify/checks/issues.js";
import { v18Authorisation } from "../../static/js/verify/checks/authorisation.js";
import { v31Key } from "../../static/js/verify/checks/closing.js";
import { nextTally, tieOrderOf, tieSeed } from "../../static/js/verify/checks/count.js";
import { count, resultDocument } from "../../static/js/verify/counting/index.js";
import { parseCose } from "../../static/js/verify/cose.js";
import { readElection } from "../../static/js/verify/election.js";
import { ROOT } from "./places.js";

const FOLDER = `${ROOT}docs/vectors/`;
const seen = new Set();

/** The vectors of a file, as `[says, given, gives]`. */
function read(name) {
  seen.add(`${name}.json`);
  const { vectors } = JSON.parse(readFileSync(`${FOLDER}${name}.json`, "utf8"));
  assert.ok(vectors.length > 0);
  return vectors.map(({ says, given, gives }) => [says, given, gives]);
}

const unhex = (list) => list.map(fromHex);
const manifestText = () => utf8(read("documents")[1][1].manifest);

test("messages, hashes and derived bytes", async () => {
  for (const [, given, gives] of read("encoding")) {
    if ("tag" in given) {
      const fields = unhex(given.fields);
      assert.equal(hex(M(given.tag, ...fields)), gives.message);
      assert.equal(hex(await H(given.tag, ...fields)), gives.hash);
    } else {
      const made = await hkdf(fromHex(given.ikm), fromHex(given.info), given.length);
      assert.equal(hex(made), gives.output);
    }
  }
});

test("signatures on which libraries differ (A29)", async () => {
  const refusals = { key: "BadKey", encoding: "BadSignature", equation: "BadSignature" };
  for (const [says, given, { verdict }] of read("ed25519")) {
    const verified = ed25519.verify(...unhex([given.key, given.message, given.signature]));
    if (verdict === "ok") await verified;
    else await assert.rejects(verified, errors[refusals[verdict]], says);
  }
});

test("draft, manifest, policy", async () => {
  const [[, { draft }, gives], [, { manifest }, { eid }]] = read("documents");
  const parsed = await parseManifest(utf8(manifest));
  const policy = await policyOf(parsed.draft, parsed.eid0);
  assert.equal(hex(parsed.eid), eid);
  assert.equal(hex(parsed.eid0), gives.eid0);
  assert.deepEqual(canonical.write(canonical.read(utf8(draft))), utf8(draft));
  assert.equal(policyText(policy), gives.policy);
  for (const log of ["setup", "check-ins", "ballots"]) {
    assert.equal(policy.logs[log].name, gives.origins[log]);
  }
});

test("the roll", async () => {
  const vectors = read("roll");
  const [, { leaf_data: leaves }, whole] = vectors.pop();
  const hashes = await Promise.all(unhex(leaves).map(merkle.leafHash));
  assert.equal(hex(await merkle.rootOf(hashes)), whole.root);
  for (const [, given, gives] of vectors) {
    const c = await H("voter", utf8(given.voter_id), fromHex(given.salt));
    const keys = await Promise.all(unhex(given.cose_keys).map((cose) => H("passkey", c, cose)));
    assert.equal(hex(c), gives.c);
    const leaf = M("roll", c, u16(given.style), ...keys.map(hex).sort().map(fromHex));
    assert.equal(hex(leaf), gives.leaf_data);
    const tree = { size: whole.size, root: fromHex(whole.root) };
    const path = { index: gives.row, proof: unhex(gives.proof) };
    await merkle.verifyInclusion(await merkle.leafHash(leaf), path, tree);
  }
});

test("registrars' keys and their certificates (A4)", async () => {
  for (const [, given, gives] of read("registrar-keys")) {
    const key = rsa.parseSpki(fromHex(gives.spki));
    assert.equal(key.n, toBigInt(fromHex(given.p)) * toBigInt(fromHex(given.q)));
    const messages = certificateMessages(fromHex(given.eid0), given.registrar, given.style, key);
    await checkCertificate(key, messages, unhex(gives.certificate));
  }
});

test("the ceremony, in the trustees' browser (A51 to A55)", async () => {
  const vectors = read("ceremony").slice(0, 3);
  const table = new Table({ eid0: fromHex(vectors[0][1].eid0), style: 1, n: 3, k: 2 });
  const [firsts, seconds] = ["dkg1", "dkg2"].map((step) =>
    vectors.map(([, , gives]) => readSaid(fromHex(gives[step]))),
  );
  for (const [at, [, given, gives]] of vectors.entries()) {
    const coefficients = unhex(given.coefficients);
    assert.deepEqual([1, 2, 3].map((j) => hex(shareFor(coefficients, j))), gives.dealt);
    const dealing = { secret: fromHex(given.ceremony_secret), coefficients, points: [] };
    const x = await table.receive(at + 1, dealing, { firsts, seconds });
    assert.equal(hex(x), gives.secret_share);
    const inner = await table.confirm(at + 1, x, { firsts, seconds });
    assert.equal(hex(inner), gives.dkg3);
    const said = await signedBy(fromHex(given.identity_seed), at + 1, inner);
    assert.equal(hex(said), gives.payloads[2]);
  }
  const dealt = vectors.map(([, , { dealt: shares }]) => fromHex(shares[0]));
  assert.equal(hex(combine(dealt)), vectors[0][2].secret_share);
});

test("every entry of the three logs", async () => {
  for (const [, given, gives] of read("entries")) {
    const payload = fromHex(gives.payload);
    const inner = M(given.tag, ...unhex(given.fields));
    if ("role" in given) {
      const said = readSigned(payload);
      assert.deepEqual([said.role, said.index], [given.role, given.role_index]);
      assert.deepEqual(said.inner, inner);
    } else {
      assert.deepEqual(payload, inner);
    }
    assert.equal(hex(await sha256(payload)), gives.hash);
    const leaf = await merkle.leafHash(concat(fromHex(given.prev), payload));
    assert.equal(hex(leaf), gives.leaf_hash);
  }
});

test("roles' signatures under the keys of the draft", async () => {
  const { roles } = await readElection(manifestText());
  const spoken = read("entries").filter(([, given]) => "role" in given);
  assert.ok(spoken.length > 10);
  for (const [, given, gives] of spoken) {
    const key = roles.get(`${given.role} ${given.role_index}`);
    await verifySigned(readSigned(fromHex(gives.payload)), key);
  }
});

test("checkpoints and cosignatures", async () => {
  const { policy } = await readElection(manifestText());
  for (const [, given, gives] of read("checkpoints")) {
    const note = parseNote(utf8(gives.note));
    const log = Object.values(policy.logs).find(({ name }) => name === given.origin);
    const { size, root } = await verifyCheckpoint(note, log);
    assert.deepEqual([size, hex(root)], [given.size, given.root]);
    assert.equal(note.text, gives.text);
    assert.equal(note.text, `${given.origin}\n${size}\n${base64(root)}\n`);
    assert.equal(hex(await sha256(utf8(note.text))), gives.text_hash);
    for (const { vkey } of given.witnesses) {
      assert.equal(await cosignedAt(note, await parseVerifierKey(vkey)), given.time);
    }
  }
});

test("trees, proofs and the paths of tiles", async () => {
  for (const [, given, gives] of read("trees")) {
    const { size, index, older } = given;
    const entries = Array.from({ length: size }, (_, i) => u16(i));
    const leaves = await Promise.all(entries.map(merkle.leafHash));
    const tree = { size, root: await merkle.rootOf(leaves) };
    assert.equal(hex(tree.root), gives.root);
    const proof = unhex(gives.inclusion);
    await merkle.verifyInclusion(leaves[index], { index, proof }, tree);
    const before = { size: older, root: fromHex(gives.older_root) };
    await merkle.verifyConsistency(before, tree, unhex(gives.consistency));
    const widths = (length) =>
      Array.from({ length: Math.ceil(length / 256) }, (_, at) => Math.min(256, length - 256 * at));
    const levels = [["entries", size], [0, size], ...(size < 256 ? [] : [[1, size >> 8]])];
    const paths = levels.flatMap(([level, length]) =>
      widths(length).map((width, at) => tilePath(level, at, width)),
    );
    assert.deepEqual(paths.sort(), gives.tiles);
  }
});

test("credentials from a seed", async () => {
  const [[, first, key], ...rest] = read("credentials");
  const [, asked, answered] = rest.pop();
  const voter = { seed: fromHex(first.seed), eid: fromHex(first.eid), style: asked.style };
  const { secret, bk } = await credential.ballotKey(voter);
  assert.deepEqual([hex(secret), hex(bk)], [key.sk_b, key.bk]);
  const keys = rest.map(([, { spki }]) => rsa.parseSpki(fromHex(spki)));
  const answers = rest.map(([, , gives]) => fromHex(gives.blind_signature));
  const blinded = await credential.blindAll(voter, keys);
  assert.deepEqual(blinded.map(hex), rest.map(([, , gives]) => gives.blinded));
  const finished = await Promise.all(credential.finalizeAll(voter, keys, answers));
  assert.deepEqual(finished.map(({ signature }) => hex(signature)),
    rest.map(([, , gives]) => gives.signature));
  const ask = { eid: voter.eid, row: asked.row, style: asked.style, blinded };
  assert.equal(hex(await credential.askDigest(ask)), answered.d);
  const evidence = { kind: asked.kind, evidence: fromHex(asked.evidence) };
  const issues = await credential.issuePayloads(ask, evidence, answers);
  assert.deepEqual(issues.map(hex), answered.issues);
});

test("passkeys' evidence (A15)", async () => {
  const election = await readElection(manifestText());
  const rows = unhex(read("roll").at(-1)[1].leaf_data).map((leaf) => split(leaf).fields);
  const asks = read("entries").filter(([, { tag }]) => tag === "check-in");
  for (const [, given, gives] of read("passkeys")) {
    const [, , { payload }] = asks.find(([, { fields }]) => fields.at(-1) === gives.evidence);
    const request = readRequest(fromHex(payload), election);
    const [commitment, , ...passkeys] = rows[request.row];
    await v18Authorisation(request, { commitment, passkeys }, election);
    const client = await sha256(utf8(gives.client_data_json));
    const signed = concat(fromHex(gives.authenticator_data), client);
    await verifyEcdsa(parseCose(fromHex(given.cose)), signed, readDer(fromHex(gives.signature)));
  }
});

test("plaintexts of every method, and odd ones", () => {
  const refusals = { 3: errors.BadEncoding, 4: errors.BadChoice };
  for (const [says, given, gives] of read("plaintexts")) {
    const written = fromHex(gives.plaintext ?? given.plaintext);
    if (gives.status !== 0) {
      assert.throws(() => plaintext.decode(given.questions, written), refusals[gives.status], says);
      continue;
    }
    const choices = plaintext.decode(given.questions, written);
    assert.deepEqual(plaintext.encode(given.questions, choices), written);
    if (given.choices) assert.deepEqual(choices, given.choices);
  }
});

test("ballots, to the byte", async () => {
  for (const [, given, gives] of read("ballots")) {
    const voter = { seed: fromHex(given.seed), eid: fromHex(given.eid), style: given.style };
    const turn = { seq: given.seq, previous: fromHex(given.prev_own) };
    const chosen = fromHex(given.plaintext);
    const electionKey = unpack(fromHex(given.election_key));
    const credentials = unhex(given.credentials).map((each) => ({
      registrar: each[1], signature: each.slice(2),
    }));
    const ikm = await ballot.ephemeralIkm(voter, turn, chosen);
    assert.equal(hex(ikm), gives.ikm);
    const payload = await ballot.buildCast(voter, turn, chosen, { electionKey, credentials });
    assert.equal(hex(payload), gives.payload);
    assert.equal(ballot.trackingCode(await ballot.hashOf(payload)), gives.tracking_code);
    const open = { eid: voter.eid, electionKey: () => electionKey };
    assert.deepEqual((await ballot.openOwnCast(payload, ikm, open)).plaintext, chosen);
    assert.ok(await deriveKeyPair(ikm));
    const cast = ballot.parseCast(payload);
    assert.equal(hex(cast.enc) + hex(cast.ct), gives.enc + gives.ct);
  }
});

test("an opening key opens what was sealed", async () => {
  for (const [, given, gives] of read("ballots")) {
    const opener = new Opener(toBigInt(fromHex(given.opening_key)));
    const sealed = { enc: fromHex(gives.enc), ct: fromHex(gives.ct) };
    const found = await opener.open(sealed, fromHex(gives.info));
    assert.equal(hex(found), given.plaintext);
  }
});

test("promises and receipts", async () => {
  const { policy, eid, draft } = await readElection(manifestText());
  for (const [says, given, gives] of read("promises")) {
    if ("log_seed" in given) {
      const log = says.includes("issue") ? "check-ins" : "ballots";
      const terms = { eid, key: draft.log_keys[log], delay: given.merge_delay };
      const hash = await sha256(fromHex(given.payload));
      const file = fromHex(gives.file);
      const promised = log === "ballots"
        ? await verifyPromise(file, terms, hash)
        : await verifyIssuePromise(file, terms);
      assert.deepEqual([hex(promised.hash), promised.epoch], [hex(hash), given.epoch]);
    } else {
      const log = says.split(" ").at(-1);
      const receipt = parseProof(utf8(gives.file));
      const entry = fromHex(given.entries[given.index]);
      const found = await verifyReceipt(receipt, entry.subarray(32), { policy, log });
      assert.equal(found.index, given.index);
      assert.deepEqual(writeProof(receipt), utf8(gives.file));
    }
  }
});

test("shares, keys and lots", async () => {
  const election = await readElection(manifestText());
  const vectors = read("closing");
  const [, lots, order] = vectors.at(-1);
  const secrets = new Map([[1, toBigInt(fromHex(lots.opening_keys[0]))]]);
  const seed = await tieSeed(election, fromHex(lots.root), secrets);
  assert.equal(hex(seed), order.seed);
  for (const question of election.draft.questions) {
    assert.deepEqual(await tieOrderOf(seed, question), order.orders[question.id]);
  }
  for (const [, { shares }, gives] of vectors.slice(1, -1)) {
    const entries = Object.entries(shares).map(([i, x]) => [Number(i), toBigInt(fromHex(x))]);
    const key = v31Key(election, 1, new Map(entries));
    assert.equal(key, toBigInt(fromHex(gives.opening_key)));
  }
  assert.ok(parsePoint(fromHex(vectors[1][2].election_key)));
});

test("the tally chain", async () => {
  const [[, given, gives], [, , published]] = read("tally");
  let tally = fromHex(given.eid);
  for (const [at, { index, status, plaintext: plain }] of given.ballots.entries()) {
    tally = await nextTally(tally, { index, status, plaintext: fromHex(plain) });
    assert.equal(hex(tally), gives.chain[at]);
  }
  assert.ok(published.inner.endsWith(hex(tally)));
});

test("results by every rule (A65)", () => {
  const all = read("results");
  assert.ok(all.length > 10);
  for (const [says, given, gives] of all) {
    const ballots = given.choices.map((choice) => [choice, 1]);
    const terms = { tieOrder: given.order, rollSize: given.roll_size };
    const outcome = count(given.question, ballots, terms);
    const [found] = resultDocument([], [[given.question, outcome]]).questions;
    assert.deepEqual(canonical.write(found), canonical.write(gives.result), says);
  }
});

test("every file of vectors was asked", () => {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith(".json"));
  assert.deepEqual([...seen].sort(), files.sort());
});
