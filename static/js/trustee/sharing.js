/**
 * A secret shared k of n over P-256: Feldman's scheme as the protocol's section 5 uses it.
 *
 * Coefficients are drawn by WebCrypto as key pairs, so that their points come from constant-time
 * code, and a share is held against its point by a signature: whoever signs with x under X has
 * shown that x·G = X. Two things no browser offers, a polynomial's value and a sum mod q; those
 * are BigInt, whose time depends on the numbers. They happen once a ceremony, on the trustee's own
 * device, and nothing outside sees how long they took (docs/decisions/trustees-in-a-browser.md).
 */
import { b64url, concat, fromB64url, fromBigInt, toBigInt, utf8 } from "../vote/bytes.js";
import { BadProof } from "../vote/errors.js";
import { IDENTITY, ORDER, add, isIdentity, pack, parsePoint, times, unpack } from "../vote/p256.js";

/** @typedef {import("../vote/bytes.js").Bytes} Bytes */
/** @typedef {import("../vote/p256.js").Projective} Projective */

const KEY = { name: "ECDSA", namedCurve: "P-256" };
const SIGNATURE = { name: "ECDSA", hash: "SHA-256" };
const SCALAR = 32; // bytes
const REHEARSED = utf8("whether this secret belongs to this point");

/**
 * A new polynomial for threshold k: its coefficients `a_0 .. a_k-1`, secret, 32 bytes each, and
 * its points `C_0 .. C_k-1`, 33 bytes each.
 * @param {number} k
 */
export async function newPolynomial(k) {
  const pairs = await Promise.all(Array.from({ length: k }, drawn));
  return { coefficients: pairs.map(({ d }) => d), points: pairs.map(({ point }) => point) };
}

async function drawn() {
  const pair = await crypto.subtle.generateKey(KEY, true, ["sign", "verify"]);
  const { d = "", x = "", y = "" } = await crypto.subtle.exportKey("jwk", pair.privateKey);
  const point = compressed(fromB64url(x, SCALAR), fromB64url(y, SCALAR));
  return { d: fromB64url(d, SCALAR), point };
}

/**
 * @param {Bytes} x
 * @param {Bytes} y
 */
function compressed(x, y) {
  return concat(Uint8Array.of(2 + ((y[SCALAR - 1] ?? 0) & 1)), x);
}

/**
 * `f(j) mod q`, 32 bytes.
 * @param {Bytes[]} coefficients
 * @param {number} j 1 or more
 */
export function shareFor(coefficients, j) {
  const descending = coefficients.map(toBigInt).reverse();
  const value = descending.reduce((sum, each) => (sum * BigInt(j) + each) % ORDER, 0n);
  return fromBigInt(value, SCALAR);
}

/**
 * `x_j`, the sum of what all dealers gave one holder, 32 bytes.
 * @param {Bytes[]} shares
 */
export function combine(shares) {
  return fromBigInt(shares.reduce((sum, each) => (sum + toBigInt(each)) % ORDER, 0n), SCALAR);
}

/**
 * A dealer's polynomial at j, in points.
 * @param {Projective[]} points `C_0 .. C_k-1`
 * @param {number} j
 * @returns {Projective}
 */
export function evaluate(points, j) {
  return points.reduceRight((sum, point) => add(times(sum, j), point), IDENTITY);
}

/**
 * `X_j`, 33 bytes; BadKey where it is the identity.
 * @param {Projective[][]} allPoints every dealer's
 * @param {number} j
 */
export function publicShare(allPoints, j) {
  return pack(allPoints.map((points) => evaluate(points, j)).reduce(add, IDENTITY));
}

/**
 * `Y`, 33 bytes: the sum of all dealers' `C_0`; BadKey where it is the identity.
 * @param {Projective[][]} allPoints
 */
export function jointKey(allPoints) {
  return pack(allPoints.map(([first = IDENTITY]) => first).reduce(add, IDENTITY));
}

/**
 * Throws BadProof unless `share` is the dealer's polynomial at j.
 * @param {Projective[]} points
 * @param {number} j
 * @param {Bytes} share
 */
export async function checkShare(points, j, share) {
  const expected = evaluate(points, j);
  if (isIdentity(expected)) throw new BadProof("the dealer's points cancel out");
  await checkPossession(share, pack(expected));
}

/**
 * Throws BadProof unless `secret`·G is this point. The signature stays here.
 * @param {Bytes} secret 32 bytes
 * @param {Bytes} point 33 bytes
 */
export async function checkPossession(secret, point) {
  const made = await sign(secret, point, REHEARSED).catch(() => null);
  const key = await crypto.subtle.importKey("raw", unpack(point), KEY, false, ["verify"]);
  const isRight = made && (await crypto.subtle.verify(SIGNATURE, key, made, REHEARSED));
  if (!isRight) throw new BadProof("the secret does not belong to this point");
}

/**
 * ECDSA with SHA-256: r ‖ s, 64 bytes. Some browsers refuse a point that is not `secret`·G.
 * @param {Bytes} secret 32 bytes
 * @param {Bytes} point 33 bytes
 * @param {Bytes} message
 * @returns {Promise<Bytes>}
 */
export async function sign(secret, point, message) {
  const value = toBigInt(secret);
  if (value === 0n || value >= ORDER) throw new BadProof("not a scalar in 1..q-1");
  const whole = unpack(point);
  const coordinates = { x: b64url(whole.subarray(1, 33)), y: b64url(whole.subarray(33)) };
  const jwk = { kty: "EC", crv: "P-256", d: b64url(secret), ...coordinates };
  const key = await crypto.subtle.importKey("jwk", jwk, KEY, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign(SIGNATURE, key, message));
}

/** A point that was received; BadKey. @param {Bytes} octets 33 bytes */
export const readPoint = (octets) => parsePoint(octets);
