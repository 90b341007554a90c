/**
 * What a trustee must not lose, as a value and as the bytes that a key file seals: the same as
 * `ballots/trustee/keys.py`.
 */
import { b64url, fromB64url, isEqual } from "../vote/bytes.js";
import { read, write } from "../vote/canonical.js";
import { BadEncoding } from "../vote/errors.js";
import { binary, list, object, refuse, text, whole } from "../vote/schema.js";
import { Stopped } from "./errors.js";

/** @typedef {import("../vote/bytes.js").Bytes} Bytes */
/** @typedef {import("./ceremony.js").Dealing} Dealing */
/**
 * @typedef {object} Keys
 * @property {string} name
 * @property {Bytes} identity the seed of its Ed25519 key, 32 bytes
 * @property {Bytes} eid0 the draft it sits in; empty before
 * @property {number} number its seat, or 0
 * @property {(Dealing & {style: number})[]} dealings
 * @property {Bytes[]} said its payloads in the set-up log, kept before they are handed in
 * @property {{style: number, x: Bytes}[]} shares
 * @property {Bytes} eid the election it acknowledged; empty before
 * @property {Bytes} close the hash of the one close for which it released its shares; empty before
 */

const NOTHING = /** @type {Bytes} */ (new Uint8Array());
const scalar = binary(32);

/** @type {import("../vote/schema.js").Reader<Bytes>} */
const hashOrNothing = (place) => (place.value === "" ? NOTHING : scalar(place));
/** @type {import("../vote/schema.js").Reader<Bytes>} */
const octets = (place) => {
  try {
    return fromB64url(text(place));
  } catch {
    return refuse(place, "base64url without padding");
  }
};

const readKeys = object({
  name: text,
  identity: scalar,
  eid0: hashOrNothing,
  number: whole(),
  dealings: list(
    object({
      style: whole(),
      secret: scalar,
      coefficients: list(scalar, { least: 1 }),
      points: list(binary(33), { least: 1 }),
    }),
  ),
  said: list(octets),
  shares: list(object({ style: whole(), x: scalar })),
  eid: hashOrNothing,
  close: hashOrNothing,
});

/**
 * A new identity.
 * @param {string} name
 * @returns {Keys}
 */
export function freshKeys(name) {
  return seated({ name, identity: crypto.getRandomValues(new Uint8Array(32)) }, NOTHING, 0);
}

/**
 * The same identity at the table of a new draft, with nothing said yet.
 * @param {{name: string, identity: Bytes}} keys
 * @param {Bytes} eid0
 * @param {number} number
 * @returns {Keys}
 */
export function seated({ name, identity }, eid0, number) {
  const nothing = { dealings: [], said: [], shares: [], eid: NOTHING, close: NOTHING };
  return { name, identity, eid0, number, ...nothing };
}

/**
 * The bytes that a key file seals; secret.
 * @param {Keys} keys
 */
export function writeKeys(keys) {
  const byStyle = (/** @type {{style: number}} */ a, /** @type {{style: number}} */ b) =>
    a.style - b.style;
  return write({
    name: keys.name,
    identity: b64url(keys.identity),
    eid0: b64url(keys.eid0),
    number: keys.number,
    dealings: [...keys.dealings].sort(byStyle).map(({ style, secret, coefficients, points }) => ({
      style,
      secret: b64url(secret),
      coefficients: coefficients.map(b64url),
      points: points.map(b64url),
    })),
    said: keys.said.map(b64url),
    shares: [...keys.shares].sort(byStyle).map(({ style, x }) => ({ style, x: b64url(x) })),
    eid: b64url(keys.eid),
    close: b64url(keys.close),
  });
}

/**
 * The keys that `writeKeys` wrote; Stopped `bad-key-file`.
 * @param {Uint8Array} written
 * @returns {Keys}
 */
export function parseKeys(written) {
  try {
    const keys = readKeys({ path: "", value: read(written) });
    if (!isEqual(writeKeys(keys), written)) throw new BadEncoding("out of order");
    return keys;
  } catch (error) {
    if (error instanceof BadEncoding) throw new Stopped("bad-key-file", error.message);
    throw error;
  }
}
