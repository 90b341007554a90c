/**
 * One verification under way: what the stages hand on to one another.
 */
import { isEqual } from "../../vote/bytes.js";
import { Pieces } from "../bulk/pieces.js";
import { checkHighTiles } from "../checks/logs.js";
import { LOGS } from "../election.js";
import { CastLedger } from "../logs/cast-ledger.js";
import { LogNotes } from "../logs/notes.js";
import { numberOf } from "../logs/shapes.js";
import { WIDTH } from "../logs/tiles.js";
import { NO_LEDGER, Walk } from "../logs/walk.js";
import { Absent } from "../source.js";

/** @typedef {import("../../vote/bytes.js").Bytes} Bytes */
/** @typedef {import("../../vote/policy.js").Log} Log */
/** @typedef {import("../checks/beside.js").Promised} Promised */
/** @typedef {import("../checks/beside.js").Receipt} Receipt */
/** @typedef {import("../checks/beside.js").Sighting} Sighting */
/** @typedef {import("../logs/issue-ledger.js").IssueLedger} IssueLedger */
/** @typedef {import("../logs/walk.js").Ledger} Ledger */
/** @typedef {(stage: string, done: number, of: number) => void} Progress told as work goes on */
/**
 * @typedef {object} Means
 * @property {import("../source.js").Source} source
 * @property {import("../election.js").Election} election
 * @property {import("../verdict.js").Findings} findings
 * @property {Progress} progress
 */

/** The record, what was found, and what later stages need of earlier ones. */
export class Case {
  /** @type {Map<Log, LogNotes>} */
  #notes = new Map();
  /** @type {Map<Log, Walk>} */
  #walks = new Map();
  /** @type {Map<Log, Pieces>} */
  #pieces = new Map();
  /** What people handed in and their logs signed. @type {Promised[]} */
  promises = [];
  /** @type {Receipt[]} */
  receipts = [];
  /** @type {Sighting[]} */
  sightings = [];
  /** The registrars' sound keys. @type {import("../checks/setup.js").Keys} */
  keys = new Map();
  /** Leaf data by row; null where the roll is not published. @type {Bytes[] | null} */
  roll = null;
  ballots = new CastLedger(new Set());
  /** @type {IssueLedger | null} */
  issues = null;
  /** The recovered `y` by style. @type {Map<number, bigint>} */
  secrets = new Map();
  /** The styles that stay shut. @type {Set<number>} */
  small = new Set();
  /** How many ballots of each status. @type {Map<number, number>} */
  statuses = new Map();
  /** Each ballot's status by its place in the log. @type {Map<number, number>} */
  statusAt = new Map();
  /** What `result.json` should say. @type {Record<string, any> | null} */
  outcome = null;

  /** @param {Means} means */
  constructor({ source, election, findings, progress }) {
    this.source = source;
    this.election = election;
    this.findings = findings;
    this.progress = progress;
  }

  /** Reads every log's latest checkpoint. */
  async openNotes() {
    for (const log of LOGS) this.#notes.set(log, await LogNotes.open(log, this));
  }

  /** A log's notes. @param {Log} log */
  notes(log) {
    return /** @type {LogNotes} */ (this.#notes.get(log));
  }

  /** A log that was gone through. @param {Log} log */
  log(log) {
    return /** @type {Walk} */ (this.#walks.get(log));
  }

  /** A log's entries, to be read again. @param {Log} log */
  entriesOf(log) {
    return /** @type {Pieces} */ (this.#pieces.get(log));
  }

  /** The payload hashes of a log that somebody holds a promise for. @param {Log} log */
  wanted(log) {
    return new Set(this.promises.filter((each) => each.log === log).map(({ hash }) => hash));
  }

  /**
   * Goes through a log from its first entry to its last, or to the first bundle missing.
   * @param {Log} log
   * @param {Ledger} [ledger]
   */
  async walk(log, ledger = NO_LEDGER) {
    const size = this.notes(log).size ?? 0;
    const { findings, election } = this;
    const listed = this.#sizesOfInterest(log);
    const walk = new Walk(log, size, election, { findings, ledger, listed });
    const pieces = new Pieces(log, size, this);
    this.#walks.set(log, walk);
    this.#pieces.set(log, pieces);
    try {
      for (let number = 0; number < pieces.count; number += 1) {
        await walk.feed(await pieces.read(number));
        this.progress(log, Math.min((number + 1) * WIDTH, size), size);
      }
    } catch (absent) {
      if (!(absent instanceof Absent)) throw absent;
    }
    return walk;
  }

  /**
   * V10 to V15 where they need the whole log: notes, high tiles, what epochs say.
   * @param {Log} log
   */
  async checkLog(log) {
    const [walk, notes] = [this.log(log), this.notes(log)];
    await notes.check(walk);
    if (!walk.isWhole) {
      this.findings.miss(["V10", "V14", "V15"], `the log ${log}`);
      return;
    }
    await checkHighTiles(log, this.source, walk.tree.levels, this.findings);
    for (const { index, batchStart, checkpointHash } of walk.epochs) {
      const expected = await notes.textHash(batchStart);
      if (!expected || isEqual(checkpointHash, expected)) continue;
      const why = "the epoch names another checkpoint than the last one before its batch";
      this.findings.add("V15", why, log, index);
    }
  }

  /** The close of the ballot log and its place, if it has one. */
  get close() {
    return this.log("ballots").single("close");
  }

  /**
   * Sizes at which somebody may ask for the root.
   * @param {Log} log
   */
  #sizesOfInterest(log) {
    const { listed, size } = this.notes(log);
    const seen = this.sightings.filter((each) => each.log === log);
    const sizes = new Set([...listed.map(Number), size ?? 0]);
    for (const { checkpoint } of seen) sizes.add(checkpoint.size);
    if (log === "setup") sizes.add(this.election.manifest.setup.size);
    const end = log === "check-ins" ? this.log("ballots").single("issue-close") : null;
    if (end) sizes.add(numberOf(end[1], 1));
    return sizes;
  }
}
