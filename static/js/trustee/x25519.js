/**
 * Sealing a share to another trustee's ceremony key: HPKE base mode of RFC 9180 with
 * DHKEM(X25519, HKDF-SHA256), HKDF-SHA256 and AES-128-GCM, empty aad, one message a key.
 *
 * Every secret of the exchange is WebCrypto's, drawn and multiplied there in constant time.
 */
import { concat, fromB64url } from "../vote/bytes.js";
import { CannotOpen, NeedsNewerBrowser } from "../vote/errors.js";
import { schedule } from "../vote/hpke.js";

/** @typedef {import("../vote/bytes.js").Bytes} Bytes */

const WAY = { name: "X25519" };
const KEM = 0x0020;
const KEY = 32; // bytes
const TAG = 16; // bytes
const PKCS8_HEAD = Uint8Array.from([
  0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x6e, 0x04, 0x22, 0x04, 0x20,
]);

/** A fresh pair; NeedsNewerBrowser where WebCrypto has no X25519. */
export async function newPair() {
  const pair = await drawn();
  const jwk = await crypto.subtle.exportKey("jwk", pair.privateKey);
  return { secret: fromB64url(jwk.d ?? "", KEY), key: await rawOf(pair.publicKey) };
}

/** @returns {Promise<CryptoKeyPair>} */
async function drawn() {
  try {
    const made = await crypto.subtle.generateKey(WAY, true, ["deriveBits"]);
    return /** @type {CryptoKeyPair} */ (made);
  } catch {
    throw new NeedsNewerBrowser("X25519");
  }
}

/**
 * `enc ‖ ct`, 48 bytes longer than the plaintext.
 * @param {Uint8Array} recipient 32 bytes
 * @param {Uint8Array} info
 * @param {Uint8Array} plaintext
 * @returns {Promise<Bytes>}
 */
export async function seal(recipient, info, plaintext) {
  const pair = await drawn();
  const enc = await rawOf(pair.publicKey);
  const exchanged = await exchange(pair.privateKey, recipient);
  const { key, iv } = await schedule(exchanged, concat(enc, recipient), info, KEM);
  const way = { name: "AES-GCM", iv };
  const ct = await crypto.subtle.encrypt(way, key, Uint8Array.from(plaintext));
  return concat(enc, new Uint8Array(ct));
}

/**
 * The plaintext; CannotOpen for bytes that were not sealed to this pair for this info.
 * @param {{secret: Uint8Array, key: Uint8Array}} pair
 * @param {Uint8Array} sealed
 * @param {Uint8Array} info
 * @returns {Promise<Bytes>}
 */
export async function open({ secret, key: own }, sealed, info) {
  if (sealed.length < KEY + TAG) throw new CannotOpen("too short for a sealed share");
  const [enc, ct] = [sealed.subarray(0, KEY), Uint8Array.from(sealed.subarray(KEY))];
  try {
    const imported = await importSecret(secret);
    const exchanged = await exchange(imported, enc);
    const { key, iv } = await schedule(exchanged, concat(enc, own), info, KEM);
    return new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, ct));
  } catch {
    throw new CannotOpen("the sealed share does not open");
  }
}

/**
 * Whether a secret belongs to a public key: what is sealed to the key opens with it.
 * @param {Uint8Array} secret
 * @param {Uint8Array} key
 */
export async function belongs(secret, key) {
  const [info, nothing] = [new Uint8Array(), new Uint8Array()];
  try {
    await open({ secret, key }, await seal(key, info, nothing), info);
    return true;
  } catch (error) {
    if (error instanceof CannotOpen) return false;
    throw error;
  }
}

/** @param {Uint8Array} secret */
function importSecret(secret) {
  const pkcs8 = concat(PKCS8_HEAD, secret);
  return crypto.subtle.importKey("pkcs8", pkcs8, WAY, false, ["deriveBits"]);
}

/**
 * The shared bytes; CannotOpen where they are all zero, as a key of small order makes them.
 * @param {CryptoKey} secret
 * @param {Uint8Array} other
 */
async function exchange(secret, other) {
  const imported = await crypto.subtle.importKey("raw", Uint8Array.from(other), WAY, false, []);
  const way = { name: "X25519", public: imported };
  const shared = new Uint8Array(await crypto.subtle.deriveBits(way, secret, 256));
  if (shared.every((octet) => octet === 0)) throw new CannotOpen("a key of small order");
  return shared;
}

/** @param {CryptoKey} key */
async function rawOf(key) {
  return new Uint8Array(await crypto.subtle.exportKey("raw", key));
}
