/**
 * A row of the roll as the verifier reads it (protocol, section 3).
 */
import { compare, isEqual } from "../../vote/bytes.js";
import { H, about, parse, split } from "../../vote/encoding.js";
import { Fault, blamingNow } from "../verdict.js";

/** @typedef {import("../../vote/bytes.js").Bytes} Bytes */
/** @typedef {{commitment: Bytes, style: number, passkeys: Bytes[]}} RollRow */

const MOST_PASSKEYS = 4;

/**
 * The row whose leaf data these bytes are; Fault V16.
 * @param {Bytes} leaf
 * @returns {RollRow}
 */
export function readRow(leaf) {
  return blamingNow("V16", () => {
    const many = split(leaf).fields.length - 2;
    if (many > MOST_PASSKEYS) throw new Fault("V16", "a row with more than four passkeys");
    const hashes = Array.from({ length: Math.max(many, 0) }, () => 32);
    const [commitment, style, ...passkeys] = parse("roll", leaf, [32, 2, ...hashes]);
    if (!commitment || !style || about(style) === 0) throw new Fault("V16", "a row of style 0");
    if (passkeys.some((each, at) => compare(each, passkeys[at + 1] ?? LAST) >= 0)) {
      throw new Fault("V16", "passkeys that do not ascend");
    }
    return { commitment, style: about(style), passkeys };
  });
}

/** Longer than any passkey's hash, and so behind all of them. */
const LAST = Uint8Array.from({ length: 33 }, () => 0xff);

/**
 * Whether this COSE key is one of the voter's passkeys.
 * @param {RollRow} row
 * @param {Uint8Array} cose
 */
export async function hasPasskey({ commitment, passkeys }, cose) {
  const hash = await H("passkey", commitment, cose);
  return passkeys.some((each) => isEqual(each, hash));
}
