/** A choice as people say it. */

/** @typedef {import("../vote/plaintext.js").Choice} Choice */
/** @typedef {import("../vote/question.js").Question} Question */

/**
 * The choice a line each; none for a blank one.
 * @param {Question} question
 * @param {Choice} choice
 * @param {(words: Record<string, string>) => string} words the reader's language of a text
 * @returns {string[]}
 */
export function choiceInWords({ method, ballot, options }, choice, words) {
  const name = (/** @type {number} */ at) => words(options[at]?.text ?? {}).split("\n", 1)[0] ?? "";
  if (choice === null) return [];
  if (!Array.isArray(choice)) return [name(choice)];
  if (method === "approval" || ballot === "approval") return choice.map(name);
  const given = choice.map((size, at) => ({ size, name: name(at) })).filter(({ size }) => size > 0);
  if (method !== "ranked") return given.map(({ size, name: option }) => `${option}: ${size}`);
  const inOrder = given.sort((one, other) => one.size - other.size);
  return inOrder.map(({ size, name: option }) => `${size}. ${option}`);
}
