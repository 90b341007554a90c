/** STAR: of the two options with the highest totals, the one that more ballots score higher. */
import { byTotal, isDrawn, noTotals, totalsOf } from "./highest-totals.js";
import { preferred } from "./lots.js";

/** @typedef {import("./contest.js").Contest} Contest */

/** @type {import("./contest.js").Rule} */
export const star = {
  count(contest) {
    const totals = totalsOf(contest);
    const finalists = byTotal(totals, contest.tieOrder).slice(0, 2).sort((one, other) => one - other);
    const runoff = finalists.map((one) => preferring(contest, one, finalists));
    let leaders = leading(finalists, runoff);
    if (leaders.length > 1) leaders = leading(leaders, leaders.map((one) => totals[one] ?? 0));
    const drawn = isDrawn(totals, finalists) || leaders.length > 1;
    const winners = [preferred(leaders, contest.tieOrder)];
    return { winners, drawn, details: { totals, finalists, runoff } };
  },
  unvoted: (contest) => ({ totals: noTotals(contest), finalists: [], runoff: [] }),
};

/**
 * How many ballots score this finalist above the other.
 * @param {Contest} contest
 * @param {number} one
 * @param {number[]} finalists
 */
function preferring({ papers }, one, finalists) {
  const others = finalists.filter((other) => other !== one);
  return papers.reduce((sum, { marks, number }) => {
    const isAbove = others.every((other) => (marks[one] ?? 0) > (marks[other] ?? 0));
    return isAbove ? sum + number : sum;
  }, 0);
}

/**
 * The options whose number is the highest.
 * @param {number[]} options
 * @param {number[]} numbers
 */
function leading(options, numbers) {
  const highest = Math.max(...numbers);
  return options.filter((_, at) => numbers[at] === highest);
}
