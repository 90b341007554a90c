/** A trustee's script against the real site and other trustees in Python, byte for byte. */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { acknowledge } from "../../static/js/trustee/opening.js";
import { Desk } from "../../static/js/trustee/desk.js";
import { BadShare, SecondClose } from "../../static/js/trustee/errors.js";
import { openKeys, newPassphrase, checkStrong, sealKeys } from "../../static/js/trustee/key-file.js";
import { freshKeys, parseKeys, writeKeys } from "../../static/js/trustee/keys.js";
import * as sharing from "../../static/js/trustee/sharing.js";
import { Site } from "../../static/js/trustee/site.js";
import { checkVerdicts } from "../../static/js/trustee/verifying.js";
import * as x25519 from "../../static/js/trustee/x25519.js";
import { fromHex, hex, toBigInt, utf8 } from "../../static/js/vote/bytes.js";
import { memoryStore } from "../../static/js/vote/device-store.js";
import { publicPoint } from "../../static/js/vote/p256.js";
import { Archive } from "../../static/js/verify/archive.js";
import { absent, startPeer } from "./peer.js";

const options = { skip: absent };
const peer = absent ? undefined : startPeer("trustee_peer.py");
const call = (...given) => peer.call(...given);
after(() => peer?.stop());

const WORDS = "acar adik alun amplop angin angsa apel arus asri awan";
const random = (length) => crypto.getRandomValues(new Uint8Array(length));
const hasCode = (code) => (error) => error.code === code;

/** The site of a vote, asked through the peer. */
function siteOf(vote, link) {
  const ask = async (path, { method = "GET", body = new Uint8Array() }) => {
    const answer = await call("request", vote, method, path, body);
    const headers = { "Content-Type": answer.kind };
    return new Response(fromHex(answer.body), { status: answer.status, headers });
  };
  return new Site(link, ask);
}

/** A desk of trustee `number`, on a device of its own. */
function deskOf(vote, link, number, store = memoryStore()) {
  return new Desk({ store, site: siteOf(vote, link), seat: `${vote}/${number}`, locks: undefined });
}

/** What the page does once the verifier has passed the record; here Python has. */
const trusting = async (file) => {
  const archive = await Archive.open(file);
  return (path) => archive.read(path, 2 ** 26);
};

test("a share sealed here opens in Python, and the other way round", options, async () => {
  const [info, text] = [random(70), random(32)];
  const pair = await x25519.newPair();
  const sealed = await x25519.seal(pair.key, info, text);
  assert.equal(await call("open_x25519", pair.secret, sealed, info), hex(text));
  const theirs = await call("x25519", pair.secret, info, text);
  assert.equal(theirs.key, hex(pair.key));
  assert.deepEqual(await x25519.open(pair, fromHex(theirs.sealed), info), text);
  await assert.rejects(x25519.open(pair, fromHex(theirs.sealed), random(70)), hasCode("cannot-open"));
  await assert.rejects(x25519.open(pair, random(80), info), hasCode("cannot-open"));
});

test("a secret is held against its point, and its negative is not", async () => {
  const { coefficients: [d], points: [point] } = await sharing.newPolynomial(1);
  assert.equal(hex(publicPoint(toBigInt(d))).slice(2, 66), hex(point).slice(2));
  await sharing.checkPossession(d, point);
  const mirrored = point.slice();
  mirrored[0] ^= 1;
  await assert.rejects(sharing.checkPossession(d, mirrored), hasCode("bad-proof"));
  const other = await sharing.newPolynomial(1);
  await assert.rejects(sharing.checkPossession(d, other.points[0]), hasCode("bad-proof"));
  await assert.rejects(sharing.checkPossession(new Uint8Array(32), point), hasCode("bad-proof"));
});

test("a key file written here opens in Python, and the other way round", options, async () => {
  const keys = freshKeys("Ayu Lestari");
  const file = await sealKeys(keys, ` ${WORDS.replaceAll(" ", "\n ")} `, "Jalan Kenanga");
  assert.equal(await call("open_file", file, WORDS), hex(writeKeys(keys)));
  const theirs = fromHex(await call("seal_file", writeKeys(keys), WORDS, "Jalan “Kenanga”"));
  assert.deepEqual(writeKeys(await openKeys(theirs, WORDS)), writeKeys(keys));
  await assert.rejects(openKeys(file, `${WORDS} acar`), hasCode("wrong-passphrase"));
  const renamed = utf8(new TextDecoder().decode(file).replace("Jalan", "Jalur"));
  await assert.rejects(openKeys(renamed, WORDS), hasCode("wrong-passphrase"));
  await assert.rejects(openKeys(file.subarray(1), WORDS), hasCode("bad-key-file"));
});

test("words drawn by lot are strong, and what people like to type is not", () => {
  checkStrong(newPassphrase());
  for (const weak of ["", "rahasia", "aaaaaaaaaaaaaaaaaaaaaaaa", "12345 12345 12345 12345"]) {
    assert.throws(() => checkStrong(weak), hasCode("weak-passphrase"), weak);
  }
});

test("one trustee here and two in Python hold a ceremony and open a vote", options, async () => {
  const vote = "whole";
  const [link] = await call("vote", vote, 2);
  const store = memoryStore();
  const desk = deskOf(vote, link, 1, store);
  await desk.makeKey("Ayu Lestari");
  await desk.makeKey("Ayu Lestari"); // again: nothing changes
  await call("others", vote, "register", 2, 3);
  const { eid0 } = await call("do", vote, "announce");
  for (let round = 0; round < 3; round++) {
    await desk.step(eid0);
    await desk.step(eid0); // a page that looks too often says nothing new
    await call("others", vote, "step", 2, 3);
  }
  const keys = await desk.keys();
  assert.deepEqual([keys.shares.length, keys.dealings.length, keys.said.length], [1, 0, 3]);
  assert.deepEqual(parseKeys(writeKeys(keys)), keys);
  assert.ok(!(await desk.isBackedUp()));
  const { file } = await desk.backup(WORDS, "Jalan Kenanga");
  assert.ok(await desk.isBackedUp());
  const { eid } = await call("do", vote, "freeze");
  const standing = await desk.site.standing();
  assert.deepEqual([standing.eid0, standing.eid, standing.state], [eid0, eid, "frozen"]);
  await desk.forget();
  await desk.acknowledge(file, WORDS, standing);
  await call("others", vote, "acknowledge", 2, 3);
  assert.ok((await desk.site.standing()).trustees.every((each) => each.has_acked));

  await call("do", vote, "open_voting");
  await call("cast", vote, { ani: 0, budi: 0, citra: 1 });
  await assert.rejects(desk.release(eid, trusting), hasCode("not-closed"));
  await call("do", vote, "close_check_in", "close_voting");
  const elsewhere = deskOf(vote, link, 1); // another device has nothing but the file
  await assert.rejects(elsewhere.release(eid, trusting), hasCode("no-keys-here"));
  await elsewhere.restore(file, WORDS, standing);
  await elsewhere.release(eid, trusting);
  await elsewhere.release(eid, trusting); // the same close again: the same words
  await call("others", vote, "release", 3);
  await call("do", vote, "count");
  assert.deepEqual(await call("check", vote), {});
  const released = (await desk.site.standing()).trustees.map((each) => each.has_released);
  assert.deepEqual(released, [true, false, true]);

  const remembered = await elsewhere.keys();
  assert.equal(remembered.close.length, 32);
  const forged = { ...remembered, close: random(32) };
  await store.change(`${vote}/1`, () => ({ seat: `${vote}/1`, keys: forged, backedUp: "" }));
  await assert.rejects(desk.release(eid, trusting), SecondClose); // A59
});

test("what this side says is what Python would say with the same keys", options, async () => {
  const vote = "same";
  const [link] = await call("vote", vote, 2);
  const desk = deskOf(vote, link, 1);
  await desk.makeKey("Ayu Lestari");
  await call("others", vote, "register", 2, 3);
  const { eid0 } = await call("do", vote, "announce");
  await desk.step(eid0);
  await call("others", vote, "step", 2, 3);
  const afterTwo = await desk.step(eid0).then(() => desk.keys());
  await call("others", vote, "step", 2, 3);
  const theirs = await call("step_with", vote, writeKeys(afterTwo));
  await desk.step(eid0);
  const ours = await desk.keys();
  assert.equal(hex(writeKeys(ours)), theirs.keys);
  assert.deepEqual(ours.said.slice(-1).map(hex), theirs.to_say);
});

test("a crash before the words arrive says the same words again", options, async () => {
  const vote = "crash";
  const [link] = await call("vote", vote, 2);
  const desk = deskOf(vote, link, 1);
  await desk.makeKey("Ayu Lestari");
  await call("others", vote, "register", 2, 3);
  const { eid0 } = await call("do", vote, "announce");
  const { sayInSetup } = desk.site;
  desk.site.sayInSetup = () => Promise.reject(new Error("the device was switched off"));
  await assert.rejects(desk.step(eid0), /switched off/);
  const [kept] = (await desk.keys()).said;
  desk.site.sayInSetup = sayInSetup;
  const setup = await desk.step(eid0).then(() => desk.setup(eid0));
  assert.deepEqual(setup.payloadsOf(1).map(hex), [hex(kept)]);
});

test("a bad share names its sender, and the proof ends the draft (A55)", options, async () => {
  const vote = "bad";
  const [link] = await call("vote", vote, 2);
  const desk = deskOf(vote, link, 1);
  await desk.makeKey("Ayu Lestari");
  await call("others", vote, "register", 2, 3);
  const { eid0 } = await call("do", vote, "announce");
  await desk.step(eid0);
  await call("others", vote, "step", 2, 3);
  await desk.step(eid0);
  await assert.rejects(desk.complain(eid0), hasCode("nothing-wrong"));
  await call("deal_badly", vote, 2, 1);
  await call("others", vote, "step", 3);
  const isBad = (error) => error instanceof BadShare && error.dealer === 2;
  await assert.rejects(desk.step(eid0), isBad);
  await desk.complain(eid0);
  assert.equal(await call("blamed", vote), 2);
  assert.equal(await (await desk.setup(eid0)).blamed(), 2);
  assert.equal((await desk.site.standing()).blamed, "Bima Sakti");
  await assert.rejects(desk.step(eid0), hasCode("ended-by-complaint"));
  await call("do", vote, "withdraw");
  const again = await call("do", vote, "announce");
  assert.notEqual(again.eid0, eid0);
  const before = (await desk.keys()).dealings[0].coefficients;
  await desk.step(again.eid0);
  const fresh = (await desk.keys()).dealings[0].coefficients;
  assert.notDeepEqual(fresh, before); // nothing of the ended ceremony is used again
});

test("an older backup replaces nothing newer, a current one what is outdated", options, async () => {
  const vote = "older";
  const [link] = await call("vote", vote, 2);
  const desk = deskOf(vote, link, 1);
  await desk.makeKey("Ayu Lestari");
  const before = await desk.backup(WORDS, "");
  await call("others", vote, "register", 2, 3);
  const { eid0 } = await call("do", vote, "announce");
  await desk.step(eid0);
  const standing = await desk.site.standing();
  const { said } = await desk.restore(before.file, WORDS, standing);
  assert.equal(said.length, 1);
  const current = await desk.backup(WORDS, "");
  const elsewhere = deskOf(vote, link, 1);
  await elsewhere.restore(before.file, WORDS, standing);
  const taken = await elsewhere.restore(current.file, WORDS, standing);
  assert.deepEqual(taken.said, said);
});

test("words under one's key that one never said are noticed (A51)", options, async () => {
  const vote = "copied";
  const [link] = await call("vote", vote, 2);
  const desk = deskOf(vote, link, 1);
  await desk.makeKey("Ayu Lestari");
  await call("others", vote, "register", 2, 3);
  const { eid0 } = await call("do", vote, "announce");
  const { keys } = (await desk.store.read(`${vote}/1`)) ?? {};
  const thief = deskOf(vote, link, 1);
  await thief.store.change(`${vote}/1`, () => ({ seat: `${vote}/1`, keys, backedUp: "" }));
  await thief.step(eid0);
  await assert.rejects(desk.step(eid0), hasCode("other-voice"));
});

test("another key on the same link is refused, and another's backup too", options, async () => {
  const vote = "keys";
  const [link, second] = await call("vote", vote, 2);
  const desk = deskOf(vote, link, 1);
  await desk.makeKey("Ayu Lestari");
  await assert.rejects(deskOf(vote, link, 1).makeKey("Ayu Lestari"), hasCode("key-taken"));
  const other = deskOf(vote, second, 2);
  await other.makeKey("Bima Sakti");
  const { file } = await other.backup(WORDS, "");
  const standing = await desk.site.standing();
  await assert.rejects(desk.restore(file, WORDS, standing), hasCode("other-trustee"));
  await assert.rejects(other.checkKey(standing.key), hasCode("key-elsewhere"));
});

test("nothing is acknowledged that another ceremony made (A51)", options, async () => {
  const vote = "world";
  const [link] = await call("vote", vote, 2);
  const desk = deskOf(vote, link, 1);
  await desk.makeKey("Ayu Lestari");
  await call("others", vote, "register", 2, 3);
  const { eid0 } = await call("do", vote, "announce");
  for (let round = 0; round < 3; round++) {
    await desk.step(eid0);
    await call("others", vote, "step", 2, 3);
  }
  const { eid } = await call("do", vote, "freeze");
  const [keys, manifest, setup] = [
    await desk.keys(), await desk.manifest(eid), await desk.setup(eid0),
  ];
  const [key] = manifest.electionKeys;
  const { points: [stranger] } = await sharing.newPolynomial(1);
  const changes = [
    { setup: { ...manifest.setup, root: random(32) } },
    { setup: { ...manifest.setup, size: 99 } },
    { electionKeys: [{ ...key, key: stranger }] },
    { electionKeys: [{ ...key, trustee_points: key.trustee_points.toReversed() }] },
    { draftBytes: random(9) },
    { registrarKeys: [{ registrar: 1, style: 1, spki_sha256: random(32) }] },
  ];
  for (const change of changes) {
    await assert.rejects(acknowledge(keys, setup, { ...manifest, ...change }), Error);
  }
  assert.equal((await acknowledge(keys, setup, manifest)).toSay.length, 1);
  const poorer = { ...keys, shares: [] };
  await assert.rejects(acknowledge(poorer, setup, manifest), hasCode("share-missing"));
  const wrong = { ...keys, shares: [{ style: 1, x: random(32) }] };
  await assert.rejects(acknowledge(wrong, setup, manifest), hasCode("share-wrong"));
});

test("a record that fails or lacks what comes before the shares releases nothing", () => {
  const all = Array.from({ length: 40 }, (_, at) => ({
    code: `V${String(at + 1).padStart(2, "0")}`, ok: true, title: "", message: "",
  }));
  const but = (code, ok) => all.map((each) => (each.code === code ? { ...each, ok } : each));
  checkVerdicts(all);
  for (const code of ["V30", "V31", "V32", "V37", "V40"]) checkVerdicts(but(code, null));
  checkVerdicts(but("V30", false)); // A56: another's wrong share stops nobody
  for (const code of ["V01", "V12", "V23", "V29", "V38"]) {
    assert.throws(() => checkVerdicts(but(code, null)), hasCode("record-not-right"), code);
  }
  for (const code of ["V01", "V29", "V31", "V37"]) {
    assert.throws(() => checkVerdicts(but(code, false)), hasCode("record-not-right"), code);
  }
  assert.throws(() => checkVerdicts([]), hasCode("record-not-right"));
});
