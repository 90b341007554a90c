/**
 * Where the voter's device keeps what must not be lost: one record per election, in IndexedDB.
 *
 * A change is one transaction, durable before it is answered, and two tabs cannot interleave.
 */
import { VoteError } from "./errors.js";

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
/** @typedef {(record: Record | undefined) => Record | undefined} Change must not wait */
/**
 * @typedef {object} Store
 * @property {(eid: string) => Promise<Record | undefined>} read
 * @property {(eid: string, change: Change) => Promise<Record | undefined>} change applies `change`
 *   to the stored record (undefined: delete) and resolves when the new one is durable; what
 *   `change` throws is thrown, and nothing is stored
 */

const DATABASE = "suara-voting";
const ELECTIONS = "elections";

/** No place on this device keeps data; a vote begun here could be lost. */
export class NoStorage extends VoteError {
  constructor() {
    super("no-storage", "IndexedDB is not available");
  }
}

/**
 * The browser's own store; NoStorage where there is none.
 * @param {IDBFactory} [factory]
 * @returns {Promise<Store>}
 */
export async function browserStore(factory = globalThis.indexedDB) {
  const database = await open(factory);
  // Best effort: asks the browser not to clear this site's data when space is short.
  await globalThis.navigator?.storage?.persist?.().catch(() => false);
  return {
    read: (eid) => inTransaction(database, eid, "readonly", (record) => record),
    change: (eid, change) => inTransaction(database, eid, "readwrite", change),
  };
}

/**
 * @param {IDBFactory | undefined} factory
 * @returns {Promise<IDBDatabase>}
 */
function open(factory) {
  return new Promise((resolve, reject) => {
    if (!factory) return reject(new NoStorage());
    const request = factory.open(DATABASE, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(ELECTIONS, { keyPath: "eid" });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(new NoStorage());
  });
}

/**
 * @param {IDBDatabase} database
 * @param {string} eid
 * @param {IDBTransactionMode} mode
 * @param {Change} change
 * @returns {Promise<Record | undefined>}
 */
function inTransaction(database, eid, mode, change) {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(ELECTIONS, mode, { durability: "strict" });
    const elections = transaction.objectStore(ELECTIONS);
    /** @type {Record | undefined} */
    let changed;
    /** @type {unknown} */
    let failure;
    const found = elections.get(eid);
    found.onsuccess = () => {
      try {
        changed = change(found.result);
        if (mode === "readwrite") write(elections, eid, changed);
      } catch (error) {
        failure = error;
        transaction.abort();
      }
    };
    transaction.oncomplete = () => resolve(changed);
    transaction.onabort = () => reject(failure ?? transaction.error ?? new NoStorage());
  });
}

/**
 * @param {IDBObjectStore} elections
 * @param {string} eid
 * @param {Record | undefined} record
 */
function write(elections, eid, record) {
  if (record) elections.put(record);
  else elections.delete(eid);
}

/**
 * A store that forgets with the page: for tests and for the command line.
 * @returns {Store}
 */
export function memoryStore() {
  /** @type {Map<string, Record>} */
  const records = new Map();
  const read = (/** @type {string} */ eid) => structuredClone(records.get(eid));
  return {
    read: async (eid) => read(eid),
    change: async (eid, change) => {
      const changed = structuredClone(change(read(eid)));
      if (changed) records.set(eid, changed);
      else records.delete(eid);
      return structuredClone(changed);
    },
  };
}

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
