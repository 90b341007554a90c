import assert from "node:assert/strict";
import test from "node:test";
import { fromHex, hex, utf8 } from "../../static/js/vote/bytes.js";
import { BadKey, CannotOpen } from "../../static/js/vote/errors.js";
import * as hpke from "../../static/js/vote/hpke.js";
import { ORDER, publicPoint, unpack } from "../../static/js/vote/p256.js";
import { shared, vectors } from "./places.js";

const INFO = utf8("info");
const IKM = new Uint8Array(32).fill(5);
const recipient = publicPoint(1234567890123456789n);

async function runVector(vector) {
  const pair = await hpke.deriveKeyPair(fromHex(vector.ikmE));
  assert.equal(hex(pair.secret), vector.skEm);
  const context = await hpke.senderContext(
    fromHex(vector.ikmE), fromHex(vector.pkRm), fromHex(vector.info),
  );
  assert.equal(hex(context.enc), vector.enc);
  const { aad, nonce, pt, ct } = vector.encryptions[0];
  assert.equal(hex(context.iv), nonce);
  const way = { name: "AES-GCM", iv: context.iv, additionalData: fromHex(aad) };
  const sealed = await crypto.subtle.encrypt(way, context.key, fromHex(pt));
  assert.equal(hex(new Uint8Array(sealed)), ct);
}

const isOurs = (vector) => vector.kem_id === 16 && (vector.mode ?? 0) === 0;

test("the published P-256 vector comes out", async () => {
  const ours = vectors("rfc9180-base").filter(isOurs);
  assert.ok(ours.length > 0);
  for (const vector of ours) await runVector(vector);
});

const published = shared("rfc9180-hpke.json");
test("the vector in the shared collection comes out", { skip: published.skip }, async () => {
  const ours = published.value.filter(isOurs);
  assert.ok(ours.length > 0);
  for (const vector of ours) await runVector(vector);
});

test("what was sealed opens with the same secret and seals to the same bytes", async () => {
  const plaintext = utf8("a choice");
  const sealed = await hpke.seal(IKM, recipient, INFO, plaintext);
  assert.equal(sealed.enc.length, 65);
  assert.equal(sealed.ct.length, plaintext.length + 16);
  assert.deepEqual(await hpke.seal(IKM, recipient, INFO, plaintext), sealed);
  assert.deepEqual(await hpke.openOwn(IKM, recipient, INFO, sealed), plaintext);
});

test("an envelope under another secret, info or key, or altered, does not open (A24)", async () => {
  const sealed = await hpke.seal(IKM, recipient, INFO, utf8("a choice"));
  const other = { ...sealed, ct: sealed.ct.with(0, (sealed.ct[0] ?? 0) ^ 1) };
  const elsewhere = publicPoint(7n);
  await assert.rejects(hpke.openOwn(IKM.with(0, 1), recipient, INFO, sealed), CannotOpen);
  await assert.rejects(hpke.openOwn(IKM, recipient, utf8("other"), sealed), CannotOpen);
  await assert.rejects(hpke.openOwn(IKM, elsewhere, INFO, sealed), CannotOpen);
  await assert.rejects(hpke.openOwn(IKM, recipient, INFO, other), CannotOpen);
});

test("a recipient that is not on the curve is refused (A30)", async () => {
  const off = recipient.with(64, (recipient[64] ?? 0) ^ 1);
  for (const wrong of [off, recipient.subarray(1), new Uint8Array(65), recipient.with(0, 2)]) {
    await assert.rejects(hpke.seal(IKM, wrong, INFO, utf8("x")), BadKey);
  }
});

test("public points are those of the published vector, and the curve's own", () => {
  for (const { secret, x, y } of vectors("rfc6979-p256")) {
    assert.equal(hex(publicPoint(BigInt(`0x${secret}`))), `04${x}${y}`);
  }
  const [one, last] = [publicPoint(1n), publicPoint(ORDER - 1n)];
  assert.deepEqual(one.subarray(1, 33), last.subarray(1, 33));
  assert.notDeepEqual(one, last);
});

test("a compressed point unpacks to the whole one", () => {
  for (const scalar of [1n, 2n, 3n, ORDER - 1n, 2n ** 200n + 5n]) {
    const whole = publicPoint(scalar);
    const packed = Uint8Array.of(2 + ((whole[64] ?? 0) & 1), ...whole.subarray(1, 33));
    assert.deepEqual(unpack(packed), whole);
  }
});

test("bytes that are no compressed point are refused", () => {
  const far = new Uint8Array(33).fill(255).with(0, 2);
  const none = Uint8Array.of(2, ...new Uint8Array(31), 5); // x = 5 is on the curve, x = 1 is not
  assert.equal(unpack(none).length, 65);
  const others = [none.with(0, 4), none.subarray(1), new Uint8Array(33)];
  for (const wrong of [far, none.with(32, 1), ...others]) {
    assert.throws(() => unpack(wrong), BadKey);
  }
});
