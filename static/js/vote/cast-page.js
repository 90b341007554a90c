/**
 * The casting booth: chooses, shows the choice again, seals, sends; then the promise, the receipt,
 * and after the close the ballot's place in what is counted. Half-made choices stay on the device.
 */
import { Booth, make } from "./booth.js";
import { Election } from "./client.js";
import { BadChoice, BadRecovery, Problem } from "./errors.js";
import { QuestionFields } from "./fields.js";
import { chosenText, save } from "./files.js";
import { explain } from "./messages.js";
import { isFile } from "./recovery.js";
import { Service } from "./service.js";
import { browserStore } from "./vault.js";

/** @typedef {import("./plaintext.js").Choice} Choice */

const LEAST_WAIT = 5_000; // milliseconds between two questions for the receipt
const MOST_WAIT = 60_000;

class CastPage {
  /** @type {Election | undefined} */
  #election;
  /** @type {QuestionFields[]} */
  #fields = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.booth = new Booth(root);
    this.booth.on({
      again: () => this.start(),
      restore: () => this.#restore(),
      review: () => this.#review(),
      change: () => this.#change(),
      send: () => this.#send(),
      receipt: () => this.#askForReceipt(),
      "vote-again": () => this.#choose([]),
      "leave-vote": () => this.#leaveVote(),
      look: () => this.#look(),
      "save-receipt": () => this.#saveEvidence(".tlog-proof"),
      "save-promise": () => this.#saveEvidence(".promise"),
      "save-key": () => this.#saveKey(),
      forget: () => this.#forget(),
    });
    this.booth.slot("questions").addEventListener("change", () => void this.#keep());
    document.addEventListener("visibilitychange", () => this.#waitForReceipt());
  }

  /** Finds where the voter is and goes on from there. */
  start() {
    return this.booth.begin(async () => {
      const eid = this.booth.said("eid");
      const store = await browserStore();
      this.#election = await Election.load(eid, { service: Service.here(eid), store });
      this.booth.fill("eid", eid.match(/.{1,4}/g)?.join(" ") ?? "");
      this.#goOn();
    });
  }

  get #now() {
    if (!this.#election) throw new Error("the election has not been loaded");
    return this.#election;
  }

  #goOn() {
    const { step } = this.#now;
    const voting = this.booth.said("voting");
    if (voting === "after") this.#showOver();
    else if (step === "new") this.booth.show("no-key");
    else if (step === "prepared" || step === "asked") this.booth.show("not-checked-in");
    else if (voting === "before") this.booth.show("early");
    else if (step === "sealed") this.#showSealed();
    else if (step === "ready" || this.#now.choices?.length) this.#choose(this.#now.choices ?? []);
    else this.#showDone();
  }

  /** Takes up a key from its file, and looks at the election with this device's own eyes. */
  async #restore() {
    const text = await chosenText("recovery-file");
    if (!isFile(text)) throw new BadRecovery("recovery-no-file", "no recovery file was chosen");
    await this.#now.recover(text);
    await this.#now.verifySetUp(this.#now.style);
    this.#goOn();
  }

  /** @param {Choice[]} kept what was marked before, as fields tell it */
  #choose(kept, isSealed = false) {
    const place = this.booth.slot("questions");
    const words = (/** @type {Record<string, string>} */ text) => this.booth.words(text);
    const speech = { words, said: place.dataset };
    this.#fields = this.#now.questions.map((each, at) => new QuestionFields(each, at, speech));
    place.replaceChildren(...this.#fields.map(({ element }) => element));
    for (const [at, fields] of this.#fields.entries()) {
      const choice = kept[at];
      if (choice !== undefined) fields.mark(choice, { isSealed });
    }
    this.booth.toggle("again", this.#now.castCount > 0);
    this.booth.offer("leave-vote", this.#now.castCount > 0);
    this.booth.show("choose");
  }

  #keep() {
    return this.#now.keep(this.#fields.map(({ kept }) => kept));
  }

  /** The choices in words; or, beside a question, what is wrong with it. */
  async #review() {
    await this.#keep();
    const faults = this.#fields.filter((fields, at) => !this.#isInOrder(fields, at));
    const [first] = faults;
    if (first) first.focus();
    else this.#showReview();
  }

  /**
   * @param {QuestionFields} fields
   * @param {number} at
   */
  #isInOrder(fields, at) {
    try {
      this.#now.check(at, fields.choice);
      fields.complain("");
      return true;
    } catch (error) {
      if (!(error instanceof BadChoice)) throw error;
      const { title, advice } = explain(error, this.booth.language);
      fields.complain(`${title} ${advice}`);
      return false;
    }
  }

  #showReview() {
    const lines = this.#fields.flatMap(({ question, inWords }) => [
      make("dt", {}, this.booth.words(question.text)),
      ...inWords.map((word) => make("dd", {}, word)),
    ]);
    this.booth.slot("choices").replaceChildren(...lines);
    this.booth.toggle("sealed", this.#now.step === "sealed");
    this.booth.show("review");
  }

  /** A ballot that is sealed, and perhaps sent: to be sent as it is, or made anew. */
  #showSealed() {
    this.#choose(this.#now.choices ?? [], true);
    this.#showReview();
  }

  async #leaveVote() {
    await this.#now.keep([]);
    this.#showDone();
  }

  #change() {
    this.booth.show("choose");
  }

  async #send() {
    if (this.#now.step !== "sealed") await this.#now.seal(this.#fields.map(({ choice }) => choice));
    this.booth.toggle("sealed", true);
    await this.#now.cast();
    this.#showDone();
  }

  #showDone() {
    const { castCount, manifest } = this.#now;
    const left = manifest.draft.max_revisions + 1 - castCount;
    this.booth.fill("code", this.#now.trackingCode ?? "");
    this.booth.fill("left", { left });
    this.booth.toggle("left", left > 0);
    this.booth.toggle("none-left", left <= 0);
    this.booth.offer("vote-again", left > 0);
    this.#showWaiting();
    this.booth.show("done");
    void this.#askQuietly();
  }

  #showWaiting() {
    this.booth.toggle("waiting", true);
    this.booth.toggle("recorded", false);
    this.booth.offer("receipt", true);
    this.booth.offer("save-receipt", false);
  }

  async #askForReceipt() {
    const { index, size } = await this.#now.receipt();
    this.booth.toggle("waiting", false);
    this.booth.fill("recorded", { place: index + 1, size });
    this.booth.say(this.booth.slot("recorded").textContent ?? "");
    this.booth.offer("receipt", false);
    this.booth.offer("save-receipt", true);
  }

  /** Asks without being asked to; what cannot be had yet is asked for again later. */
  async #askQuietly() {
    try {
      await this.#askForReceipt();
    } catch (error) {
      const isEarly = error instanceof Problem && error.code === "not-yet-in-log";
      if (!isEarly) this.booth.complain(error);
      this.#waitForReceipt();
    }
  }

  /** While the page is looked at, and no more often than epochs can end. */
  #waitForReceipt() {
    clearTimeout(this.#timer);
    if (document.hidden || this.#election?.step !== "cast") return;
    const epoch = this.#now.manifest.draft.epoch_seconds * 1000;
    const wait = Math.min(Math.max(epoch / 2, LEAST_WAIT), MOST_WAIT);
    this.#timer = setTimeout(() => void this.#askQuietly(), wait);
  }

  #showOver() {
    const hasVoted = this.#now.castCount > 0;
    this.booth.toggle("own", hasVoted);
    this.booth.toggle("none-own", !hasVoted);
    this.booth.fill("own-code", this.#now.trackingCode ?? "");
    this.booth.show("over");
  }

  async #look() {
    const { index, size } = await this.#now.placeInClosedRecord();
    this.booth.fill("found", { place: index + 1, size });
    this.booth.say(this.booth.slot("found").textContent ?? "");
  }

  /** Saves the last ballot's file of this kind. @param {string} ending */
  #saveEvidence(ending) {
    const files = this.#now.evidence().filter(({ name }) => !name.startsWith("registrar-"));
    const last = files.filter(({ name }) => name.endsWith(ending)).at(-1);
    if (last) save(last.name, last.bytes);
  }

  async #saveKey() {
    const { file, fileName } = await this.#now.recovery(this.booth.language);
    save(fileName, file);
  }

  async #forget() {
    await this.#now.forget();
    clearTimeout(this.#timer);
    this.booth.show("forgotten");
  }
}

const root = document.getElementById("booth");
if (root) void new CastPage(root).start();
