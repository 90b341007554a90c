/**
 * The casting booth: chooses, shows the choice again, seals, sends; then the promise, the receipt,
 * and after the close the ballot's place in what is counted. Half-made choices stay on the device.
 */
import { Booth, make } from "./booth.js";
import { Election } from "./client.js";
import { DoneScreen } from "./done-screen.js";
import { BadChoice, BadRecovery, Problem } from "./errors.js";
import { QuestionFields } from "./fields.js";
import { chosenText, save } from "./files.js";
import { explain } from "./messages.js";
import { isFile } from "./recovery.js";
import { Service } from "./service.js";
import { browserStore } from "./vault.js";

/** @typedef {import("./plaintext.js").Choice} Choice */

class CastPage {
  /** @type {Election | undefined} */
  #election;
  /** @type {QuestionFields[]} */
  #fields = [];
  #done;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.booth = new Booth(root);
    this.#done = new DoneScreen(this.booth);
    this.booth.on({
      again: () => this.start(),
      reload: () => location.reload(),
      restore: () => this.#restore(),
      review: () => this.#review(),
      change: () => this.#change(),
      send: () => this.#send(),
      "vote-again": () => this.#choose([]),
      "leave-vote": () => this.#leaveVote(),
      look: () => this.#look(),
      "save-key": () => this.#saveKey(),
      forget: () => this.#forget(),
    });
    this.booth.slot("questions").addEventListener("change", () => void this.#keep());
  }

  /** Finds where the voter is and goes on from there. */
  start() {
    return this.booth.begin(async () => {
      const eid = this.booth.said("eid");
      const store = await browserStore();
      const service = Service.here(eid, { boxOrigin: this.booth.said("box") });
      this.#election = await Election.load(eid, { service, store });
      this.#done.of(this.#election);
      this.booth.fill("eid", eid.match(/.{1,4}/g)?.join(" ") ?? "");
      await this.#goOn();
    });
  }

  get #now() {
    if (!this.#election) throw new Error("the election has not been loaded");
    return this.#election;
  }

  async #goOn() {
    const { step } = this.#now;
    const voting = this.booth.said("voting");
    if (voting === "after") await this.#showOver();
    else if (step === "new") this.booth.show("no-key");
    else if (step === "prepared" || step === "asked") this.booth.show("not-checked-in");
    else if (voting === "before") this.booth.show("early");
    else if (step === "sealed") this.#showSealed();
    else if (step === "ready" || this.#now.choices?.length) this.#choose(this.#now.choices ?? []);
    else this.#done.show();
  }

  /** Takes up a key from its file, and looks at the election with this device's own eyes. */
  async #restore() {
    const text = await chosenText("recovery-file");
    if (!isFile(text)) throw new BadRecovery("recovery-no-file", "no recovery file was chosen");
    await this.#now.recover(text);
    await this.#now.verifySetUp(this.#now.style);
    await this.#goOn();
  }

  /** @param {Choice[]} kept what was marked before, as fields tell it */
  #choose(kept, isSealed = false) {
    const place = this.booth.slot("questions");
    const words = (/** @type {Record<string, string>} */ text) => this.booth.words(text);
    const format = new Intl.NumberFormat(this.booth.language);
    const written = (/** @type {number} */ number) => format.format(number);
    const speech = { words, said: place.dataset, written };
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
    this.#done.show();
  }

  #change() {
    this.booth.show("choose");
  }

  async #send() {
    if (this.#now.step !== "sealed") await this.#now.seal(this.#fields.map(({ choice }) => choice));
    this.booth.toggle("sealed", true);
    await this.#now.cast();
    this.#done.show();
  }

  /** What was sent and not answered is sent again: the box answers what it has, also now. */
  async #showOver() {
    if (this.#now.step === "sealed") {
      await this.#now.cast().catch((error) => {
        if (!(error instanceof Problem)) throw error;
      });
    }
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

  async #saveKey() {
    const { file, fileName } = await this.#now.recovery(this.booth.language);
    save(fileName, file);
  }

  async #forget() {
    await this.#now.forget();
    this.#done.stop();
    this.booth.show("forgotten");
  }
}

const root = document.getElementById("booth");
if (root) void new CastPage(root).start();
