/** Yes or no: valid with enough ballots of the roll, accepted with enough of yes and no. */
import { noTotals, totalsOf } from "./highest-totals.js";

/** @typedef {import("./contest.js").Contest} Contest */

const YES = 0;
const NO = 1;

/** @type {import("./contest.js").Rule} */
export const yesNo = {
  count(contest) {
    const totals = totalsOf(contest);
    const winners = hasQuorum(contest) ? [isAccepted(contest, totals) ? YES : NO] : [];
    return { winners, drawn: false, details: { totals } };
  },
  unvoted: (contest) => ({ totals: noTotals(contest) }),
};

/** Blank ballots take part, too. @param {Contest} contest */
function hasQuorum({ question, valid, blank, rollSize }) {
  const [part, whole] = question.rule["quorum"] ?? [0, 1];
  return BigInt(valid + blank) * BigInt(whole) >= BigInt(part) * BigInt(rollSize);
}

/**
 * @param {Contest} contest
 * @param {number[]} totals
 */
function isAccepted({ question }, totals) {
  const { majority: [part, whole] = [1, 2], strict: isStrict = true } = question.rule;
  const [yes, no] = [BigInt(totals[YES] ?? 0), BigInt(totals[NO] ?? 0)];
  const reached = yes * BigInt(whole);
  const needed = (yes + no) * BigInt(part);
  return isStrict ? reached > needed : reached >= needed;
}
