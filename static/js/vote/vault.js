/**
 * What the voter's device must not lose: one record per election.
 */
import { NoStorage, memoryStore as forgetfulStore, openStore } from "./device-store.js";

/** @typedef {import("./bytes.js").Bytes} Bytes */
/** @typedef {import("./credential.js").Credential} Credential */
/** @typedef {import("./plaintext.js").Choice} Choice */
/**
 * @typedef {object} Asked what was sent to the registrars, kept so that it can be sent again
 * @property {Bytes[]} blinded
 * @property {number} kind
 * @property {Bytes} evidence
 */
/**
 * @typedef {object} Sealed a ballot: sealed here, perhaps sent, perhaps promised, perhaps proven
 * @property {number} seq
 * @property {Bytes} hash
 * @property {Bytes} payload
 * @property {Bytes} ikm opens it, on this or a second device
 * @property {boolean} isSent whether the box may have it
 * @property {Bytes | null} promise the file `M("promised", ...)`
 * @property {Bytes | null} receipt the tlog-proof
 */
/** @typedef {{size: number, root: Bytes, note: Bytes}} Seen a checkpoint, and its signed note */
/**
 * @typedef {object} Record
 * @property {string} eid base64url
 * @property {number} row
 * @property {number} style
 * @property {Bytes} seed secret
 * @property {Asked | null} asked
 * @property {Credential[]} credentials
 * @property {Bytes[]} issuePromises
 * @property {Choice[] | null} choices what is ticked and not sealed yet
 * @property {Sealed | null} pending
 * @property {Sealed[]} history ballots that the box has promised, oldest first
 * @property {Seen | null} checkpoint the ballot log's, as last verified
 */
/** @typedef {import("./device-store.js").Store<Record>} Store records by `eid` */

const PLACE = { database: "suara-voting", table: "elections", key: "eid" };

/**
 * The browser's own store; NoStorage where there is none.
 * @param {IDBFactory} [factory]
 * @returns {Promise<Store>}
 */
export const browserStore = (factory) => openStore(PLACE, factory);

/** A store that forgets with the page. @type {() => Store} */
export const memoryStore = forgetfulStore;

export { NoStorage };

/**
 * The record of a voter who has a seed and nothing else.
 * @param {string} eid
 * @param {{row: number, style: number, seed: Bytes}} voter
 * @returns {Record}
 */
export function newRecord(eid, { row, style, seed }) {
  return {
    eid, row, style, seed, asked: null, credentials: [], issuePromises: [], choices: null,
    pending: null, history: [], checkpoint: null,
  };
}
