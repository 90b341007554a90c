import assert from "node:assert/strict";
import test from "node:test";
import { base64, b64url, concat, utf8 } from "../../static/js/vote/bytes.js";
import * as ed25519 from "../../static/js/vote/ed25519.js";
import { u64 } from "../../static/js/vote/encoding.js";
import {
  BadEncoding, BadKey, BadProof, BadSignature, VoteError,
} from "../../static/js/vote/errors.js";
import { leafHash } from "../../static/js/vote/merkle.js";
import * as note from "../../static/js/vote/note.js";
import { policyOf, policyText, readCheckpoint } from "../../static/js/vote/policy.js";
import { parseProof, verifyReceipt, writeProof } from "../../static/js/vote/proof.js";
import { vectors } from "./places.js";

const EID0 = new Uint8Array(32).fill(1);
const [log, w1, w2] = [10, 11, 12].map((octet) => new Uint8Array(32).fill(octet));
const seeds = { log, w1, w2 };

async function line(seed, key, message, prefix = new Uint8Array()) {
  const signature = concat(key.id, prefix, await ed25519.sign(seed, utf8(message)));
  return `— ${key.name} ${base64(signature)}\n`;
}

async function cosign(seed, key, text, time = 1_700_000_000) {
  return line(seed, key, `cosignature/v1\ntime ${time}\n${text}`, u64(time));
}

/** A policy with two witnesses of which `k` are needed, and checkpoints under it. */
async function setting(k = 1) {
  const [logKey, ...keys] = await Promise.all(Object.values(seeds).map(ed25519.publicKey));
  const witnesses = await Promise.all(
    keys.map((key, at) => note.verifierKey(`witness.example/${at}`, note.COSIGNATURE, key)),
  );
  const draft = {
    authority: "suara.example",
    log_keys: { setup: logKey, "check-ins": logKey, ballots: logKey },
    witnesses: { k, list: witnesses.map((key) => ({ vkey: note.writeVerifierKey(key) })) },
  };
  const policy = await policyOf(draft, EID0);
  const root = await leafHash(utf8("entry"));
  const text = `${policy.logs.ballots.name}\n1\n${base64(root)}\n`;
  const signed = await line(seeds.log, policy.logs.ballots, text);
  return { policy, draft, witnesses, text, signed, root };
}

test("published notes verify and keep their text", async () => {
  for (const { vkey, text, note: whole } of vectors("signed-note")) {
    const key = await note.parseVerifierKey(vkey);
    assert.equal(note.writeVerifierKey(key), vkey);
    const parsed = note.parseNote(utf8(whole));
    assert.equal(parsed.text, text);
    const refusal = text.split("\n").length === 4 ? BadSignature : BadEncoding;
    await assert.rejects(note.verifyCheckpoint(parsed, { ...key, name: key.name }), refusal);
  }
});

test("a verifier key with another id, length or form is refused", async () => {
  const [{ vkey }] = vectors("signed-note");
  const [name, id, encoded] = [vkey.split("+")[0], "00000000", vkey.split("+").slice(2).join("+")];
  await assert.rejects(note.parseVerifierKey(`${name}+${id}+${encoded}`), BadKey);
  await assert.rejects(note.parseVerifierKey(`${name}+${encoded}`), BadEncoding);
  await assert.rejects(note.parseVerifierKey(""), BadEncoding);
});

test("a checkpoint counts with the log's signature and a quorum of witnesses (A41)", async () => {
  const { policy, text, signed, witnesses } = await setting(2);
  const one = await cosign(seeds.w1, witnesses[0], text);
  const two = await cosign(seeds.w2, witnesses[1], text);
  const read = (lines) => readCheckpoint(utf8(`${text}\n${lines}`), policy, "ballots");
  assert.equal((await read(signed + one + two)).size, 1);
  await assert.rejects(read(signed + one), BadProof);
  await assert.rejects(read(signed + one + one), BadProof);
  await assert.rejects(read(one + two), BadSignature);
});

test("a witness's line that does not verify spoils the note", async () => {
  const { policy, text, signed, witnesses } = await setting(0);
  const forged = await cosign(seeds.w2, witnesses[0], text);
  const octets = utf8(`${text}\n${signed}${forged}`);
  await assert.rejects(readCheckpoint(octets, policy, "ballots"), BadSignature);
});

test("lines of unknown signers are passed over", async () => {
  const { policy, text, signed } = await setting(0);
  const key = await ed25519.publicKey(seeds.w1);
  const stranger = await note.verifierKey("else.example", note.LOG, key);
  const lines = signed + (await line(seeds.w1, stranger, text));
  assert.equal((await readCheckpoint(utf8(`${text}\n${lines}`), policy, "ballots")).size, 1);
});

test("a checkpoint of another log of the election is refused", async () => {
  const { policy, text, signed } = await setting(0);
  await assert.rejects(readCheckpoint(utf8(`${text}\n${signed}`), policy, "setup"), BadSignature);
});

test("notes of any other form are refused", async () => {
  const { text, signed } = await setting(0);
  const heads = ["", text, `${text}\n`, text + signed, `${text}\t\n${signed}`];
  const lines = [`${signed}x`, `${signed}\n`, signed.replace("— ", "- "), signed.repeat(101)];
  const wrong = [...heads, ...lines.map((each) => `${text}\n${each}`)];
  for (const each of wrong) assert.throws(() => note.parseNote(utf8(each)), BadEncoding, each);
});

test("checkpoints with extension lines, or sizes in other forms, are refused", async () => {
  const { policy, text } = await setting(0);
  const key = policy.logs.ballots;
  const sizes = ["01", "-1", "1.0", "x"].map((size) => text.replace("\n1\n", `\n${size}\n`));
  for (const other of [`${text}more\n`, ...sizes]) {
    const octets = utf8(`${other}\n${await line(seeds.log, key, other)}`);
    await assert.rejects(readCheckpoint(octets, policy, "ballots"), BadEncoding, other);
  }
});

test("the policy file is written as the protocol says", async () => {
  const { policy, draft } = await setting(2);
  const lines = policyText(policy).split("\n");
  const base = `suara.example/suara/${b64url(EID0)}`;
  assert.ok(lines[0].startsWith(`log ${base}/setup+`));
  const wanted = draft.witnesses.list.map(({ vkey }, at) => `witness w${at + 1} ${vkey}`);
  assert.deepEqual(lines.slice(3, 5), wanted);
  assert.deepEqual(lines.slice(5), ["group g 2 w1 w2", "quorum g", ""]);
  const lone = policyText({ ...policy, witnesses: [], quorum: 0 });
  assert.ok(lone.endsWith("\nquorum none\n"));
});

async function receipt() {
  const { policy, witnesses } = await setting(1);
  const payload = utf8("my ballot");
  const entry = concat(new Uint8Array(32).fill(8), payload);
  const text = `${policy.logs.ballots.name}\n1\n${base64(await leafHash(entry))}\n`;
  const signed = await line(seeds.log, policy.logs.ballots, text);
  const whole = utf8(`${text}\n${signed}${await cosign(seeds.w1, witnesses[0], text)}`);
  const file = writeProof({ extra: entry, index: 0, proof: [], note: whole });
  return { policy, payload, file };
}

test("a receipt is read back as written and shows where the ballot stands", async () => {
  const { policy, payload, file } = await receipt();
  const parsed = parseProof(file);
  assert.deepEqual(writeProof(parsed), file);
  const { index, checkpoint } = await verifyReceipt(parsed, payload, { policy, log: "ballots" });
  assert.deepEqual([index, checkpoint.size], [0, 1]);
});

test("a receipt of another ballot, place or log is refused (A34)", async () => {
  const { policy, payload, file } = await receipt();
  const parsed = parseProof(file);
  const trust = { policy, log: "ballots" };
  await assert.rejects(verifyReceipt(parsed, utf8("another"), trust), BadProof);
  await assert.rejects(verifyReceipt({ ...parsed, index: 1 }, payload, trust), BadProof);
  await assert.rejects(verifyReceipt({ ...parsed, extra: null }, payload, trust), BadProof);
  const elsewhere = { ...trust, log: "check-ins" };
  await assert.rejects(verifyReceipt(parsed, payload, elsewhere), BadSignature);
});

test("every flipped byte of a receipt is refused or changes nothing that counts", async () => {
  const { policy, payload, file } = await receipt();
  for (let at = 0; at < file.length; at++) {
    const flipped = file.with(at, (file[at] ?? 0) ^ 1);
    const judge = async () =>
      verifyReceipt(parseProof(flipped), payload, { policy, log: "ballots" });
    await assert.rejects(judge, VoteError, `byte ${at}`);
  }
});
