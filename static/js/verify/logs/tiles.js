/**
 * How a bundle is cut, and where tiles lie (C2SP tlog-tiles; protocol, section 12). Other than the
 * voting client's reader this one goes on where bytes are damaged.
 */
export { tilePath } from "../../vote/tiles.js";

/** @typedef {import("../../vote/bytes.js").Bytes} Bytes */

/** Hashes in a full tile, entries in a full bundle. */
export const WIDTH = 256;
export const HASH = 32; // bytes
/** The largest bundle there can be. */
export const MOST_BUNDLE_BYTES = WIDTH * (2 + 65_535);

/**
 * The `count` entries of a bundle, and what is wrong with it ("" if nothing). Entries that the
 * bytes do not give are empty, so that the damage stays in its place.
 * @param {Bytes} bundle
 * @param {number} count
 */
export function cut(bundle, count) {
  /** @type {Bytes[]} */
  const entries = [];
  let start = 0;
  while (entries.length < count) {
    const end = start + 2 + (bundle[start] ?? 0) * 256 + (bundle[start + 1] ?? 0);
    if (start + 2 > bundle.length || end > bundle.length) break;
    entries.push(bundle.subarray(start + 2, end));
    start = end;
  }
  const isWhole = entries.length === count;
  while (entries.length < count) entries.push(new Uint8Array());
  if (!isWhole) return { entries, wrong: "the bundle ends inside an entry" };
  const isLonger = start !== bundle.length;
  return { entries, wrong: isLonger ? "bytes follow the last entry of the bundle" : "" };
}

/**
 * For each tile of a level that holds so many hashes: its index and its width.
 * @param {number} size
 * @returns {Generator<[index: number, width: number]>}
 */
export function* widths(size) {
  for (let index = 0; index * WIDTH < size; index += 1) {
    yield [index, Math.min(WIDTH, size - index * WIDTH)];
  }
}
