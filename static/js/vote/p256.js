/**
 * The two things about P-256 that WebCrypto does not do everywhere: the public point of a secret
 * scalar, and unpacking a compressed point.
 *
 * Safari imports no private key without its public half and Firefox gives none back, so the half
 * is computed here; the key exchange itself is WebCrypto's.
 */
import { concat, fromBigInt, toBigInt } from "./bytes.js";
import { BadKey } from "./errors.js";
import { inverse, modulo, multiple, power } from "./integers.js";

/** @typedef {import("./bytes.js").Bytes} Bytes */
/** @typedef {[x: bigint, y: bigint, z: bigint]} Projective */

const P = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
const A = P - 3n;
const B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;
/** The group's order q. */
export const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

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
function add([x1, y1, z1], [x2, y2, z2]) {
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
  const [x, y, z] = multiple(BASE, scalar, { bits: 256, identity: [0n, 1n, 0n], add });
  const scale = inverse(z, P);
  return uncompressed((x * scale) % P, (y * scale) % P);
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
