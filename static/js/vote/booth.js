/**
 * The screens of the voter's pages: one is shown at a time, its heading takes the focus, and what
 * goes wrong is said in words above it. Every sentence stands in the page or in `messages.js`.
 *
 *   data-screen     one screen, with an `h2` of its own; `data-step` its stage, from 1
 *   data-act        what a button does; `data-busy` what it says meanwhile
 *   data-slot       a place that the script fills; `data-fill` a sentence with {places}
 */
import { VoteError } from "./errors.js";
import { explain } from "./messages.js";

/** @typedef {() => unknown} Act */

/** The page around the screens. */
export class Booth {
  /** @type {Record<string, Act>} */
  #acts = {};
  #isBusy = false;

  /**
   * @param {HTMLElement} root
   * @param {typeof explain} [explained] the words for what was thrown
   */
  constructor(root, explained = explain) {
    this.root = root;
    this.explained = explained;
    this.language = document.documentElement.lang;
    root.addEventListener("click", (event) => {
      const pressed = event.target instanceof Element ? event.target.closest("[data-act]") : null;
      if (pressed instanceof HTMLElement) void this.#press(pressed);
    });
  }

  /** What the page says in `data-…` of its root. @param {string} name */
  said(name) {
    return this.root.dataset[name] ?? "";
  }

  /** Words of the election in the reader's language. @param {Record<string, string>} words */
  words(words) {
    return words[this.language] ?? Object.values(words)[0] ?? "";
  }

  /** What the buttons do. @param {Record<string, Act>} acts */
  on(acts) {
    Object.assign(this.#acts, acts);
  }

  /**
   * Shows one screen in place of the others.
   * @param {string} name
   */
  show(name) {
    this.#clearTrouble();
    for (const each of this.#all("[data-screen]")) each.hidden = each.dataset["screen"] !== name;
    const shown = this.#one(`[data-screen="${name}"]`);
    this.#tellStep(Number(shown.dataset["step"] ?? 0));
    const heading = shown.querySelector("h2");
    heading?.focus({ preventScroll: true });
    this.root.scrollIntoView({ block: "start" });
  }

  /** The element of this slot. @param {string} name */
  slot(name) {
    return this.#one(`[data-slot="${name}"]`);
  }

  /**
   * Puts text, or the values of its sentence, into a slot, and shows it.
   * @param {string} name
   * @param {string | Record<string, string | number>} text
   */
  fill(name, text) {
    for (const slot of this.#all(`[data-slot="${name}"]`)) {
      const sentence = slot.dataset["fill"] ?? "";
      const filled = typeof text === "string" ? text : fillPlaces(sentence, this.#written(text));
      slot.textContent = filled;
      slot.hidden = false;
    }
  }

  /** Shows or hides what stands in a slot. @param {string} name @param {boolean} isShown */
  toggle(name, isShown) {
    for (const slot of this.#all(`[data-slot="${name}"]`)) slot.hidden = !isShown;
  }

  /** Shows or hides the buttons of an act. @param {string} name @param {boolean} isShown */
  offer(name, isShown) {
    for (const button of this.#all(`[data-act="${name}"]`)) button.hidden = !isShown;
  }

  /** Says something to who listens to the page. @param {string} words */
  say(words) {
    this.#one("[data-spoken]").textContent = words;
  }

  /**
   * Says above the screen what went wrong, in words.
   * @param {unknown} error
   */
  complain(error) {
    const { title, advice } = this.#explained(error);
    const box = this.#one("[data-trouble]");
    box.hidden = false;
    this.fill("title", title);
    this.fill("advice", advice);
    box.focus({ preventScroll: true });
    box.scrollIntoView({ block: "center" });
  }

  /**
   * Does what the page is for; where it cannot begin, says so on a screen of its own.
   * @param {Act} act
   */
  async begin(act) {
    try {
      await act();
    } catch (error) {
      const { title, advice } = this.#explained(error);
      this.#one('[data-screen="stopped"] h2').textContent = title;
      this.fill("stopped-advice", advice);
      this.show("stopped");
    }
  }

  /**
   * One act at a time; whatever it throws is said in words.
   * @param {HTMLElement} button
   */
  async #press(button) {
    const act = this.#acts[button.dataset["act"] ?? ""];
    if (this.#isBusy || !act) return;
    const label = button.textContent;
    this.#isBusy = true;
    this.#clearTrouble();
    this.root.setAttribute("aria-busy", "true");
    button.textContent = button.dataset["busy"] ?? label;
    if (button.dataset["busy"]) this.say(button.dataset["busy"]);
    try {
      await act();
    } catch (error) {
      this.complain(error);
    } finally {
      button.textContent = label;
      this.root.removeAttribute("aria-busy");
      this.#isBusy = false;
    }
  }

  /** @param {unknown} error */
  #explained(error) {
    // What nobody meant to happen is for developers as well as for the voter.
    if (!(error instanceof VoteError)) console.error(error);
    return this.explained(error, this.language);
  }

  #clearTrouble() {
    this.#one("[data-trouble]").hidden = true;
    this.say("");
  }

  /** @param {number} step */
  #tellStep(step) {
    for (const [at, stage] of this.#all(".stages li").entries()) {
      if (step === 0) continue;
      stage.className = at + 1 < step ? "done" : at + 1 === step ? "now" : "";
      if (at + 1 === step) stage.setAttribute("aria-current", "step");
      else stage.removeAttribute("aria-current");
    }
  }

  /**
   * Numbers as the reader's language writes them.
   * @param {Record<string, string | number>} values
   */
  #written(values) {
    const format = new Intl.NumberFormat(this.language);
    const pairs = Object.entries(values).map(([name, value]) => [
      name,
      typeof value === "number" ? format.format(value) : value,
    ]);
    return /** @type {Record<string, string>} */ (Object.fromEntries(pairs));
  }

  /** @param {string} selector @returns {HTMLElement[]} */
  #all(selector) {
    return [...this.root.querySelectorAll(selector)].filter((each) => each instanceof HTMLElement);
  }

  /** @param {string} selector @returns {HTMLElement} */
  #one(selector) {
    const found = this.root.querySelector(selector);
    if (!(found instanceof HTMLElement)) throw new Error(`the page has no ${selector}`);
    return found;
  }
}

/**
 * A sentence with its {places} filled.
 * @param {string} sentence
 * @param {Record<string, string | number>} values
 */
export function fillPlaces(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

/**
 * An element with attributes and what stands in it; text is text, whatever it looks like.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string>} [attributes]
 * @param {...(Node | string)} inside
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, attributes = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...inside);
  return made;
}
