/**
 * Every ballot in a few words: what V24, the opening and the voter's own search need.
 */
import { v24Sequence } from "../checks/ballots.js";

/** @typedef {import("../checks/ballots.js").CastItem} CastItem */
/** @typedef {{index: number, style: number, bk: string, seq: number}} Place of a ballot */
/** @typedef {{hash: string, prevOwn: string}} Link in the chain of a key's ballots */

/** The ballots of a log by ordinal: 0, 1, 2 … over all its `cast` entries. */
export class CastLedger {
  /** @type {Place[]} */
  ballots = [];
  /** After `close`: each key's highest ballot, the only one ever opened. @type {Set<number>} */
  best = new Set();
  /** Keys that voted, by style. @type {Map<number, number>} */
  voted = new Map();
  /** Where the payloads stand that somebody holds a promise for. @type {Map<string, number>} */
  found = new Map();
  /** @type {Link[]} */
  #chains = [];
  #wanted;

  /** @param {Set<string>} wanted payload hashes */
  constructor(wanted) {
    this.#wanted = wanted;
  }

  /**
   * Notes the next ballot of the log.
   * @param {number} index
   * @param {CastItem} item
   */
  take(index, { hash, bk, style, seq, prevOwn }) {
    this.ballots.push({ index, style, bk, seq });
    this.#chains.push({ hash, prevOwn });
    if (this.#wanted.has(hash) && !this.found.has(hash)) this.found.set(hash, index);
  }

  /**
   * V24 over all keys; then each key's highest ballot, the first in the log of equals.
   * @param {number} maxRevisions
   * @param {import("../verdict.js").Findings} findings
   */
  close(maxRevisions, findings) {
    for (const ordinals of this.#byKey().values()) {
      const turns = ordinals.map((ordinal) => this.#turn(ordinal));
      turns.sort((one, other) => one.seq - other.seq || one.ordinal - other.ordinal);
      for (const [ordinal, why] of v24Sequence(turns, maxRevisions)) {
        findings.add("V24", why, "ballots", this.ballots[ordinal]?.index);
      }
      const highest = turns.at(-1)?.seq;
      const best = turns.find(({ seq }) => seq === highest);
      if (best) this.best.add(best.ordinal);
      if (best) this.voted.set(best.style, (this.voted.get(best.style) ?? 0) + 1);
    }
    this.#chains = [];
  }

  /** How many keys voted. */
  get turnout() {
    return this.best.size;
  }

  /** The ordinals of each key; ballots that V20 set aside have none. */
  #byKey() {
    /** @type {Map<string, number[]>} */
    const keys = new Map();
    for (const [ordinal, { bk }] of this.ballots.entries()) {
      if (bk === "") continue;
      const known = keys.get(bk);
      if (known) known.push(ordinal);
      else keys.set(bk, [ordinal]);
    }
    return keys;
  }

  /** @param {number} ordinal */
  #turn(ordinal) {
    const { style, seq } = /** @type {Place} */ (this.ballots[ordinal]);
    const { hash, prevOwn } = /** @type {Link} */ (this.#chains[ordinal]);
    return { ordinal, seq, style, hash, prevOwn };
  }
}
