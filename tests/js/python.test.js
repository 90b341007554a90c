import assert from "node:assert/strict";
import { after, test } from "node:test";
import * as blindRsa from "../../static/js/vote/blind-rsa.js";
import { fromHex, hex, toBigInt, utf8 } from "../../static/js/vote/bytes.js";
import { read } from "../../static/js/vote/canonical.js";
import { askDigest } from "../../static/js/vote/credential.js";
import * as ed25519 from "../../static/js/vote/ed25519.js";
import { H, M, TAGS, hkdf, split } from "../../static/js/vote/encoding.js";
import * as hpke from "../../static/js/vote/hpke.js";
import * as merkle from "../../static/js/vote/merkle.js";
import { parseVerifierKey, writeVerifierKey } from "../../static/js/vote/note.js";
import { publicPoint, unpack } from "../../static/js/vote/p256.js";
import { parseProof, verifyReceipt, writeProof } from "../../static/js/vote/proof.js";
import { checkCertificate, checkFactors } from "../../static/js/vote/rsa-soundness.js";
import { absent, startPeer } from "./peer.js";

const options = { skip: absent };
const peer = absent ? undefined : startPeer();
const call = (...given) => peer.call(...given);
after(() => peer?.stop());

const random = (length) => crypto.getRandomValues(new Uint8Array(length));
const isRefused = (error) => error.name === "Error" && typeof error.code === "string";

test("messages and their hashes are the same bytes in Python", options, async () => {
  for (const lengths of [[], [0], [1], [32, 8, 2], [300, 0, 60_000]]) {
    const fields = lengths.map(random);
    const theirs = await call("message", "ballot", fields);
    assert.equal(hex(M("ballot", ...fields)), theirs.m);
    assert.equal(hex(await H("ballot", ...fields)), theirs.h);
    assert.deepEqual(split(fromHex(theirs.m)).fields.map(hex), theirs.fields);
  }
});

test("both sides know the same tags, and no other", options, async () => {
  assert.deepEqual([...TAGS].sort(), await call("tags"));
});

test("derived secrets are the same in Python", options, async () => {
  for (const length of [12, 32, 400]) {
    const [ikm, info] = [random(32), random(50)];
    assert.equal(hex(await hkdf(ikm, info, length)), await call("derive", ikm, info, length));
  }
});

const DOCUMENTS = [
  '{"a":[1,true,"é"],"b":{}}', '{"a":1,"a":1}', '{"b":1,"a":1}', "[1.0]", "[-0]", "[1e2]", "null",
  '["\\u00e9"]', '["\\u0007"]', '["\\ud800"]', "[9007199254740991]", "[9007199254740992]", "[ ]",
  '{"é":1}', "[]", '"x"', "7", "true", '["\u007f"]', '["/"]', '["\\/"]', "[[[[]]]]",
];

test("documents are accepted and refused alike in Python", options, async () => {
  for (const text of DOCUMENTS) {
    const theirs = await call("read_json", utf8(text)).catch(() => false);
    let ours = true;
    try {
      read(utf8(text));
    } catch {
      ours = false;
    }
    assert.equal(ours, theirs, text);
  }
});

test("a Python registrar's signature unblinds here and verifies there", options, async () => {
  const messages = [utf8("one"), utf8("two")];
  const { spki, certificate } = await call("registrar", messages);
  const key = blindRsa.parseSpki(fromHex(spki));
  checkFactors(key);
  await checkCertificate(key, messages, certificate.map(fromHex));
  const [message, octets] = [utf8("a ballot key"), random(400)];
  const factor = blindRsa.factorFrom(octets, key);
  const blinded = await blindRsa.blind(key, message, factor);
  assert.equal(hex(blinded), await call("blind", message, octets));
  const answer = fromHex(await call("blind_sign", blinded));
  const signature = await blindRsa.finalize(key, message, answer, factor);
  assert.ok(await call("verify_rsa", message, signature));
  await assert.rejects(call("verify_rsa", utf8("another"), signature), isRefused);
  assert.ok(await call("certified", messages, certificate));
  await assert.rejects(call("certified", messages.reverse(), certificate), isRefused);
});

test("envelopes are the same bytes, and open in both directions", options, async () => {
  for (const scalar of [1n, 2n, toBigInt(random(31))]) {
    const [ikm, info, plaintext] = [random(32), random(80), random(17)];
    const theirs = await call("seal", ikm, scalar.toString(16), info, plaintext);
    const recipient = publicPoint(scalar);
    assert.equal(hex(recipient), theirs.public);
    assert.equal(hex(unpack(fromHex(theirs.packed))), theirs.public);
    const ours = await hpke.seal(ikm, recipient, info, plaintext);
    assert.deepEqual([hex(ours.enc), hex(ours.ct)], [theirs.enc, theirs.ct]);
    const opened = await call("unseal", scalar.toString(16), ours.enc, ours.ct, info);
    assert.equal(opened, hex(plaintext));
    const sealed = { enc: fromHex(theirs.enc), ct: fromHex(theirs.ct) };
    assert.deepEqual(await hpke.openOwn(ikm, recipient, info, sealed), plaintext);
  }
});

test("keys and signatures are the same, and verify in both directions", options, async () => {
  for (let round = 0; round < 5; round++) {
    const [seed, message] = [random(32), random(round * 40)];
    const theirs = await call("sign", seed, message);
    assert.equal(hex(await ed25519.publicKey(seed)), theirs.public);
    const ours = await ed25519.sign(seed, message);
    assert.equal(hex(ours), theirs.signature);
    assert.ok(await call("verify", fromHex(theirs.public), message, ours));
  }
});

test("roots and proofs are the same over random trees", options, async () => {
  for (const size of [1, 2, 3, 7, 8, 13, 64, 65]) {
    const entries = Array.from({ length: size }, () => random(20));
    const [index, older] = [size >> 1, (size + 1) >> 1];
    const theirs = await call("tree", entries, index, older);
    const leaves = await Promise.all(entries.map(merkle.leafHash));
    const subtree = (level, at) =>
      merkle.rootOf(leaves.slice(at * 2 ** level, (at + 1) * 2 ** level));
    const root = await merkle.rootOf(leaves);
    assert.equal(hex(root), theirs.root);
    const inclusion = await merkle.inclusionProof(index, size, subtree);
    assert.deepEqual(inclusion.map(hex), theirs.inclusion);
    const consistency = await merkle.consistencyProof(older, size, subtree);
    assert.deepEqual(consistency.map(hex), theirs.consistency);
    const first = { size: older, root: fromHex(theirs.olderRoot) };
    await merkle.verifyConsistency(first, { size, root }, theirs.consistency.map(fromHex));
  }
});

test("a Python log's witnessed receipt verifies here, and ours there", options, async () => {
  const entries = Array.from({ length: 11 }, () => random(60));
  const { log, witness, file } = await call("receipt", "suara.example/ballots", entries, 6);
  const keys = { ballots: await parseVerifierKey(log) };
  assert.equal(writeVerifierKey(keys.ballots), log);
  const policy = { logs: keys, witnesses: [await parseVerifierKey(witness)], quorum: 1 };
  const parsed = parseProof(fromHex(file));
  assert.equal(hex(writeProof(parsed)), file);
  const shown = await verifyReceipt(parsed, entries[6].subarray(32), { policy, log: "ballots" });
  assert.deepEqual([shown.index, shown.checkpoint.size], [6, 11]);
  assert.equal(await call("verify_receipt", log, writeProof(parsed)), 11);
});

test("the digest that a passkey signs is the same", options, async () => {
  const ask = { eid: random(32), row: 5, style: 7, blinded: [random(384), random(384)] };
  const theirs = await call("digest", ask.eid, ask.row, ask.style, ask.blinded);
  assert.equal(hex(await askDigest(ask)), theirs);
});
