/**
 * Blind RSA of RFC 9474, variant RSABSSA-SHA384-PSSZERO-Deterministic: the voter's half.
 *
 * The registrar signs without seeing the message; here it is encoded (EMSA-PSS), blinded, and the
 * answer unblinded and verified. Salt length and factor are handed in, so that the published
 * vectors run; elections use salt length 0.
 */
import { concat, fromBigInt, isEqual, toBigInt } from "./bytes.js";
import { digest, u32 } from "./encoding.js";
import { BadEncoding, BadKey, BadSignature } from "./errors.js";
import { inverse, power } from "./integers.js";

/** @typedef {import("./bytes.js").Bytes} Bytes */
/** @typedef {{n: bigint, octets: number, spki: Bytes}} PublicKey n is odd, `octets` its length */

export const EXPONENT = 65537n;
const HASH = 48; // bytes of SHA-384

/**
 * MGF1 with SHA-384 (RFC 8017, B.2.1).
 * @param {Uint8Array} seed
 * @param {number} length bytes out
 */
export async function mgf1(seed, length) {
  const blocks = Array.from({ length: Math.ceil(length / HASH) }, (_, counter) =>
    digest("SHA-384", concat(seed, u32(counter))),
  );
  return concat(...(await Promise.all(blocks))).subarray(0, length);
}

/**
 * EMSA-PSS (RFC 8017, 9.1.1) for a modulus of a whole number of bytes.
 * @param {Uint8Array} message
 * @param {number} octets the modulus's length
 * @param {Uint8Array} salt
 */
async function encode(message, octets, salt) {
  const hashed = await digest("SHA-384", message);
  const seed = await digest("SHA-384", concat(new Uint8Array(8), hashed, salt));
  const block = new Uint8Array(octets - HASH - 1);
  block[block.length - salt.length - 1] = 1;
  block.set(salt, block.length - salt.length);
  const mask = await mgf1(seed, block.length);
  const masked = block.map((octet, at) => octet ^ (mask[at] ?? 0));
  masked[0] = (masked[0] ?? 0) & 0x7f; // the encoded number has one bit less than the modulus
  return concat(masked, seed, Uint8Array.of(0xbc));
}

/**
 * The blinded message, as long as the modulus; its RSA signature unblinds by `finalize`.
 * @param {PublicKey} key
 * @param {Uint8Array} message
 * @param {bigint} factor the blinding factor r
 * @param {Uint8Array} [salt]
 */
export async function blind(key, message, factor, salt = new Uint8Array()) {
  const encoded = toBigInt(await encode(message, key.octets, salt));
  if (inverse(encoded, key.n) === 0n || inverse(factor, key.n) === 0n) {
    throw new BadKey("the modulus shares a factor with the message or the blinding factor");
  }
  return fromBigInt((encoded * power(factor, EXPONENT, key.n)) % key.n, key.octets);
}

/**
 * The signature of `message`, unblinded and verified; BadSignature where the registrar's answer is
 * not one to this question.
 * @param {PublicKey} key
 * @param {Uint8Array} message
 * @param {Uint8Array} answer the blind signature
 * @param {bigint} factor the same factor as in `blind`
 * @param {number} [saltLength]
 */
export async function finalize(key, message, answer, factor, saltLength = 0) {
  const blindSignature = toBigInt(answer);
  if (answer.length !== key.octets || blindSignature >= key.n) {
    throw new BadSignature("the blind signature has another size than its key");
  }
  const unblinded = (blindSignature * inverse(factor, key.n)) % key.n;
  const signature = fromBigInt(unblinded, key.octets);
  await verify(key, message, signature, saltLength);
  return signature;
}

/**
 * Throws BadSignature unless this is the key's PSS signature of the message.
 * @param {PublicKey} key
 * @param {Uint8Array} message
 * @param {Uint8Array} signature
 * @param {number} [saltLength]
 */
export async function verify(key, message, signature, saltLength = 0) {
  const isValid = await crypto.subtle.verify(
    { name: "RSA-PSS", saltLength },
    await importKey(key),
    Uint8Array.from(signature),
    Uint8Array.from(message),
  );
  if (!isValid) throw new BadSignature("the RSA signature does not verify");
}

/** @type {WeakMap<PublicKey, Promise<CryptoKey>>} */
const imported = new WeakMap();

/** The key as WebCrypto's, made once: an election is verified by few keys. @param {PublicKey} key */
function importKey(key) {
  const algorithm = { name: "RSA-PSS", hash: "SHA-384" };
  const known =
    imported.get(key) ?? crypto.subtle.importKey("spki", key.spki, algorithm, false, ["verify"]);
  imported.set(key, known);
  return known;
}

/**
 * Throws BadSignature unless `signature^65537` is the number in `message`, both as long as the
 * modulus and in 2..N − 2: what a blind signature is, seen without unblinding.
 * @param {PublicKey} key
 * @param {Uint8Array} message
 * @param {Uint8Array} signature
 */
export function verifyRaw(key, message, signature) {
  const [m, s] = [toBigInt(message), toBigInt(signature)];
  const fits = [message, signature].every(({ length }) => length === key.octets);
  if (!fits || [m, s].some((value) => value < 2n || value > key.n - 2n)) {
    throw new BadSignature("not a number of the key's length in 2..N − 2");
  }
  if (power(s, EXPONENT, key.n) !== m) {
    throw new BadSignature("the blind signature does not belong to the blinded message");
  }
}

// SubjectPublicKeyInfo of rsaEncryption with NULL, 3072 bit, e = 65537: all but the modulus.
const SPKI_HEAD = Uint8Array.from([
  0x30, 0x82, 0x01, 0xa2, 0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01,
  0x01, 0x05, 0x00, 0x03, 0x82, 0x01, 0x8f, 0x00, 0x30, 0x82, 0x01, 0x8a, 0x02, 0x82, 0x01, 0x81,
  0x00,
]);
const SPKI_TAIL = Uint8Array.from([0x02, 0x03, 0x01, 0x00, 0x01]);
const MODULUS = 384;

/**
 * The public key in exactly the 422 bytes that protocol section 6 allows; BadKey otherwise.
 * @param {Uint8Array} spki
 * @returns {PublicKey}
 */
export function parseSpki(spki) {
  const end = SPKI_HEAD.length + MODULUS;
  const modulus = spki.subarray(SPKI_HEAD.length, end);
  const hasFrame =
    spki.length === end + SPKI_TAIL.length &&
    isEqual(spki.subarray(0, SPKI_HEAD.length), SPKI_HEAD) &&
    isEqual(spki.subarray(end), SPKI_TAIL);
  const isFull = ((modulus[0] ?? 0) & 0x80) !== 0 && ((modulus[MODULUS - 1] ?? 0) & 1) !== 0;
  if (!hasFrame || !isFull) throw new BadKey("not a 3072-bit RSA key with e = 65537 in 422 bytes");
  return { n: toBigInt(modulus), octets: MODULUS, spki: Uint8Array.from(spki) };
}

/**
 * The blinding factor of 400 octets: below the modulus, without measurable bias.
 * @param {Uint8Array} octets
 * @param {PublicKey} key
 */
export function factorFrom(octets, key) {
  if (octets.length !== MODULUS + 16) throw new BadEncoding("a blinding factor takes 400 octets");
  return toBigInt(octets) % key.n;
}
