/**
 * Single transferable vote as Scotland counts it (The Scottish Local Government Elections Order
 * 2007): a vote is 100,000 units, and a transferred value is rounded down to whole units.
 */
import { excludedFirst, preferred } from "./lots.js";
import { groupsOf } from "./rankings.js";

/** @typedef {import("./contest.js").Contest} Contest */
/**
 * @typedef {object} Pile papers that always move together
 * @property {number[]} order options by preference
 * @property {bigint} number papers
 * @property {bigint} value of each, in units
 * @property {number} at the place in `order` of the option that holds them
 */
/**
 * @typedef {object} Standing
 * @property {bigint} quota
 * @property {number} seats
 * @property {number[]} tieOrder
 * @property {Pile[][]} piles by option
 * @property {bigint[]} units by option
 * @property {Set<number>} continuing
 * @property {Set<number>} elected
 * @property {Set<number>} surpluses options above the quota whose surplus is not transferred yet
 * @property {bigint[][]} stages the units at the beginning of each stage
 * @property {boolean} drawn
 */

const UNIT = 100_000n;

/** @type {import("./contest.js").Rule} */
export const stvScottish = {
  count(contest) {
    const standing = begin(contest);
    while (!isFilled(standing)) {
      if (standing.surpluses.size > 0) transferLargest(standing);
      else excludeLowest(standing);
    }
    const { elected, drawn, quota, stages } = standing;
    const details = { quota: Number(quota), rounds: stages.map((units) => units.map(Number)) };
    return { winners: elected, drawn, details };
  },
  unvoted: (contest) => ({ quota: Number(quotaOf(contest)), rounds: [] }),
};

/** @param {Contest} contest */
const seatsOf = ({ question }) => question.rule["seats"] ?? 1;

/** @param {Contest} contest */
function quotaOf(contest) {
  return (BigInt(contest.valid) / (BigInt(seatsOf(contest)) + 1n) + 1n) * UNIT;
}

/**
 * @param {Contest} contest
 * @returns {Standing}
 */
function begin(contest) {
  const { options, papers, tieOrder } = contest;
  /** @type {Standing} */
  const standing = {
    quota: quotaOf(contest),
    seats: seatsOf(contest),
    tieOrder,
    piles: options.map(() => []),
    units: options.map(() => 0n),
    continuing: new Set(options),
    elected: new Set(),
    surpluses: new Set(),
    stages: [],
    drawn: false,
  };
  for (const { marks, number } of papers) {
    const order = groupsOf(marks).flat();
    lay(standing, { order, number: BigInt(number), value: UNIT, at: 0 });
  }
  return standing;
}

/** Elects whom this stage elects; whether that ends the count. @param {Standing} standing */
function isFilled(standing) {
  const { units, quota, continuing, elected, seats } = standing;
  standing.stages.push([...units]);
  elect(standing, [...continuing].filter((option) => unitsOf(units, option) >= quota));
  if (continuing.size <= seats - elected.size) elect(standing, [...continuing]);
  return elected.size >= seats || continuing.size === 0;
}

/**
 * @param {Standing} standing
 * @param {number[]} options
 */
function elect({ units, quota, continuing, elected, surpluses }, options) {
  for (const option of options) {
    continuing.delete(option);
    elected.add(option);
    if (unitsOf(units, option) > quota) surpluses.add(option);
  }
}

/** @param {Standing} standing */
function transferLargest(standing) {
  const { surpluses, units, piles, quota } = standing;
  const option = pick(standing, surpluses, (one, other) => one > other, preferred);
  const held = unitsOf(units, option);
  const surplus = held - quota;
  for (const pile of piles[option] ?? []) pile.value = (pile.value * surplus) / held;
  surpluses.delete(option);
  passOn(standing, option);
  units[option] = quota;
}

/** @param {Standing} standing */
function excludeLowest(standing) {
  const { continuing, units } = standing;
  const option = pick(standing, continuing, (one, other) => one < other, excludedFirst);
  continuing.delete(option);
  passOn(standing, option);
  units[option] = 0n;
}

/**
 * Gives every paper of an option to its next continuing option, if it has one.
 * @param {Standing} standing
 * @param {number} option
 */
function passOn(standing, option) {
  const { piles, continuing } = standing;
  const given = piles[option] ?? [];
  piles[option] = [];
  for (const pile of given) {
    const next = pile.order.findIndex((other, at) => at > pile.at && continuing.has(other));
    if (next < 0) continue;
    pile.at = next;
    lay(standing, pile);
  }
}

/**
 * @param {Standing} standing
 * @param {Pile} pile
 */
function lay({ piles, units }, pile) {
  const option = pile.order[pile.at] ?? 0;
  piles[option]?.push(pile);
  units[option] = unitsOf(units, option) + pile.number * pile.value;
}

/**
 * The option that is best now; of equal ones, best at the latest earlier stage at which they
 * differ; else the one that the lots name.
 * @param {Standing} standing
 * @param {Set<number>} options
 * @param {(one: bigint, other: bigint) => boolean} isBetter
 * @param {(options: number[], tieOrder: number[]) => number} draw
 */
function pick(standing, options, isBetter, draw) {
  let equal = [...options];
  for (const units of [...standing.stages].reverse()) {
    const values = equal.map((option) => unitsOf(units, option));
    const best = values.reduce((one, other) => (isBetter(other, one) ? other : one));
    equal = equal.filter((_, at) => values[at] === best);
  }
  const [only = 0] = equal;
  if (equal.length === 1) return only;
  standing.drawn = true;
  return draw(equal, standing.tieOrder);
}

/**
 * @param {bigint[]} units
 * @param {number} option
 */
const unitsOf = (units, option) => units[option] ?? 0n;
