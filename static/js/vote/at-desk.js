/**
 * Checking in before an officer: the voter's device asks, shows a code, and waits until the
 * officer, whose screen shows the same code, has confirmed with a passkey (section 6.4, kind 2).
 */
import { crockford } from "./bytes.js";
import { byFormerCheckIn } from "./passkey.js";

/** @typedef {import("./check-in.js").Ask} Ask */
/** @typedef {{askAtDesk: (ask: Ask) => Promise<string>}} Desk gives "waiting" or "done" */

const CODE_BITS = 30;
const PAUSE = 1500; // milliseconds between two looks

/**
 * The six letters by which two screens are compared: the first 30 bits of `d`.
 * @param {Uint8Array} digest
 */
export function deskCode(digest) {
  return (crockford(digest, CODE_BITS).match(/.{3}/g) ?? []).join(" ");
}

/**
 * Waits for the officer; a Problem of the desk ends it, and it may be begun again.
 * @param {Desk} desk
 * @param {(code: string) => void} show called once the desk has the ask
 * @returns {import("./check-in.js").Authorise}
 */
export function byOfficer(desk, show) {
  return async (digest, ask) => {
    let state = await desk.askAtDesk(ask);
    show(deskCode(digest));
    while (state !== "done") {
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
      state = await desk.askAtDesk(ask);
    }
    return byFormerCheckIn(2)(digest, ask);
  };
}
