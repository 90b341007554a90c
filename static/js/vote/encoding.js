/**
 * The one way to turn fields into bytes, and the hashes over it (protocol, section 1).
 *
 * `M(tag, f1..fn) = u8(len(tag)) || tag || u16(n) || for each field: u32(len) || bytes`.
 */
import { concat, fromUtf8, utf8 } from "./bytes.js";
import { BadEncoding } from "./errors.js";

/** @typedef {import("./bytes.js").Bytes} Bytes */

const PREFIX = "suara/v1/";

/** Every tag of the protocol and of the records of consultations; none serves two purposes. */
export const TAGS = new Set([
  "draft", "manifest", "voter", "passkey", "roll", "signed", "by",
  "reg-key", "rsa-cert", "dkg1", "dkg2", "dkg3", "dkg-complaint", "roll-note",
  "dkg-commit", "dkg-pop", "dkg-share", "dkg-transcript",
  "check-in", "issue", "epoch", "check-in-ask", "webauthn", "webauthn-desk", "promise-issue",
  "ballot-key", "blind", "credential",
  "ack", "open", "cast", "issue-close", "close", "share", "result", "attest",
  "ephemeral", "seal", "ballot", "promise", "tie", "seed", "tally", "promised",
  "consult-begun", "consult-changed", "consult-version", "consult-phase", "consult-extended",
  "contribution", "contribution-edited", "contribution-redacted", "contribution-withdrawn",
  "contribution-held", "contribution-removed", "contribution-restored", "contribution-erased",
  "contribution-answered", "contribution-author", "contribution-content", "contribution-receipt",
]);

/**
 * The message of `fields` under `tag`, a short name of TAGS; injective.
 * @param {string} tag
 * @param {Uint8Array[]} fields
 * @returns {Bytes}
 */
export function M(tag, ...fields) {
  if (!TAGS.has(tag)) throw new BadEncoding(`${tag} is not a tag of the protocol`);
  const name = utf8(PREFIX + tag);
  const parts = fields.flatMap((field) => [u32(field.length), field]);
  return concat(u8(name.length), name, u16(fields.length), ...parts);
}

/**
 * SHA-256 of `M(tag, ...fields)`, 32 bytes.
 * @param {string} tag
 * @param {Uint8Array[]} fields
 */
export function H(tag, ...fields) {
  return sha256(M(tag, ...fields));
}

/**
 * The tag and the fields of a message; BadEncoding for an unknown tag, a cut message, or bytes
 * behind its end.
 * @param {Uint8Array} message
 * @returns {{tag: string, fields: Bytes[]}}
 */
export function split(message) {
  const tag = tagOf(message);
  let position = 1 + (message[0] ?? 0);
  const take = (/** @type {number} */ length) => {
    if (position + length > message.length) throw new BadEncoding("the message is cut");
    position += length;
    return /** @type {Bytes} */ (message.slice(position - length, position));
  };
  const fields = Array.from({ length: number(take(2)) }, () => take(number(take(4))));
  if (position !== message.length) throw new BadEncoding("bytes follow the last field");
  return { tag, fields };
}

/**
 * The tag of a message whose fields may be anything; BadEncoding for an unknown one.
 * @param {Uint8Array} message
 */
export function tagOf(message) {
  const end = 1 + (message[0] ?? 0);
  const name = fromUtf8(message.subarray(1, end));
  const tag = name.slice(PREFIX.length);
  if (name !== PREFIX + tag || !TAGS.has(tag)) throw new BadEncoding(`the tag ${name} is unknown`);
  return tag;
}

/**
 * The fields of a message under this very tag, their lengths as listed (null: any length).
 * @template {(number | null)[]} L
 * @param {string} tag
 * @param {Uint8Array} message
 * @param {[...L]} lengths
 * @returns {{[at in keyof L]: Bytes}}
 */
export function parse(tag, message, lengths) {
  const { tag: found, fields } = split(message);
  if (found !== tag) throw new BadEncoding(`a ${tag} message was expected, not ${found}`);
  const fits = lengths.every((length, at) => length === null || length === fields[at]?.length);
  if (fields.length !== lengths.length || !fits) {
    throw new BadEncoding(`the fields of this ${tag} message have other lengths`);
  }
  return /** @type {{[at in keyof L]: Bytes}} */ (/** @type {unknown} */ (fields));
}

/** @param {number} value one byte */
export const u8 = (value) => unsigned(value, 1);
/** @param {number} value two bytes, big-endian */
export const u16 = (value) => unsigned(value, 2);
/** @param {number} value four bytes, big-endian */
export const u32 = (value) => unsigned(value, 4);
/** @param {number} value eight bytes, big-endian */
export const u64 = (value) => unsigned(value, 8);

/**
 * @param {number} value
 * @param {number} length
 */
function unsigned(value, length) {
  if (!Number.isSafeInteger(value) || value < 0 || value >= 256 ** length) {
    throw new BadEncoding(`${value} is not a whole number of ${length} bytes`);
  }
  const octets = new Uint8Array(length);
  for (let rest = value, at = length - 1; rest > 0; rest = Math.floor(rest / 256), at -= 1) {
    octets[at] = rest % 256;
  }
  return octets;
}

/**
 * The big-endian number in these bytes; BadEncoding beyond 2^53 − 1.
 * @param {Uint8Array} octets
 */
export function number(octets) {
  const value = about(octets);
  if (!Number.isSafeInteger(value)) throw new BadEncoding("the number is larger than 2^53 − 1");
  return value;
}

/**
 * The big-endian number in these bytes, exact up to 2^53 − 1 and above that still no smaller.
 * @param {Uint8Array} octets
 */
export function about(octets) {
  let value = 0;
  for (const octet of octets) value = value * 256 + octet;
  return value;
}

/**
 * SHA-256, 32 bytes.
 * @param {Uint8Array} octets
 */
export function sha256(octets) {
  return digest("SHA-256", octets);
}

/**
 * A hash that every browser has: SHA-256, SHA-384 or SHA-512.
 * @param {"SHA-256" | "SHA-384" | "SHA-512"} name
 * @param {Uint8Array} octets
 * @returns {Promise<Bytes>}
 */
export async function digest(name, octets) {
  return new Uint8Array(await crypto.subtle.digest(name, Uint8Array.from(octets)));
}

/**
 * HKDF-SHA256, empty salt unless given, 32 bytes out unless said (RFC 5869).
 * @param {Uint8Array} ikm
 * @param {Uint8Array} info
 * @param {number} [length] at most 8,160
 * @returns {Promise<Bytes>}
 */
export async function hkdf(ikm, info, length = 32) {
  const key = await crypto.subtle.importKey("raw", Uint8Array.from(ikm), "HKDF", false, [
    "deriveBits",
  ]);
  const salted = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array() };
  const way = { ...salted, info: Uint8Array.from(info) };
  return new Uint8Array(await crypto.subtle.deriveBits(way, key, 8 * length));
}
