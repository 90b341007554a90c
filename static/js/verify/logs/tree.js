/**
 * The Merkle tree of a log while it streams by: roots at any size, and the hashes of its tiles.
 */
import { fromHex } from "../../vote/bytes.js";
import { nodeHash, rootOf } from "../../vote/merkle.js";
import { WIDTH } from "./tiles.js";

/** @typedef {import("../../vote/bytes.js").Bytes} Bytes */

/** The root of no leaves: SHA-256 of nothing (RFC 9162, 2.1.1). */
const EMPTY_ROOT = fromHex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
const LEVEL = 8; // a tile is a perfect sub-tree of this height

/** The perfect sub-trees of everything appended so far, largest first. */
export class Peaks {
  size = 0;
  /** @type {Bytes[]} */
  #hashes = [];

  /**
   * Adds a perfect sub-tree of 2^height leaves; `size` is a multiple of that number.
   * @param {Bytes} root
   * @param {number} [height]
   */
  async append(root, height = 0) {
    let joined = root;
    let index = Math.floor(this.size / 2 ** height);
    for (; index % 2 === 1; index = Math.floor(index / 2)) {
      joined = await nodeHash(/** @type {Bytes} */ (this.#hashes.pop()), joined);
    }
    this.#hashes.push(joined);
    this.size += 2 ** height;
  }

  /** The root of all leaves so far. @returns {Promise<Bytes>} */
  async root() {
    const last = this.#hashes.at(-1);
    if (!last) return EMPTY_ROOT;
    let folded = last;
    for (const left of this.#hashes.slice(0, -1).reverse()) folded = await nodeHash(left, folded);
    return folded;
  }
}

/** A log's tree, fed bundle by bundle: roots where they are wanted, tiles from level 1 up. */
export class Tree {
  #peaks = new Peaks();
  /** @type {Map<number, Bytes>} */
  roots = new Map([[0, EMPTY_ROOT]]);
  /** The hashes of each level above 0. @type {Bytes[][]} */
  levels = [];

  /** Leaves so far. */
  get size() {
    return this.#peaks.size;
  }

  /**
   * Appends one bundle's leaf hashes, keeping the roots at `wanted` sizes and at the end.
   * @param {Bytes[]} leaves at most 256
   * @param {Set<number>} wanted
   */
  async add(leaves, wanted) {
    const [start, end] = [this.size, this.size + leaves.length];
    const root = leaves.length === WIDTH ? await rootOf(leaves) : null;
    const isWantedInside = leaves.some((_, at) => at > 0 && wanted.has(start + at));
    if (root && !isWantedInside) await this.#peaks.append(root, LEVEL);
    else await this.#addOneByOne(leaves, wanted);
    this.roots.set(end, await this.#peaks.root());
    if (start > 0 && !wanted.has(start)) this.roots.delete(start);
    if (root) await this.#addTile(0, root);
  }

  /**
   * @param {Bytes[]} leaves
   * @param {Set<number>} wanted
   */
  async #addOneByOne(leaves, wanted) {
    for (const leaf of leaves) {
      await this.#peaks.append(leaf);
      if (wanted.has(this.size)) this.roots.set(this.size, await this.#peaks.root());
    }
  }

  /**
   * Keeps the hash of a full tile where the level above holds it.
   * @param {number} level
   * @param {Bytes} root
   */
  async #addTile(level, root) {
    const hashes = (this.levels[level] ??= []);
    hashes.push(root);
    if (hashes.length % WIDTH > 0) return;
    await this.#addTile(level + 1, await rootOf(hashes.slice(-WIDTH)));
  }
}
