/**
 * Check-ins and issues: an issue is looked at together with the check-in that it answers, which
 * mostly stands near before it, and else is read again.
 */
import { hex } from "../../vote/bytes.js";
import { sha256 } from "../../vote/encoding.js";
import { examineAnswer, examineRequest, readAnswer, readRequest } from "../checks/issues.js";
import { Fault } from "../verdict.js";

/** @typedef {import("../../vote/bytes.js").Bytes} Bytes */
/** @typedef {import("../checks/issues.js").Request} Request */
/** @typedef {import("./pieces.js").Looked} Looked */

const MOST_AT_HAND = 2048; // check-ins whose messages are kept

/** What the registrars were asked so far. */
export class Desk {
  /**
   * Where each check-in of right shape stands, by its payload's hash.
   * @type {Map<string, number>}
   */
  #places = new Map();
  /** The latest of them. @type {Map<string, Request>} */
  #atHand = new Map();
  #bench;
  #log;

  /**
   * @param {import("./pieces.js").Bench} bench
   * @param {{payload: (index: number) => Promise<Bytes>}} log
   */
  constructor(bench, log) {
    this.#bench = bench;
    this.#log = log;
  }

  /**
   * Notes the check-ins of a bundle, before its entries are looked at all at once.
   * @param {Bytes[]} payloads
   * @param {unknown[]} tags
   * @param {number} first
   */
  async prepare(payloads, tags, first) {
    const hashes = await Promise.all(
      payloads.map((payload, at) => (tags[at] === "check-in" ? sha256(payload) : null)),
    );
    for (const [at, hash] of hashes.entries()) {
      if (hash) this.#remember(hex(hash), first + at, payloads[at]);
    }
  }

  /**
   * A check-in or an issue examined; null for any other entry.
   * @param {Bytes} payload
   * @param {string} tag
   * @returns {Promise<Looked | null>}
   */
  async look(payload, tag) {
    if (tag === "check-in") {
      const request = readRequest(payload, this.#bench.election);
      return examineRequest(request, await sha256(payload), this.#bench);
    }
    if (tag !== "issue") return null;
    const answer = readAnswer(payload, this.#bench.election);
    const request = await this.#find(hex(answer.checkInHash));
    return examineAnswer(answer, payload, request, this.#bench);
  }

  /**
   * @param {string} hash
   * @param {number} index
   * @param {Bytes} [payload]
   */
  #remember(hash, index, payload = new Uint8Array()) {
    const request = this.#read(payload);
    if (!request || this.#places.has(hash)) return;
    this.#places.set(hash, index);
    this.#atHand.set(hash, request);
    const [oldest] = this.#atHand.keys();
    if (this.#atHand.size > MOST_AT_HAND && oldest) this.#atHand.delete(oldest);
  }

  /** @param {string} hash */
  async #find(hash) {
    const index = this.#places.get(hash);
    if (index === undefined) return null;
    return this.#atHand.get(hash) ?? this.#read(await this.#log.payload(index));
  }

  /**
   * The check-in in a payload, or null where `look` will say what is wrong.
   * @param {Bytes} payload
   */
  #read(payload) {
    try {
      return readRequest(payload, this.#bench.election);
    } catch (fault) {
      if (fault instanceof Fault) return null;
      throw fault;
    }
  }
}
