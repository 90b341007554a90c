/** Greedy budgeting: by total support, skipping what does not fit. */
import { byTotal, isDrawn, noTotals, totalsOf } from "./highest-totals.js";

/** @typedef {import("./contest.js").Contest} Contest */

/** @type {import("./contest.js").Rule} */
export const greedy = {
  count(contest) {
    const totals = totalsOf(contest);
    const winners = buyGreedily(contest, totals, []);
    const drawn = isDrawn(totals, winners);
    return { winners, drawn, details: { totals, spent: Number(costOf(contest, winners)) } };
  },
  unvoted: (contest) => ({ totals: noTotals(contest), spent: 0 }),
};

/**
 * What is bought besides `bought` with the money that these leave.
 * @param {Contest} contest
 * @param {number[]} totals
 * @param {number[]} bought
 */
export function buyGreedily(contest, totals, bought) {
  let left = budgetOf(contest) - costOf(contest, bought);
  return byTotal(totals, contest.tieOrder).filter((project) => {
    const cost = costOf(contest, [project]);
    const isBought = totals[project] !== 0 && !bought.includes(project) && cost <= left;
    if (isBought) left -= cost;
    return isBought;
  });
}

/** The money there is, in minor units. @param {Contest} contest */
export const budgetOf = ({ question }) => BigInt(question.rule["budget"]);

/**
 * What these projects cost together.
 * @param {Contest} contest
 * @param {Iterable<number>} projects
 */
export function costOf({ question }, projects) {
  let sum = 0n;
  for (const project of projects) sum += BigInt(question.rule["costs"][project]);
  return sum;
}
