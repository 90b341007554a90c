/**
 * V16: the roll, and its rows for the checks after it.
 */
import { compare, hex, isEqual } from "../../vote/bytes.js";
import { leafHash } from "../../vote/merkle.js";
import { readRow } from "../logs/rows.js";
import { Peaks } from "../logs/tree.js";
import { Fault } from "../verdict.js";

/** @typedef {import("../../vote/bytes.js").Bytes} Bytes */
/** @typedef {import("../verdict.js").Findings} Findings */

/** More than any row takes in the file: four passkeys make 204 bytes. */
export const MOST_ROW_BYTES = 256;

const AT_ONCE = 256;

/**
 * The roll's rows (leaf data, whether they parse or not): form, order, one per voter, and the
 * sizes and root that were frozen.
 * @param {Bytes} file
 * @param {import("../../vote/manifest.js").Manifest["roll"]} frozen
 * @param {Findings} findings
 */
export async function v16Roll(file, frozen, findings) {
  const { leaves, isCut } = cutRows(file);
  if (isCut) findings.add("V16", "the file ends inside a row", "roll", leaves.length);
  const tree = new Peaks();
  for (let at = 0; at < leaves.length; at += AT_ONCE) {
    const hashes = await Promise.all(leaves.slice(at, at + AT_ONCE).map(leafHash));
    for (const hash of hashes) await tree.append(hash);
  }
  const sizes = checkRows(leaves, frozen, findings);
  if (tree.size !== frozen.size || !isEqual(await tree.root(), frozen.root)) {
    findings.add("V16", "size or root is not the manifest's", "roll");
  }
  const sum = frozen.styles.reduce((total, { size }) => total + BigInt(size), 0n);
  const isWrong = frozen.styles.some(({ style, size }) => sizes.get(style) !== size);
  if (isWrong || sum !== BigInt(frozen.size)) {
    findings.add("V16", "the sizes of the styles are not the manifest's", "roll");
  }
  return leaves;
}

/** @param {Bytes} file */
function cutRows(file) {
  /** @type {Bytes[]} */
  const leaves = [];
  let start = 0;
  while (start < file.length) {
    const end = start + 2 + (file[start] ?? 0) * 256 + (file[start + 1] ?? 0);
    if (start + 2 > file.length || end > file.length) return { leaves, isCut: true };
    leaves.push(file.subarray(start + 2, end));
    start = end;
  }
  return { leaves, isCut: false };
}

/**
 * Each row by itself and after the one before; how many there are of each style.
 * @param {Bytes[]} leaves
 * @param {import("../../vote/manifest.js").Manifest["roll"]} frozen
 * @param {Findings} findings
 */
function checkRows(leaves, frozen, findings) {
  const sizes = new Map(frozen.styles.map(({ style }) => [style, 0]));
  /** @type {Set<string>} */
  const voters = new Set();
  /** @type {Uint8Array} */
  let last = new Uint8Array();
  for (const [index, leaf] of leaves.entries()) {
    const fail = (/** @type {string} */ why) => findings.add("V16", why, "roll", index);
    try {
      const { commitment, style } = readRow(leaf);
      const voter = hex(commitment);
      if (voters.has(voter)) fail("a second row of one voter");
      if (compare(leaf, last) <= 0) fail("the row does not ascend");
      if (!sizes.has(style)) fail(`there is no style ${style}`);
      sizes.set(style, (sizes.get(style) ?? 0) + 1);
      voters.add(voter);
      last = leaf;
    } catch (fault) {
      if (!(fault instanceof Fault)) throw fault;
      fail(fault.why);
    }
  }
  return sizes;
}
