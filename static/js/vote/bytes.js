/**
 * Bytes, and the few texts that stand for them.
 */
import { BadEncoding } from "./errors.js";

/** @typedef {Uint8Array<ArrayBuffer>} Bytes */

const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const HEX = Array.from({ length: 256 }, (_, octet) => octet.toString(16).padStart(2, "0"));
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * The UTF-8 bytes of a text.
 * @param {string} text
 * @returns {Bytes}
 */
export function utf8(text) {
  return new TextEncoder().encode(text);
}

/**
 * The text that these bytes encode; BadEncoding for anything but UTF-8. A byte order mark stays.
 * @param {Uint8Array} octets
 * @returns {string}
 */
export function fromUtf8(octets) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(octets);
  } catch {
    throw new BadEncoding("not UTF-8");
  }
}

/**
 * All parts, one after the other.
 * @param {Uint8Array[]} parts
 * @returns {Bytes}
 */
export function concat(...parts) {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let position = 0;
  for (const part of parts) {
    joined.set(part, position);
    position += part.length;
  }
  return joined;
}

/**
 * Whether both hold the same bytes. Not constant time: only public values are compared here.
 * @param {Uint8Array} a
 * @param {Uint8Array} b
 */
export function isEqual(a, b) {
  return a.length === b.length && a.every((octet, place) => octet === b[place]);
}

/**
 * Below zero, zero or above, as `a` sorts before, with or after `b` byte by byte.
 * @param {Uint8Array} a
 * @param {Uint8Array} b
 */
export function compare(a, b) {
  const place = a.findIndex((octet, at) => octet !== b[at]);
  return place < 0 ? a.length - b.length : (a[place] ?? 0) - (b[place] ?? -1);
}

/**
 * Lower-case hexadecimal.
 * @param {Uint8Array} octets
 */
export function hex(octets) {
  let text = "";
  for (const octet of octets) text += HEX[octet];
  return text;
}

/**
 * The bytes whose `hex` is exactly this text; BadEncoding for anything else.
 * @param {string} text
 * @returns {Bytes}
 */
export function fromHex(text) {
  if (!/^(?:[0-9a-f]{2})*$/.test(text)) throw new BadEncoding("not lower-case hexadecimal");
  return Uint8Array.from({ length: text.length / 2 }, (_, at) =>
    parseInt(text.slice(2 * at, 2 * at + 2), 16),
  );
}

/**
 * base64 with padding (RFC 4648 section 4).
 * @param {Uint8Array} octets
 */
export function base64(octets) {
  return btoa(Array.from(octets, (octet) => String.fromCharCode(octet)).join(""));
}

/**
 * The bytes whose `base64` is exactly this text; BadEncoding for anything else.
 * @param {string} text
 * @returns {Bytes}
 */
export function fromBase64(text) {
  if (!BASE64.test(text)) throw new BadEncoding("not base64");
  const octets = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  if (base64(octets) !== text) throw new BadEncoding("base64 with bits behind its last byte");
  return octets;
}

/**
 * base64url without padding (RFC 4648 section 5).
 * @param {Uint8Array} octets
 */
export function b64url(octets) {
  return base64(octets).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/**
 * The bytes whose `b64url` is exactly this text, `length` of them where it is given; BadEncoding
 * for anything else.
 * @param {string} text
 * @param {number} [length]
 * @returns {Bytes}
 */
export function fromB64url(text, length) {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) {
    throw new BadEncoding("not base64url without padding");
  }
  const padding = "===".slice((text.length + 3) % 4);
  const octets = fromBase64(text.replaceAll("-", "+").replaceAll("_", "/") + padding);
  if (length !== undefined && octets.length !== length) {
    throw new BadEncoding(`${length} bytes were expected, not ${octets.length}`);
  }
  return octets;
}

/**
 * The first `bits` bits, a multiple of five, in Crockford's base32.
 * @param {Uint8Array} octets
 * @param {number} bits
 */
export function crockford(octets, bits) {
  if (bits % 5 !== 0 || bits <= 0 || bits > 8 * octets.length) {
    throw new BadEncoding(`${octets.length} bytes do not give ${bits} bits in letters of five`);
  }
  const value = toBigInt(octets) >> BigInt(8 * octets.length - bits);
  return Array.from({ length: bits / 5 }, (_, at) =>
    CROCKFORD.charAt(Number((value >> BigInt(bits - 5 - 5 * at)) & 31n)),
  ).join("");
}

/**
 * The big-endian number in all of these bytes.
 * @param {Uint8Array} octets
 */
export function toBigInt(octets) {
  return octets.length === 0 ? 0n : BigInt(`0x${hex(octets)}`);
}

/**
 * `length` big-endian bytes; BadEncoding where the number does not fit.
 * @param {bigint} value
 * @param {number} length
 * @returns {Bytes}
 */
export function fromBigInt(value, length) {
  if (value < 0n || value >> BigInt(8 * length) !== 0n) {
    throw new BadEncoding(`the number does not fit ${length} bytes`);
  }
  return fromHex(value.toString(16).padStart(2 * length, "0"));
}
