/**
 * Records that a device must not lose, in IndexedDB.
 *
 * A change is one transaction, durable before it is answered, and two tabs cannot interleave.
 */
import { VoteError } from "./errors.js";

/**
 * @template R
 * @typedef {(record: R | undefined) => R | undefined} Change must not wait
 */
/**
 * @template R
 * @typedef {object} Store records by name
 * @property {(name: string) => Promise<R | undefined>} read
 * @property {(name: string, change: Change<R>) => Promise<R | undefined>} change applies `change`
 *   to the stored record (undefined: delete) and resolves when the new one is durable; what
 *   `change` throws is thrown, and nothing is stored
 */
/** @typedef {{database: string, table: string, key: string}} Place `key`: where a record's name is */

/** No place on this device keeps data; what is begun here could be lost. */
export class NoStorage extends VoteError {
  constructor() {
    super("no-storage", "IndexedDB is not available");
  }
}

/**
 * The browser's own store; NoStorage where there is none.
 * @template R
 * @param {Place} place
 * @param {IDBFactory} [factory]
 * @returns {Promise<Store<R>>}
 */
export async function openStore(place, factory = globalThis.indexedDB) {
  const database = await open(place, factory);
  // Best effort: asks the browser not to clear this site's data when space is short.
  await globalThis.navigator?.storage?.persist?.().catch(() => false);
  return {
    read: (name) => inTransaction(database, place, { name, mode: "readonly", change: same }),
    change: (name, change) => inTransaction(database, place, { name, mode: "readwrite", change }),
  };
}

/** @template R @param {R} record */
const same = (record) => record;

/**
 * @param {Place} place
 * @param {IDBFactory | undefined} factory
 * @returns {Promise<IDBDatabase>}
 */
function open({ database, table, key }, factory) {
  return new Promise((resolve, reject) => {
    if (!factory) return reject(new NoStorage());
    const request = factory.open(database, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(table, { keyPath: key });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(new NoStorage());
  });
}

/**
 * @template R
 * @param {IDBDatabase} database
 * @param {Place} place
 * @param {{name: string, mode: IDBTransactionMode, change: Change<R>}} act
 * @returns {Promise<R | undefined>}
 */
function inTransaction(database, { table }, { name, mode, change }) {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(table, mode, { durability: "strict" });
    const records = transaction.objectStore(table);
    /** @type {R | undefined} */
    let changed;
    /** @type {unknown} */
    let failure;
    const found = records.get(name);
    found.onsuccess = () => {
      try {
        changed = change(found.result);
        if (mode === "readwrite" && changed) records.put(changed);
        else if (mode === "readwrite") records.delete(name);
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
 * A store that forgets with the page: for tests and for the command line.
 * @template R
 * @returns {Store<R>}
 */
export function memoryStore() {
  /** @type {Map<string, R>} */
  const records = new Map();
  const read = (/** @type {string} */ name) => structuredClone(records.get(name));
  return {
    read: async (name) => read(name),
    change: async (name, change) => {
      const changed = structuredClone(change(read(name)));
      if (changed) records.set(name, changed);
      else records.delete(name);
      return structuredClone(changed);
    },
  };
}
