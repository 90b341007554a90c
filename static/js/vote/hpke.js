/**
 * Sealing to the election key: HPKE base mode of RFC 9180 with DHKEM(P-256, HKDF-SHA256),
 * HKDF-SHA256 and AES-128-GCM, empty aad, one message a key.
 *
 * The ephemeral pair comes from `ikm` by DeriveKeyPair (section 7.1.3), so that a second device
 * that is given `ikm` can seal again and open what was sealed. Names follow the RFC.
 */
import { b64url, concat, fromBigInt, isEqual, toBigInt, utf8 } from "./bytes.js";
import { u16 } from "./encoding.js";
import { BadKey, CannotOpen } from "./errors.js";
import { ORDER, publicPoint } from "./p256.js";

/** @typedef {import("./bytes.js").Bytes} Bytes */
/** @typedef {{enc: Bytes, ct: Bytes}} Sealed enc 65 bytes; ct 16 bytes longer than the plaintext */

const ECDH = { name: "ECDH", namedCurve: "P-256" };
const P256 = 0x0010;
const KEM = concat(utf8("KEM"), u16(P256));
const VERSION = utf8("HPKE-v1");
const NOTHING = new Uint8Array();
const HASH = 32; // bytes of SHA-256

/** Of this KEM with HKDF-SHA256 and AES-128-GCM. @param {number} kemId */
const hpkeSuite = (kemId) => concat(utf8("HPKE"), u16(kemId), u16(0x0001), u16(0x0001));

/**
 * @param {Uint8Array} key
 * @param {Uint8Array} message
 * @returns {Promise<Bytes>}
 */
async function hmac(key, message) {
  const way = { name: "HMAC", hash: "SHA-256" };
  const imported = await crypto.subtle.importKey("raw", Uint8Array.from(key), way, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, Uint8Array.from(message)));
}

/**
 * LabeledExtract; an empty salt is a block of zeros (RFC 5869, 2.2), as HMAC pads it anyway.
 * @param {Uint8Array} suite
 * @param {Uint8Array} salt
 * @param {string} label
 * @param {Uint8Array} ikm
 */
function extract(suite, salt, label, ikm) {
  const key = salt.length === 0 ? new Uint8Array(HASH) : salt;
  return hmac(key, concat(VERSION, suite, utf8(label), ikm));
}

/**
 * LabeledExpand for at most one block, which is all that this suite asks for.
 * @param {Uint8Array} suite
 * @param {Uint8Array} prk
 * @param {string} label
 * @param {{context: Uint8Array, length: number}} wanted
 */
async function expand(suite, prk, label, { context, length }) {
  const described = concat(u16(length), VERSION, suite, utf8(label), context);
  return (await hmac(prk, concat(described, Uint8Array.of(1)))).subarray(0, length);
}

/**
 * DeriveKeyPair: the secret scalar's bytes and the public point, 65 bytes.
 * @param {Uint8Array} ikm
 */
export async function deriveKeyPair(ikm) {
  const prk = await extract(KEM, NOTHING, "dkp_prk", ikm);
  for (let counter = 0; counter < 256; counter++) {
    const context = Uint8Array.of(counter);
    const secret = await expand(KEM, prk, "candidate", { context, length: HASH });
    const scalar = toBigInt(secret);
    if (scalar > 0n && scalar < ORDER) return { secret, enc: publicPoint(scalar) };
  }
  throw new BadKey("no key pair comes from these bytes");
}

/** @param {{secret: Uint8Array, enc: Uint8Array}} pair */
function importPair({ secret, enc }) {
  const coordinates = { x: b64url(enc.subarray(1, 33)), y: b64url(enc.subarray(33)) };
  const jwk = { kty: "EC", crv: "P-256", d: b64url(secret), ...coordinates };
  return crypto.subtle.importKey("jwk", jwk, ECDH, false, ["deriveBits"]);
}

/**
 * The point's x-coordinate of the exchange; BadKey for a recipient that is not on the curve.
 * @param {{secret: Uint8Array, enc: Uint8Array}} pair
 * @param {Uint8Array} recipient
 */
async function exchange(pair, recipient) {
  const own = await importPair(pair);
  const other = await importPoint(recipient);
  return new Uint8Array(await crypto.subtle.deriveBits({ name: "ECDH", public: other }, own, 256));
}

/**
 * The point as WebCrypto's key; BadKey unless it is 65 bytes and on the curve.
 * @param {Uint8Array} point
 */
export async function importPoint(point) {
  if (point.length !== 65 || point[0] !== 4) throw new BadKey("not an uncompressed point");
  try {
    return await crypto.subtle.importKey("raw", Uint8Array.from(point), ECDH, false, []);
  } catch {
    throw new BadKey("not on the curve P-256");
  }
}

/**
 * Opens what was sealed to one secret scalar, as often as needed.
 */
export class Opener {
  #own;
  #key;

  /**
   * @param {bigint} scalar 1..q − 1
   */
  constructor(scalar) {
    this.#own = publicPoint(scalar);
    this.#key = importPair({ secret: fromBigInt(scalar, HASH), enc: this.#own });
  }

  /**
   * The plaintext; CannotOpen where the sealed bytes are not for this key and info.
   * @param {Sealed} sealed
   * @param {Uint8Array} info
   * @returns {Promise<Bytes>}
   */
  async open({ enc, ct }, info) {
    const way = { name: "ECDH", public: await importPoint(enc) };
    const exchanged = await crypto.subtle.deriveBits(way, await this.#key, 256);
    const kemContext = concat(enc, this.#own);
    const { key, iv } = await schedule(new Uint8Array(exchanged), kemContext, info);
    return decrypt(key, iv, ct);
  }
}

/**
 * @param {CryptoKey} key
 * @param {Bytes} iv
 * @param {Uint8Array} ct
 */
async function decrypt(key, iv, ct) {
  try {
    const way = { name: "AES-GCM", iv };
    return new Uint8Array(await crypto.subtle.decrypt(way, key, Uint8Array.from(ct)));
  } catch {
    throw new CannotOpen("the envelope does not open");
  }
}

/**
 * KeySchedule of mode base: the AEAD key and its only nonce.
 * @param {Uint8Array} exchanged
 * @param {Uint8Array} kemContext enc followed by the recipient's key
 * @param {Uint8Array} info
 * @param {number} [kemId] of RFC 9180, table 2
 */
export async function schedule(exchanged, kemContext, info, kemId = P256) {
  const [kem, hpke] = [concat(utf8("KEM"), u16(kemId)), hpkeSuite(kemId)];
  const eaePrk = await extract(kem, NOTHING, "eae_prk", exchanged);
  const wanted = { context: kemContext, length: HASH };
  const shared = await expand(kem, eaePrk, "shared_secret", wanted);
  const pskIdHash = await extract(hpke, NOTHING, "psk_id_hash", NOTHING);
  const infoHash = await extract(hpke, NOTHING, "info_hash", info);
  const context = concat(Uint8Array.of(0), pskIdHash, infoHash);
  const secret = await extract(hpke, shared, "secret", NOTHING);
  const key = await expand(hpke, secret, "key", { context, length: 16 });
  const iv = await expand(hpke, secret, "base_nonce", { context, length: 12 });
  const usages = /** @type {KeyUsage[]} */ (["encrypt", "decrypt"]);
  return { key: await crypto.subtle.importKey("raw", key, "AES-GCM", false, usages), iv };
}

/**
 * The sender's context: `enc`, the AEAD key and its nonce.
 * @param {Uint8Array} ikm
 * @param {Uint8Array} recipient
 * @param {Uint8Array} info
 */
export async function senderContext(ikm, recipient, info) {
  const pair = await deriveKeyPair(ikm);
  const exchanged = await exchange(pair, recipient);
  const { key, iv } = await schedule(exchanged, concat(pair.enc, recipient), info);
  return { enc: pair.enc, key, iv };
}

/**
 * Seals `plaintext` to `recipient`; the same input gives the same bytes.
 * @param {Uint8Array} ikm at least 32 bytes of secret randomness, used for this plaintext only
 * @param {Uint8Array} recipient 65 bytes
 * @param {Uint8Array} info
 * @param {Uint8Array} plaintext
 * @returns {Promise<Sealed>}
 */
export async function seal(ikm, recipient, info, plaintext) {
  const { enc, key, iv } = await senderContext(ikm, recipient, info);
  const way = { name: "AES-GCM", iv };
  const ct = await crypto.subtle.encrypt(way, key, Uint8Array.from(plaintext));
  return { enc, ct: new Uint8Array(ct) };
}

/**
 * Opens what was sealed with `ikm`: the second device's way. CannotOpen where `ikm` gives another
 * `enc`, or the sealed bytes are not for this recipient and info.
 * @param {Uint8Array} ikm
 * @param {Uint8Array} recipient
 * @param {Uint8Array} info
 * @param {Sealed} sealed
 * @returns {Promise<Bytes>}
 */
export async function openOwn(ikm, recipient, info, sealed) {
  const { enc, key, iv } = await senderContext(ikm, recipient, info);
  if (!isEqual(enc, sealed.enc)) throw new CannotOpen("another secret made this envelope");
  return decrypt(key, iv, sealed.ct);
}
