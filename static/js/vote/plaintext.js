/**
 * What a ballot says, as bytes of one length per style (protocol, section 11).
 *
 * One choice per question of the style, options counted from 0:
 *   single            the option's number, null for blank
 *   approval, budget by approval   the numbers of the marked options, ascending
 *   score, budget by points        one number per option
 *   ranked            one rank per option, from 1, 0 for unranked, none left out
 */
import { concat, isEqual } from "./bytes.js";
import { u16 } from "./encoding.js";
import { BadChoice, BadEncoding } from "./errors.js";

/** @typedef {import("./bytes.js").Bytes} Bytes */
/** @typedef {import("./question.js").Question} Question */
/** @typedef {number | null | number[]} Choice */
/**
 * @typedef {object} Form how one kind of choice stands in the plaintext
 * @property {(options: number) => number} octets
 * @property {(field: Bytes, options: number) => Choice} read may overlook unused bits
 * @property {(choice: Choice, options: number) => Bytes | null} write null: not of this form
 */

const VERSION = 1;

/** @type {(choice: Choice, options: number) => Bytes | null} */
const writeNumbers = (choice, options) =>
  Array.isArray(choice) && choice.length === options && choice.every(isOctet)
    ? Uint8Array.from(choice)
    : null;

/** @type {Form} */
const numbers = { octets: (options) => options, read: (field) => [...field], write: writeNumbers };

/** @type {Form} */
const bits = {
  octets: (options) => Math.ceil(options / 8),
  read: (field, options) =>
    Array.from({ length: options }, (_, at) => at).filter(
      (at) => ((field[at >> 3] ?? 0) >> (7 - (at & 7))) & 1,
    ),
  write: (choice, options) => {
    const isForm = Array.isArray(choice) && choice.every((at) => isOption(at, options));
    if (!isForm || choice.some((at, place) => at <= (choice[place - 1] ?? -1))) return null;
    const field = new Uint8Array(Math.ceil(options / 8));
    for (const at of choice) field[at >> 3] = (field[at >> 3] ?? 0) | (0x80 >> (at & 7));
    return field;
  },
};

/** @type {Record<string, Form>} */
const FORMS = {
  single: {
    octets: () => 2,
    read: (field) => ((field[0] ?? 0) << 8) + (field[1] ?? 0) - 1,
    write: (choice, options) => {
      if (choice === null) return u16(0);
      return isOption(choice, options) ? u16(Number(choice) + 1) : null;
    },
  },
  approval: bits,
  score: numbers,
  points: numbers,
  ranked: {
    ...numbers,
    write: (choice, options) =>
      Array.isArray(choice) && isDense(choice) ? writeNumbers(choice, options) : null,
  },
};

/**
 * The bytes of every plaintext of a style with these questions.
 * @param {Question[]} questions
 */
export function lengthOf(questions) {
  return questions.reduce((sum, question) => sum + octetsOf(question), 1);
}

/**
 * The plaintext of one choice per question. Throws BadChoice for marks the question does not
 * allow: what is written here is counted.
 * @param {Question[]} questions
 * @param {Choice[]} choices
 */
export function encode(questions, choices) {
  checkRules(questions, choices);
  return write(questions, choices);
}

/**
 * The choice for each question, the way back of `encode`. Throws BadEncoding (status 3) or, only
 * where the whole plaintext is well encoded, BadChoice (status 4).
 * @param {Question[]} questions
 * @param {Bytes} plaintext
 * @returns {Choice[]}
 */
export function decode(questions, plaintext) {
  if (plaintext.length !== lengthOf(questions)) throw new BadEncoding("not this style's length");
  let start = 1;
  const choices = questions.map((question) => {
    const field = plaintext.slice(start, (start += octetsOf(question)));
    const choice = formOf(question).read(field, question.options.length);
    return choice === -1 ? null : choice;
  });
  if (!isEqual(write(questions, choices), plaintext)) {
    throw new BadEncoding("another version, or unused bits that are not zero");
  }
  checkRules(questions, choices);
  return choices;
}

/**
 * @param {Question[]} questions
 * @param {Choice[]} choices
 */
function write(questions, choices) {
  const fields = questions.map((question, at) => {
    const field = formOf(question).write(choices[at] ?? null, question.options.length);
    return field ?? refuseForm(question);
  });
  return concat(Uint8Array.of(VERSION), ...fields);
}

/**
 * @param {Question} question
 * @returns {never}
 */
function refuseForm({ id }) {
  throw new BadEncoding(`the choice for ${id} has another form than its question`);
}

/**
 * @param {Question[]} questions
 * @param {Choice[]} choices
 */
function checkRules(questions, choices) {
  if (choices.length !== questions.length) throw new BadEncoding("one choice per question");
  for (const [at, question] of questions.entries()) checkRule(question, choices[at] ?? null);
}

/**
 * Throws BadChoice unless the question allows these marks.
 * @param {Question} question
 * @param {Choice} choice
 */
export function checkRule(question, choice) {
  const { id, min, max, method } = question;
  const sizes = Array.isArray(choice) && formOf(question) !== bits ? choice : [];
  const marks = sizes.length > 0 ? sizes.filter((size) => size > 0).length : countOf(choice);
  const fail = (/** @type {string} */ code, /** @type {object} */ facts = {}) => {
    throw new BadChoice(code, `${id}: ${code}`, { question: id, ...facts });
  };
  if (marks < min) fail("too-few-marks", { min, marks });
  if (marks > max) fail("too-many-marks", { max, marks });
  const { max_score: most = Infinity, points = Infinity } = question;
  if (Math.max(0, ...sizes) > most) fail("score-too-high", { most });
  if (sizes.reduce((sum, size) => sum + size, 0) > points) fail("too-many-points", { points });
  if (method === "ranked" && !question.equal && hasEqualRanks(sizes)) fail("equal-ranks");
}

/** @param {Choice} choice */
const countOf = (choice) => (Array.isArray(choice) ? choice.length : Number(choice !== null));
/** @param {number} value */
const isOctet = (value) => Number.isInteger(value) && value >= 0 && value <= 255;
/** @param {number[]} ranks */
const hasEqualRanks = (ranks) => {
  const used = ranks.filter((rank) => rank > 0);
  return new Set(used).size !== used.length;
};
/** @param {number[]} ranks */
const isDense = (ranks) => {
  const used = new Set(ranks.filter((rank) => rank > 0));
  return Math.max(0, ...used) === used.size;
};
/** @type {(value: Choice | undefined, options: number) => boolean} */
const isOption = (value, options) =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 && value < options;
/** @param {Question} question */
const formOf = ({ method, ballot }) =>
  /** @type {Form} */ (FORMS[(method === "budget" && ballot) || method]);
/** @param {Question} question */
const octetsOf = (question) => formOf(question).octets(question.options.length);
