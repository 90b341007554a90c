import assert from "node:assert/strict";
import test from "node:test";
import { fromHex, hex } from "../../static/js/vote/bytes.js";
import { BadProof } from "../../static/js/vote/errors.js";
import * as merkle from "../../static/js/vote/merkle.js";
import { fromBase64Lenient, shared, vectors } from "./places.js";

/** A growing tree of small leaves, with the sub-trees that a store would give. */
async function tree(size) {
  const leaves = await Promise.all(
    Array.from({ length: size }, (_, at) => merkle.leafHash(Uint8Array.of(at >> 8, at))),
  );
  const subtree = (level, index) =>
    merkle.rootOf(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level));
  const root = (until) => merkle.rootOf(leaves.slice(0, until));
  return { leaves, subtree, root };
}

test("roots of the reference tree come out", async () => {
  for (const { leaves, leaf_hashes: hashes, roots } of vectors("rfc9162-tree")) {
    const made = await Promise.all(leaves.map((leaf) => merkle.leafHash(fromHex(leaf))));
    assert.deepEqual(made.map(hex), hashes);
    for (const [size, root] of roots.entries()) {
      assert.equal(hex(await merkle.rootOf(made.slice(0, size))), root);
    }
  }
});

test("every inclusion proof of small trees holds, and no altered one", async () => {
  for (let size = 1; size <= 17; size++) {
    const { leaves, subtree, root } = await tree(size);
    const head = { size, root: await root(size) };
    for (const [index, leaf] of leaves.entries()) {
      const proof = await merkle.inclusionProof(index, size, subtree);
      await merkle.verifyInclusion(leaf, { index, proof }, head);
      for (const wrong of [index + 1, index - 1, size, -1]) {
        await assert.rejects(merkle.verifyInclusion(leaf, { index: wrong, proof }, head), BadProof);
      }
      const longer = [...proof, leaf];
      await assert.rejects(merkle.verifyInclusion(leaf, { index, proof: longer }, head), BadProof);
      const flipped = proof.map((hash) => hash.with(0, (hash[0] ?? 0) ^ 1));
      if (proof.length > 0) {
        await assert.rejects(
          merkle.verifyInclusion(leaf, { index, proof: flipped }, head), BadProof,
        );
      }
    }
  }
});

test("every consistency proof of small trees holds, and no altered one", async () => {
  const { subtree, root } = await tree(17);
  for (let newer = 0; newer <= 17; newer++) {
    for (let older = 0; older <= newer; older++) {
      const heads = [
        { size: older, root: await root(older) },
        { size: newer, root: await root(newer) },
      ];
      const proof = await merkle.consistencyProof(older, newer, subtree);
      await merkle.verifyConsistency(...heads, proof);
      const longer = [...proof, heads[0].root];
      await assert.rejects(merkle.verifyConsistency(...heads, longer), BadProof);
      const other = { ...heads[0], root: new Uint8Array(32) };
      await assert.rejects(merkle.verifyConsistency(other, heads[1], proof), BadProof);
      if (proof.length > 0) {
        await assert.rejects(merkle.verifyConsistency(...heads, proof.slice(1)), BadProof);
      }
    }
  }
});

test("a log that became shorter is refused (A47)", async () => {
  const { root } = await tree(3);
  const older = { size: 3, root: await root(3) };
  const newer = { size: 2, root: await root(2) };
  await assert.rejects(merkle.verifyConsistency(older, newer, []), BadProof);
});

async function judge(wantErr, judged, name) {
  if (wantErr) await assert.rejects(judged, BadProof, name);
  else await judged;
}

const inclusion = shared("merkle-inclusion.json");
test("published inclusion proofs are judged as published", { skip: inclusion.skip }, async () => {
  assert.ok(inclusion.value.length > 0);
  for (const { leafIdx, treeSize, root, leafHash, proof, wantErr, ...rest } of inclusion.value) {
    const path = { index: leafIdx, proof: (proof ?? []).map(fromBase64Lenient) };
    const head = { size: treeSize, root: fromBase64Lenient(root) };
    const judged = merkle.verifyInclusion(fromBase64Lenient(leafHash), path, head);
    await judge(wantErr, judged, rest.case);
  }
});

const EMPTY = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
const consistency = shared("merkle-consistency.json");
const { skip } = consistency;
test("published consistency proofs are judged as published", { skip }, async () => {
  assert.ok(consistency.value.length > 0);
  for (const { size1, size2, root1, root2, proof, wantErr, ...rest } of consistency.value) {
    const heads = [
      { size: size1, root: fromBase64Lenient(root1) },
      { size: size2, root: fromBase64Lenient(root2) },
    ];
    // The publishers refuse to start from nothing; here an honest empty tree begins every other.
    const isFromNothing = size1 === 0 && root1 === EMPTY && (proof ?? []).length === 0;
    const judged = merkle.verifyConsistency(...heads, (proof ?? []).map(fromBase64Lenient));
    await judge(wantErr && !isFromNothing, judged, rest.case);
  }
});
