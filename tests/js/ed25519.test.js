import assert from "node:assert/strict";
import test from "node:test";
import { concat, fromBigInt, fromHex, hex, toBigInt, utf8 } from "../../static/js/vote/bytes.js";
import * as ed25519 from "../../static/js/vote/ed25519.js";
import { BadKey, BadSignature, NeedsNewerBrowser } from "../../static/js/vote/errors.js";
import { shared, vectors } from "./places.js";

const seed = new Uint8Array(32).fill(3);
const message = utf8("a ballot");

test("keys and signatures are those of the published vectors", async () => {
  for (const vector of vectors("rfc8032-ed25519")) {
    const secret = fromHex(vector.secret);
    assert.equal(hex(await ed25519.publicKey(secret)), vector.public);
    const signature = await ed25519.sign(secret, fromHex(vector.message));
    assert.equal(hex(signature), vector.signature);
  }
});

test("keys computed here are those that WebCrypto gives", async () => {
  for (let round = 0; round < 10; round++) {
    const secret = crypto.getRandomValues(new Uint8Array(32));
    const pkcs8 = concat(fromHex("302e020100300506032b657004220420"), secret);
    const key = await crypto.subtle.importKey("pkcs8", pkcs8, "Ed25519", true, ["sign"]);
    const { x } = await crypto.subtle.exportKey("jwk", key);
    assert.equal(Buffer.from(await ed25519.publicKey(secret)).toString("base64url"), x);
  }
});

const wycheproof = shared("wycheproof-ed25519.json");
const { skip } = wycheproof;
test("the published edge cases are judged as published (A29)", { skip }, async () => {
  let count = 0;
  for (const { key, tests } of wycheproof.value.testGroups) {
    for (const { msg, sig, result, tcId } of tests) {
      const judged = ed25519.verify(fromHex(key.pk), fromHex(msg), fromHex(sig));
      if (result === "valid") await judged;
      else await assert.rejects(judged, BadSignature, `case ${tcId}`);
      count += 1;
    }
  }
  assert.ok(count > 50);
});

test("a signature of another message or key, or cut, is refused", async () => {
  const key = await ed25519.publicKey(seed);
  const signature = await ed25519.sign(seed, message);
  const other = await ed25519.publicKey(seed.with(0, 4));
  await ed25519.verify(key, message, signature);
  await assert.rejects(ed25519.verify(key, utf8("b"), signature), BadSignature);
  await assert.rejects(ed25519.verify(other, message, signature), BadSignature);
  await assert.rejects(ed25519.verify(key, message, signature.subarray(1)), BadSignature);
});

test("S above the group's order is refused (A29)", async () => {
  const key = await ed25519.publicKey(seed);
  const signature = await ed25519.sign(seed, message);
  const order = 2n ** 252n + 27742317777372353535851937790883648493n;
  const scalar = toBigInt(signature.slice(32).reverse()) + order;
  const heavy = concat(signature.subarray(0, 32), fromBigInt(scalar, 32).reverse());
  await assert.rejects(ed25519.verify(key, message, heavy), BadSignature);
});

const SMALL = [
  "0100000000000000000000000000000000000000000000000000000000000000",
  "0100000000000000000000000000000000000000000000000000000000000080",
  "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
  "0000000000000000000000000000000000000000000000000000000000000000",
  "0000000000000000000000000000000000000000000000000000000000000080",
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
];
const NOT_CANONICAL = [
  "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", // y = p
  "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", // y = p + 1
  "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
];

test("a key of small order, or not canonical, is refused (A29)", () => {
  for (const encoded of [...SMALL, ...NOT_CANONICAL]) {
    assert.throws(() => ed25519.checkPublic(fromHex(encoded)), BadKey, encoded);
  }
  assert.throws(() => ed25519.checkPublic(new Uint8Array(31).fill(9)), BadKey);
});

test("R of small order, or not canonical, is refused (A29)", async () => {
  const key = await ed25519.publicKey(seed);
  const signature = await ed25519.sign(seed, message);
  for (const encoded of [...SMALL, ...NOT_CANONICAL]) {
    const other = concat(fromHex(encoded), signature.subarray(32));
    await assert.rejects(ed25519.verify(key, message, other), BadSignature, encoded);
  }
});

test("a browser without Ed25519 is named so", async (context) => {
  await ed25519.checkSupport();
  const refuse = async () => {
    throw new DOMException("no such algorithm", "NotSupportedError");
  };
  context.mock.method(crypto.subtle, "importKey", refuse);
  await assert.rejects(ed25519.checkSupport(), NeedsNewerBrowser);
});
