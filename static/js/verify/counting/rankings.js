/** What a ballot's ranks say, from the best rank on. */

/**
 * The options at each rank, from the best.
 * @param {number[]} ranks one per option, from 1; 0 for unranked
 * @returns {number[][]}
 */
export function groupsOf(ranks) {
  /** @type {number[][]} */
  const groups = Array.from({ length: Math.max(0, ...ranks) }, () => []);
  for (const [option, rank] of ranks.entries()) {
    if (rank > 0) groups[rank - 1]?.push(option);
  }
  return groups;
}
