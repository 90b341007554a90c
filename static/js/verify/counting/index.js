/**
 * Counting by the ten rules (protocol, section 11), exact: whole numbers, BigInt where products
 * could leave them, fractions of BigInt. Written from docs/protocol.md and docs/rules/.
 *
 * Options are numbered from 0, and results hang on no order of the ballots. A tie order holds every
 * option once, the preferred first.
 */
import { contestOf } from "./contest.js";
import { equalShares } from "./equal-shares.js";
import { greedy } from "./greedy.js";
import { highestTotals } from "./highest-totals.js";
import { instantRunoff } from "./instant-runoff.js";
import { schulze } from "./schulze.js";
import { star } from "./star.js";
import { stvScottish } from "./stv-scottish.js";
import { yesNo } from "./yes-no.js";

/** @typedef {import("../../vote/question.js").Question} Question */
/** @typedef {import("./contest.js").Ballot} Ballot */
/** @typedef {import("./contest.js").Rule} Rule */
/**
 * @typedef {object} Outcome
 * @property {number} valid counted ballots that are not blank
 * @property {number} blank
 * @property {number[]} winners option numbers, ascending
 * @property {boolean} drawn whether lots had a part in it
 * @property {Record<string, unknown>} details the rule's own fields of `result.json`
 */

/** Every rule by its name in the draft. @type {Record<string, Rule>} */
export const RULES = {
  plurality: highestTotals,
  "yes-no": yesNo,
  approval: highestTotals,
  score: highestTotals,
  star,
  "instant-runoff": instantRunoff,
  "stv-scottish": stvScottish,
  schulze,
  greedy,
  "equal-shares": equalShares,
};

/**
 * What these ballots decide. `ballots` are those of status 0 in all styles with this question, as
 * `[choice, how many]`, the choice as `decode` of plaintext.js gives it, blank ones among them;
 * `rollSize` is the number of rows of these styles. RangeError for a tie order that is not one.
 * @param {Question} question
 * @param {Iterable<Ballot>} ballots
 * @param {{tieOrder: number[], rollSize: number}} terms
 * @returns {Outcome}
 */
export function count(question, ballots, { tieOrder, rollSize }) {
  const contest = contestOf(question, ballots, { tieOrder, rollSize });
  const rule = /** @type {Rule} */ (RULES[question.rule["name"]]);
  const { valid, blank } = contest;
  if (valid === 0) return { valid, blank, winners: [], drawn: false, details: rule.unvoted(contest) };
  const { winners, drawn, details } = rule.count(contest);
  return { valid, blank, winners: [...winners].sort((one, other) => one - other), drawn, details };
}

/**
 * The value of `result.json` (section 9), to be written as canonical JSON.
 * @param {Iterable<[number, number]>} countedByStyle style id and ballots of status 0, in the
 *   draft's order of styles; 0 for a style that stays shut
 * @param {Iterable<[Question, Outcome]>} outcomes in the draft's order of questions
 */
export function resultDocument(countedByStyle, outcomes) {
  return {
    counted: Array.from(countedByStyle, ([style, ballots]) => ({ style, ballots })),
    questions: Array.from(outcomes, ([question, outcome]) => resultOf(question, outcome)),
  };
}

/**
 * @param {Question} question
 * @param {Outcome} outcome
 */
function resultOf({ id, options }, { valid, blank, winners, drawn, details }) {
  const names = winners.map((option) => options[option]?.id ?? "");
  return { id, valid, blank, winners: names, drawn, ...details };
}
