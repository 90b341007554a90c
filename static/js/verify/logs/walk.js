/**
 * A log as it goes by: order, batches, tree; what the checks after it need is kept.
 */
import { compare, isEqual } from "../../vote/bytes.js";
import { Fault } from "../verdict.js";
import { Order } from "./order.js";
import { numberOf } from "./shapes.js";
import { HASH } from "./tiles.js";
import { Tree } from "./tree.js";

/** @typedef {import("../../vote/bytes.js").Bytes} Bytes */
/** @typedef {import("./shapes.js").Entry} Entry */
/** @typedef {{tag: "cast" | "check-in" | "issue", batchKey: Bytes}} BulkItem */
/** @typedef {{index: number, batchStart: number, checkpointHash: Bytes}} EpochPlace */
/** @typedef {{take(index: number, item: any): void}} Ledger takes the bulk entries of
 *  a log; throws a Fault for what it says of them */
/**
 * @typedef {object} Piece what one bundle gave
 * @property {number} first the index of its first entry
 * @property {Bytes[]} leaves
 * @property {Bytes} firstPrev
 * @property {{index: number, item: Entry | BulkItem}[]} items the entries that can be used
 * @property {{index: number, trouble: unknown}[]} troubles
 */

const CHECKPOINT_AFTER = new Set([
  "draft", "dkg-complaint", "roll-note", "manifest", "open", "epoch", "issue-close", "close",
  "result", "attest",
]);
const CLOSING = new Set(["issue-close", "close"]);

/** The ledger of the set-up log, which has no bulk entries. @type {Ledger} */
export const NO_LEDGER = { take() {} };

/** @param {Entry | BulkItem} item @returns {item is Entry} */
const isSmall = (item) => "fields" in item;

/** One log, fed bundle by bundle in order. */
export class Walk {
  tree = new Tree();
  /** The small entries by tag, each with its place. @type {Map<string, [number, Entry][]>} */
  entries = new Map();
  /** @type {EpochPlace[]} */
  epochs = [];
  /** Sizes at which the log must have published a checkpoint. @type {Set<number>} */
  checkpoints = new Set();
  /** Those of the `listed` sizes at which none may be. @type {Set<number>} */
  insideBatch = new Set();
  #wanted;
  #order;
  #batch;
  #lastLeaf;

  /**
   * @param {import("../../vote/policy.js").Log} log
   * @param {number} size
   * @param {import("../election.js").Election} election
   * @param {{findings: import("../verdict.js").Findings, ledger: Ledger, listed: Set<number>}}
   *   means listed: sizes at which somebody may ask for the root
   */
  constructor(log, size, election, { findings, ledger, listed }) {
    this.log = log;
    this.size = size;
    this.findings = findings;
    this.ledger = ledger;
    this.listed = listed;
    this.#wanted = new Set(listed);
    this.#order = new Order(log);
    this.#batch = new Batch(election.draft.batch_min);
    this.#lastLeaf = log === "setup" ? new Uint8Array(HASH) : election.eid;
  }

  /** Whether every bundle was there. */
  get isWhole() {
    return this.tree.size === this.size && this.size > 0;
  }

  /** Takes the next piece. @param {Piece} piece */
  async feed({ first, leaves, firstPrev, items, troubles }) {
    for (const { index, trouble } of troubles) this.findings.take(trouble, this.log, index);
    if (!isEqual(firstPrev, this.#lastLeaf)) {
      const why = "its prev is not the leaf hash of the entry before";
      this.findings.add("V14", why, this.log, first);
    }
    this.#lastLeaf = leaves.at(-1) ?? this.#lastLeaf;
    for (const { index, item } of items) {
      if (isSmall(item)) this.#wanted.add(index).add(index + 1);
    }
    await this.tree.add(leaves, this.#wanted);
    if (first === 0 && items[0]?.index !== 0) this.#order.skip();
    for (const { index, item } of items) this.#take(index, item);
  }

  /** The one entry with this tag, or the first. @param {string} tag */
  single(tag) {
    return this.entries.get(tag)?.[0] ?? null;
  }

  /** All entries with this tag. @param {string} tag */
  all(tag) {
    return this.entries.get(tag) ?? [];
  }

  /**
   * @param {number} index
   * @param {Entry | BulkItem} item
   */
  #take(index, item) {
    try {
      if (isSmall(item)) {
        this.#order.admitEntry(item);
        this.#keep(index, item);
      } else {
        this.#order.admit(item.tag);
        this.#takeBulk(index, item);
      }
    } catch (thrown) {
      this.findings.take(thrown, this.log, index);
    }
  }

  /**
   * @param {number} index
   * @param {BulkItem} item
   */
  #takeBulk(index, item) {
    if (this.listed.has(index + 1)) this.insideBatch.add(index + 1);
    try {
      this.ledger.take(index, item);
    } catch (thrown) {
      // What is wrong with it among its likes does not take it out of its batch.
      this.findings.take(thrown, this.log, index);
    }
    this.#batch.add(item.batchKey);
  }

  /**
   * @param {number} index
   * @param {Entry} entry
   */
  #keep(index, entry) {
    const { tag, fields } = entry;
    if (CHECKPOINT_AFTER.has(tag)) this.checkpoints.add(index + 1);
    if (tag === "result") this.checkpoints.add(index); // directly after the last share
    if (tag === "epoch") {
      const checkpointHash = /** @type {Bytes} */ (fields[2]);
      this.epochs.push({ index, batchStart: this.#batch.start, checkpointHash });
      this.#batch.end(index, numberOf(entry, 1));
      return;
    }
    if (CLOSING.has(tag)) this.#batch.isSmall = false;
    this.#batch.start = index + 1;
    const known = this.all(tag);
    known.push([index, entry]);
    this.entries.set(tag, known);
  }
}

/** The batch that is being read: its payloads are sorted, and there are enough of them. */
class Batch {
  start = 0;
  isSmall = false;
  #least;
  #count = 0;
  #number = 0;
  /** @type {Bytes} */
  #lastKey = new Uint8Array();

  /** @param {number} least */
  constructor(least) {
    this.#least = least;
  }

  /** The next payload; Fault V25. @param {Bytes} key */
  add(key) {
    const [followsSmall, before] = [this.isSmall, this.#lastKey];
    this.isSmall = false;
    this.#lastKey = key;
    this.#count += 1;
    if (followsSmall) {
      throw new Fault("V25", "the batch before is too small to be followed by another");
    }
    if (compare(key, before) < 0) throw new Fault("V25", "the batch is not sorted");
  }

  /**
   * The epoch at `index` ends the batch; Fault V15 for a wrong number.
   * @param {number} index
   * @param {number} number
   */
  end(index, number) {
    this.isSmall = this.#count < this.#least;
    this.start = index + 1;
    this.#count = 0;
    this.#lastKey = new Uint8Array();
    const expected = this.#number;
    this.#number += 1;
    if (number !== expected) {
      throw new Fault("V15", `epoch ${number} where ${expected} is next`);
    }
  }
}
