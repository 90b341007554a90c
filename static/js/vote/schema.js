/**
 * Readers for the values of a JSON document: each takes a place and gives what stands there, or
 * throws BadEncoding naming the place and what was expected. `crypto/canonical` form is checked
 * before, by `canonical.js`.
 */
import { fromB64url } from "./bytes.js";
import { BadEncoding } from "./errors.js";

/** @typedef {{path: string, value: unknown}} Place */
/** @template T @typedef {((place: Place) => T) & {isOptional?: true}} Reader */
/** @typedef {Record<string, Reader<any>>} Shape */

const MOST = Number.MAX_SAFE_INTEGER;

/**
 * @param {Place} place
 * @param {string} expected
 * @returns {never}
 */
export function refuse({ path }, expected) {
  throw new BadEncoding(`${path || "the document"}: expected ${expected}`);
}

/**
 * An object with exactly the keys of `shape`; those of `optional` readers may be absent.
 * @template {Shape} S
 * @param {S} shape
 * @returns {Reader<{[K in keyof S]: ReturnType<S[K]>}>}
 */
export function object(shape) {
  return (place) => {
    const { path, value } = place;
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      return refuse(place, "an object");
    }
    const found = new Map(Object.entries(value));
    const unknown = [...found.keys()].find((key) => !Object.hasOwn(shape, key));
    if (unknown !== undefined) return refuse(place, `no key ${unknown}`);
    const missing = Object.keys(shape).find((key) => !found.has(key) && !shape[key]?.isOptional);
    if (missing !== undefined) return refuse(place, `the key ${missing}`);
    const read = [...found].map(([key, each]) => {
      const inner = { path: path ? `${path}.${key}` : key, value: each };
      return [key, shape[key]?.(inner)];
    });
    return Object.fromEntries(read);
  };
}

/**
 * The same value under a key that may be absent.
 * @template T
 * @param {Reader<T>} reader
 * @returns {Reader<T | undefined>}
 */
export function optional(reader) {
  return Object.assign((/** @type {Place} */ place) => reader(place), {
    isOptional: /** @type {true} */ (true),
  });
}

/**
 * An array of `least` to `most` values of one kind.
 * @template T
 * @param {Reader<T>} reader
 * @param {{least?: number, most?: number}} [bounds]
 * @returns {Reader<T[]>}
 */
export function list(reader, { least = 0, most = MOST } = {}) {
  return (place) => {
    const { path, value } = place;
    if (!Array.isArray(value) || value.length < least || value.length > most) {
      return refuse(place, least === most ? `an array of ${most}` : "an array of allowed length");
    }
    return value.map((each, at) => reader({ path: `${path}[${at}]`, value: each }));
  };
}

/**
 * A whole number from `least` to `most`.
 * @param {{least?: number, most?: number}} [bounds]
 * @returns {Reader<number>}
 */
export function whole({ least = 0, most = MOST } = {}) {
  return (place) => {
    const { value } = place;
    const fits = typeof value === "number" && Number.isSafeInteger(value);
    if (!fits || value < least || value > most) {
      return refuse(place, `a whole number from ${least} to ${most}`);
    }
    return value;
  };
}

/** A number that is this one and no other. @param {number} wanted */
export const exactly = (wanted) => whole({ least: wanted, most: wanted });

/**
 * A string that matches `pattern` from end to end.
 * @param {RegExp} pattern
 * @returns {Reader<string>}
 */
export function matching(pattern) {
  return (place) => {
    const { value } = place;
    if (typeof value !== "string" || pattern.exec(value)?.[0] !== value) {
      return refuse(place, `a string like ${pattern.source}`);
    }
    return value;
  };
}

/** Any string. */
export const text = matching(/[^]*/);
/** A string that is not empty. */
export const name = matching(/[^]+/);

/**
 * One of some fixed words.
 * @template {string} W
 * @param {W[]} words
 * @returns {Reader<W>}
 */
export function oneOf(...words) {
  return (place) =>
    words.find((word) => word === place.value) ?? refuse(place, `one of ${words.join(", ")}`);
}

/** True or false. @type {Reader<boolean>} */
export const flag = (place) =>
  typeof place.value === "boolean" ? place.value : refuse(place, "true or false");

/**
 * `length` bytes as base64url without padding.
 * @param {number} length
 * @returns {Reader<import("./bytes.js").Bytes>}
 */
export function binary(length) {
  return (place) => {
    try {
      return fromB64url(text(place), length);
    } catch {
      return refuse(place, `${length} bytes as base64url without padding`);
    }
  };
}
