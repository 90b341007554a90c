/**
 * The highest ballots of a bundle, opened: status, plaintext, choices (protocol, section 9).
 */
import { M } from "../../vote/encoding.js";
import { BadChoice, BadEncoding, CannotOpen } from "../../vote/errors.js";
import { questionsOf } from "../../vote/draft.js";
import { Opener } from "../../vote/hpke.js";
import { decode } from "../../vote/plaintext.js";
import { takeApart } from "../checks/ballots.js";
import { STATUS } from "../checks/count.js";

/** @typedef {import("../../vote/bytes.js").Bytes} Bytes */
/** @typedef {import("../../vote/plaintext.js").Choice} Choice */
/** @typedef {import("../../vote/question.js").Question} Question */
/** @typedef {import("../checks/count.js").Choices} Choices */
/** @typedef {{status: number, plaintext: Bytes}} Opened plaintext empty where nothing opened */

/** Opens ballots; keeps their choices as they are counted. */
export class Reader {
  /** Choices of status 0 by question. @type {Map<string, Choices>} */
  choices = new Map();
  /** @type {Map<number, {opener: Opener, questions: Question[]}>} */
  #styles;

  /**
   * @param {import("../../vote/draft.js").Draft} draft
   * @param {Map<number, bigint>} secrets the keys `y` by style
   */
  constructor(draft, secrets) {
    this.#styles = new Map(
      [...secrets].map(([style, y]) => {
        return [style, { opener: new Opener(y), questions: questionsOf(draft, style) }];
      }),
    );
  }

  /**
   * Status and plaintext of one ballot; its choices are added where it counts.
   * @param {Bytes} payload of right shape
   * @returns {Promise<Opened>}
   */
  async open(payload) {
    const { style, sealing, enc, ct } = takeApart(payload);
    const { opener, questions } = /** @type {{opener: Opener, questions: Question[]}} */ (
      this.#styles.get(style)
    );
    try {
      const plaintext = await opener.open({ enc, ct }, M("seal", ...sealing));
      return { status: this.#read(questions, plaintext), plaintext };
    } catch (error) {
      if (!(error instanceof CannotOpen)) throw error;
      return { status: STATUS.cannotOpen, plaintext: new Uint8Array() };
    }
  }

  /**
   * @param {Question[]} questions
   * @param {Bytes} plaintext
   */
  #read(questions, plaintext) {
    try {
      for (const [at, choice] of decode(questions, plaintext).entries()) {
        this.#add(questions[at]?.id ?? "", choice);
      }
      return STATUS.counted;
    } catch (error) {
      if (error instanceof BadChoice) return STATUS.breaksRule;
      if (error instanceof BadEncoding) return STATUS.badEncoding;
      throw error;
    }
  }

  /**
   * @param {string} question
   * @param {Choice} choice
   */
  #add(question, choice) {
    /** @type {Choices} */
    const known = this.choices.get(question) ?? new Map();
    const name = JSON.stringify(choice);
    known.set(name, [choice, (known.get(name)?.[1] ?? 0) + 1]);
    this.choices.set(question, known);
  }
}
