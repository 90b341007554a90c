/**
 * V32 to V36: openings, plaintexts, the count again, lots, the tally chain (protocol, section 9).
 */
import { compare, fromBigInt, fromUtf8, isEqual, utf8 } from "../../vote/bytes.js";
import { read, write } from "../../vote/canonical.js";
import { H, sha256, u16, u64, u8 } from "../../vote/encoding.js";
import { count, resultDocument } from "../counting/index.js";
import { Fault, blamingNow } from "../verdict.js";
import { v37SmallStyle } from "./closing.js";

/** @typedef {import("../../vote/bytes.js").Bytes} Bytes */
/** @typedef {import("../../vote/plaintext.js").Choice} Choice */
/** @typedef {import("../../vote/question.js").Question} Question */
/** @typedef {import("../election.js").Election} Election */
/** @typedef {Record<string, any>} Json */
/** @typedef {Map<string, [Choice, number]>} Choices equal ones counted, by how they are written */

/** What became of a ballot: one byte in the file `statuses`. */
export const STATUS = /** @type {const} */ ({
  counted: 0, superseded: 1, cannotOpen: 2, badEncoding: 3, breaksRule: 4, smallStyle: 5,
});

const OF_TIES = ["winners", "drawn"];

/**
 * One ballot's status: V33 if either side says 3 or 4 (A66), else V37 if either says 5, else V32.
 * @param {number} ours
 * @param {number} published
 */
export function checkStatus(ours, published) {
  if (ours === published) return;
  const both = [ours, published];
  const why = `published status ${published}, ours is ${ours}`;
  if (both.includes(STATUS.badEncoding) || both.includes(STATUS.breaksRule)) {
    throw new Fault("V33", why);
  }
  if (!both.includes(STATUS.smallStyle)) throw new Fault("V32", why);
  const [isSmall, staysShut] = [ours === STATUS.smallStyle, published === STATUS.smallStyle];
  v37SmallStyle("its status", { isSmall, staysShut });
}

/**
 * A file is the one that the result payload names: V34 for the result, V32 for statuses.
 * @param {"V32" | "V34"} code
 * @param {string} name
 * @param {Bytes} octets
 * @param {Bytes} named
 */
export async function checkHash(code, name, octets, named) {
  if (!isEqual(await sha256(octets), named)) {
    throw new Fault(code, `${name} is not the file that the result entry names`);
  }
}

/**
 * The value that `result.json` should have.
 * @param {Election} election
 * @param {Map<number, number>} counted ballots of status 0 by style, in the draft's order
 * @param {Map<string, Choices>} choices by question
 * @param {Bytes} seed
 * @returns {Promise<Json>}
 */
export async function recount({ draft, manifest }, counted, choices, seed) {
  const sizes = new Map(manifest.roll.styles.map(({ style, size }) => [style, size]));
  const outcomes = [];
  for (const question of draft.questions) {
    const asked = draft.styles.filter(({ questions }) => questions.includes(question.id));
    const rollSize = asked.reduce((sum, { id }) => sum + (sizes.get(id) ?? 0), 0);
    const tieOrder = await tieOrderOf(seed, question);
    const ballots = [...(choices.get(question.id)?.values() ?? [])];
    outcomes.push(pair(question, count(question, ballots, { tieOrder, rollSize })));
  }
  return resultDocument(counted, outcomes);
}

/**
 * @template A, B
 * @param {A} one
 * @param {B} other
 * @returns {[A, B]}
 */
const pair = (one, other) => [one, other];

/**
 * The options by ascending `H("tie", seed, question id, u16 option)`, the preferred first.
 * @param {Bytes} seed
 * @param {Question} question
 */
export async function tieOrderOf(seed, { id, options }) {
  const lots = options.map(async (_, option) => {
    return { option, lot: await H("tie", seed, utf8(id), u16(option)) };
  });
  const drawn = (await Promise.all(lots)).sort((one, other) => compare(one.lot, other.lot));
  return drawn.map(({ option }) => option);
}

/**
 * The value of `result.json`; Fault V34 for what is no such document.
 * @param {Bytes} octets
 * @returns {Json}
 */
export function readResult(octets) {
  /** @type {unknown} */
  const value = blamingNow("V34", () => read(octets), "result.json");
  if (!isObject(value) || !Array.isArray(value["questions"])) {
    throw new Fault("V34", "result.json is not a result");
  }
  return value;
}

/** @param {unknown} value @returns {value is Json} */
const isObject = (value) =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * The published result is the recount, ties apart (A65, A67).
 * @param {Json} ours
 * @param {Json} theirs
 */
export function v34Count(ours, theirs) {
  if (difference(ours, theirs).some((key) => key !== "questions")) {
    throw new Fault("V34", "the numbers of counted ballots differ");
  }
  if (ours["questions"].length !== theirs["questions"].length) {
    throw new Fault("V34", "other questions were counted");
  }
  for (const [mine, differs] of differences(ours, theirs)) {
    if (differs.length > 0 && !isOfTies(mine, differs)) {
      throw new Fault("V34", `question ${mine["id"]}: ${differs.sort().join(", ")} differ`);
    }
  }
}

/**
 * Where lots were drawn, they fell as the revealed seed says (A61).
 * @param {Json} ours
 * @param {Json} theirs
 */
export function v35TieBreak(ours, theirs) {
  for (const [mine, differs] of differences(ours, theirs)) {
    if (differs.length > 0 && isOfTies(mine, differs)) {
      throw new Fault("V35", `question ${mine["id"]}: the lots give ${mine["winners"].join(", ")}`);
    }
  }
}

/**
 * Our outcome of each question that both sides have, and the keys whose values differ.
 * @param {Json} ours
 * @param {Json} theirs
 * @returns {[Json, string[]][]}
 */
function differences(ours, theirs) {
  /** @type {{questions: Json[]}[]} */
  const documents = /** @type {any} */ ([ours, theirs]);
  const [mine = [], others = []] = documents.map(({ questions }) => questions);
  const both = Math.min(mine.length, others.length);
  return mine.slice(0, both).map((each, at) => [each, difference(each, others[at])]);
}

/**
 * The keys whose values differ.
 * @param {Json} mine
 * @param {unknown} other
 */
function difference(mine, other) {
  if (!isObject(other)) return Object.keys(mine);
  const keys = new Set([...Object.keys(mine), ...Object.keys(other)]);
  const written = (/** @type {Json} */ value, /** @type {string} */ key) =>
    Object.hasOwn(value, key) ? fromUtf8(write(value[key])) : null;
  return [...keys].filter((key) => written(mine, key) !== written(other, key));
}

/**
 * @param {Json} mine
 * @param {string[]} differs
 */
const isOfTies = (mine, differs) =>
  mine["drawn"] === true && differs.every((key) => OF_TIES.includes(key));

/**
 * The seed of the lots; a style that stays shut gives nothing to it.
 * @param {Election} election
 * @param {Bytes} closeRoot
 * @param {Map<number, bigint>} secrets
 */
export function tieSeed({ eid, ctOctets }, closeRoot, secrets) {
  const parts = [...ctOctets.keys()].map((style) => {
    const y = secrets.get(style);
    return y === undefined ? new Uint8Array() : fromBigInt(y, 32);
  });
  return H("seed", eid, closeRoot, ...parts);
}

/**
 * `t_j` from `t_j−1`: place, published status, plaintext of a counted ballot.
 * @param {Bytes} tally
 * @param {{index: number, status: number, plaintext: Bytes}} ballot
 */
export function nextTally(tally, { index, status, plaintext }) {
  return H("tally", tally, u64(index), u8(status), status === 0 ? plaintext : new Uint8Array());
}

/**
 * The chain over all ballots ends where the result says (A67).
 * @param {Bytes} tally
 * @param {Bytes} named
 */
export function v36TallyChain(tally, named) {
  if (!isEqual(tally, named)) {
    throw new Fault("V36", "the tally chain ends elsewhere than the result says");
  }
}
