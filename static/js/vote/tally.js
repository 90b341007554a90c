/**
 * What the marks come to so far: the cost of the marked projects, or the points that are left.
 * Costs limit nothing, they are only told; points do, and too many are refused before sealing.
 */
import { fillPlaces } from "./booth.js";

/** @typedef {import("./question.js").Question} Question */
/** @typedef {(number: number) => string} Written a number as the reader's language writes it */

/**
 * An amount with its currency. The space between never breaks.
 * @param {number} amount
 * @param {{said: DOMStringMap, written: Written}} speech
 */
export function money(amount, { said, written }) {
  return `${said["currency"] ?? ""}\u00a0${written(amount)}`.trim();
}

/**
 * The costs of a question's options, in words; none where there is no money.
 * @param {Question} question
 * @param {{said: DOMStringMap, written: Written}} speech
 * @returns {string[]}
 */
export function costsOf({ rule }, speech) {
  const costs = /** @type {number[]} */ (rule["costs"] ?? []);
  return costs.map((cost) => money(cost, speech));
}

/**
 * What these marks come to; nothing for a question without money or points.
 * @param {Question} question
 * @param {number[]} numbers one per option
 * @param {{said: DOMStringMap, written: Written}} speech
 */
export function tally({ method, ballot, points = 0, rule }, numbers, speech) {
  if (method !== "budget") return "";
  const { said, written } = speech;
  if (ballot === "approval") {
    const costs = /** @type {number[]} */ (rule["costs"]);
    const spent = costs.reduce((sum, cost, at) => sum + (numbers[at] ? cost : 0), 0);
    const amounts = { spent: money(spent, speech), budget: money(rule["budget"], speech) };
    return fillPlaces(said["spent"] ?? "", amounts);
  }
  const given = numbers.reduce((sum, number) => sum + Math.max(number, 0), 0);
  const sentence = given > points ? said["pointsOver"] : said["pointsLeft"];
  return fillPlaces(sentence ?? "", {
    given: written(given),
    points: written(points),
    left: written(points - given),
    over: written(given - points),
  });
}
