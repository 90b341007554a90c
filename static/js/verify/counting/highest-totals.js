/** Plurality, approval, score: the `seats` options with the highest totals win. */

/** @typedef {import("./contest.js").Contest} Contest */

/** @type {import("./contest.js").Rule} */
export const highestTotals = {
  count(contest) {
    const totals = totalsOf(contest);
    const seats = contest.question.rule["seats"] ?? 1;
    const winners = byTotal(totals, contest.tieOrder).slice(0, seats);
    return { winners, drawn: isDrawn(totals, winners), details: { totals } };
  },
  unvoted: (contest) => ({ totals: noTotals(contest) }),
};

/** The sum of all marks of each option. @param {Contest} contest */
export function totalsOf(contest) {
  const totals = noTotals(contest);
  for (const { marks, number } of contest.papers) {
    for (const [option, mark] of marks.entries()) totals[option] = (totals[option] ?? 0) + mark * number;
  }
  return totals;
}

/** A nought for each option. @param {Contest} contest */
export const noTotals = ({ options }) => options.map(() => 0);

/**
 * The options from the highest total down, equal ones in tie order.
 * @param {number[]} totals
 * @param {number[]} tieOrder
 */
export function byTotal(totals, tieOrder) {
  return [...tieOrder].sort((one, other) => (totals[other] ?? 0) - (totals[one] ?? 0));
}

/**
 * Whether a chosen option and one that is not have equal totals: only then the lots decided.
 * @param {number[]} totals
 * @param {number[]} chosen
 */
export function isDrawn(totals, chosen) {
  const reached = new Set(chosen.map((option) => totals[option]));
  return totals.some((total, option) => !chosen.includes(option) && reached.has(total));
}
