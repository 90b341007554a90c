/**
 * Safe parameters (protocol, section 3) for V03.
 */
import { hex } from "../../vote/bytes.js";

/** @typedef {import("../election.js").Election} Election */

const MOST_TRUSTEES = 32;
const MOST_MARK = 255;
const MOST_STEPS = 10_000;

/**
 * Everything about an election's numbers and keys that is not safe, in words (A2, A19).
 * @param {Election} election
 */
export function unsafeParameters(election) {
  const { draft, manifest } = election;
  const { k, list } = draft.trustees;
  const isShared = k >= 1 && k <= list.length && list.length <= MOST_TRUSTEES;
  const small = manifest.roll.styles.filter(({ size }) => size < draft.min_group);
  return [
    ...unsafeTimes(draft.schedule),
    ...unsafeRegistrars(draft.registrars),
    ...unsafeWitnesses(draft.witnesses),
    ...(isShared ? [] : ["trustees: not 1 <= k <= n <= 32"]),
    ...small.map(({ style, size }) => `style ${style} has ${size} rows, below min_group`),
    ...repeatedKeys(election),
    ...draft.questions.flatMap((question) =>
      unsafeQuestion(question).map((words) => `question ${question.id}: ${words}`),
    ),
  ];
}

/** @param {Election["draft"]["schedule"]} times */
function unsafeTimes(times) {
  const isInOrder =
    times.check_in_opens <= times.check_in_closes && times.check_in_closes <= times.voting_closes;
  return [
    ...(isInOrder ? [] : ["the times of check-in are out of order"]),
    ...(times.voting_opens < times.voting_closes ? [] : ["voting does not open before it closes"]),
  ];
}

/**
 * With 2k − n > faulty two quorums share an honest registrar, who signs one key a row (A2).
 * @param {Election["draft"]["registrars"]} registrars
 */
function unsafeRegistrars({ k, faulty, list }) {
  const n = list.length;
  const isSafe =
    n === 1
      ? k === 1 && faulty === 0
      : faulty >= 1 && k > faulty && k <= n && 2 * k - n > faulty;
  return isSafe ? [] : [`registrars: n = ${n}, k = ${k}, faulty = ${faulty}`];
}

/** @param {Election["draft"]["witnesses"]} witnesses */
function unsafeWitnesses({ k, faulty, list }) {
  const many = list.length;
  const isSafe = many === 0 ? k === 0 : k <= many && 2 * k > many + faulty;
  return isSafe ? [] : [`witnesses: W = ${many}, k = ${k}, faulty = ${faulty}`];
}

/** @param {Election} election */
function repeatedKeys({ policy, roles, draft }) {
  const keys = [
    ...Object.values(policy.logs).map(({ key }) => key),
    ...policy.witnesses.map(({ key }) => key),
    ...roles.values(),
    ...draft.officers.map(({ cose }) => cose),
  ];
  return new Set(keys.map(hex)).size < keys.length ? ["one key serves two roles"] : [];
}

/** @param {import("../../vote/question.js").Question} question */
function unsafeQuestion({ rule, options, max_score: most = 0, points = 0 }) {
  const { name, seats = 1, budget = 0, costs = [], completion_step: step = 0 } = rule;
  return [
    ...(Math.max(most, points) > MOST_MARK ? ["max_score or points above 255"] : []),
    ...(costs.some((/** @type {number} */ cost) => cost < 1) ? ["a cost below 1"] : []),
    ...(step > 0 && BigInt(budget) > BigInt(MOST_STEPS) * BigInt(step)
      ? ["budget above 10,000 steps"]
      : []),
    ...(seats > options.length ? ["more seats than options"] : []),
    ...(name === "star" && options.length < 2 ? ["a run-off of fewer than two options"] : []),
  ];
}
