/**
 * The voter's own row of the roll (protocol, section 3): served to nobody else before the close,
 * checked against the root in the manifest.
 */
import { fromB64url, isEqual, utf8 } from "./bytes.js";
import { H, number, split } from "./encoding.js";
import { BadEncoding, BadProof } from "./errors.js";
import { leafHash, verifyInclusion } from "./merkle.js";
import { binary, list, object, text, whole } from "./schema.js";

/** @typedef {import("./bytes.js").Bytes} Bytes */
/**
 * @typedef {{row: number, style: number, voterId: string, hasPasskey: boolean}} RollRow
 *   voterId: the name under which the organiser knows this voter
 */

const readAnswer = object({
  row: whole(),
  style: whole({ least: 1, most: 65535 }),
  salt: binary(32),
  voter_id: text,
  leaf: text,
  proof: list(binary(32)),
  size: whole(),
});

/**
 * The row in the server's answer, shown to stand on the roll for this voter and this style; throws
 * BadEncoding or BadProof.
 * @param {unknown} answer
 * @param {{root: Bytes, size: number}} roll as in the manifest
 * @returns {Promise<RollRow>}
 */
export async function checkRow(answer, roll) {
  const said = readAnswer({ path: "", value: answer });
  const leaf = fromB64url(said.leaf);
  const { tag, fields } = split(leaf);
  const [commitment, style, ...passkeys] = fields;
  if (tag !== "roll" || !commitment || style?.length !== 2) throw new BadEncoding("not a row");
  if (!isEqual(commitment, await H("voter", utf8(said.voter_id), said.salt))) {
    throw new BadProof("the row is of another voter");
  }
  if (number(style) !== said.style) throw new BadProof("the row is of another ballot style");
  if (said.size !== roll.size) throw new BadProof("the row is of a roll of another size");
  await verifyInclusion(await leafHash(leaf), { index: said.row, proof: said.proof }, roll);
  const { row, style: own, voter_id: voterId } = said;
  return { row, style: own, voterId, hasPasskey: passkeys.length > 0 };
}
