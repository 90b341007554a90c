/**
 * One bundle of a log, read and examined: everything that needs no other bundle.
 */
import { tagOf } from "../../vote/encoding.js";
import { leafHash } from "../../vote/merkle.js";
import { examineCast } from "../checks/ballots.js";
import { v14Chain } from "../checks/logs.js";
import { readEntry } from "../logs/shapes.js";
import { HASH, MOST_BUNDLE_BYTES, WIDTH, cut, tilePath } from "../logs/tiles.js";
import { Absent } from "../source.js";
import { Fault, Gap, blamingNow } from "../verdict.js";
import { Desk } from "./desk.js";

/** @typedef {import("../../vote/bytes.js").Bytes} Bytes */
/** @typedef {import("../../vote/policy.js").Log} Log */
/** @typedef {import("../logs/walk.js").Piece} Piece */
/**
 * @typedef {object} Bench what a look at an entry leans on
 * @property {import("../source.js").Source} source
 * @property {import("../election.js").Election} election
 * @property {import("../checks/setup.js").Keys} keys the registrars' sound ones
 * @property {Bytes[] | null} roll leaf data by row; null where it is not published
 */
/** @typedef {{item: any, troubles: unknown[]}} Looked the item an entry gives, null for none */

/** A log, bundle by bundle. */
export class Pieces {
  #log;
  #size;
  #bench;
  #desk;

  /**
   * @param {Log} log
   * @param {number} size
   * @param {Bench} bench
   */
  constructor(log, size, bench) {
    this.#log = log;
    this.#size = size;
    this.#bench = bench;
    this.#desk = log === "check-ins" ? new Desk(bench, this) : null;
  }

  /** How many bundles there are. */
  get count() {
    return Math.ceil(this.#size / WIDTH);
  }

  /**
   * The entries of a bundle; Absent.
   * @param {number} number
   */
  async entries(number) {
    const width = this.#widthOf(number);
    const path = `${this.#log}/${tilePath("entries", number, width)}`;
    return cut(await this.#bench.source.read(path, MOST_BUNDLE_BYTES), width);
  }

  /**
   * The payload at a place of the log, whose bundle is there.
   * @param {number} index
   */
  async payload(index) {
    const { entries } = await this.entries(Math.floor(index / WIDTH));
    return /** @type {Bytes} */ (entries[index % WIDTH]).subarray(HASH);
  }

  /**
   * A bundle examined; Absent where the record does not hold it.
   * @param {number} number
   * @returns {Promise<Piece>}
   */
  async read(number) {
    const { entries, wrong } = await this.entries(number);
    const first = number * WIDTH;
    /** @type {Piece} */
    const piece = { first, leaves: [], firstPrev: new Uint8Array(), items: [], troubles: [] };
    if (wrong) {
      const empty = entries.findIndex(({ length }) => length === 0);
      const at = empty < 0 ? entries.length - 1 : empty;
      piece.troubles.push({ index: first + at, trouble: new Fault("V15", wrong) });
    }
    await this.#link(piece, entries, number);
    const payloads = entries.map((entry) => entry.subarray(HASH));
    for (const [at, { item, troubles }] of (await this.#examine(payloads, first)).entries()) {
      if (item) piece.items.push({ index: first + at, item });
      for (const trouble of troubles) piece.troubles.push({ index: first + at, trouble });
    }
    return piece;
  }

  /**
   * @param {Bytes[]} payloads
   * @param {number} first the index of the first one
   */
  async #examine(payloads, first) {
    const tags = payloads.map(tagOrFault);
    await this.#desk?.prepare(payloads, tags, first);
    return Promise.all(payloads.map((payload, at) => this.#look(payload, tags[at] ?? "")));
  }

  /**
   * @param {Bytes} payload
   * @param {string | Fault} tag
   * @returns {Promise<Looked>}
   */
  async #look(payload, tag) {
    try {
      if (tag instanceof Fault) throw tag;
      if (tag === "cast" && this.#log === "ballots") return await examineCast(this.#bench, payload);
      const looked = await this.#desk?.look(payload, tag);
      if (looked) return looked;
      return { item: await readEntry(this.#log, payload, this.#bench.election), troubles: [] };
    } catch (fault) {
      return { item: null, troubles: [fault] };
    }
  }

  /**
   * Hashes the entries of a bundle, compares chain and level 0 (V14).
   * @param {Piece} piece
   * @param {Bytes[]} entries
   * @param {number} number
   */
  async #link(piece, entries, number) {
    piece.leaves = await Promise.all(entries.map(leafHash));
    piece.firstPrev = /** @type {Bytes} */ (entries[0]).slice(0, HASH);
    const path = `${this.#log}/${tilePath(0, number, entries.length)}`;
    try {
      const tile = await this.#bench.source.read(path, entries.length * HASH);
      for (const [at, trouble] of v14Chain(entries, piece.leaves, tile)) {
        piece.troubles.push({ index: piece.first + at, trouble });
      }
    } catch (absent) {
      if (!(absent instanceof Absent)) throw absent;
      piece.troubles.push({ index: piece.first, trouble: new Gap("V14", path) });
    }
  }

  /** @param {number} number */
  #widthOf(number) {
    return Math.min(WIDTH, this.#size - number * WIDTH);
  }
}

/** @param {Bytes} payload */
function tagOrFault(payload) {
  try {
    return blamingNow("V15", () => tagOf(payload), "the entry does not parse");
  } catch (fault) {
    return /** @type {Fault} */ (fault);
  }
}
