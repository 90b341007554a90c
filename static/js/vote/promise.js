/**
 * A log's signed promise: this payload will stand in me before that many more epochs end
 * (protocol, sections 6.5 and 7.5).
 */
import { isEqual } from "./bytes.js";
import * as ed25519 from "./ed25519.js";
import { number, parse } from "./encoding.js";
import { BadProof } from "./errors.js";

/** @typedef {import("./bytes.js").Bytes} Bytes */
/** @typedef {{hash: Bytes, epoch: number, delay: number}} Promised */
/** @typedef {{eid: Bytes, key: Bytes, delay: number}} Terms the log's Ed25519 key and the draft's
 *  `merge_delay_epochs` */

/**
 * The promise for a cast ballot in the file `M("promised", promise, sig)`.
 * @param {Uint8Array} file
 * @param {Terms} terms the ballot log's
 * @param {Uint8Array} hash of the payload that was cast
 */
export async function verifyPromise(file, terms, hash) {
  const promised = await readPromise("promise", file, terms);
  if (!isEqual(promised.hash, hash)) throw new BadProof("the promise is of another ballot");
  return promised;
}

/**
 * The promise for an issued credential, whatever payload it names.
 * @param {Uint8Array} file
 * @param {Terms} terms the check-in log's
 */
export function verifyIssuePromise(file, terms) {
  return readPromise("promise-issue", file, terms);
}

/**
 * @param {"promise" | "promise-issue"} tag
 * @param {Uint8Array} file
 * @param {Terms} terms
 * @returns {Promise<Promised>}
 */
async function readPromise(tag, file, terms) {
  const [promise, signature] = parse("promised", file, [null, 64]);
  const [eid, hash, epoch, delay] = parse(tag, promise, [32, 32, 8, 2]);
  await ed25519.verify(terms.key, promise, signature);
  if (!isEqual(eid, terms.eid)) throw new BadProof("the promise is of another election");
  if (number(delay) !== terms.delay) throw new BadProof("the promise names another delay");
  return { hash, epoch: number(epoch), delay: number(delay) };
}
