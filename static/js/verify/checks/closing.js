/**
 * V28 to V31 and V37: opening and close, the trustees' shares, the keys that they give.
 */
import { isEqual, toBigInt } from "../../vote/bytes.js";
import { inverse, modulo } from "../../vote/integers.js";
import { ORDER, pack, parsePoint, publicPoint } from "../../vote/p256.js";
import { fieldOf, numberOf } from "../logs/shapes.js";
import { Fault } from "../verdict.js";

/** @typedef {import("../../vote/bytes.js").Bytes} Bytes */
/** @typedef {import("../election.js").Election} Election */
/** @typedef {import("../logs/shapes.js").Entry} Entry */
/** @typedef {Map<number, bigint>} Shares `x_i` by trustee */

/**
 * `close` names size and root of its log before itself.
 * @param {number} index
 * @param {Entry} close
 * @param {Bytes | null} rootBefore
 */
export function v28OpenAndClose(index, close, rootBefore) {
  const named = numberOf(close, 1);
  if (named !== index) throw new Fault("V28", `close names size ${named} and stands at ${index}`);
  if (rootBefore && !isEqual(fieldOf(close, 2), rootBefore)) {
    throw new Fault("V28", "close names another root than the log had");
  }
}

/**
 * The rest of V28: witnesses saw an act at its time, at most the grace later (A45, A46).
 * @param {{name: string, earliest: number, latest: number}} act
 * @param {number[]} times
 */
export function checkWindow({ name, earliest, latest }, times) {
  for (const time of times) {
    const seen = `${name} was witnessed at ${time}`;
    if (time < earliest) throw new Fault("V28", `${seen}, before ${earliest}`);
    if (time > latest) throw new Fault("V28", `${seen}, after ${latest}`);
  }
}

/**
 * A share is for the one close that this log shows; a second close is refused by the order.
 * @param {Entry} share
 * @param {Bytes | null} closeHash
 */
export function v29OneClose(share, closeHash) {
  if (closeHash && !isEqual(fieldOf(share, 2), closeHash)) {
    throw new Fault("V29", `trustee ${share.index} gave its share for another close`);
  }
}

/** The compressed point of a scalar in 1..q − 1. @param {bigint} scalar */
const pointOf = (scalar) => pack(parsePoint(publicPoint(scalar)));

/**
 * A trustee's `x_i`, with `x_i·G = X_i` as the manifest names it (A56).
 * @param {Election} election
 * @param {Entry} share
 */
export function v30Share({ manifest }, share) {
  const style = numberOf(share, 1);
  const named = manifest.electionKeys.find((each) => each.style === style);
  const x = toBigInt(fieldOf(share, 3));
  const isScalar = x > 0n && x < ORDER;
  const wanted = named?.trustee_points[share.index - 1];
  if (!isScalar || !wanted || !isEqual(pointOf(x), wanted)) {
    throw new Fault("V30", `trustee ${share.index}, style ${style}: not the share it has`);
  }
  return x;
}

/**
 * V30 on every share: the `x_i` of those that are good, by style, each given once.
 * @param {Election} election
 * @param {[index: number, entry: Entry][]} shares
 * @param {import("../verdict.js").Findings} findings
 */
export async function goodShares(election, shares, findings) {
  /** @type {Map<number, Shares>} */
  const good = new Map([...election.ctOctets.keys()].map((style) => [style, new Map()]));
  for (const [index, share] of shares) {
    const ofStyle = good.get(numberOf(share, 1));
    if (ofStyle?.has(share.index)) {
      findings.add("V30", "a second share of one trustee and style", "ballots", index);
      continue;
    }
    const check = () => ofStyle?.set(share.index, v30Share(election, share));
    await findings.noting(check, "ballots", index);
  }
  return good;
}

/**
 * `y` of a style by Lagrange over the first k valid shares, with `y·G = Y`.
 * @param {Election} election
 * @param {number} style
 * @param {Shares} shares
 */
export function v31Key({ manifest, draft }, style, shares) {
  const k = draft.trustees.k;
  if (shares.size < k) {
    throw new Fault("V31", `style ${style}: ${shares.size} good shares, ${k} needed`);
  }
  const y = recover(shares, k);
  const named = manifest.electionKeys.find((each) => each.style === style);
  if (y === 0n || !named || !isEqual(pointOf(y), named.key)) {
    throw new Fault("V31", `style ${style}: the shares give another key`);
  }
  return y;
}

/**
 * Lagrange's interpolation at 0, over the first k trustees.
 * @param {Shares} shares
 * @param {number} k
 */
function recover(shares, k) {
  const first = [...shares].sort(([one], [other]) => one - other).slice(0, k);
  const parts = first.map(([i, x]) =>
    first
      .filter(([j]) => j !== i)
      .reduce((sum, [j]) => (sum * BigInt(j) * inverse(BigInt(j - i), ORDER)) % ORDER, x),
  );
  return modulo(parts.reduce((sum, part) => sum + part, 0n), ORDER);
}

/**
 * The key of a style with too few voted keys stays shut, every other one opens (A19, A60).
 * @param {string} what
 * @param {{isSmall: boolean, staysShut: boolean}} found
 */
export function v37SmallStyle(what, { isSmall, staysShut }) {
  if (isSmall === staysShut) return;
  const kind = isSmall ? "small" : "not small";
  throw new Fault("V37", `${what}: ${staysShut ? "shut" : "opened"}, yet ${kind}`);
}
