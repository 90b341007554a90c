/**
 * What the checks found, and what follows: faults and gaps by code, outcomes, the exit code.
 *
 * A check passes only when it was carried out to its end and found nothing: a code that nobody
 * examined counts as missing, never as passed.
 */
import { NeedsNewerBrowser, VoteError } from "../vote/errors.js";

/** @typedef {{code: string, why: string, log: string, index: number}} Seen */

/** The forty checks of protocol section 10, in the order of their numbers. */
export const CODES = Array.from({ length: 40 }, (_, at) => `V${String(at + 1).padStart(2, "0")}`);

/** One thing that is wrong with the record: which check says so, and what it saw. */
export class Fault extends Error {
  /**
   * @param {string} code
   * @param {string} why
   */
  constructor(code, why) {
    super(`${code} ${why}`);
    this.code = code;
    this.why = why;
  }
}

/** Something that the record should hold and does not, which one check needs. */
export class Gap extends Error {
  /**
   * @param {string} code
   * @param {string} what
   */
  constructor(code, what) {
    super(`${code} ${what}`);
    this.code = code;
    this.what = what;
  }
}

/**
 * What `run` gives; whatever the voting client's modules refuse in it is a Fault of this code.
 * @template T
 * @param {string} code
 * @param {() => T | Promise<T>} run
 * @param {string} [what] stands before the reason
 * @returns {Promise<T>}
 */
export async function blaming(code, run, what = "") {
  try {
    return await run();
  } catch (error) {
    throw blamed(code, error, what);
  }
}

/**
 * `blaming` for what needs no waiting.
 * @template T
 * @param {string} code
 * @param {() => T} run
 * @param {string} [what]
 * @returns {T}
 */
export function blamingNow(code, run, what = "") {
  try {
    return run();
  } catch (error) {
    throw blamed(code, error, what);
  }
}

/**
 * @param {string} code
 * @param {unknown} error
 * @param {string} what
 */
function blamed(code, error, what) {
  // A browser without the cryptography says nothing about the record.
  const isOurs = error instanceof VoteError && !(error instanceof NeedsNewerBrowser);
  return isOurs ? new Fault(code, what ? `${what}: ${error.message}` : error.message) : error;
}

/** Everything that was found so far; keeps the first fault of each code and how many. */
export class Findings {
  /** @type {Map<string, Seen>} */
  first = new Map();
  /** @type {Map<string, number>} */
  count = new Map();
  /** @type {Map<string, string>} */
  gaps = new Map();
  /** @type {Map<string, string>} */
  remarks = new Map();
  /** @type {Set<string>} */
  #examined = new Set();

  /**
   * Notes a fault; of one log, the first is the one with the lowest index.
   * @param {string} code
   * @param {string} why
   * @param {string} [log]
   * @param {number} [index]
   */
  add(code, why, log = "", index = -1) {
    const first = this.first.get(code);
    if (!first || (first.log === log && index < first.index)) {
      this.first.set(code, { code, why, log, index });
    }
    this.count.set(code, (this.count.get(code) ?? 0) + 1);
  }

  /**
   * Notes what was thrown, if it is a fault or a gap; throws on anything else.
   * @param {unknown} thrown
   * @param {string} [log]
   * @param {number} [index]
   */
  take(thrown, log = "", index = -1) {
    if (thrown instanceof Fault) this.add(thrown.code, thrown.why, log, index);
    else if (thrown instanceof Gap) this.miss([thrown.code], thrown.what);
    else throw thrown;
  }

  /**
   * Runs a check and notes the fault or gap that ends it, if one does.
   * @param {() => unknown} run
   * @param {string} [log]
   * @param {number} [index]
   */
  async noting(run, log = "", index = -1) {
    try {
      await run();
    } catch (thrown) {
      this.take(thrown, log, index);
    }
  }

  /**
   * Notes that the record does not hold what these checks need.
   * @param {Iterable<string>} codes
   * @param {string} what
   */
  miss(codes, what) {
    for (const code of codes) if (!this.gaps.has(code)) this.gaps.set(code, what);
  }

  /** Notes that these checks were carried out to their end. @param {string[]} codes */
  examine(...codes) {
    for (const code of codes) this.#examined.add(code);
  }

  /**
   * Words for a check that passes, in place of its title.
   * @param {string} code
   * @param {string} words
   */
  remark(code, words) {
    this.remarks.set(code, words);
  }

  /**
   * False with a fault, null with a gap or if nobody examined it, else true.
   * @param {string} code
   */
  outcome(code) {
    if (this.first.has(code)) return false;
    return this.gaps.has(code) || !this.#examined.has(code) ? null : true;
  }
}

/**
 * 0 all passed, 1 some check failed, 2 none failed but evidence is missing.
 * @param {{ok: boolean | null}[]} verdicts
 * @returns {0 | 1 | 2}
 */
export function exitCode(verdicts) {
  if (verdicts.some(({ ok }) => ok === false)) return 1;
  return verdicts.some(({ ok }) => ok === null) ? 2 : 0;
}
