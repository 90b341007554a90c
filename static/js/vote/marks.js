/**
 * What one option is marked with: a button, a box, a list of numbers, or a field for a number where
 * the list would be long.
 */
import { make } from "./booth.js";

/** @typedef {import("./question.js").Question} Question */
/** @typedef {HTMLInputElement | HTMLSelectElement} Mark */
/** @typedef {"one" | "several" | "numbers"} Kind */

const LONGEST_LIST = 20;

/** For a number that cannot be read. */
export const UNREADABLE = -1;

/**
 * How options are marked: one of them, several, or each with a number.
 * @param {Question} question
 * @returns {Kind}
 */
export function kindOf({ method, ballot }) {
  if (method === "single") return "one";
  return method === "approval" || ballot === "approval" ? "several" : "numbers";
}

/**
 * The mark of one option.
 * @param {Question} question
 * @param {number} at the question's place on the ballot
 * @param {string} unranked what the list says for no rank
 * @returns {Mark}
 */
export function markOf(question, at, unranked) {
  const kind = kindOf(question);
  if (kind !== "numbers") return box(kind === "one" ? "radio" : "checkbox", at);
  const { method, options, max_score: highest, points } = question;
  if (method === "ranked") return list(options.length, unranked);
  if (highest !== undefined && highest <= LONGEST_LIST) return list(highest, "0");
  return numberField(highest ?? points ?? 0);
}

/**
 * @param {"radio" | "checkbox"} type
 * @param {number} at
 */
export function box(type, at) {
  return make("input", { type, name: `question-${at}` });
}

/**
 * @param {number} most
 * @param {string} first what the list says for nothing
 */
function list(most, first) {
  const choices = Array.from({ length: most + 1 }, (_, size) =>
    make("option", { value: String(size) }, size === 0 ? first : String(size)),
  );
  return make("select", {}, ...choices);
}

/** @param {number} most */
function numberField(most) {
  const bounds = { min: "0", max: String(most), step: "1" };
  return make("input", { type: "number", inputmode: "numeric", placeholder: "0", ...bounds });
}

/** Whether the mark is a field or list for a number. @param {Mark} mark */
const isNumber = (mark) => mark instanceof HTMLSelectElement || mark.type === "number";

/** The number that a mark says: 1 or 0 for a box; UNREADABLE for none. @param {Mark} mark */
export function numberIn(mark) {
  if (!isNumber(mark)) return Number(mark.matches(":checked"));
  const number = Number(mark.value);
  const isOne = Number.isInteger(number) && number >= 0 && !mark.validity.badInput;
  return isOne ? number : UNREADABLE;
}

/**
 * Marks an option.
 * @param {Mark} mark
 * @param {{isTicked: boolean, number: number}} said
 */
export function setMark(mark, { isTicked, number }) {
  if (mark instanceof HTMLSelectElement) mark.value = String(number);
  else if (isNumber(mark)) mark.value = number > 0 ? String(number) : "";
  else mark.checked = isTicked;
}

/**
 * An option's line: its mark, its name, below it a remark and what it costs.
 * @param {Mark} mark
 * @param {string} text the name; on a second line a remark
 * @param {string} [cost]
 */
export function line(mark, text, cost = "") {
  const [name = "", ...remark] = text.split("\n");
  const words = make("span", {}, make("b", {}, name));
  if (remark.length > 0) words.append(make("small", {}, remark.join(" ")));
  if (cost !== "") words.append(make("small", { class: "cost" }, cost));
  return isNumber(mark)
    ? make("label", { class: "option rank" }, words, mark)
    : make("label", { class: "option" }, mark, words);
}
