/**
 * Every check-in in a few words, and which registrars answered it (V17, V27).
 */
import { DESK } from "../checks/authorisation.js";
import { Fault } from "../verdict.js";

/** @typedef {import("../checks/issues.js").CheckInItem} CheckInItem */
/** @typedef {import("../checks/issues.js").IssueItem} IssueItem */
/** @typedef {{index: number, style: number, isFine: boolean, issued: Set<number>}} Answered */

/** The check-ins of a log, and what was issued for them. */
export class IssueLedger {
  /** How many check-ins of each kind. @type {Map<number, number>} */
  kinds = new Map();
  deskWithPasskey = 0;
  /** The check-in of each row, by its place in the log. @type {Map<number, number>} */
  rows = new Map();
  /** Where the payloads stand that somebody holds a promise for. @type {Map<string, number>} */
  found = new Map();
  /** By payload hash. @type {Map<string, Answered>} */
  #checkIns = new Map();
  #needed;
  #wanted;

  /**
   * @param {number} needed k registrars
   * @param {Set<string>} wanted payload hashes
   */
  constructor(needed, wanted) {
    this.#needed = needed;
    this.#wanted = wanted;
  }

  /**
   * Notes the next check-in or issue of the log; Fault V17.
   * @param {number} index
   * @param {CheckInItem | IssueItem} item
   */
  take(index, item) {
    const { hash } = item;
    if (this.#wanted.has(hash) && !this.found.has(hash)) this.found.set(hash, index);
    if (item.tag === "check-in") this.#takeCheckIn(index, item);
    else this.#takeIssue(item);
  }

  /** Check-ins of every kind. */
  get checkedIn() {
    return [...this.kinds.values()].reduce((sum, many) => sum + many, 0);
  }

  /** Check-ins with at least k issues, by style. */
  ableToVote() {
    /** @type {Map<number, number>} */
    const able = new Map();
    for (const { style, isFine, issued } of this.#checkIns.values()) {
      if (isFine && issued.size >= this.#needed) able.set(style, (able.get(style) ?? 0) + 1);
    }
    return able;
  }

  /**
   * @param {number} index
   * @param {CheckInItem} item
   */
  #takeCheckIn(index, { hash, row, style, kind, hasPasskey, isFine }) {
    const isSecond = this.rows.has(row);
    const isRepeated = this.#checkIns.has(hash);
    if (!isRepeated) {
      const isCounted = isFine && !isSecond;
      this.#checkIns.set(hash, { index, style, isFine: isCounted, issued: new Set() });
    }
    if (isRepeated || isSecond) throw new Fault("V17", `a second check-in of row ${row}`);
    this.rows.set(row, index);
    this.kinds.set(kind, (this.kinds.get(kind) ?? 0) + 1);
    if (kind === DESK && hasPasskey) this.deskWithPasskey += 1;
  }

  /** @param {IssueItem} item */
  #takeIssue({ checkInHash, registrar }) {
    const issued = this.#checkIns.get(checkInHash)?.issued;
    if (!issued) throw new Fault("V17", "an issue without a check-in before it");
    if (issued.has(registrar)) {
      throw new Fault("V17", `registrar ${registrar} signed twice for one check-in`);
    }
    issued.add(registrar);
  }
}
