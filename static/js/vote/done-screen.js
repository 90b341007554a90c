/**
 * What a voter holds once the box has taken the ballot: its code, the promise, then the receipt,
 * which is asked for while the page is looked at, and no more often than epochs can end.
 */
import { pictureOf } from "./check-picture.js";
import { Problem } from "./errors.js";
import { save } from "./files.js";

/** @typedef {import("./booth.js").Booth} Booth */
/** @typedef {import("./client.js").Election} Election */

const LEAST_WAIT = 5_000; // milliseconds between two questions for the receipt
const MOST_WAIT = 60_000;

/** The screen `done`. */
export class DoneScreen {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {Election | undefined} */
  #election;

  /** @param {Booth} booth */
  constructor(booth) {
    this.booth = booth;
    booth.on({
      receipt: () => this.#ask(),
      "save-receipt": () => this.#save(".tlog-proof"),
      "save-promise": () => this.#save(".promise"),
    });
    document.addEventListener("visibilitychange", () => this.#wait());
    this.#check.addEventListener("toggle", () => this.#showCheck());
  }

  /** The election whose ballots these are. @param {Election} election */
  of(election) {
    this.#election = election;
  }

  /** Shows the last ballot, and begins to ask for its receipt. */
  show() {
    const { castCount, manifest, trackingCode } = this.#now;
    const left = manifest.draft.max_revisions + 1 - castCount;
    this.booth.fill("code", trackingCode ?? "");
    this.booth.fill("left", { left });
    this.booth.toggle("left", left > 0);
    this.booth.toggle("none-left", left <= 0);
    this.booth.offer("vote-again", left > 0);
    this.#tell(null);
    this.#check.open = false;
    this.booth.show("done");
    void this.#askQuietly();
  }

  /** Asks no more. */
  stop() {
    clearTimeout(this.#timer);
  }

  get #now() {
    if (!this.#election) throw new Error("the election has not been loaded");
    return this.#election;
  }

  /** The disclosure with the code for a second device. */
  get #check() {
    return /** @type {HTMLDetailsElement} */ (this.booth.slot("check"));
  }

  /** The code stands on the screen only while it is wanted there: it opens the ballot. */
  #showCheck() {
    const code = this.#check.open ? (this.#now.checkCode ?? "") : "";
    const picture = this.booth.slot("check-picture");
    const label = picture.dataset["label"] ?? "";
    picture.replaceChildren(...(code ? [pictureOf(code, label)] : []));
    this.booth.fill("check-code", code);
  }

  /** @param {{index: number, size: number} | null} found the ballot's place in the log */
  #tell(found) {
    this.booth.toggle("waiting", !found);
    this.booth.toggle("recorded", found !== null);
    this.booth.offer("receipt", !found);
    this.booth.offer("save-receipt", found !== null);
    if (!found) return;
    this.booth.fill("recorded", { place: found.index + 1, size: found.size });
    this.booth.say(this.booth.slot("recorded").textContent ?? "");
  }

  async #ask() {
    this.#tell(await this.#now.receipt());
  }

  /** Asks without being asked to; what cannot be had yet is asked for again later. */
  async #askQuietly() {
    try {
      await this.#ask();
    } catch (error) {
      const isEarly = error instanceof Problem && error.code === "not-yet-in-log";
      if (!isEarly) this.booth.complain(error);
      this.#wait();
    }
  }

  #wait() {
    this.stop();
    if (document.hidden || this.#election?.step !== "cast") return;
    const epoch = this.#now.manifest.draft.epoch_seconds * 1000;
    const wait = Math.min(Math.max(epoch / 2, LEAST_WAIT), MOST_WAIT);
    this.#timer = setTimeout(() => void this.#askQuietly(), wait);
  }

  /** Saves the last ballot's file of this kind. @param {string} ending */
  #save(ending) {
    const files = this.#now.evidence().filter(({ name }) => !name.startsWith("registrar-"));
    const last = files.filter(({ name }) => name.endsWith(ending)).at(-1);
    if (last) save(last.name, last.bytes);
  }
}
