/**
 * What a role says in a log: `M("signed", role, u16 index, inner, sig)` (protocol, section 4).
 */
import { fromUtf8, utf8 } from "./bytes.js";
import * as ed25519 from "./ed25519.js";
import { M, number, parse, split } from "./encoding.js";

/** @typedef {import("./bytes.js").Bytes} Bytes */

/**
 * The parts of a signed payload, unverified.
 * @param {Uint8Array} payload
 */
export function readSigned(payload) {
  const [role, index, inner, signature] = parse("signed", payload, [null, 2, null, 64]);
  return { role: fromUtf8(role), index: number(index), inner, signature, tag: split(inner).tag };
}

/**
 * Throws BadKey or BadSignature unless the role's key signed it.
 * @param {ReturnType<typeof readSigned>} signed
 * @param {Bytes} key
 */
export async function verifySigned({ role, index, inner, signature }, key) {
  const message = M("by", utf8(role), Uint8Array.of(index >> 8, index & 255), inner);
  await ed25519.verify(key, message, signature);
}
