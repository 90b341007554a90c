/**
 * A question of the draft and its rule: which keys belong to which method and rule (protocol,
 * section 3).
 */
import { flag, list, matching, object, oneOf, optional, refuse, whole } from "./schema.js";

/** @typedef {import("./schema.js").Place} Place */
/** @typedef {import("./schema.js").Shape} Shape */
/** @typedef {Record<string, string>} Words language → text */
/** @typedef {"single" | "approval" | "score" | "ranked" | "budget"} Method */
/**
 * @typedef {object} Question
 * @property {string} id
 * @property {Words} text
 * @property {Method} method
 * @property {{id: string, text: Words}[]} options
 * @property {number} min
 * @property {number} max
 * @property {Record<string, any>} rule
 * @property {number} [max_score]
 * @property {boolean} [equal]
 * @property {"approval" | "points"} [ballot]
 * @property {number} [points]
 */

export const IDENTIFIER = /[a-z0-9-]{1,32}/;
const MOST_OPTIONS = 255;

const positive = whole({ least: 1 });
const share = /** @type {import("./schema.js").Reader<number[]>} */ (
  (place) => {
    const [part = 0, of = 0] = list(whole(), { least: 2, most: 2 })(place);
    if (part > of || of === 0) refuse(place, "a share [n, d] with 0 ≤ n ≤ d, d ≥ 1");
    return [part, of];
  }
);
const seats = { seats: optional(positive) };
const budget = { budget: whole(), costs: list(whole()) };

/** The keys that each rule adds to `name`. @type {Record<string, Shape>} */
const RULES = {
  plurality: seats,
  "yes-no": { quorum: optional(share), majority: optional(share), strict: optional(flag) },
  approval: seats,
  score: seats,
  star: {},
  "instant-runoff": {},
  "stv-scottish": seats,
  schulze: seats,
  greedy: budget,
  "equal-shares": {
    ...budget,
    utility: oneOf("cost", "cardinality"),
    completion: optional(oneOf("add1u-greedy")),
    completion_step: optional(positive),
  },
};

/** The keys that each method adds to a question, and the rules that count it. */
const METHODS = {
  single: { keys: {}, rules: ["plurality", "yes-no"] },
  approval: { keys: {}, rules: ["approval"] },
  score: { keys: { max_score: positive }, rules: ["score", "star"] },
  ranked: { keys: { equal: flag }, rules: ["instant-runoff", "stv-scottish", "schulze"] },
  budget: { keys: { ballot: oneOf("approval", "points") }, rules: ["greedy", "equal-shares"] },
};

/**
 * A question whose texts `words` reads.
 * @param {import("./schema.js").Reader<Words>} words
 * @returns {import("./schema.js").Reader<Question>}
 */
export function questionReader(words) {
  const identifier = matching(IDENTIFIER);
  const options = list(object({ id: identifier, text: words }), { least: 1, most: MOST_OPTIONS });
  return (place) => {
    const chosen = /** @type {Record<string, unknown> | null} */ (place.value);
    const path = `${place.path}.method`;
    const known = /** @type {Method[]} */ (Object.keys(METHODS));
    const method = oneOf(...known)({ path, value: chosen?.["method"] });
    const { keys, rules } = METHODS[method];
    const isPoints = method === "budget" && chosen?.["ballot"] === "points";
    const question = object({
      id: identifier,
      text: words,
      method: oneOf(method),
      options,
      min: whole(),
      max: whole(),
      rule: ruleReader(rules),
      ...keys,
      ...(isPoints ? { points: positive } : {}),
    })(place);
    checkFit(place, question);
    return question;
  };
}

/** @param {string[]} names */
function ruleReader(names) {
  return (/** @type {Place} */ place) => {
    const chosen = /** @type {{name?: unknown} | null} */ (place.value)?.name;
    const name = oneOf(...names)({ path: `${place.path}.name`, value: chosen });
    /** @type {Record<string, any>} */
    const rule = object({ name: oneOf(name), ...RULES[name] })(place);
    if (("completion" in rule) !== ("completion_step" in rule)) {
      refuse(place, "both of completion and completion_step, or neither");
    }
    return rule;
  };
}

/**
 * What the rule asks of the rest of its question.
 * @param {Place} place
 * @param {Question} question
 */
function checkFit(place, { method, options, min, max, rule, equal, ballot }) {
  const ids = options.map(({ id }) => id);
  if (new Set(ids).size !== ids.length) refuse(place, "every option id once");
  if (max < min) refuse(place, "max at least min");
  if (rule["name"] === "yes-no" && ids.join() !== "yes,no") refuse(place, "the options yes, no");
  if (rule["name"] === "equal-shares" && ballot !== "approval") refuse(place, "approval ballots");
  if (rule["name"] === "stv-scottish" && equal) refuse(place, "equal: false for this rule");
  const costs = method === "budget" ? rule["costs"] : ids;
  if (costs.length !== ids.length) refuse(place, "a cost per option");
}
