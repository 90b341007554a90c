/**
 * The check-in page: gets ready, shows the voter their row, makes and keeps the key, checks in.
 * Wherever it is left, it goes on from there.
 */
import { byOfficer } from "./at-desk.js";
import { Booth, make } from "./booth.js";
import { bySession } from "./check-in.js";
import { CHECKS } from "./checks.js";
import { Election } from "./client.js";
import { BadRecovery, Problem } from "./errors.js";
import { chosenText, save, writtenText } from "./files.js";
import { nameOf } from "./messages.js";
import { byFormerCheckIn, byPasskey } from "./passkey.js";
import { Service } from "./service.js";
import { browserStore } from "./vault.js";

/** @typedef {import("./roll.js").RollRow} RollRow */

class CheckInPage {
  /** @type {Election | undefined} */
  #election;
  /** @type {Service | undefined} */
  #service;
  /** @type {RollRow | undefined} */
  #row;
  /** Whether the registrars have signed another key for this row. */
  #isOvertaken = false;
  /** Whether the registrars have told that nothing is signed for this key yet. */
  #isUnsigned = false;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.booth = new Booth(root);
    this.booth.on({
      again: () => this.start(),
      begin: () => this.#lookAround(),
      "have-key": () => this.booth.show("restore"),
      mine: () => this.#makeKey(),
      "save-key": () => this.#saveKey(),
      "with-copy": () => this.booth.show("ask"),
      "without-copy": () => this.booth.show("ask"),
      "check-in": () => this.#checkIn(),
      restore: () => this.#restore(),
      "save-promise": () => this.#savePromise(),
    });
    root.querySelector("[data-words]")?.addEventListener("toggle", () => this.#offerToGoOn());
  }

  /** Finds where the voter is and goes on from there. */
  start() {
    return this.booth.begin(async () => {
      const store = await browserStore();
      const signedIn = { votes: this.booth.said("votes"), csrf: this.booth.said("csrf") };
      const eid = this.booth.said("eid");
      const service = Service.here(eid, signedIn);
      this.#service = service;
      this.#election = await Election.load(eid, { service, store });
      this.booth.fill("eid", inFours(eid));
      keepCookiesOut(this.booth.said("worker"), this.booth.said("scopes").split(" "));
      await this.#goOn();
    });
  }

  get #now() {
    if (!this.#election) throw new Error("the election has not been loaded");
    return this.#election;
  }

  async #goOn() {
    const { step } = this.#now;
    if (step === "new") {
      this.booth.show(this.#hasCheckedIn ? "restore" : "welcome");
    } else if (step === "prepared" || step === "asked") {
      await this.#verify(() => {});
      if (step === "asked") this.booth.show("ask");
      else await this.#showKey();
    } else {
      this.booth.show("done");
    }
  }

  /** The checks of the set-up, one tick each, then the voter's row. */
  async #lookAround() {
    const list = this.booth.slot("checks");
    const names = CHECKS.map((check) => [check, nameOf(check, this.booth.language)]);
    const lines = new Map(names.map(([check, name = ""]) => [check, make("li", {}, name)]));
    list.replaceChildren(...lines.values());
    this.booth.show("checking");
    try {
      await this.#verify((check) => {
        const line = lines.get(check);
        line?.classList.add("good");
        this.booth.say(line?.textContent ?? "");
      });
    } catch (error) {
      this.booth.show("welcome");
      throw error;
    }
    this.#showRow();
  }

  /** @param {(check: string) => void} tick */
  async #verify(tick) {
    this.#row = await this.#now.rollRow();
    await this.#now.verifySetUp(this.#row.style, tick);
  }

  #showRow() {
    const { draft, roll } = this.#now.manifest;
    const { row, style, voterId } = /** @type {RollRow} */ (this.#row);
    const name = draft.styles.find(({ id }) => id === style)?.name ?? {};
    this.booth.fill("voter", voterId);
    this.booth.fill("style", this.booth.words(name));
    this.booth.fill("place", { place: row + 1, size: roll.size });
    this.booth.show("row");
  }

  async #makeKey() {
    await this.#now.prepare(/** @type {RollRow} */ (this.#row));
    await this.#showKey();
  }

  async #showKey() {
    const { words } = await this.#now.recovery(this.booth.language);
    this.booth.slot("words").replaceChildren(...words.map((word) => make("li", {}, word)));
    this.booth.show("keep");
  }

  async #saveKey() {
    const { file, fileName } = await this.#now.recovery(this.booth.language);
    save(fileName, file);
    this.#offerToGoOn();
  }

  #offerToGoOn() {
    this.booth.offer("without-copy", false);
    this.booth.offer("with-copy", true);
  }

  async #checkIn() {
    try {
      await this.#now.checkIn((digest, ask) => this.#authorise(digest, ask));
    } catch (error) {
      const code = error instanceof Problem ? error.code : "";
      this.#isOvertaken ||= code === "already-checked-in";
      this.#isUnsigned ||= code === "bad-evidence";
      if (this.#isOvertaken) this.booth.show("restore");
      else this.booth.show("ask");
      throw error;
    }
    this.booth.show("done");
  }

  /**
   * What this row asks for: an officer, a passkey, or no more than the session; and nothing where
   * the registrars have signed this key before.
   * @type {import("./check-in.js").Authorise}
   */
  async #authorise(digest, ask) {
    const service = /** @type {Service} */ (this.#service);
    const isAtDesk = this.booth.root.dataset["desk"] !== undefined;
    const { hasPasskey } = this.#row ?? (await this.#now.rollRow());
    const isSigned = this.#hasCheckedIn && !this.#isUnsigned;
    if (isSigned && (isAtDesk || hasPasskey)) return byFormerCheckIn(isAtDesk ? 2 : 1)(digest, ask);
    if (isAtDesk) return byOfficer(service, (code) => this.#showDesk(code))(digest, ask);
    if (!hasPasskey) return bySession(digest, ask);
    const { passkeys } = this.#now.manifest.draft;
    return byPasskey(passkeys, await service.passkeys())(digest, ask);
  }

  /** @param {string} code */
  #showDesk(code) {
    this.booth.show("desk");
    this.booth.fill("desk-code", code);
  }

  /** Takes up a key from elsewhere, with the signature that the registrar gave it, if it did. */
  async #restore() {
    const text = (await chosenText("recovery-file")) || writtenText("recovery-words");
    const row = await this.#now.rollRow();
    await this.#takeUp(text, row);
    await this.#now.verifySetUp(row.style);
    if (this.#now.step === "ready") this.booth.show("done");
    else if (this.#hasCheckedIn) await this.#checkIn();
    else this.booth.show("ask");
  }

  /**
   * Replaces this device's key only where the registrars have told that it can never be signed.
   * @param {string} text
   * @param {RollRow} row
   */
  async #takeUp(text, row) {
    try {
      await this.#now.recover(text, row);
    } catch (error) {
      const isOther = error instanceof BadRecovery && error.code === "recovery-other-seed";
      if (!isOther || !this.#isOvertaken) throw error;
      await this.#now.forget();
      await this.#now.recover(text, row);
    }
  }

  get #hasCheckedIn() {
    return this.#isOvertaken || this.booth.root.dataset["checkedIn"] !== undefined;
  }

  #savePromise() {
    const found = this.#now.evidence().filter(({ name }) => name.startsWith("registrar-"));
    for (const { name, bytes } of found) save(name, bytes);
  }
}

/**
 * Lets a worker keep the cookie out of every request of the booth, the first one included. Where
 * there are no workers, the server takes cookies off before the booth sees them, as always.
 * @param {string} address
 * @param {string[]} scopes the booth's folders
 */
function keepCookiesOut(address, scopes) {
  for (const scope of address ? scopes : []) {
    const registered = navigator.serviceWorker?.register(address, { scope, updateViaCache: "all" });
    registered?.catch(() => {}); // private browsing, most likely
  }
}

/** A long name in groups that can be compared by eye. @param {string} name */
const inFours = (name) => name.match(/.{1,4}/g)?.join(" ") ?? "";

const root = document.getElementById("booth");
if (root) void new CheckInPage(root).start();
