/**
 * What a trustee's page asks of the site: where the vote stands, the public logs, and the doors
 * through which it speaks. Every request may be repeated: the same bytes get the same answer.
 */
import { bodyOf, jsonOf } from "../vote/answers.js";
import { b64url } from "../vote/bytes.js";
import { Unreachable } from "../vote/errors.js";
import { flag, list, object, text, whole } from "../vote/schema.js";
import { splitBundle } from "../vote/tiles.js";

/** @typedef {import("../vote/bytes.js").Bytes} Bytes */
/** @typedef {ReturnType<typeof readStanding>} Standing where the vote stands */

const PATIENCE = 20_000; // milliseconds for one answer
const RECORD_PATIENCE = 600_000; // for a whole record

/** @type {RequestInit} */
const NAMELESS = {
  credentials: "omit", referrerPolicy: "no-referrer", redirect: "error", cache: "no-store",
};

const readStanding = object({
  state: text,
  is_sealed: flag,
  title: text,
  number: whole({ least: 1 }),
  name: text,
  key: text,
  eid0: text,
  eid: text,
  blamed: text,
  trustees: list(
    object({
      name: text,
      says: text,
      is_done: flag,
      has_key: flag,
      rounds: whole({ most: 3 }),
      has_acked: flag,
      has_released: flag,
    }),
  ),
});

/** The site, as one trustee's link knows it. */
export class Site {
  /**
   * @param {string} link the address behind which the trustee's page stands
   * @param {typeof globalThis.fetch} [ask]
   */
  constructor(link, ask = (input, init) => globalThis.fetch(input, init)) {
    this.link = link;
    this.ask = ask;
  }

  /** Where the vote stands, and who has done what. */
  async standing() {
    return readStanding({ path: "", value: jsonOf(await this.#get(`${this.link}/standing`)) });
  }

  /** Registers this trustee's public key. @param {Bytes} key */
  async registerKey(key) {
    await this.#post(`${this.link}/key`, key);
  }

  /** The set-up log as it is now. @param {string} eid0 */
  async setupEntries(eid0) {
    return splitBundle(await this.#get(`/elections/${eid0}/setup/entries`));
  }

  /** A file of the public record. @param {string} eid @param {string} path */
  recordFile(eid, path) {
    return this.#get(`/elections/${eid}/record/${path}`);
  }

  /** The whole record in one file. @param {string} eid */
  async record(eid) {
    return new Blob([await this.#get(`/elections/${eid}/${eid}.suara`, RECORD_PATIENCE)]);
  }

  /** Says something in the set-up log. @param {Bytes} eid0 @param {Bytes} payload */
  async sayInSetup(eid0, payload) {
    await this.#post(`/elections/${b64url(eid0)}/setup/entries`, payload);
  }

  /** Says something in the ballot log. @param {Bytes} eid @param {Bytes} payload */
  async sayInBox(eid, payload) {
    await this.#post(`/box/${b64url(eid)}/entries`, payload);
  }

  /**
   * @param {string} address
   * @param {number} [patience]
   */
  #get(address, patience = PATIENCE) {
    return this.#once(address, NAMELESS, patience);
  }

  /**
   * @param {string} address
   * @param {Bytes} body
   */
  #post(address, body) {
    const headers = { "Content-Type": "application/octet-stream", Accept: "application/json" };
    return this.#once(address, { ...NAMELESS, method: "POST", headers, body }, PATIENCE);
  }

  /**
   * The body of a good answer; Problem for a refusal, Unreachable for none.
   * @param {string} address
   * @param {RequestInit} request
   * @param {number} patience
   */
  async #once(address, request, patience) {
    let answer;
    try {
      const signal = AbortSignal.timeout(patience);
      const response = await this.ask(address, { ...request, signal });
      const body = new Uint8Array(await response.arrayBuffer());
      const kind = response.headers.get("Content-Type") ?? "";
      answer = { status: response.status, kind, isRedirect: false, body };
    } catch {
      throw new Unreachable(`${address} could not be reached`);
    }
    return bodyOf(answer);
  }
}
