/**
 * Reading a log from its tiles and entry bundles (C2SP tlog-tiles, 256 wide). Nothing read here is
 * trusted before a proof made of it leads to a checkpoint's root.
 */
import { BadEncoding } from "./errors.js";
import { rootOf } from "./merkle.js";

/** @typedef {import("./bytes.js").Bytes} Bytes */
/** @typedef {(path: string) => Promise<Bytes>} Fetch a file of the record by its path */

const WIDTH = 256;
const HASH = 32; // bytes
const LEVELS = 8; // tree levels in a tile

/**
 * The path of a tile or bundle, from the log's folder.
 * @param {number | "entries"} level
 * @param {number} index
 * @param {number} width 256, or less for the last one
 */
export function tilePath(level, index, width) {
  const groups = [];
  for (let rest = index; groups.length === 0 || rest > 0; rest = Math.floor(rest / 1000)) {
    groups.unshift(String(rest % 1000).padStart(3, "0"));
  }
  const last = groups.pop();
  const place = [...groups.map((group) => `x${group}`), last].join("/");
  return `tile/${level}/${place}${width < WIDTH ? `.p/${width}` : ""}`;
}

/**
 * The entries in a bundle: each `u16 length ‖ bytes`; BadEncoding unless there are `count`.
 * @param {Bytes} bundle
 * @param {number} count
 */
export function readBundle(bundle, count) {
  const entries = splitBundle(bundle);
  if (entries.length !== count) throw new BadEncoding(`a bundle of ${count} entries was expected`);
  return entries;
}

/**
 * The entries in a bundle, however many; BadEncoding.
 * @param {Bytes} bundle
 */
export function splitBundle(bundle) {
  const entries = [];
  let start = 0;
  while (start < bundle.length) {
    const end = start + 2 + (bundle[start] ?? 0) * 256 + (bundle[start + 1] ?? 0);
    if (start + 2 > bundle.length || end > bundle.length) throw new BadEncoding("a cut bundle");
    entries.push(bundle.slice(start + 2, end));
    start = end;
  }
  return entries;
}

/** One log of a record at one size; keeps the tiles it has read. */
export class LogReader {
  /** @type {Map<string, Promise<Bytes>>} */
  #tiles = new Map();
  /** @type {Fetch} */
  #fetch;

  /**
   * @param {Fetch} fetch
   * @param {string} log its folder in the record
   * @param {number} size
   */
  constructor(fetch, log, size) {
    this.#fetch = fetch;
    this.log = log;
    this.size = size;
  }

  /**
   * The first `count` entries, in order.
   * @param {number} count at most the log's size
   */
  async firstEntries(count) {
    const bundles = Array.from({ length: Math.ceil(count / WIDTH) }, (_, at) => this.bundle(at));
    return (await Promise.all(bundles)).flat().slice(0, count);
  }

  /**
   * The root of leaves index·2^level up to (index + 1)·2^level, all of which stand in the log.
   * @param {number} level
   * @param {number} index
   * @returns {Promise<Bytes>}
   */
  subtree = async (level, index) => {
    const height = Math.floor(level / LEVELS);
    const count = 2 ** (level % LEVELS);
    const start = index * count;
    const tile = await this.#hashes(height, Math.floor(start / WIDTH));
    const from = start % WIDTH;
    return rootOf(tile.slice(from, from + count));
  };

  /**
   * The entries of one bundle: from index·256 on, up to 256 of them.
   * @param {number} index
   */
  async bundle(index) {
    const width = Math.min(WIDTH, this.size - index * WIDTH);
    return readBundle(await this.#file(tilePath("entries", index, width)), width);
  }

  /**
   * @param {number} height
   * @param {number} index
   */
  async #hashes(height, index) {
    const inLevel = Math.floor(this.size / WIDTH ** height);
    const width = Math.min(WIDTH, inLevel - index * WIDTH);
    const tile = await this.#file(tilePath(height, index, width));
    if (tile.length !== width * HASH) throw new BadEncoding(`a tile of ${width} was expected`);
    return Array.from({ length: width }, (_, at) => tile.slice(at * HASH, (at + 1) * HASH));
  }

  /** @param {string} path */
  #file(path) {
    const known = this.#tiles.get(path);
    if (known) return known;
    const wanted = this.#fetch(`${this.log}/${path}`);
    this.#tiles.set(path, wanted);
    return wanted;
  }
}
