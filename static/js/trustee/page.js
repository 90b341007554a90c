/**
 * A trustee's page: finds where the vote stands, does what can be done, and shows the one screen
 * on which something is asked. Wherever it is left, it goes on from there.
 */
import { Booth, make } from "../vote/booth.js";
import { openStore } from "../vote/device-store.js";
import * as ed25519 from "../vote/ed25519.js";
import { save } from "../vote/files.js";
import { Desk, PLACE } from "./desk.js";
import { BadShare, Stopped } from "./errors.js";
import { checkStrong, fileName, newPassphrase } from "./key-file.js";
import { explain } from "./messages.js";
import { Site } from "./site.js";
import { verifyRecord } from "./verifying.js";
import { newPair } from "./x25519.js";

/** @typedef {import("./site.js").Standing} Standing */

const PAUSE = 3_000; // milliseconds between two looks

class TrusteePage {
  /** @type {Desk | undefined} */
  #desk;
  /** @type {Standing | undefined} */
  #standing;
  /** The screen that is shown, so that a look every few seconds does not move the reader. */
  #screen = "waiting";
  #isActing = false;
  #hasReleased = false;
  #words = "";

  /** @param {HTMLElement} root */
  constructor(root) {
    this.booth = new Booth(root, explain);
    this.site = new Site(this.booth.said("link"));
    const acts = {
      "make-key": () => this.#now.makeKey(this.#vote.name),
      complain: () => this.#now.complain(this.#vote.eid0),
      restore: () => this.#restore(),
      acknowledge: () => this.#acknowledge(),
      release: () => this.#release(),
      forget: () => this.#now.forget(),
    };
    for (const [name, act] of Object.entries(acts)) {
      this.booth.on({ [name]: () => this.#acting(act) });
    }
    this.booth.on({
      again: () => this.start(),
      backup: () => this.#backup(),
      "backed-up": () => this.#look(),
      "backup-again": () => this.#show("backup"),
    });
  }

  /** Opens the device's store, then looks every few seconds. */
  start() {
    return this.booth.begin(async () => {
      await ed25519.checkSupport();
      await newPair(); // throws where the browser lacks X25519
      const store = await openStore(PLACE);
      this.#desk = new Desk({ store, site: this.site, seat: this.booth.said("seat") });
      await this.#look();
      this.#later();
    });
  }

  get #now() {
    if (!this.#desk) throw new Error("the desk is not open");
    return this.#desk;
  }

  get #vote() {
    if (!this.#standing) throw new Error("the vote has not been looked at");
    return this.#standing;
  }

  /** Looks again after a pause, unless something is being done; a failure is not final. */
  #later() {
    setTimeout(async () => {
      try {
        if (!this.#isActing && this.#screen !== "backup") await this.#look();
      } catch (error) {
        if (!this.#isActing) this.booth.complain(error);
      }
      this.#later();
    }, PAUSE);
  }

  /**
   * One act of the reader's; afterwards the page shows where things stand.
   * @param {() => Promise<unknown>} act
   */
  async #acting(act) {
    this.#isActing = true;
    try {
      await act();
      await this.#look();
    } finally {
      this.#isActing = false;
    }
  }

  /** Where the vote stands and what this device can do about it, which it does. */
  async #look() {
    this.#standing = await this.site.standing();
    this.#showOthers();
    if (this.#standing.key !== "") document.getElementById("elsewhere")?.remove();
    this.#show(await this.#next());
  }

  /** The screen to show. */
  async #next() {
    const { key, state, blamed, eid0 } = this.#vote;
    const keys = await this.#now.keys();
    if (key === "") return this.#withoutKey(keys !== undefined);
    if (state === "counted") return "over";
    if (!keys) return this.#isReady && state !== "closed" ? "ready" : "elsewhere";
    await this.#now.checkKey(key);
    if (eid0 === "") return "named";
    if (blamed !== "") {
      this.booth.fill("blamed", { name: blamed });
      return "ended";
    }
    return state === "announced" ? this.#hold() : this.#afterFreeze();
  }

  /**
   * A device that has the key registers it again: the organiser has made a new link.
   * @param {boolean} isHere
   */
  async #withoutKey(isHere) {
    if (!isHere || this.#vote.state !== "drafted") return "key";
    await this.#now.makeKey(this.#vote.name);
    return "named";
  }

  /** The ceremony, as far as it can go now. */
  async #hold() {
    try {
      const setup = await this.#now.step(this.#vote.eid0);
      this.#showRounds(/** @type {import("./setup-log.js").SetupLog} */ (setup));
    } catch (error) {
      if (!(error instanceof BadShare)) throw error;
      const name = this.#vote.trustees[error.dealer - 1]?.name ?? "";
      this.booth.fill("dealer", { name });
      return "bad-share";
    }
    const keys = await this.#now.keys();
    if (!keys || keys.shares.length === 0) return "ceremony";
    return (await this.#now.isBackedUp()) ? "sealed" : "backup";
  }

  async #afterFreeze() {
    const { state } = this.#vote;
    if (!this.#isReady) return "rehearsal";
    if (state !== "closed") return "ready";
    return this.#hasReleased || this.#own?.has_released ? "released" : "open";
  }

  get #own() {
    return this.#vote.trustees[this.#vote.number - 1];
  }

  get #isReady() {
    return this.#own?.has_acked ?? false;
  }

  /** @param {import("./setup-log.js").SetupLog} setup */
  #showRounds(setup) {
    const missing = /** @type {const} */ (["dkg1", "dkg2", "dkg3"]).map((round) =>
      setup.missing(round),
    );
    for (const [at, numbers] of missing.entries()) {
      const line = this.booth.root.querySelector(`[data-round="${at + 1}"]`);
      line?.classList.toggle("good", numbers.length === 0);
    }
    const current = missing.find((numbers) => numbers.length > 0) ?? [];
    const others = current.filter((number) => number !== this.#vote.number);
    const names = others.map((number) => setup.draft.trustees.list[number - 1]?.name ?? "");
    this.booth.fill("waiting-for", { names: names.join(", ") });
    this.booth.toggle("waiting-for", names.length > 0);
  }

  /** How far the others are, below the screens. */
  #showOthers() {
    const list = document.getElementById("trustees");
    for (const [at, { says, is_done: isDone }] of this.#vote.trustees.entries()) {
      const line = list?.children[at];
      const told = line?.querySelector("span");
      // What has not changed is left alone: it would be read aloud again.
      if (told && told.textContent !== says) told.textContent = says;
      line?.classList.toggle("good", isDone);
    }
  }

  /** @param {string} screen */
  #show(screen) {
    if (screen === this.#screen) return;
    this.#screen = screen;
    if (screen === "backup") this.#drawWords();
    this.booth.show(screen);
  }

  #drawWords() {
    this.#words = newPassphrase();
    const lines = this.#words.split(" ").map((word) => make("li", {}, word));
    this.booth.slot("words").replaceChildren(...lines);
    this.booth.offer("backed-up", false);
  }

  async #backup() {
    const own = valueOf("own-words").trim();
    if (own !== "") checkStrong(own);
    const { title } = this.#vote;
    const { file, keys } = await this.#now.backup(own === "" ? this.#words : own, title);
    save(fileName(keys, title), file);
    this.booth.offer("backed-up", true);
  }

  async #restore() {
    const [file, words] = await chosen("elsewhere");
    await this.#now.restore(file, words, this.#vote);
  }

  async #acknowledge() {
    const [file, words] = await chosen("rehearsal");
    await this.#now.acknowledge(file, words, this.#vote);
  }

  async #release() {
    this.booth.toggle("verifying", true);
    try {
      const released = await this.#now.release(this.#vote.eid, (file) => this.#verify(file));
      this.#hasReleased = true;
      if (released.hasSmall) this.booth.toggle("small", true);
    } finally {
      this.booth.toggle("verifying", false);
    }
  }

  /** @param {Blob} file */
  #verify(file) {
    const bar = document.getElementById("verifying");
    const tell = (/** @type {number} */ done, /** @type {number} */ of) => {
      if (bar instanceof HTMLProgressElement && of > 0) bar.value = (100 * done) / of;
    };
    const script = this.booth.said("verifier");
    return verifyRecord(file, { script, language: this.booth.language, tell });
  }
}

/** @param {string} id */
function valueOf(id) {
  const field = document.getElementById(id);
  return field instanceof HTMLTextAreaElement ? field.value : "";
}

/**
 * The backup file that was chosen, and its words; Stopped `no-file`.
 * @param {string} name
 * @returns {Promise<[import("../vote/bytes.js").Bytes, string]>}
 */
async function chosen(name) {
  const input = document.getElementById(`${name}-file`);
  const file = input instanceof HTMLInputElement ? input.files?.[0] : undefined;
  if (!file) throw new Stopped("no-file", "no file was chosen");
  return [new Uint8Array(await file.arrayBuffer()), valueOf(`${name}-words`)];
}

const root = document.getElementById("booth");
if (root) void new TrusteePage(root).start();
