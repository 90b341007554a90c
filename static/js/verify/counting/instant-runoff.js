/**
 * Instant-runoff: exclude the lowest until one option has more than half of the ballots that still
 * rank a continuing option. A ballot whose best continuing options share a rank waits.
 */
import { excludedFirst } from "./lots.js";
import { groupsOf } from "./rankings.js";

/**
 * @typedef {object} Ranking
 * @property {number[][]} groups the options at each rank
 * @property {number} number how many ballots rank so
 * @property {number} at the first rank that may still hold a continuing option
 */

/** @type {import("./contest.js").Rule} */
export const instantRunoff = {
  count({ papers, options, tieOrder }) {
    const rankings = papers.map(({ marks, number }) => ({ groups: groupsOf(marks), number, at: 0 }));
    const continuing = new Set(options);
    /** @type {number[][]} */
    const rounds = [];
    let drawn = false;
    for (;;) {
      const { votes, live } = tally(rankings, continuing, options.length);
      rounds.push(votes);
      const winner = votes.findIndex((each) => 2 * each > live);
      if (winner >= 0) return { winners: [winner], drawn, details: { rounds } };
      const lowest = lowestOf(votes, continuing);
      drawn ||= lowest.length > 1;
      continuing.delete(excludedFirst(lowest, tieOrder));
    }
  },
  unvoted: () => ({ rounds: [] }),
};

/**
 * The votes of each option, and the ballots that still rank a continuing one.
 * @param {Ranking[]} rankings
 * @param {Set<number>} continuing
 * @param {number} options
 */
function tally(rankings, continuing, options) {
  const votes = Array.from({ length: options }, () => 0);
  let live = 0;
  for (const ranking of rankings) {
    const best = bestOf(ranking, continuing);
    const [only = 0] = best;
    if (best.length > 0) live += ranking.number;
    if (best.length === 1) votes[only] = (votes[only] ?? 0) + ranking.number;
  }
  return { votes, live };
}

/**
 * The continuing options at the best rank that has any; none on an exhausted ballot.
 * @param {Ranking} ranking
 * @param {Set<number>} continuing
 * @returns {number[]}
 */
function bestOf(ranking, continuing) {
  for (; ranking.at < ranking.groups.length; ranking.at += 1) {
    const standing = ranking.groups[ranking.at]?.filter((option) => continuing.has(option)) ?? [];
    if (standing.length > 0) return standing;
  }
  return [];
}

/**
 * @param {number[]} votes
 * @param {Set<number>} continuing
 */
function lowestOf(votes, continuing) {
  const least = Math.min(...[...continuing].map((option) => votes[option] ?? 0));
  return [...continuing].filter((option) => votes[option] === least);
}
