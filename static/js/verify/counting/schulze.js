/**
 * Schulze: a path of won duels is as strong as its weakest, counted in winning votes; unbeaten is
 * who has no stronger path against them than they have back.
 */
import { preferred } from "./lots.js";

/** @typedef {import("./contest.js").Contest} Contest */

/** @type {import("./contest.js").Rule} */
export const schulze = {
  count(contest) {
    const { options, question, tieOrder } = contest;
    const pairs = pairsOf(contest);
    const paths = strongestPaths(pairs);
    const remaining = new Set(options);
    /** @type {number[]} */
    const winners = [];
    let drawn = false;
    while (remaining.size > 0 && winners.length < (question.rule["seats"] ?? 1)) {
      const unbeaten = unbeatenOf(paths, [...remaining]);
      drawn ||= unbeaten.length > 1;
      const winner = preferred(unbeaten, tieOrder);
      winners.push(winner);
      remaining.delete(winner);
    }
    return { winners, drawn, details: { pairs } };
  },
  unvoted: (contest) => ({ pairs: nobody(contest) }),
};

/** @param {Contest} contest */
const nobody = ({ options }) => options.map(() => options.map(() => 0));

/**
 * Row by row, the ballots that rank the row's option above the column's; without a rank is last.
 * @param {Contest} contest
 */
function pairsOf(contest) {
  const pairs = nobody(contest);
  for (const { marks, number } of contest.papers) {
    const places = marks.map((rank) => (rank === 0 ? Infinity : rank));
    for (const [one, row] of pairs.entries()) {
      const place = places[one] ?? Infinity;
      for (const [other, votes] of row.entries()) {
        if (place < (places[other] ?? Infinity)) row[other] = votes + number;
      }
    }
  }
  return pairs;
}

/** @param {number[][]} pairs */
function strongestPaths(pairs) {
  const paths = pairs.map((row, one) =>
    row.map((votes, other) => (votes > cell(pairs, other, one) ? votes : 0)),
  );
  for (const [middle, onward] of paths.entries()) {
    for (const row of paths) {
      const reach = row[middle] ?? 0;
      for (const [end, further] of onward.entries()) {
        row[end] = Math.max(row[end] ?? 0, Math.min(reach, further));
      }
    }
  }
  return paths;
}

/**
 * @param {number[][]} paths
 * @param {number[]} options
 */
function unbeatenOf(paths, options) {
  const isBeaten = (/** @type {number} */ one) =>
    options.some((other) => cell(paths, other, one) > cell(paths, one, other) && other !== one);
  return options.filter((option) => !isBeaten(option));
}

/**
 * @param {number[][]} matrix
 * @param {number} row
 * @param {number} column
 */
const cell = (matrix, row, column) => matrix[row]?.[column] ?? 0;
