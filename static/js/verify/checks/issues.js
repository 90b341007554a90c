/**
 * V17 and V19: check-ins and blind signatures one by one, and the end of check-in.
 */
import { verifyRaw } from "../../vote/blind-rsa.js";
import { concat, hex, isEqual, toBigInt } from "../../vote/bytes.js";
import { about, parse, sha256, u16 } from "../../vote/encoding.js";
import { readRow } from "../logs/rows.js";
import { numberOf } from "../logs/shapes.js";
import { Fault, Gap, blamingNow } from "../verdict.js";
import { v18Authorisation } from "./authorisation.js";
import { keyName } from "./setup.js";

/** @typedef {import("../../vote/bytes.js").Bytes} Bytes */
/** @typedef {import("../bulk/pieces.js").Bench} Bench */
/** @typedef {import("../election.js").Election} Election */
/** @typedef {import("../logs/rows.js").RollRow} RollRow */
/**
 * @typedef {object} Request a `check-in` payload of right shape
 * @property {number} row exact below 2^53, above that no smaller
 * @property {Bytes} rowBytes
 * @property {number} style
 * @property {Bytes[]} blinded
 * @property {number} kind
 * @property {Bytes} evidence
 */
/** @typedef {{registrar: number, checkInHash: Bytes, blindSignature: Bytes}} Answer an `issue` */
/**
 * @typedef {object} CheckInItem what the whole log's checks need of a check-in
 * @property {"check-in"} tag
 * @property {string} hash hexadecimal
 * @property {Bytes} batchKey
 * @property {number} row
 * @property {number} style
 * @property {number} kind
 * @property {boolean} hasPasskey whether the row has one
 * @property {boolean} isFine false for a row, style or message that V17 refused
 */
/**
 * @typedef {object} IssueItem
 * @property {"issue"} tag
 * @property {string} hash of its own payload
 * @property {Bytes} batchKey
 * @property {string} checkInHash
 * @property {number} registrar
 */

const RSA = 384; // bytes

/**
 * The check-in in a payload; Fault V15 for its fields.
 * @param {Bytes} payload
 * @param {Election} election
 * @returns {Request}
 */
export function readRequest(payload, { eid, registrars }) {
  const messages = Array.from({ length: registrars }, () => RSA);
  const fields = blamingNow("V15", () =>
    parse("check-in", payload, [32, 8, 2, ...messages, 1, null]),
  );
  const [of, rowBytes, style] = /** @type {[Bytes, Bytes, Bytes]} */ (fields.slice(0, 3));
  const [kind, evidence] = /** @type {[Bytes, Bytes]} */ (fields.slice(-2));
  if (!isEqual(of, eid)) throw new Fault("V15", "a check-in of another election");
  const blinded = fields.slice(3, -2);
  const [row, number] = [about(rowBytes), about(kind)];
  return { row, rowBytes, style: about(style), blinded, kind: number, evidence };
}

/**
 * The issue in a payload; Fault V15 for its fields.
 * @param {Bytes} payload
 * @param {Election} election
 * @returns {Answer}
 */
export function readAnswer(payload, { eid, registrars }) {
  const [of, number, checkInHash, blindSignature] = blamingNow("V15", () =>
    parse("issue", payload, [32, 2, 32, RSA]),
  );
  if (!isEqual(of, eid)) throw new Fault("V15", "an issue of another election");
  const registrar = about(number);
  if (registrar < 1 || registrar > registrars) {
    throw new Fault("V15", `there is no registrar ${registrar}`);
  }
  return { registrar, checkInHash, blindSignature };
}

/**
 * The fields (V15), the roll's row (V17) and the evidence (V18) of a check-in.
 * @param {Request} request
 * @param {Bytes} hash of its payload
 * @param {Bench} bench
 */
export async function examineRequest(request, hash, bench) {
  const { row, style, kind } = request;
  /** @type {unknown[]} */
  const troubles = [];
  const { found, trouble } = rowOf(request, bench);
  if (trouble) troubles.push(trouble);
  if (trouble instanceof Gap) troubles.push(new Gap("V18", trouble.what));
  const range = trouble ? null : wrongRange(request, bench);
  if (range) troubles.push(range);
  if (found) {
    const refused = await v18Authorisation(request, found, bench.election).catch((error) => error);
    if (refused) troubles.push(refused);
  }
  const hasPasskey = (found?.passkeys.length ?? 0) > 0;
  const isFine = !(trouble instanceof Fault) && !range;
  const batchKey = concat(hash, u16(0));
  /** @type {CheckInItem} */
  const item = { tag: "check-in", hash: hex(hash), batchKey, row, style, kind, hasPasskey, isFine };
  return { item, troubles };
}

/**
 * The row that checks in; a Fault V17 if the roll has none like it, a Gap without the roll.
 * @param {Request} request
 * @param {Bench} bench
 * @returns {{found: RollRow | null, trouble: Fault | Gap | null}}
 */
function rowOf({ row, style }, { election, roll }) {
  const none = (/** @type {Fault | Gap} */ trouble) => ({ found: null, trouble });
  if (row >= election.manifest.roll.size) return none(new Fault("V17", `there is no row ${row}`));
  const leaf = roll?.[row];
  if (!leaf) return none(new Gap("V17", "the roll"));
  let found;
  try {
    found = readRow(leaf);
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    return none(new Gap("V17", `a row ${row} that parses`));
  }
  if (found.style === style) return { found, trouble: null };
  return none(new Fault("V17", `row ${row} has style ${found.style}, not ${style}`));
}

/**
 * What is wrong with a blinded message outside 2..N − 2 of its registrar's key (V17); a missing
 * key is V04's.
 * @param {Request} request
 * @param {Bench} bench
 */
function wrongRange({ blinded, style }, { keys }) {
  const wrong = blinded.findIndex((each, at) => {
    const key = keys.get(keyName(at + 1, style));
    const number = key ? toBigInt(each) : 2n;
    return key && (number < 2n || number > key.n - 2n);
  });
  return wrong < 0
    ? null
    : new Fault("V17", `the message for registrar ${wrong + 1} is not in 2..N-2`);
}

/**
 * An issue, and its signature where its check-in stood before it (V17).
 * @param {Answer} answer
 * @param {Bytes} payload
 * @param {Pick<Request, "style" | "blinded"> | null} request
 * @param {Bench} bench
 */
export async function examineAnswer(answer, payload, request, bench) {
  const { registrar, checkInHash } = answer;
  /** @type {unknown[]} */
  const troubles = [];
  try {
    if (request) v17BlindSignature(answer, request, bench);
  } catch (trouble) {
    troubles.push(trouble);
  }
  const batchKey = concat(checkInHash, u16(registrar));
  const hash = hex(await sha256(payload));
  /** @type {IssueItem} */
  const item = { tag: "issue", hash, batchKey, checkInHash: hex(checkInHash), registrar };
  return { item, troubles };
}

/**
 * `sig^e = blinded`: this registrar signed this very message, once (A8).
 * @param {Answer} answer
 * @param {Pick<Request, "style" | "blinded">} request
 * @param {Bench} bench
 */
export function v17BlindSignature({ registrar, blindSignature }, { style, blinded }, { keys }) {
  const key = keys.get(keyName(registrar, style));
  if (!key) throw new Gap("V17", `a sound key of registrar ${registrar} for style ${style}`);
  const message = blinded[registrar - 1] ?? new Uint8Array();
  blamingNow("V17", () => verifyRaw(key, message, blindSignature));
}

/**
 * The check-in log ends where `issue-close` says, with that root: nothing issued after (A1).
 * @param {number} size
 * @param {Bytes | null} root of the log at the size that `issue-close` names, where it is known
 * @param {import("../logs/shapes.js").Entry} issueClose
 */
export function v19FrozenCheckIns(size, root, issueClose) {
  const frozen = numberOf(issueClose, 1);
  if (size !== frozen) {
    throw new Fault("V19", `the check-in log has ${size} entries, ${frozen} at issue-close`);
  }
  if (root && !isEqual(root, issueClose.fields[2] ?? new Uint8Array())) {
    throw new Fault("V19", "the check-in log has another root than issue-close says");
  }
}
