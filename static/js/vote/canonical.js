/**
 * Canonical JSON, RFC 8785: one value, one text.
 */
import { fromUtf8, isEqual, utf8 } from "./bytes.js";
import { BadEncoding } from "./errors.js";

/** @typedef {import("./bytes.js").Bytes} Bytes */
/** @typedef {string | number | boolean | Json[] | {[key: string]: Json}} Json */

const MOST_LEVELS = 64; // deeper documents would exhaust a reader's stack

/**
 * The canonical bytes of a value.
 * @param {unknown} value
 * @returns {Bytes}
 */
export function write(value) {
  return utf8(text(value));
}

/**
 * The value in these bytes, if they are what `write` gives for it and hold only what the protocol
 * allows (section 1): whole numbers 0..2^53 − 1, ASCII keys, no null, no lone surrogate.
 * Comparing bytes refuses repeated keys, spaces, other number and escape forms.
 * @param {Uint8Array} octets
 * @returns {Json}
 */
export function read(octets) {
  const source = fromUtf8(octets);
  let value;
  try {
    value = JSON.parse(source);
  } catch {
    throw new BadEncoding("not JSON");
  }
  admit(value, MOST_LEVELS);
  if (!isEqual(write(value), octets)) throw new BadEncoding("not canonical JSON");
  return value;
}

/**
 * @param {unknown} value
 * @returns {string}
 */
function text(value) {
  if (Array.isArray(value)) return `[${value.map(text).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  // The default order of `sort` is by UTF-16 code units, as section 3.2.3 of the RFC asks.
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${text(each)}`).join(",")}}`;
}

/**
 * @param {unknown} value
 * @param {number} levels how many may still stand inside one another
 */
function admit(value, levels) {
  if (levels === 0) throw new BadEncoding("nested too deep");
  if (value === null) throw new BadEncoding("null stands in no document");
  if (typeof value === "number") admitNumber(value);
  if (typeof value === "string") admitText(value);
  if (typeof value !== "object") return;
  if (!Array.isArray(value)) Object.keys(value).forEach(admitKey);
  for (const each of Object.values(value)) admit(each, levels - 1);
}

/** @param {number} value */
function admitNumber(value) {
  const isWhole = Number.isSafeInteger(value) && value >= 0 && !Object.is(value, -0);
  if (!isWhole) throw new BadEncoding(`${value} is not a whole number from 0 to 2^53 − 1`);
}

/** @param {string} value */
function admitText(value) {
  if (!value.isWellFormed()) throw new BadEncoding("a text holds half a surrogate pair");
}

/** @param {string} key */
function admitKey(key) {
  if (!/^[\x00-\x7f]*$/.test(key)) throw new BadEncoding("a key is not ASCII");
}
