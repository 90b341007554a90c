import assert from "node:assert/strict";
import { createPublicKey, generateKeyPairSync, privateEncrypt, constants } from "node:crypto";
import test from "node:test";
import * as blindRsa from "../../static/js/vote/blind-rsa.js";
import { fromBigInt, fromHex, hex, toBigInt, utf8 } from "../../static/js/vote/bytes.js";
import { BadKey, BadSignature } from "../../static/js/vote/errors.js";
import { inverse, power } from "../../static/js/vote/integers.js";
import * as soundness from "../../static/js/vote/rsa-soundness.js";
import { shared, vectors } from "./places.js";

const pair = generateKeyPairSync("rsa", { modulusLength: 3072 });
const spki = Uint8Array.from(pair.publicKey.export({ type: "spki", format: "der" }));
const key = blindRsa.parseSpki(spki);

/** The registrar's raw operation. */
const signRaw = (octets) =>
  Uint8Array.from(
    privateEncrypt({ key: pair.privateKey, padding: constants.RSA_NO_PADDING }, octets),
  );

/** A public key of any size, as the vectors have 4096 bits. */
function publicKeyOf(n) {
  const octets = Math.ceil(n.toString(16).length / 2);
  const encoded = Buffer.from(fromBigInt(n, octets)).toString("base64url");
  const imported = createPublicKey({ key: { kty: "RSA", n: encoded, e: "AQAB" }, format: "jwk" });
  return { n, octets, spki: Uint8Array.from(imported.export({ type: "spki", format: "der" })) };
}

async function runVector({ n, message, salt, inverted, blinded, blindSignature, signature }) {
  const vectorKey = publicKeyOf(n);
  const factor = inverse(inverted, n);
  const made = await blindRsa.blind(vectorKey, message, factor, salt);
  assert.equal(hex(made), blinded);
  const final = await blindRsa.finalize(
    vectorKey, message, fromHex(blindSignature), factor, salt.length,
  );
  assert.equal(hex(final), signature);
}

test("the published vector of RSABSSA-SHA384-PSSZERO-Deterministic comes out", async () => {
  for (const each of vectors("rfc9474-psszero-deterministic")) {
    await runVector({
      n: BigInt(`0x${each.p}`) * BigInt(`0x${each.q}`),
      message: fromHex(each.message),
      salt: fromHex(each.salt),
      inverted: BigInt(`0x${each.inverse}`),
      blinded: each.blinded,
      blindSignature: each.blind_signature,
      signature: each.signature,
    });
  }
});

const randomized = shared("rfc9474-blind-rsa.json");
const { skip } = randomized;
test("the published vectors with a prepared message come out", { skip }, async () => {
  assert.ok(randomized.value.length > 0);
  for (const each of randomized.value) {
    await runVector({
      n: BigInt(each.n),
      message: fromHex(each.input_msg),
      salt: fromHex(each.salt),
      inverted: BigInt(each.inv),
      blinded: each.blinded_msg,
      blindSignature: each.blind_sig,
      signature: each.sig,
    });
  }
});

test("a blind signature unblinds to one that verifies", async () => {
  const message = utf8("a fresh ballot key");
  const factor = toBigInt(crypto.getRandomValues(new Uint8Array(400))) % key.n;
  const blinded = await blindRsa.blind(key, message, factor);
  const signature = await blindRsa.finalize(key, message, signRaw(blinded), factor);
  await blindRsa.verify(key, message, signature);
  await assert.rejects(blindRsa.verify(key, utf8("another"), signature), BadSignature);
});

test("an answer that is not to this question is refused", async () => {
  const [message, factor] = [utf8("m"), 12345n];
  const answer = signRaw(await blindRsa.blind(key, message, factor));
  const flipped = answer.with(200, (answer[200] ?? 0) ^ 1);
  const large = fromBigInt(key.n, 384);
  for (const wrong of [flipped, answer.subarray(1), new Uint8Array(384), large]) {
    await assert.rejects(blindRsa.finalize(key, message, wrong, factor), BadSignature);
  }
});

test("a key of any other form than the 422 bytes is refused", () => {
  const even = spki.with(spki.length - 6, (spki.at(-6) ?? 0) & 0xfe);
  const short = spki.with(33, (spki[33] ?? 0) & 0x7f);
  const exponent = spki.with(spki.length - 1, 3);
  const others = [spki.subarray(1), spki.with(3, 0), new Uint8Array()];
  for (const wrong of [even, short, exponent, ...others]) {
    assert.throws(() => blindRsa.parseSpki(wrong), BadKey);
  }
});

const EID0 = new Uint8Array(32).fill(9);

async function certificateFor(messages) {
  const targets = messages.map(async (message) => {
    const hashed = toBigInt(await blindRsa.mgf1(message, 400)) % key.n;
    return signRaw(fromBigInt(hashed, 384));
  });
  return Promise.all(targets);
}

test("a registrar's certificate of eight roots is checked (A4)", async () => {
  const messages = soundness.certificateMessages(EID0, 1, 3, key);
  const certificate = await certificateFor(messages);
  await soundness.checkCertificate(key, messages, certificate);
  const other = soundness.certificateMessages(EID0, 2, 3, key);
  await assert.rejects(soundness.checkCertificate(key, other, certificate), BadKey);
  await assert.rejects(soundness.checkCertificate(key, messages, certificate.slice(1)), BadKey);
  const swapped = [certificate[1], certificate[0], ...certificate.slice(2)];
  await assert.rejects(soundness.checkCertificate(key, messages, swapped), BadKey);
});

test("a modulus with a small factor, or one shared with another key, is refused (A4)", () => {
  soundness.checkFactors(key);
  assert.throws(() => soundness.checkFactors({ ...key, n: 65537n * 3n ** 40n }), BadKey);
  assert.throws(() => soundness.checkFactors({ ...key, n: key.n * 65521n }), BadKey);
  const other = blindRsa.parseSpki(
    Uint8Array.from(
      generateKeyPairSync("rsa", { modulusLength: 3072 }).publicKey.export({
        type: "spki", format: "der",
      }),
    ),
  );
  soundness.checkCoprime(key, [other]);
  soundness.checkCoprime(key, []);
  assert.throws(() => soundness.checkCoprime(key, [other, key]), BadKey);
});

test("powers and inverses agree with each other", () => {
  const modulus = 2n ** 127n - 1n;
  for (const value of [2n, 3n, 10n ** 20n, modulus - 1n]) {
    assert.equal((value * inverse(value, modulus)) % modulus, 1n);
    assert.equal(power(value, modulus - 2n, modulus), inverse(value, modulus));
  }
  assert.equal(inverse(6n, 9n), 0n);
});
