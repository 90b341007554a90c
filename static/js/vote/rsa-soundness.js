/**
 * Whether an RSA key could mark what it signs blindly (protocol, section 6; A4).
 *
 * With a key whose exponent is not invertible, a dishonest registrar learns something of the
 * blinded message. Small factors are looked for, the registrar's certificate shows that it can
 * take 65537-th roots, and no two keys of an election may share a factor.
 */
import { toBigInt } from "./bytes.js";
import { M, u16 } from "./encoding.js";
import { BadKey } from "./errors.js";
import { EXPONENT, mgf1 } from "./blind-rsa.js";
import { gcd, power, primesUpTo } from "./integers.js";

/** @typedef {import("./bytes.js").Bytes} Bytes */
/** @typedef {import("./blind-rsa.js").PublicKey} PublicKey */

export const CERTIFICATE_LENGTH = 8;

/**
 * Throws BadKey where a prime up to 65537 divides the modulus.
 * @param {PublicKey} key
 */
export function checkFactors(key) {
  for (const prime of primesUpTo(Number(EXPONENT))) {
    if (key.n % BigInt(prime) === 0n) throw new BadKey(`${prime} divides the modulus`);
  }
}

/**
 * Throws BadKey where a key shares a factor with another one of the election, or is another one.
 * @param {PublicKey} key
 * @param {PublicKey[]} others
 */
export function checkCoprime(key, others) {
  const product = others.reduce((rest, other) => (rest * other.n) % key.n, 1n);
  if (gcd(key.n, product) !== 1n) throw new BadKey("two keys of the election share a factor");
}

/**
 * What a certificate's roots are of: `MGF1-SHA384(M("rsa-cert", ...), 400) mod N`, i = 1..8.
 * @param {Bytes} eid0
 * @param {number} registrar
 * @param {number} style
 * @param {PublicKey} key
 */
export function certificateMessages(eid0, registrar, style, key) {
  return Array.from({ length: CERTIFICATE_LENGTH }, (_, at) =>
    M("rsa-cert", eid0, u16(registrar), u16(style), key.spki, u16(at + 1)),
  );
}

/**
 * Throws BadKey unless each root, to the power 65537, is the hash of its message.
 * @param {PublicKey} key
 * @param {Uint8Array[]} messages
 * @param {Uint8Array[]} certificate
 */
export async function checkCertificate(key, messages, certificate) {
  if (certificate.length !== messages.length) throw new BadKey("the certificate is incomplete");
  for (const [at, message] of messages.entries()) {
    const root = certificate[at] ?? new Uint8Array();
    const target = toBigInt(await mgf1(message, key.octets + 16)) % key.n;
    const value = toBigInt(root);
    const isRoot = root.length === key.octets && value < key.n;
    if (!isRoot || power(value, EXPONENT, key.n) !== target) {
      throw new BadKey(`number ${at + 1} of the key's certificate is wrong`);
    }
  }
}
