/**
 * The Method of Equal Shares: everybody has the same money and pays only for what they approve of.
 * The project of the smallest rate ρ is bought next, where Σ min(money, ρ·u) of its supporters is
 * its cost; with completion, in ever richer runs, the last one that fits, then greedily.
 */
import { compare, fraction } from "./fraction.js";
import { budgetOf, buyGreedily, costOf } from "./greedy.js";
import { noTotals, totalsOf } from "./highest-totals.js";
import { preferred } from "./lots.js";

/** @typedef {import("./contest.js").Contest} Contest */
/** @typedef {import("./fraction.js").Fraction} Fraction */
/** @typedef {{bought: number[], drawn: boolean}} Bought */

// Safe parameters never ask for more steps (section 3); others must not hold up a verifier.
const MOST_STEPS = 10_000n;
const NOTHING = fraction(0n, 1n);

/** @type {import("./contest.js").Rule} */
export const equalShares = {
  count(contest) {
    const totals = totalsOf(contest);
    const { bought, drawn } = lastThatFits(contest, totals);
    const isCompleted = contest.question.rule["completion"] !== undefined;
    const winners = [...bought, ...(isCompleted ? buyGreedily(contest, totals, bought) : [])];
    return { winners, drawn, details: { totals, spent: Number(costOf(contest, winners)) } };
  },
  unvoted: (contest) => ({ totals: noTotals(contest), spent: 0 }),
};

/**
 * @param {Contest} contest
 * @param {number[]} totals
 */
function lastThatFits(contest, totals) {
  const budget = budgetOf(contest);
  const step = BigInt(contest.question.rule["completion_step"] ?? 0);
  const allowed = step > 0n ? budget / step : 0n;
  const steps = allowed < MOST_STEPS ? allowed : MOST_STEPS;
  const wanted = contest.options.filter(
    (project) => totals[project] !== 0 && costOf(contest, [project]) <= budget,
  );
  const voters = BigInt(contest.valid);
  let kept = new Run(contest, fraction(budget, voters)).buy();
  for (let raised = 1n; raised <= steps; raised += 1n) {
    if (wanted.every((project) => kept.bought.includes(project))) break;
    const richer = new Run(contest, fraction(budget + raised * step * voters, voters)).buy();
    if (costOf(contest, richer.bought) > budget) break;
    kept = richer;
  }
  return kept;
}

/** One run of the method. Voters who approve of the same projects share a purse per head. */
class Run {
  /** Money is held in units of 1/`#scale` minor unit. @type {bigint} */
  #scale;
  /** @type {{heads: bigint, money: bigint}[]} */
  #purses;
  /** The purses of each project's supporters. @type {{heads: bigint, money: bigint}[][]} */
  #supporters;
  /**
   * The open projects, each with its ρ as last seen: money only shrinks, so ρ only grows.
   * @type {{project: number, rate: Fraction}[]}
   */
  #open;
  #contest;

  /**
   * @param {Contest} contest
   * @param {Fraction} perHead
   */
  constructor(contest, perHead) {
    this.#contest = contest;
    this.#scale = perHead.under;
    this.#purses = contest.papers.map(({ number }) => ({ heads: BigInt(number), money: perHead.over }));
    this.#supporters = contest.options.map((project) =>
      this.#purses.filter((_, at) => contest.papers[at]?.marks[project]),
    );
    // A project that is worth nothing to anybody has no ρ.
    const useful = contest.options.filter((project) => this.#worth(project) > 0n);
    this.#open = useful.map((project) => ({ project, rate: NOTHING }));
  }

  /** Buys until nobody can pay for anything more. @returns {Bought} */
  buy() {
    const bought = [];
    let drawn = false;
    for (let best = this.#cheapest(); best.length > 0; best = this.#cheapest()) {
      drawn ||= best.length > 1;
      const project = preferred(best, this.#contest.tieOrder);
      this.#pay(project);
      this.#open = this.#open.filter((each) => each.project !== project);
      bought.push(project);
    }
    return { bought, drawn };
  }

  /** The projects of the smallest ρ; those that cannot be paid for any more are struck off. */
  #cheapest() {
    this.#open.sort((one, other) => compare(one.rate, other.rate));
    /** @type {number[]} */
    let best = [];
    /** @type {Fraction | null} */
    let smallest = null;
    const struck = new Set();
    for (const each of this.#open) {
      if (smallest && compare(each.rate, smallest) > 0) break;
      const price = this.#price(each.project);
      if (!price) {
        struck.add(each);
        continue;
      }
      each.rate = fraction(price.over, price.under * this.#worth(each.project));
      const isBetter = smallest ? compare(each.rate, smallest) : -1;
      if (isBetter < 0) [best, smallest] = [[each.project], each.rate];
      else if (isBetter === 0) best.push(each.project);
    }
    this.#open = this.#open.filter((each) => !struck.has(each));
    return best;
  }

  /**
   * ρ·u: what a supporter pays who has enough, while the others give all they have, in minor
   * units; null where all of them together have too little.
   * @param {number} project
   */
  #price(project) {
    const purses = [...(this.#supporters[project] ?? [])].sort((one, other) =>
      one.money < other.money ? -1 : Number(one.money > other.money),
    );
    let payers = purses.reduce((sum, { heads }) => sum + heads, 0n);
    let missing = costOf(this.#contest, [project]) * this.#scale;
    for (const { heads, money } of purses) {
      if (missing <= money * payers) return fraction(missing, payers * this.#scale);
      missing -= money * heads;
      payers -= heads;
    }
    return null;
  }

  /** @param {number} project */
  #pay(project) {
    const price = this.#price(project) ?? NOTHING;
    const finer = fraction(price.over * this.#scale, price.under).under;
    this.#scale *= finer;
    for (const purse of this.#purses) purse.money *= finer;
    const amount = (price.over * this.#scale) / price.under;
    for (const purse of this.#supporters[project] ?? []) {
      purse.money -= purse.money < amount ? purse.money : amount;
    }
  }

  /** What a bought project is worth to a supporter: its cost, or 1. @param {number} project */
  #worth(project) {
    const { utility } = this.#contest.question.rule;
    return utility === "cost" ? costOf(this.#contest, [project]) : 1n;
  }
}
