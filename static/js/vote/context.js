/**
 * What every step of a vote needs: the election, its servers, and what this device remembers.
 */
import { OutOfTurn } from "./errors.js";

/** @typedef {import("./vault.js").Record} Record */
/**
 * @typedef {object} Context
 * @property {string} eid base64url
 * @property {import("./manifest.js").Manifest} manifest
 * @property {import("./policy.js").Policy} policy
 * @property {import("./service.js").Service} service
 * @property {import("./vault.js").Store} store
 */

/**
 * What this device remembers of the election; OutOfTurn `not-prepared` where it is nothing.
 * @param {Context} context
 */
export async function recordOf({ store, eid }) {
  return known(await store.read(eid));
}

/**
 * Changes what is remembered; durable when it resolves.
 * @param {Context} context
 * @param {(record: Record) => Record} change
 */
export async function remember({ store, eid }, change) {
  return known(await store.change(eid, (record) => change(known(record))));
}

/**
 * @param {Record | undefined} record
 * @returns {Record}
 */
function known(record) {
  if (!record) throw new OutOfTurn("not-prepared", "this device knows nothing of the election");
  return record;
}

/**
 * The voter's secrets as the protocol's formulas take them.
 * @param {Context} context
 * @param {Record} record
 */
export function voterOf({ manifest }, { style, seed }) {
  return { eid: manifest.eid, style, seed };
}
