/**
 * Merkle trees and their proofs (RFC 9162 section 2). Verifying decomposes a path into an inner
 * and a border part; the Python side of the consistency check folds it in the RFC's own way.
 */
import { concat, isEqual, utf8 } from "./bytes.js";
import { sha256 } from "./encoding.js";
import { BadProof } from "./errors.js";

/** @typedef {import("./bytes.js").Bytes} Bytes */
/** @typedef {(level: number, index: number) => Promise<Bytes>} Subtree
 *  the root of leaves index·2^level up to (index + 1)·2^level */

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/**
 * `SHA-256(0x00 || entry)`.
 * @param {Uint8Array} entry
 */
export function leafHash(entry) {
  return sha256(concat(LEAF, entry));
}

/**
 * `SHA-256(0x01 || left || right)`.
 * @param {Uint8Array} left
 * @param {Uint8Array} right
 */
export function nodeHash(left, right) {
  return sha256(concat(NODE, left, right));
}

/**
 * The root over leaf hashes, level by level; a lone right node moves up unchanged.
 * @param {Bytes[]} leaves
 * @returns {Promise<Bytes>}
 */
export async function rootOf(leaves) {
  if (leaves.length === 0) return sha256(utf8(""));
  let level = leaves;
  while (level.length > 1) {
    const rest = level;
    const pairs = Array.from({ length: Math.ceil(rest.length / 2) }, (_, at) => {
      const [left, right] = [rest[2 * at], rest[2 * at + 1]];
      return left && right ? nodeHash(left, right) : left;
    });
    level = /** @type {Bytes[]} */ (await Promise.all(pairs));
  }
  return /** @type {Bytes} */ (level[0]);
}

/**
 * Throws BadProof unless the leaf stands at `index` of the tree with this size and root.
 * @param {Uint8Array} leaf its hash
 * @param {{index: number, proof: Uint8Array[]}} path hashes from the leaf's side up
 * @param {{size: number, root: Uint8Array}} tree
 */
export async function verifyInclusion(leaf, { index, proof }, { size, root }) {
  if (!isBelow(index, size)) throw new BadProof(`no leaf ${index} in a tree of ${size}`);
  const [place, last] = [BigInt(index), BigInt(size) - 1n];
  const inner = bits(place ^ last);
  checkLengths([leaf, root, ...proof]);
  if (proof.length !== inner + ones(place >> BigInt(inner))) {
    throw new BadProof("the inclusion proof is too short or too long");
  }
  const folded = await fold(leaf, proof, (height) => height >= inner || isRight(place, height));
  if (!isEqual(folded, root)) throw new BadProof("the inclusion proof leads to another root");
}

/**
 * Throws BadProof unless the older tree is the beginning of the newer one.
 * @param {{size: number, root: Uint8Array}} older
 * @param {{size: number, root: Uint8Array}} newer
 * @param {Uint8Array[]} proof
 */
export async function verifyConsistency(older, newer, proof) {
  checkLengths([older.root, newer.root, ...proof]);
  if (!isBelow(older.size, newer.size + 1)) throw new BadProof("the log became shorter");
  if (older.size === 0 || older.size === newer.size) return verifyTrivial(older, newer, proof);
  const height = trailingZeros(BigInt(older.size));
  const [place, last] = [BigInt(older.size) - 1n, BigInt(newer.size) - 1n];
  const inner = bits(place ^ last) - height;
  const path = place >> BigInt(height);
  const border = ones(path >> BigInt(inner));
  // A whole power of two is its own first part, which the prover leaves out.
  const [first, ...rest] = path === 0n ? [older.root, ...proof] : proof;
  if (!first || rest.length !== inner + border) {
    throw new BadProof("the consistency proof is too short or too long");
  }
  const isLeft = (/** @type {number} */ at) => at >= inner || isRight(path, at);
  const oldRoot = await fold(first, rest.filter((_, at) => isLeft(at)), () => true);
  const newRoot = await fold(first, rest, isLeft);
  if (!isEqual(oldRoot, older.root) || !isEqual(newRoot, newer.root)) {
    throw new BadProof("the consistency proof does not join the two roots");
  }
}

/**
 * @param {{size: number, root: Uint8Array}} older
 * @param {{size: number, root: Uint8Array}} newer
 * @param {Uint8Array[]} proof
 */
async function verifyTrivial(older, newer, proof) {
  const empty = await rootOf([]);
  const expected = older.size === 0 ? empty : newer.root;
  const isHollow = newer.size === 0 && !isEqual(newer.root, empty);
  if (proof.length > 0 || isHollow || !isEqual(older.root, expected)) {
    throw new BadProof("the trivial consistency proof does not hold");
  }
}

/**
 * The proof that leaf `index` is in the tree of `size` leaves, out of stored sub-trees.
 * @param {number} index
 * @param {number} size
 * @param {Subtree} subtree
 */
export async function inclusionProof(index, size, subtree) {
  if (!isBelow(index, size)) throw new BadProof(`no leaf ${index} in a tree of ${size}`);
  let [start, end] = [0, size];
  const path = [];
  while (end - start > 1) {
    const middle = start + widthBelow(end - start);
    const isInLeft = index < middle;
    path.unshift(isInLeft ? rangeRoot(middle, end, subtree) : rangeRoot(start, middle, subtree));
    [start, end] = isInLeft ? [start, middle] : [middle, end];
  }
  return Promise.all(path);
}

/**
 * The proof that the first `older` leaves begin the tree of `newer`, out of stored sub-trees.
 * @param {number} older
 * @param {number} newer
 * @param {Subtree} subtree
 */
export async function consistencyProof(older, newer, subtree) {
  if (older === 0 || older >= newer) return [];
  let [start, end] = [0, newer];
  const path = [];
  while (end !== older) {
    const middle = start + widthBelow(end - start);
    const isInLeft = older <= middle;
    path.unshift(isInLeft ? rangeRoot(middle, end, subtree) : rangeRoot(start, middle, subtree));
    [start, end] = isInLeft ? [start, middle] : [middle, end];
  }
  if (start > 0) path.unshift(rangeRoot(start, end, subtree));
  return Promise.all(path);
}

/**
 * @param {number} start
 * @param {number} end
 * @param {Subtree} subtree
 */
async function rangeRoot(start, end, subtree) {
  let folded = null;
  for (let position = end; position > start; ) {
    const height = trailingZeros(BigInt(position - start));
    position -= 2 ** height;
    const part = await subtree(height, position / 2 ** height);
    folded = folded ? await nodeHash(part, folded) : part;
  }
  return /** @type {Bytes} */ (folded);
}

/**
 * @param {Uint8Array} start
 * @param {Uint8Array[]} proof
 * @param {(height: number) => boolean} isLeft whether the proof's hash stands on the left
 */
async function fold(start, proof, isLeft) {
  let folded = start;
  for (const [height, sibling] of proof.entries()) {
    folded = isLeft(height) ? await nodeHash(sibling, folded) : await nodeHash(folded, sibling);
  }
  return folded;
}

/** @param {Uint8Array[]} hashes */
function checkLengths(hashes) {
  if (hashes.some((hash) => hash.length !== 32)) throw new BadProof("a hash is not 32 bytes");
}

/** @type {(value: number, bound: number) => boolean} */
const isBelow = (value, bound) => Number.isSafeInteger(value) && value >= 0 && value < bound;
/** @type {(place: bigint, height: number) => boolean} */
const isRight = (place, height) => ((place >> BigInt(height)) & 1n) === 1n;
/** @param {bigint} value */
const bits = (value) => (value === 0n ? 0 : value.toString(2).length);
/** @param {bigint} value */
const ones = (value) => value.toString(2).replaceAll("0", "").length;
/** @param {bigint} value */
const trailingZeros = (value) => bits(value & -value) - 1;
/** The largest power of two strictly below. @param {number} size */
const widthBelow = (size) => 2 ** (bits(BigInt(size - 1)) - 1);
