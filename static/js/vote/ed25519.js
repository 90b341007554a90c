/**
 * Ed25519 (RFC 8032): signing from a 32-byte seed, and the strict verification of protocol 7.4.
 *
 * Signing and the equation itself are WebCrypto's. The public key is computed here, because
 * Firefox gives none back for a key that was imported from its seed.
 */
import { concat, fromBigInt, isEqual, toBigInt } from "./bytes.js";
import { digest } from "./encoding.js";
import { BadKey, BadSignature, NeedsNewerBrowser } from "./errors.js";
import { inverse, modulo, multiple } from "./integers.js";

/** @typedef {import("./bytes.js").Bytes} Bytes */
/** @typedef {[x: bigint, y: bigint, z: bigint]} Projective */

const P = 2n ** 255n - 19n;
const D = 0x52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3n;
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
/** @type {Projective} */
const BASE = [
  0x216936d3cd6e53fec0a4e231fdd6dc5c692cc7609525a7b2c9562d608f25d51an,
  0x6666666666666666666666666666666666666666666666666666666666666658n,
  1n,
];
// The y-coordinates of the eight points of small order: 1, −1, 0, and the two of order 8.
const ORDER_8 = 0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n;
const SMALL = new Set([1n, P - 1n, 0n, ORDER_8, P - ORDER_8]);
const PKCS8_HEAD = Uint8Array.from([
  0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
]);
const WAY = { name: "Ed25519" };

/** @param {Uint8Array} octets */
const littleEndian = (octets) => toBigInt(Uint8Array.from(octets).reverse());

/**
 * Complete addition on −x² + y² = 1 + d·x²·y² (Bernstein et al. 2008, section 6).
 * @param {Projective} one
 * @param {Projective} two
 * @returns {Projective}
 */
function add([x1, y1, z1], [x2, y2, z2]) {
  const [xx, yy, zz] = [(x1 * x2) % P, (y1 * y2) % P, (z1 * z2) % P];
  const square = (zz * zz) % P;
  const tilt = (((D * xx) % P) * yy) % P;
  const [less, more] = [modulo(square - tilt, P), (square + tilt) % P];
  const cross = modulo((x1 + y1) * (x2 + y2) - xx - yy, P);
  return [
    (((zz * less) % P) * cross) % P,
    (((zz * more) % P) * (yy + xx)) % P,
    (less * more) % P,
  ];
}

/**
 * The public key of a seed (RFC 8032, 5.1.5), 32 bytes.
 * @param {Uint8Array} seed 32 bytes
 * @returns {Promise<Bytes>}
 */
export async function publicKey(seed) {
  const half = littleEndian((await digest("SHA-512", seed)).subarray(0, 32));
  const scalar = (half & ((1n << 254n) - 8n)) | (1n << 254n);
  const [x, y, z] = multiple(BASE, scalar, { bits: 255, identity: [0n, 1n, 1n], add });
  const scale = inverse(z, P);
  const sign = ((x * scale) % P) & 1n;
  return fromBigInt((sign << 255n) | ((y * scale) % P), 32).reverse();
}

/**
 * The signature of a message, 64 bytes, verified before it is given out.
 * @param {Uint8Array} seed 32 bytes
 * @param {Uint8Array} message
 * @param {Uint8Array} [key] the seed's public key, where it is at hand
 * @returns {Promise<Bytes>}
 */
export async function sign(seed, message, key) {
  const pkcs8 = concat(PKCS8_HEAD, seed);
  const secret = await supported(crypto.subtle.importKey("pkcs8", pkcs8, WAY, false, ["sign"]));
  const made = await crypto.subtle.sign(WAY, secret, Uint8Array.from(message));
  const signature = new Uint8Array(made);
  await verify(key ?? (await publicKey(seed)), message, signature);
  return signature;
}

/**
 * Throws BadKey or BadSignature unless the signature holds by the strict rule: canonical encodings,
 * `S < L`, neither key nor R of small order, the equation without cofactor.
 * @param {Uint8Array} key 32 bytes
 * @param {Uint8Array} message
 * @param {Uint8Array} signature 64 bytes
 */
export async function verify(key, message, signature) {
  checkPublic(key);
  checkSignature(signature);
  const imported = await importPublic(key);
  const made = Uint8Array.from(signature);
  const isValid = await crypto.subtle.verify(WAY, imported, made, Uint8Array.from(message));
  if (!isValid) throw new BadSignature("the Ed25519 signature does not verify");
}

/**
 * Throws BadKey unless these 32 bytes are a canonical point that is not of small order.
 * @param {Uint8Array} key
 */
export function checkPublic(key) {
  if (!isStrictPoint(key)) throw new BadKey("not a strict Ed25519 public key");
}

/**
 * Throws BadSignature unless these 64 bytes are a canonical R, not of small order, and S below L.
 * @param {Uint8Array} signature
 */
export function checkSignature(signature) {
  if (signature.length !== 64) throw new BadSignature("an Ed25519 signature has 64 bytes");
  if (!isStrictPoint(signature.subarray(0, 32))) throw new BadSignature("R is not strict");
  if (littleEndian(signature.subarray(32)) >= ORDER) throw new BadSignature("S is not below L");
}

/** @param {Uint8Array} encoded */
function isStrictPoint(encoded) {
  const y = littleEndian(encoded) & ((1n << 255n) - 1n);
  return encoded.length === 32 && y < P && !SMALL.has(y);
}

/** @param {Uint8Array} key */
async function importPublic(key) {
  const wanted = crypto.subtle.importKey("raw", Uint8Array.from(key), WAY, false, ["verify"]);
  try {
    return await supported(wanted);
  } catch (error) {
    if (error instanceof NeedsNewerBrowser) throw error;
    throw new BadSignature("the key is no point of the curve");
  }
}

/**
 * Throws NeedsNewerBrowser unless this browser does Ed25519 as RFC 8032 does (test 1 of 7.1).
 */
export async function checkSupport() {
  const seed = Uint8Array.from([
    0x9d, 0x61, 0xb1, 0x9d, 0xef, 0xfd, 0x5a, 0x60, 0xba, 0x84, 0x4a, 0xf4, 0x92, 0xec, 0x2c, 0xc4,
    0x44, 0x49, 0xc5, 0x69, 0x7b, 0x32, 0x69, 0x19, 0x70, 0x3b, 0xac, 0x03, 0x1c, 0xae, 0x7f, 0x60,
  ]);
  const known = Uint8Array.from([0xe5, 0x56, 0x43, 0x00, 0xc3, 0x60, 0xac, 0x72]);
  if (!globalThis.crypto?.subtle) throw new NeedsNewerBrowser("WebCrypto");
  const signature = await sign(seed, new Uint8Array());
  if (!isEqual(signature.subarray(0, 8), known)) throw new NeedsNewerBrowser("Ed25519");
}

/**
 * @template T
 * @param {Promise<T>} wanted
 * @returns {Promise<T>}
 */
async function supported(wanted) {
  try {
    return await wanted;
  } catch (error) {
    const isUnknown = error instanceof DOMException && error.name === "NotSupportedError";
    if (isUnknown) throw new NeedsNewerBrowser("Ed25519");
    throw error;
  }
}
