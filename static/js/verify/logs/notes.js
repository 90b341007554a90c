/**
 * The checkpoints that a record holds: every note verified once, roots and times kept.
 */
import { base64, utf8 } from "../../vote/bytes.js";
import { sha256 } from "../../vote/encoding.js";
import { VoteError } from "../../vote/errors.js";
import { parseNote } from "../../vote/note.js";
import { readCheckpoint, v10Root, v11Note, v12Quorum, v13Consistency } from "../checks/logs.js";
import { Absent } from "../source.js";
import { Fault } from "../verdict.js";

/** @typedef {import("../../vote/bytes.js").Bytes} Bytes */
/** @typedef {import("../../vote/policy.js").Log} Log */
/** @typedef {import("../checks/logs.js").Checkpoint} Checkpoint */
/** @typedef {import("../source.js").Source} Source */
/**
 * @typedef {object} Means
 * @property {Source} source
 * @property {import("../election.js").Election} election
 * @property {import("../verdict.js").Findings} findings
 */

const MOST_NOTE_BYTES = 65_535;
const SIZE = /^(0|[1-9][0-9]{0,18})$/;

/** One log's notes. */
export class LogNotes {
  /** What the log signed, by the digits of its size. @type {Map<string, Checkpoint>} */
  published = new Map();
  /** What their witnesses say (V12), by digits. @type {Map<string, number[]>} */
  times = new Map();
  /** How long the log says it is, null where the record does not say. @type {number | null} */
  size = null;
  /** @type {Checkpoint | null} */
  #latest = null;
  /** @type {Map<number, Bytes>} */
  #roots = new Map();
  #means;

  /**
   * @param {Log} log
   * @param {Means} means
   */
  constructor(log, means) {
    this.log = log;
    this.#means = means;
    /** The sizes whose notes the record holds, as far as it can be listed. @type {string[]} */
    this.listed = listedIn(means.source, log);
  }

  /**
   * A log's notes, its latest one read.
   * @param {Log} log
   * @param {Means} means
   */
  static async open(log, means) {
    const notes = new LogNotes(log, means);
    notes.#latest = await notes.#read("checkpoint");
    notes.size = notes.#latest ? notes.#latest.size : await notes.#otherSize();
    return notes;
  }

  /**
   * V10 to V13 on every note there is, and V11 on those that should be there.
   * @param {import("./walk.js").Walk} walk
   */
  async check({ checkpoints, insideBatch, tree }) {
    this.#roots = tree.roots;
    const sizes = new Set([...[...checkpoints].map(String), ...this.listed]);
    for (const digits of [...sizes].sort((one, other) => Number(one) - Number(other))) {
      const checkpoint = await this.#read(`checkpoints/${digits}`);
      if (checkpoint && checkpoint.digits !== digits) {
        this.#note(new Fault("V11", `it is of size ${checkpoint.digits}`), `checkpoints/${digits}`);
      }
    }
    for (const size of [...insideBatch].sort((one, other) => one - other)) {
      this.#note(new Fault("V11", "a checkpoint inside a batch"), `checkpoints/${size}`);
    }
    this.#compareLatest();
    for (const checkpoint of this.published.values()) {
      const name = `checkpoints/${checkpoint.digits}`;
      await this.#noting(() => v10Root(checkpoint, tree.roots), name);
    }
  }

  /**
   * The root that the log published at a size, else the one of its entries, if known.
   * @param {number | string} size
   */
  root(size) {
    return this.published.get(String(size))?.root ?? this.#roots.get(Number(size)) ?? null;
  }

  /** SHA-256 of the text of the checkpoint of a size, if its root is known. @param {number} size */
  async textHash(size) {
    const root = this.root(size);
    if (!root) return null;
    const { name } = this.#means.election.policy.logs[this.log];
    return sha256(utf8(`${name}\n${size}\n${base64(root)}\n`));
  }

  /**
   * V11 and V12 on one note; the checkpoint if the log signed it.
   * @param {string} name
   */
  async #read(name) {
    const { source, election, findings } = this.#means;
    const path = `${this.log}/${name}`;
    try {
      const octets = await source.read(path, MOST_NOTE_BYTES);
      const { note, checkpoint } = await v11Note(octets, this.log, election);
      await this.#noting(() => this.#remember(note, checkpoint), name);
      return checkpoint;
    } catch (thrown) {
      if (thrown instanceof Absent) findings.miss(["V11", "V12"], path);
      else this.#note(thrown, name);
      return null;
    }
  }

  /**
   * @param {import("../../vote/note.js").Note} note
   * @param {Checkpoint} checkpoint
   */
  async #remember(note, checkpoint) {
    const { digits } = checkpoint;
    const known = this.published.get(digits) ?? checkpoint;
    this.published.set(digits, known);
    v13Consistency(known, checkpoint);
    const times = await v12Quorum(note, this.#means.election);
    if (!this.times.has(digits)) this.times.set(digits, times);
  }

  /** A log never publishes a smaller checkpoint after a larger one (A47). */
  #compareLatest() {
    const latest = this.#latest;
    const larger = [...this.published.values()].find(({ size }) => latest && size > latest.size);
    if (!latest || !larger) return;
    const both = `${JSON.stringify(latest.text)}, yet there is ${JSON.stringify(larger.text)}`;
    this.#note(new Fault("V13", `the latest is ${both}`), "checkpoint");
  }

  /**
   * Where the latest checkpoint is damaged: the largest size that another signed note shows, else
   * the size it says itself.
   */
  async #otherSize() {
    const { source, election } = this.#means;
    const largestFirst = [...this.listed].sort((one, other) => Number(other) - Number(one));
    for (const digits of largestFirst) {
      try {
        const octets = await source.read(`${this.log}/checkpoints/${digits}`, MOST_NOTE_BYTES);
        return (await v11Note(octets, this.log, election)).checkpoint.size;
      } catch (thrown) {
        if (!(thrown instanceof Fault || thrown instanceof Absent)) throw thrown;
      }
    }
    return this.#unsignedSize();
  }

  async #unsignedSize() {
    try {
      const octets = await this.#means.source.read(`${this.log}/checkpoint`, MOST_NOTE_BYTES);
      return readCheckpoint(parseNote(octets).text).size;
    } catch (thrown) {
      if (thrown instanceof VoteError || thrown instanceof Absent) return null;
      throw thrown;
    }
  }

  /**
   * @param {() => unknown} run
   * @param {string} name
   */
  #noting(run, name) {
    return this.#means.findings.noting(run, `${this.log}/${name}`);
  }

  /**
   * @param {unknown} thrown
   * @param {string} name
   */
  #note(thrown, name) {
    this.#means.findings.take(thrown, `${this.log}/${name}`);
  }
}

/**
 * @param {Source} source
 * @param {Log} log
 */
function listedIn(source, log) {
  const head = `${log}/checkpoints/`;
  const names = (source.names() ?? []).filter((name) => name.startsWith(head));
  return names.map((name) => name.slice(head.length)).filter((digits) => SIZE.test(digits));
}
