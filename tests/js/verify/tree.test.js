/** The tree that streams by has the roots and tiles of one that is held whole. */
import assert from "node:assert/strict";
import test from "node:test";
import { leafHash, rootOf } from "../../../static/js/vote/merkle.js";
import { Peaks, Tree } from "../../../static/js/verify/logs/tree.js";

const SIZE = 700;
const leaves = await Promise.all(
  Array.from({ length: SIZE }, (_, at) => leafHash(Uint8Array.of(at >> 8, at & 255))),
);

/** The tree of the first `size` leaves, fed in bundles of 256. */
async function fed(size, wanted) {
  const tree = new Tree();
  for (let at = 0; at < size; at += 256) {
    await tree.add(leaves.slice(at, Math.min(at + 256, size)), wanted);
  }
  return tree;
}

test("peaks give the root at every size", async () => {
  const peaks = new Peaks();
  for (let size = 0; size < 70; size += 1) {
    assert.deepEqual(await peaks.root(), await rootOf(leaves.slice(0, size)), `size ${size}`);
    await peaks.append(leaves[size]);
  }
});

test("roots are kept where they are wanted, and at the end", async () => {
  const wanted = new Set([1, 2, 255, 256, 300, 512, 699]);
  const tree = await fed(SIZE, wanted);
  assert.deepEqual([...tree.roots.keys()].sort((a, b) => a - b), [0, ...wanted, SIZE]);
  for (const [size, root] of tree.roots) {
    assert.deepEqual(root, await rootOf(leaves.slice(0, size)), `size ${size}`);
  }
});

test("full bundles are added as one sub-tree where nobody asks inside", async () => {
  const tree = await fed(SIZE, new Set());
  assert.deepEqual([...tree.roots.keys()], [0, SIZE]);
  assert.deepEqual(tree.roots.get(SIZE), await rootOf(leaves));
});

test("the level above holds a hash for each full tile, and only for those", async () => {
  const { levels } = await fed(SIZE, new Set());
  const tiles = [leaves.slice(0, 256), leaves.slice(256, 512)];
  assert.deepEqual(levels, [await Promise.all(tiles.map(rootOf))]);
});
