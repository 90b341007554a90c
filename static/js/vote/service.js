/**
 * The servers' addresses and manners. A network that fails is asked again: every request here may
 * be repeated without harm, because the same bytes get the same answer.
 *
 * Nothing that could name the voter goes to the ballot box or the record: no cookie, no referrer.
 */
import { bodyOf, jsonOf } from "./answers.js";
import { b64url, fromB64url } from "./bytes.js";
import { Problem } from "./errors.js";
import { binary, list, object, text } from "./schema.js";

/** @typedef {import("./bytes.js").Bytes} Bytes */
/** @typedef {import("./answers.js").Answer} Answer */
/** @typedef {(milliseconds: number) => Promise<void>} Wait */
/** @typedef {{fetch: typeof globalThis.fetch, wait: Wait}} Means */
/**
 * @typedef {object} Places addresses, each ending in a slash
 * @property {string} record
 * @property {string} box
 * @property {string} [boxRecord] where the ballot box shows its log, if not with the record
 * @property {string} [votes] the signed-in pages of this vote
 * @property {string} [csrf] the token that goes with them
 */

const PAUSES = [500, 1500, 4000]; // milliseconds before the second, third and fourth try
const PATIENCE = 20_000; // milliseconds for one answer
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);

/** @type {RequestInit} */
const NAMELESS = { credentials: "omit", referrerPolicy: "no-referrer", redirect: "error" };
/** @type {RequestInit} */
const BOX = { ...NAMELESS, cache: "no-store" };
/** @type {RequestInit} A redirect means that the voter is not signed in any more. */
const SIGNED_IN = { credentials: "same-origin", redirect: "manual", cache: "no-store" };

const readState = object({ state: text });
const readPasskeys = object({ passkeys: list(object({ id: text, cose: binary(77) })) });
const readAnswers = object({ blind_signatures: list(text), promises: list(text) });

/** @type {Means} */
const BROWSER = {
  fetch: (input, init) => globalThis.fetch(input, init),
  wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

/** The servers of one election, asked in the words of the protocol. */
export class Service {
  /**
   * @param {Places} places
   * @param {Means} [means]
   */
  constructor(places, means = BROWSER) {
    this.places = places;
    this.means = means;
  }

  /**
   * The places of an election on the site that served this page.
   * @param {string} eid base64url
   * @param {{votes?: string, csrf?: string, boxOrigin?: string}} [also] `boxOrigin`: where a
   *   ballot box apart answers
   */
  static here(eid, { boxOrigin = "", ...signedIn } = {}) {
    const record = `/elections/${eid}/record/`;
    const box = `${boxOrigin}/box/${eid}/`;
    return new Service({ record, box, boxRecord: boxOrigin + record, ...signedIn });
  }

  /**
   * A file of the public record, by its path. A box apart shows its own log itself: the site's
   * copy comes a little later.
   * @param {string} path
   */
  recordFile = (path) => {
    const { record, boxRecord = record } = this.places;
    return this.#ask((path.startsWith("ballots/") ? boxRecord : record) + path, NAMELESS);
  };

  /** The voter's own row, for `checkRow`. */
  async rollRow() {
    return jsonOf(await this.#signedIn("roll-row", {}));
  }

  /**
   * The passkeys of the signed-in voter that stand in their row.
   * @returns {Promise<import("./passkey.js").Passkey[]>}
   */
  async passkeys() {
    const answer = readPasskeys({ path: "", value: jsonOf(await this.#signedIn("passkeys", {})) });
    return answer.passkeys.map(({ id, cose }) => ({ id: fromB64url(id), cose }));
  }

  /**
   * Lays an ask before the officer at the desk, or asks what became of it: "waiting" or "done".
   * @param {import("./check-in.js").Ask} ask
   */
  async askAtDesk({ row, style, blinded }) {
    const sent = { row, style, blinded: blinded.map(b64url), kind: 2, evidence: "" };
    const request = { method: "POST", body: JSON.stringify(sent) };
    return readState({ path: "", value: jsonOf(await this.#signedIn("ask", request)) }).state;
  }

  /**
   * Asks the registrars to sign; gives their blind signatures, an empty one for a registrar that
   * did not answer, and the log's promises.
   * @param {{row: number, style: number, blinded: Bytes[], kind: number, evidence: Bytes}} ask
   */
  async checkIn({ row, style, blinded, kind, evidence }) {
    const sent = { row, style, blinded: blinded.map(b64url), kind, evidence: b64url(evidence) };
    const request = { method: "POST", body: JSON.stringify(sent) };
    const value = jsonOf(await this.#signedIn("check-in", request));
    const answers = readAnswers({ path: "", value });
    return {
      signatures: answers.blind_signatures.map((each) => fromB64url(each)),
      promises: answers.promises.map((each) => fromB64url(each)),
    };
  }

  /**
   * Puts a ballot into the box; gives the file of its promise.
   * @param {Bytes} payload
   */
  cast(payload) {
    const headers = { "Content-Type": "application/octet-stream" };
    const request = { ...BOX, method: "POST", headers, body: payload };
    return this.#ask(`${this.places.box}ballots`, request);
  }

  /**
   * The last ballot that the box has of a ballot key; null where it has none.
   * @param {Bytes} bk
   */
  async lastOf(bk) {
    try {
      return await this.#ask(`${this.places.box}keys/${b64url(bk)}`, BOX);
    } catch (error) {
      if (error instanceof Problem && error.code === "not-found") return null;
      throw error;
    }
  }

  /** The ballot of this hash, waiting or logged. @param {Bytes} hash */
  ballot(hash) {
    return this.#ask(`${this.places.box}ballots/${b64url(hash)}`, BOX);
  }

  /**
   * The receipt of a ballot; a Problem `not-yet-in-log` before its epoch has ended.
   * @param {Bytes} hash
   */
  async receipt(hash) {
    try {
      return await this.#ask(`${this.places.box}receipts/${b64url(hash)}`, BOX);
    } catch (error) {
      const isWaiting = error instanceof Problem && error.code === "not-published";
      throw isWaiting ? notYet(error) : error;
    }
  }

  /**
   * @param {string} name
   * @param {RequestInit} request
   */
  #signedIn(name, request) {
    const { votes = "/", csrf = "" } = this.places;
    const kind = "application/json";
    const headers = { Accept: kind, "Content-Type": kind, "X-CSRFToken": csrf };
    return this.#ask(`${votes}${name}`, { ...SIGNED_IN, headers, ...request });
  }

  /**
   * The body of a good answer; Problem for a refusal with its reason, Unreachable for none at all.
   * @param {string} address
   * @param {RequestInit} request
   */
  async #ask(address, request) {
    for (const pause of PAUSES) {
      const answer = await this.#once(address, request);
      if (answer && !PASSING.has(answer.status)) return bodyOf(answer);
      await this.means.wait(pause);
    }
    return bodyOf(await this.#once(address, request));
  }

  /**
   * A whole answer, or null where none came.
   * @param {string} address
   * @param {RequestInit} request
   * @returns {Promise<Answer | null>}
   */
  async #once(address, request) {
    try {
      const signal = AbortSignal.timeout(PATIENCE);
      const answer = await this.means.fetch(address, { ...request, signal });
      const body = new Uint8Array(await answer.arrayBuffer());
      const kind = answer.headers.get("Content-Type") ?? "";
      return { status: answer.status, kind, isRedirect: answer.type === "opaqueredirect", body };
    } catch {
      return null;
    }
  }
}

/** A ballot is not published before its epoch ends. @param {Problem} problem */
const notYet = ({ status, message }) =>
  new Problem(status, { type: "not-yet-in-log", title: "Not yet in the log", detail: message });
