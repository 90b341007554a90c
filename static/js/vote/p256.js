/**
 * What WebCrypto does not do with P-256 everywhere: the public point of a secret scalar, unpacking
 * a compressed point, and sums of public points.
 *
 * Safari imports no private key without its public half and Firefox gives none back, so the half
 * is computed here; key exchange and signatures are WebCrypto's.
 */
import { concat, fromBigInt, toBigInt } from "./bytes.js";
import { BadEncoding, BadKey, BadSignature } from "./errors.js";
import { inverse, modulo, multiple, power } from "./integers.js";

/** @typedef {import("./bytes.js").Bytes} Bytes */
/** @typedef {[x: bigint, y: bigint, z: bigint]} Projective */

const P = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
const A = P - 3n;
const B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;
/** The group's order q. */
export const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** The neutral element of addition. @type {Projective} */
export const IDENTITY = [0n, 1n, 0n];
/** @type {Projective} */
const BASE = [
  0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
  0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
  1n,
];

/**
 * Complete addition in projective coordinates (Renes, Costello, Batina 2016, equation 3).
 * @param {Projective} one
 * @param {Projective} two
 * @returns {Projective}
 */
export function add([x1, y1, z1], [x2, y2, z2]) {
  const [xx, yy, zz] = [(x1 * x2) % P, (y1 * y2) % P, (z1 * z2) % P];
  const xy = (x1 * y2 + x2 * y1) % P;
  const xz = (x1 * z2 + x2 * z1) % P;
  const yz = (y1 * z2 + y2 * z1) % P;
  const shift = (A * xz + 3n * B * zz) % P;
  const curve = (A * xx + 3n * B * xz - A * A * zz) % P;
  const slope = (3n * xx + A * zz) % P;
  return [
    modulo(xy * (yy - shift) - yz * curve, P),
    modulo(slope * curve + (yy + shift) * (yy - shift), P),
    modulo(yz * (yy + shift) + xy * slope, P),
  ];
}

/**
 * `scalar`·G as 65 bytes, uncompressed.
 * @param {bigint} scalar 1..q − 1
 */
export function publicPoint(scalar) {
  const [x, y] = affine(multiple(BASE, scalar, { bits: 256, identity: IDENTITY, add }));
  return uncompressed(x, y);
}

/** @param {Projective} point not the identity */
function affine([x, y, z]) {
  const scale = inverse(z, P);
  return /** @type {const} */ ([(x * scale) % P, (y * scale) % P]);
}

/**
 * `scalar` times a public point, for a small public scalar.
 * @param {Projective} point
 * @param {number} scalar
 */
export function times(point, scalar) {
  const bits = scalar.toString(2).length;
  return multiple(point, BigInt(scalar), { bits, identity: IDENTITY, add });
}

/** Whether this is the identity, which has no encoding. @param {Projective} point */
export const isIdentity = ([, , z]) => z === 0n;

/**
 * The 33 compressed bytes of a point; BadKey for the identity.
 * @param {Projective} point
 */
export function pack(point) {
  if (isIdentity(point)) throw new BadKey("the identity has no encoding");
  const [x, y] = affine(point);
  return concat(Uint8Array.of((y & 1n) === 0n ? 2 : 3), fromBigInt(x, 32));
}

/**
 * The public point in 33 compressed or 65 uncompressed bytes; BadKey.
 * @param {Uint8Array} octets
 * @returns {Projective}
 */
export function parsePoint(octets) {
  const whole = octets.length === 33 ? unpack(octets) : octets;
  const [x, y] = [toBigInt(whole.subarray(1, 33)), toBigInt(whole.subarray(33))];
  const isOnCurve = x < P && y < P && (y * y - (x * x + A) * x - B) % P === 0n;
  if (whole.length !== 65 || whole[0] !== 4 || !isOnCurve) throw new BadKey("no point of P-256");
  return [x, y, 1n];
}

/**
 * Throws BadSignature unless r ‖ s, 64 bytes, is ECDSA with SHA-256 over the message; BadEncoding
 * unless both are in 1..q − 1.
 * @param {Uint8Array} point 33 or 65 bytes
 * @param {Uint8Array} message
 * @param {Uint8Array} signature
 */
export async function verifyEcdsa(point, message, signature) {
  const halves = [signature.subarray(0, 32), signature.subarray(32)].map(toBigInt);
  if (signature.length !== 64 || halves.some((half) => half < 1n || half >= ORDER)) {
    throw new BadEncoding("not a signature r, s of 64 bytes");
  }
  const whole = point.length === 33 ? unpack(point) : Uint8Array.from(point);
  const way = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", whole, way, false, ["verify"]).catch(() => {
    throw new BadKey("no point of P-256");
  });
  const made = Uint8Array.from(signature);
  const isValid = await crypto.subtle.verify(way, key, made, Uint8Array.from(message));
  if (!isValid) throw new BadSignature("the ECDSA signature does not verify");
}

/**
 * r ‖ s, 64 bytes, of a signature in strict DER, as passkeys write it; BadEncoding.
 * @param {Uint8Array} der
 */
export function readDer(der) {
  const isSequence = der[0] === 0x30 && der[1] === der.length - 2 && der.length < 128;
  const middle = 4 + (der[3] ?? 0);
  const parts = [der.subarray(2, middle), der.subarray(middle)];
  if (!isSequence || middle > der.length) throw new BadEncoding("not a DER signature");
  return concat(...parts.map(readDerInteger));
}

/** @param {Uint8Array} part tag, length and content of a positive INTEGER below 2^256 */
function readDerInteger(part) {
  const [first = 0x80, second = 0] = part.subarray(2);
  const isWhole = part[0] === 0x02 && part[1] === part.length - 2;
  const isPadded = first === 0 && part.length > 3 && second < 0x80;
  if (!isWhole || first >= 0x80 || isPadded) throw new BadEncoding("not a DER integer");
  return fromBigInt(toBigInt(part.subarray(2)), 32);
}

/**
 * The 65 uncompressed bytes of a compressed point; BadKey if no point of the curve has these 33.
 * @param {Uint8Array} compressed
 */
export function unpack(compressed) {
  const sign = compressed[0] ?? 0;
  const x = toBigInt(compressed.subarray(1));
  if (compressed.length !== 33 || (sign !== 2 && sign !== 3) || x >= P) {
    throw new BadKey("not a compressed point of P-256");
  }
  const square = (x ** 3n + A * x + B) % P;
  const root = power(square, (P + 1n) / 4n, P);
  if ((root * root) % P !== square) throw new BadKey("not on the curve P-256");
  return uncompressed(x, (root & 1n) === BigInt(sign & 1) ? root : P - root);
}

/**
 * @param {bigint} x
 * @param {bigint} y
 */
function uncompressed(x, y) {
  return concat(Uint8Array.of(4), fromBigInt(x, 32), fromBigInt(y, 32));
}
