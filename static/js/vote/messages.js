/**
 * What happened and what to do, in the voter's words (protocol, section 13).
 *
 * The words stand here and not in the site's catalogue, because this client can be served from
 * elsewhere. `{fact}` in a sentence is filled from the error's facts.
 */
import { VoteError } from "./errors.js";
import { english } from "./messages-en.js";
import { indonesian } from "./messages-id.js";

/** @typedef {{title: string, advice: string}} Words title: what happened; advice: what to do */
/**
 * @typedef {object} Language
 * @property {Record<string, Words>} errors by the error's code
 * @property {Record<string, string>} checks what was being checked, by the names of `CHECKS`
 * @property {Words} other for a code that is not in the list
 * @property {string} or between the last two of several words
 * @property {string[]} remarks at the head of a recovery file
 */

/** @param {string} language like `id` or `en-GB` @returns {Language} */
const wordsOf = (language) => (language.toLowerCase().startsWith("id") ? indonesian : english);

/**
 * The words for whatever was thrown.
 * @param {unknown} error
 * @param {string} language
 * @returns {Words}
 */
export function explain(error, language) {
  const { errors, checks, other, or } = wordsOf(language);
  if (!(error instanceof VoteError)) return other;
  const words = errors[error.code] ?? withDetail(other, String(error.facts["detail"] ?? ""));
  const check = checks[String(error.facts["check"])] ?? "";
  /** @type {Record<string, unknown>} */
  const facts = { ...error.facts, check };
  const fill = (/** @type {string} */ sentence) =>
    sentence
      .replace(/\{(\w+)\}/g, (_, name) => inWords(facts[name], or))
      .replace(/ +/g, " ")
      .trim();
  return { title: fill(words.title), advice: fill(words.advice) };
}

/**
 * What a check makes sure of, for the list that is ticked off.
 * @param {string} check one of CHECKS
 * @param {string} language
 */
export function nameOf(check, language) {
  return wordsOf(language).checks[check] ?? check;
}

/**
 * The lines at the head of a recovery file.
 * @param {string} language
 */
export function remarks(language) {
  return wordsOf(language).remarks;
}

/**
 * A refusal without words of ours keeps those of the server.
 * @param {Words} words
 * @param {string} detail
 */
function withDetail({ title, advice }, detail) {
  return { title, advice: detail === "" ? advice : `${advice} (${detail})` };
}

/**
 * @param {unknown} fact
 * @param {string} or
 */
function inWords(fact, or) {
  if (!Array.isArray(fact)) return String(fact ?? "");
  const [last = "", ...rest] = [...fact].reverse();
  return rest.length > 0 ? `${rest.reverse().join(", ")} ${or} ${last}` : String(last);
}
