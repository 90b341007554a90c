/**
 * A trustee's desk: the keys on this device, and one act at a time with them. Knows no page.
 *
 * Whatever is said is kept before it is handed in. Two tabs cannot say two things: an act holds
 * the browser's lock of this seat, and reads the keys anew inside it.
 */
import { b64url, isEqual } from "../vote/bytes.js";
import * as ed25519 from "../vote/ed25519.js";
import { parseManifest } from "../vote/manifest.js";
import { Stopped } from "./errors.js";
import { openKeys, sealKeys } from "./key-file.js";
import { freshKeys } from "./keys.js";
import { acknowledge, readClosed, release } from "./opening.js";
import { SetupLog } from "./setup-log.js";
import * as steps from "./steps.js";

/** @typedef {import("../vote/bytes.js").Bytes} Bytes */
/** @typedef {import("./keys.js").Keys} Keys */
/** @typedef {import("./site.js").Site} Site */
/** @typedef {import("./site.js").Standing} Standing */
/** @typedef {{seat: string, keys: Keys, backedUp: string}} Kept `backedUp`: what the last backup
 *  file held, as `stateOf` says */
/** @typedef {import("../vote/device-store.js").Store<Kept>} Store */
/** @typedef {(file: Blob) => Promise<import("./opening.js").Read>} Verify throws Stopped unless the
 *  record passes everything that comes before the shares; gives what reads its files */

export const PLACE = { database: "suara-trustees", table: "seats", key: "seat" };

/** One seat at the table of one vote, on this device. */
export class Desk {
  /**
   * @param {{store: Store, site: Site, seat: string, locks?: LockManager | undefined}} given
   *   `seat`: the vote and the number, the same whatever link leads here
   */
  constructor({ store, site, seat, locks = globalThis.navigator?.locks }) {
    this.store = store;
    this.site = site;
    this.seat = seat;
    this.locks = locks;
  }

  /** The keys on this device, or undefined. */
  async keys() {
    return (await this.store.read(this.seat))?.keys;
  }

  /** Whether the last backup file holds everything that the keys are bound to. */
  async isBackedUp() {
    const kept = await this.store.read(this.seat);
    return kept !== undefined && kept.backedUp === stateOf(kept.keys);
  }

  /** Makes the identity, unless there is one, and registers it. @param {string} name */
  makeKey(name) {
    return this.#alone(async () => {
      const kept = await this.store.change(
        this.seat,
        (before) => before ?? { seat: this.seat, keys: freshKeys(name), backedUp: "" },
      );
      if (kept) await this.site.registerKey(await ed25519.publicKey(kept.keys.identity));
    });
  }

  /** The key that the site has is this device's; Stopped `key-elsewhere`. @param {string} key */
  async checkKey(key) {
    const keys = await this.keys();
    if (keys && b64url(await ed25519.publicKey(keys.identity)) === key) return;
    throw new Stopped("key-elsewhere", "this device does not hold the key that was registered");
  }

  /** The set-up log as it stands, checked. @param {string} eid0 */
  async setup(eid0) {
    const setup = await SetupLog.read(await this.site.setupEntries(eid0));
    if (b64url(setup.eid0) !== eid0) throw new Stopped("bad-setup", "the log of another draft");
    return setup;
  }

  /**
   * Says whatever can be said now; gives the log as it was before. BadShare asks for `complain`.
   * @param {string} eid0
   */
  step(eid0) {
    return this.#alone(async () => {
      const setup = await this.setup(eid0);
      const { keys, toSay } = await steps.advance(await this.#held(), setup);
      await this.#keep(keys);
      for (const payload of toSay) await this.site.sayInSetup(keys.eid0, payload);
      return setup;
    });
  }

  /** Publishes that a share is not right, which ends the draft. @param {string} eid0 */
  complain(eid0) {
    return this.#alone(async () => {
      const step = await steps.complain(await this.#held(), await this.setup(eid0));
      await this.#keep(step.keys);
      for (const payload of step.toSay) await this.site.sayInSetup(step.keys.eid0, payload);
    });
  }

  /**
   * The bytes of a backup file, and the keys in it.
   * @param {string} passphrase
   * @param {string} title
   */
  backup(passphrase, title) {
    return this.#alone(async () => {
      const keys = await this.#held();
      const file = await sealKeys(keys, passphrase, title);
      await this.#keep(keys, stateOf(keys));
      return { file, keys };
    });
  }

  /**
   * Opens a backup file and keeps what it holds where this device holds nothing newer. Stopped
   * `other-trustee` where the file is of another seat than the registered `key`.
   * @param {Bytes} file
   * @param {string} passphrase
   * @param {{key: string, eid0: string}} standing
   * @returns {Promise<Keys>}
   */
  restore(file, passphrase, { key, eid0 }) {
    return this.#alone(async () => {
      const restored = await openOwn(file, passphrase, key);
      const kept = await this.store.change(this.seat, (before) => {
        const keys = newer(before?.keys, restored, eid0);
        return { seat: this.seat, keys, backedUp: stateOf(restored) };
      });
      return kept?.keys ?? restored;
    });
  }

  /**
   * The `ack`, with the shares that a backup file gave back: the rehearsal of section 5.
   * @param {Bytes} file
   * @param {string} passphrase
   * @param {Standing} standing
   */
  async acknowledge(file, passphrase, { eid0, eid, key }) {
    const restored = await openOwn(file, passphrase, key);
    const manifest = await this.manifest(eid);
    const setup = await this.setup(eid0);
    const step = await acknowledge(restored, setup, manifest);
    await this.#alone(() => this.#keep(step.keys, stateOf(restored)));
    for (const payload of step.toSay) await this.site.sayInBox(manifest.eid, payload);
  }

  /** The manifest of this election; BadEncoding. @param {string} eid */
  async manifest(eid) {
    const manifest = await parseManifest(await this.site.recordFile(eid, "manifest.json"));
    if (b64url(manifest.eid) !== eid) throw new Stopped("other-manifest", "another election");
    return manifest;
  }

  /**
   * Verifies the closed record, remembers its close, then releases the shares.
   * @param {string} eid
   * @param {Verify} verify
   */
  release(eid, verify) {
    return this.#alone(async () => {
      const read = await verify(await this.site.record(eid));
      const manifest = await parseManifest(await read("manifest.json"));
      if (b64url(manifest.eid) !== eid) throw new Stopped("other-manifest", "another election");
      const closed = await readClosed(manifest, read);
      const { keys, toSay } = await release(await this.#held(), manifest, closed);
      await this.#keep(keys);
      for (const payload of toSay) await this.site.sayInBox(manifest.eid, payload);
      return { hasSmall: closed.small.size > 0 };
    });
  }

  /** Deletes the secrets from this device; the backup file stays. */
  async forget() {
    await this.#alone(() => this.store.change(this.seat, () => undefined));
  }

  async #held() {
    const keys = await this.keys();
    if (!keys) throw new Stopped("no-keys-here", "this device holds no keys of this seat");
    return keys;
  }

  /**
   * Keeps other keys; `backedUp` where a file holds them already.
   * @param {Keys} keys
   * @param {string} [backedUp]
   */
  async #keep(keys, backedUp) {
    await this.store.change(this.seat, (before) => {
      checkClose(before?.keys, keys);
      return { seat: this.seat, keys, backedUp: backedUp ?? before?.backedUp ?? "" };
    });
  }

  /**
   * One act at a time on this seat, in whatever tab.
   * @template T
   * @param {() => Promise<T>} act
   * @returns {Promise<T>}
   */
  async #alone(act) {
    const name = `suara-trustee ${this.seat}`;
    return /** @type {Promise<T>} */ (this.locks ? this.locks.request(name, act) : act());
  }
}

/**
 * What of the keys a backup must hold, as a text to compare; public.
 * @param {Keys} keys
 */
function stateOf({ eid0, shares, close }) {
  return `${b64url(eid0)} ${shares.length} ${b64url(close)}`;
}

/**
 * @param {Bytes} file
 * @param {string} passphrase
 * @param {string} key base64url
 */
async function openOwn(file, passphrase, key) {
  const keys = await openKeys(file, passphrase);
  const own = b64url(await ed25519.publicKey(keys.identity));
  if (own !== key) throw new Stopped("other-trustee", `keys of ${keys.name}`, { name: keys.name });
  return keys;
}

/**
 * What this device holds, unless the restored keys know more of the same seat.
 * @param {Keys | undefined} held
 * @param {Keys} restored
 * @param {string} eid0 of the draft that stands now
 */
function newer(held, restored, eid0) {
  if (!held || !isEqual(held.identity, restored.identity)) return restored;
  const isOutdated = b64url(held.eid0) !== eid0;
  if (isOutdated && b64url(restored.eid0) === eid0) return restored;
  const rank = (/** @type {Keys} */ keys) =>
    (keys.close.length ? 4 : 0) + (keys.eid.length ? 2 : 0) + (keys.shares.length ? 1 : 0);
  const isSameDraft = isEqual(held.eid0, restored.eid0);
  return isSameDraft && rank(restored) > rank(held) ? restored : held;
}

/**
 * A close that was remembered is never forgotten nor replaced (A59).
 * @param {Keys | undefined} before
 * @param {Keys} after
 */
function checkClose(before, after) {
  const known = before && isEqual(before.eid, after.eid) ? before.close : new Uint8Array();
  if (known.length > 0 && !isEqual(known, after.close)) {
    throw new Stopped("close-forgotten", "this device remembers a close that these keys do not");
  }
}

