/**
 * The fields of one question: a button or box for each option, or a list of ranks or marks. Nothing
 * is chosen beforehand, and blank is a choice of its own where the rule allows it.
 *
 * What is half made is a `Choice` too, so that it can be kept: -1 for no option yet, null for
 * blank, ranks that do not follow each other yet.
 */
import { fillPlaces, make } from "./booth.js";
import { BadChoice } from "./errors.js";
import { box, kindOf, line, markOf, numberIn, setMark, UNREADABLE } from "./marks.js";
import { costsOf, money, tally } from "./tally.js";

/** @typedef {import("./plaintext.js").Choice} Choice */
/** @typedef {import("./question.js").Question} Question */
/** @typedef {(words: Record<string, string>) => string} Words the reader's language of a text */
/** @typedef {import("./marks.js").Mark} Mark */
/**
 * @typedef {object} Speech
 * @property {Words} words
 * @property {DOMStringMap} said the page's own sentences
 * @property {(number: number) => string} written a number as the reader's language writes it
 */

const NONE_YET = -1;

/** One question of the ballot. */
export class QuestionFields {
  /** @type {Mark[]} */
  #marks;
  /** @type {HTMLInputElement | null} */
  #blank = null;
  #kind;
  #speech;

  /**
   * @param {Question} question
   * @param {number} at its place on the ballot
   * @param {Speech} speech
   */
  constructor(question, at, speech) {
    const { words, said } = speech;
    this.question = question;
    this.#kind = kindOf(question);
    this.#speech = speech;
    this.error = make("p", { class: "error", id: `error-${at}`, hidden: "" });
    this.tally = make("p", { class: "tally", role: "status" });
    const hint = make("p", { class: "hint", id: `hint-${at}` }, hintOf(question, speech));
    this.#marks = question.options.map(() => markOf(question, at, said["unranked"] ?? ""));
    const costs = costsOf(question, speech);
    const lines = question.options.map(({ text }, place) =>
      line(/** @type {Mark} */ (this.#marks[place]), words(text), costs[place]),
    );
    if (question.min === 0) {
      this.#blank = box(this.#kind === "one" ? "radio" : "checkbox", at);
      lines.push(line(this.#blank, `${said["blank"]}\n${said["blankHint"]}`));
    }
    const described = { "aria-describedby": `hint-${at} error-${at}` };
    const legend = make("legend", {}, words(question.text));
    const inside = [legend, hint, this.error, ...lines, this.tally];
    this.element = make("fieldset", described, ...inside);
    this.element.addEventListener("input", ({ target }) => this.#keepApart(target));
    this.#addUp();
  }

  /** What is marked so far, to be kept. @returns {Choice} */
  get kept() {
    if (this.#blank?.checked) return null;
    const numbers = this.#marks.map(numberIn);
    if (this.#kind === "numbers") return numbers;
    const ticked = numbers.flatMap((isTicked, at) => (isTicked ? [at] : []));
    return this.#kind === "one" ? (ticked[0] ?? NONE_YET) : ticked;
  }

  /**
   * Marks what was kept. In a choice that was sealed, no marks at all are a blank vote.
   * @param {Choice} choice
   * @param {{isSealed: boolean}} origin
   */
  mark(choice, { isSealed }) {
    const isBlank = choice === null || (isSealed && this.#isNothing(choice));
    if (this.#blank) this.#blank.checked = isBlank;
    for (const [at, mark] of this.#marks.entries()) {
      const number = Array.isArray(choice) && this.#kind === "numbers" ? (choice[at] ?? 0) : 0;
      const isTicked = Array.isArray(choice) ? choice.includes(at) : choice === at;
      setMark(mark, { isTicked, number });
    }
    this.#addUp();
  }

  /** The choice as it is sealed; BadChoice where none has been made. @returns {Choice} */
  get choice() {
    const { kept } = this;
    const none = { one: null, several: [], numbers: this.#marks.map(() => 0) };
    if (kept === null) return none[this.#kind];
    const { id, method } = this.question;
    if (this.#isNothing(kept)) {
      throw new BadChoice("unanswered", `${id}: nothing is marked`, { question: id });
    }
    if (this.#kind === "numbers" && Array.isArray(kept)) checkNumbers(kept, id);
    if (method === "ranked" && Array.isArray(kept)) checkRanks(kept, id);
    return kept;
  }

  /** The choice in words, a line each. @returns {string[]} */
  get inWords() {
    const { kept } = this;
    const { method, options } = this.question;
    const { words, said } = this.#speech;
    const names = options.map(({ text }) => words(text).split("\n", 1)[0] ?? "");
    if (kept === null) return [said["blank"] ?? ""];
    if (!Array.isArray(kept)) return [names[kept] ?? ""];
    if (this.#kind === "several") return this.#approved(kept, names);
    const marked = kept.map((size, at) => ({ size, name: names[at] ?? "" }));
    if (method === "score") return marked.map(({ size, name }) => `${name}: ${size}`);
    const given = marked.filter(({ size }) => size > 0);
    if (method !== "ranked") return given.map(({ size, name }) => `${name}: ${size}`);
    const inOrder = given.sort((one, other) => one.size - other.size);
    return inOrder.map(({ size, name }) => `${size}. ${name}`);
  }

  /**
   * The approved options, with what they cost where there is money.
   * @param {number[]} kept
   * @param {string[]} names
   */
  #approved(kept, names) {
    const costs = costsOf(this.question, this.#speech);
    return kept.map((at) => [names[at], costs[at]].filter(Boolean).join(", "));
  }

  /** Says what is wrong with the choice; nothing where it is in order. @param {string} words */
  complain(words) {
    this.error.textContent = words;
    this.error.hidden = words === "";
  }

  /** Leads the voter to what is marked, or else to the first option. */
  focus() {
    (this.#marks.find((mark) => mark.matches(":checked")) ?? this.#marks[0])?.focus();
  }

  /** Whether this is no mark at all. @param {Choice} choice */
  #isNothing(choice) {
    if (!Array.isArray(choice)) return choice === NONE_YET;
    return this.#kind === "several" ? choice.length === 0 : choice.every((size) => size === 0);
  }

  /** Blank and marks exclude each other. @param {EventTarget | null} changed */
  #keepApart(changed) {
    this.complain("");
    if (this.#blank && this.#kind !== "one") {
      if (changed !== this.#blank) this.#blank.checked = false;
      else if (this.#blank.checked) this.mark(null, { isSealed: false });
    }
    this.#addUp();
  }

  /** Tells what the marks come to, where there is money or points. */
  #addUp() {
    this.tally.textContent = tally(this.question, this.#marks.map(numberIn), this.#speech);
  }
}

/**
 * Throws BadChoice for what is no whole number.
 * @param {number[]} numbers
 * @param {string} id
 */
function checkNumbers(numbers, id) {
  if (!numbers.includes(UNREADABLE)) return;
  throw new BadChoice("mark-unreadable", `${id}: no whole number`, { question: id });
}

/**
 * Throws BadChoice for a rank that is left out below a lower one.
 * @param {number[]} ranks
 * @param {string} id
 */
function checkRanks(ranks, id) {
  const lowest = Math.max(...ranks);
  for (let rank = 1; rank <= lowest; rank += 1) {
    if (ranks.includes(rank)) continue;
    throw new BadChoice("rank-missing", `${id}: no rank ${rank}`, { question: id, rank });
  }
}

/**
 * How this question is answered, from the page's sentences.
 * @param {Question} question
 * @param {Speech} speech
 */
function hintOf(question, speech) {
  const { method, ballot, min, max, options, equal, max_score: most = 0, points = 0 } = question;
  const budget = method === "budget" ? money(question.rule["budget"], speech) : "";
  const sentence = (/** @type {string} */ name) =>
    fillPlaces(speech.said[name] ?? "", { min, max, most, points, budget });
  if (method === "ranked") return [sentence("ranked"), equal ? sentence("equal") : ""].join(" ");
  if (method === "single") return sentence("one");
  if (method === "score") return sentence("score");
  if (ballot === "points") return sentence("points");
  if (min > 1) return sentence("severalLeast");
  if (max < options.length) return sentence("severalMost");
  return sentence(method === "budget" ? "projects" : "several");
}
