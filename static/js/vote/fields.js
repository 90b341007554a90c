/**
 * The fields of one question: a button or box for each option, or a list of ranks or marks. Nothing
 * is chosen beforehand, and blank is a choice of its own where the rule allows it.
 *
 * What is half made is a `Choice` too, so that it can be kept: -1 for no option yet, null for
 * blank, ranks that do not follow each other yet.
 */
import { fillPlaces, make } from "./booth.js";
import { BadChoice } from "./errors.js";

/** @typedef {import("./plaintext.js").Choice} Choice */
/** @typedef {import("./question.js").Question} Question */
/** @typedef {(words: Record<string, string>) => string} Words the reader's language of a text */
/** @typedef {HTMLInputElement | HTMLSelectElement} Mark */

const NONE_YET = -1;

/**
 * How options are marked: one of them, several, or each with a number.
 * @param {Question} question
 * @returns {"one" | "several" | "numbers"}
 */
function kindOf({ method, ballot }) {
  if (method === "single") return "one";
  return method === "approval" || ballot === "approval" ? "several" : "numbers";
}

/** One question of the ballot. */
export class QuestionFields {
  /** @type {Mark[]} */
  #marks;
  /** @type {HTMLInputElement | null} */
  #blank = null;
  #kind;
  #said;
  #words;

  /**
   * @param {Question} question
   * @param {number} at its place on the ballot
   * @param {{words: Words, said: DOMStringMap}} speech `said`: the page's own sentences
   */
  constructor(question, at, { words, said }) {
    this.question = question;
    this.#kind = kindOf(question);
    this.#said = said;
    this.#words = words;
    this.error = make("p", { class: "error", id: `error-${at}`, hidden: "" });
    const hint = make("p", { class: "hint", id: `hint-${at}` }, hintOf(question, said));
    this.#marks = question.options.map(() => this.#mark(at));
    const lines = question.options.map(({ text }, place) =>
      line(/** @type {Mark} */ (this.#marks[place]), words(text)),
    );
    if (question.min === 0) {
      this.#blank = box(this.#kind === "one" ? "radio" : "checkbox", at);
      lines.push(line(this.#blank, `${said["blank"]}\n${said["blankHint"]}`));
    }
    const described = { "aria-describedby": `hint-${at} error-${at}` };
    const legend = make("legend", {}, words(question.text));
    this.element = make("fieldset", described, legend, hint, this.error, ...lines);
    this.element.addEventListener("change", ({ target }) => this.#keepApart(target));
  }

  /** What is marked so far, to be kept. @returns {Choice} */
  get kept() {
    if (this.#blank?.checked) return null;
    const numbers = this.#marks.map((mark) =>
      mark instanceof HTMLInputElement ? Number(mark.checked) : Number(mark.value),
    );
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
      if (mark instanceof HTMLInputElement) mark.checked = isTicked;
      else mark.value = String(number);
    }
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
    if (method === "ranked" && Array.isArray(kept)) checkRanks(kept, id);
    return kept;
  }

  /** The choice in words, a line each. @returns {string[]} */
  get inWords() {
    const { kept } = this;
    const { method, options } = this.question;
    const names = options.map(({ text }) => this.#words(text).split("\n", 1)[0] ?? "");
    if (kept === null) return [this.#said["blank"] ?? ""];
    if (!Array.isArray(kept)) return [names[kept] ?? ""];
    if (this.#kind === "several") return kept.map((at) => names[at] ?? "");
    const marked = kept.map((size, at) => ({ size, name: names[at] ?? "" }));
    const given = marked.filter(({ size }) => size > 0);
    if (method !== "ranked") return given.map(({ size, name }) => `${name}: ${size}`);
    const inOrder = given.sort((one, other) => one.size - other.size);
    return inOrder.map(({ size, name }) => `${size}. ${name}`);
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

  /** @param {number} at */
  #mark(at) {
    if (this.#kind !== "numbers") return box(this.#kind === "one" ? "radio" : "checkbox", at);
    const { method, options, max_score: highest, points } = this.question;
    const most = method === "ranked" ? options.length : (highest ?? points ?? 0);
    const first = method === "ranked" ? (this.#said["unranked"] ?? "") : "0";
    const choices = Array.from({ length: most + 1 }, (_, size) =>
      make("option", { value: String(size) }, size === 0 ? first : String(size)),
    );
    return make("select", {}, ...choices);
  }

  /** Blank and marks exclude each other. @param {EventTarget | null} changed */
  #keepApart(changed) {
    this.complain("");
    if (!this.#blank || this.#kind === "one") return;
    if (changed !== this.#blank) this.#blank.checked = false;
    else if (this.#blank.checked) this.mark(null, { isSealed: false });
  }
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
 * @param {"radio" | "checkbox"} type
 * @param {number} at
 */
function box(type, at) {
  return make("input", { type, name: `question-${at}` });
}

/**
 * An option's line: its mark, its name, and on a second line of the text a remark.
 * @param {Mark} mark
 * @param {string} text
 */
function line(mark, text) {
  const [name = "", ...remark] = text.split("\n");
  const words = make("span", {}, make("b", {}, name));
  if (remark.length > 0) words.append(make("small", {}, remark.join(" ")));
  const isNumber = mark instanceof HTMLSelectElement;
  return make(
    "label",
    { class: isNumber ? "option rank" : "option" },
    ...(isNumber ? [words, mark] : [mark, words]),
  );
}

/**
 * How this question is answered, from the page's sentences.
 * @param {Question} question
 * @param {DOMStringMap} said
 */
function hintOf(question, said) {
  const { method, ballot, min, max, options, equal, max_score: most = 0, points = 0 } = question;
  const sentence = (/** @type {string} */ name) =>
    fillPlaces(said[name] ?? "", { min, max, most, points });
  if (method === "ranked") return [sentence("ranked"), equal ? sentence("equal") : ""].join(" ");
  if (method === "single") return sentence("one");
  if (method === "score") return sentence("score");
  if (ballot === "points") return sentence("points");
  if (min > 1) return sentence("severalLeast");
  return max < options.length ? sentence("severalMost") : sentence("several");
}
