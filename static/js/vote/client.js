/**
 * A voter's way through one election, for the pages that show it. Every step is durable before it
 * resolves and may be repeated: after a reload `load` finds the place and `step` names it.
 *
 *   const service = Service.here(eid, { votes: "/id/votes/taman/", csrf });      // service.js
 *   const election = await Election.load(eid, { service, store: await browserStore() });
 *
 *   // the check-in page (signed in)
 *   const row = await election.rollRow();            // {row, style, voterId, …}, verified
 *   await election.verifySetUp(row.style, (check) => tick(check));   // CHECKS of checks.js
 *   await election.prepare(row);                     // makes and stores the seed; step "prepared"
 *   const { words, file, fileName } = await election.recovery("id");  // offer them now
 *   await election.checkIn();                        // step "ready": the credential is here
 *   // or, on a new device: await election.recover(textOrFile, row), then checkIn() again
 *
 *   // the casting page (no cookie)
 *   election.questions                               // of the voter's style, texts by language
 *   election.check(0, choice)                        // throws BadChoice, to show while ticking
 *   await election.keep(choices)                     // optional: ticks survive a reload
 *   await election.seal(choices);                    // step "sealed"; nothing has been sent
 *   await election.cast();                           // step "cast": promised; see `trackingCode`
 *   await election.receipt();                        // step "received"; before that a Problem
 *                                                    //   with code "not-yet-in-log"
 *   await election.seal(otherChoices); await election.cast();   // votes again, the last one counts
 *   election.checkCode                               // for a second device, second-device.js
 *   election.evidence()                              // files that a verifier takes
 *   await election.placeInClosedRecord();            // after the close: is it in the count?
 *   await election.forget();                         // wipes the secrets from this device
 *
 * Whatever is thrown is a VoteError; `explain(error, language)` of messages.js has its words. The
 * form of a choice is told at the head of plaintext.js.
 */
import { cast, seal } from "./casting.js";
import { askForCredentials, bySession, prepare } from "./check-in.js";
import { checkSetUp, readElection } from "./checks.js";
import { remember } from "./context.js";
import { questionsOf } from "./draft.js";
import { checkSupport } from "./ed25519.js";
import { OutOfTurn } from "./errors.js";
import { checkClosedAfter } from "./in-record.js";
import { checkRule } from "./plaintext.js";
import { checkCodeOf, evidenceOf, stepOf, trackingCodeOf } from "./progress.js";
import { fetchReceipt } from "./receipt.js";
import { restore, writeRecovery } from "./restore.js";
import { checkRow } from "./roll.js";

/** @typedef {import("./context.js").Context} Context */
/** @typedef {import("./plaintext.js").Choice} Choice */
/** @typedef {import("./roll.js").RollRow} RollRow */
/** @typedef {import("./vault.js").Record} Record */

/** One election, and what this device remembers of it. Made by `load`. */
export class Election {
  /** @type {Context} */
  #context;
  /** @type {Record | undefined} */
  #record;
  /** @type {Awaited<ReturnType<typeof checkSetUp>> | undefined} */
  #trust;

  /**
   * @param {Context} context
   * @param {Record | undefined} record
   */
  constructor(context, record) {
    this.#context = context;
    this.#record = record;
  }

  /**
   * The election of this name: its manifest's hash, checked, with the checks `identity` and
   * `policy`. Throws NeedsNewerBrowser, NotTrusted, Unreachable.
   * @param {string} eid base64url
   * @param {Pick<Context, "service" | "store">} means
   */
  static async load(eid, { service, store }) {
    await checkSupport();
    const { manifest, policy } = await readElection(eid, service.recordFile);
    return new Election({ eid, manifest, policy, service, store }, await store.read(eid));
  }

  /** The manifest, for texts and dates. */
  get manifest() {
    return this.#context.manifest;
  }

  /** Where the voter is: "new", "prepared", "asked", "ready", "sealed", "cast" or "received". */
  get step() {
    return stepOf(this.#record, this.manifest.draft.registrars.k);
  }

  /** The voter's ballot style; OutOfTurn before `prepare`. */
  get style() {
    return this.#known.style;
  }

  /** The questions of the voter's style; OutOfTurn before `prepare`. */
  get questions() {
    return questionsOf(this.manifest.draft, this.#known.style);
  }

  /** What is ticked: kept by `keep` or `seal` and not cast yet. */
  get choices() {
    return this.#record?.choices ?? null;
  }

  /** The code of the sealed or else the last cast ballot; null before there is one. */
  get trackingCode() {
    return trackingCodeOf(this.#record);
  }

  /** How many ballots were cast from this device. */
  get castCount() {
    return this.#record?.history.length ?? 0;
  }

  /** What a second device scans to open that ballot; null before there is one. */
  get checkCode() {
    return checkCodeOf(this.#record, this.manifest.eid);
  }

  /** The voter's row of the roll, verified; asks the signed-in site. */
  async rollRow() {
    return checkRow(await this.#context.service.rollRow(), this.manifest.roll);
  }

  /**
   * The checks of protocol section 6.1; `report` is told each one's name as it passes. Throws
   * NotTrusted, whose `facts.check` is the name of the one that failed.
   * @param {number} style
   * @param {(check: string) => void} [report]
   */
  async verifySetUp(style, report = () => {}) {
    for (const check of ["identity", "policy"]) report(check); // made by `load`
    const means = { fetch: this.#context.service.recordFile, report };
    this.#trust = await checkSetUp(this.#context, style, means);
  }

  /**
   * Makes the voter's secret and stores it; keeps the one that is there.
   * @param {RollRow} row
   */
  async prepare(row) {
    await this.#act(() => prepare(this.#context, row));
  }

  /**
   * The secret on paper and as a file, with remarks in the voter's language.
   * @param {string} language
   */
  recovery(language) {
    return writeRecovery(this.#context, this.#known, language);
  }

  /**
   * Takes up the secret of a recovery file, or of words for the row that the signed-in site gave.
   * @param {string} text
   * @param {RollRow} [row] needed for words only
   */
  async recover(text, row) {
    await this.#act(() => restore(this.#context, text, row));
  }

  /**
   * Asks for the credential; after `verifySetUp` and `prepare`. Repeating it asks the same again.
   * @param {import("./check-in.js").Authorise} [authorise] for a row with a passkey: the WebAuthn
   *   evidence over the digest that it is given
   */
  async checkIn(authorise = bySession) {
    if (!this.#trust) await this.verifySetUp(this.#known.style);
    const { keys = [], checkpoint = null } = this.#trust ?? {};
    await this.#change((now) => ({ ...now, checkpoint: now.checkpoint ?? checkpoint }));
    await this.#act(() => askForCredentials(this.#context, keys, authorise));
  }

  /**
   * Throws BadChoice unless question number `at` allows this choice.
   * @param {number} at
   * @param {Choice} choice
   */
  check(at, choice) {
    const question = this.questions[at];
    if (question) checkRule(question, choice);
  }

  /** Stores what is ticked. @param {Choice[]} choices */
  keep(choices) {
    return this.#change((now) => ({ ...now, choices }));
  }

  /**
   * Seals one choice per question and stores the ballot; nothing is sent.
   * @param {Choice[]} choices
   */
  async seal(choices) {
    await this.#act(() => seal(this.#context, choices));
  }

  /** Sends the sealed ballot; resolves when the box's promise is verified and stored. */
  async cast() {
    await this.#act(() => cast(this.#context));
  }

  /** The receipt of the last ballot, verified: its place in the log, `{index, size}`. */
  async receipt() {
    const { index, size } = await this.#act(() => fetchReceipt(this.#context));
    return { index, size };
  }

  /**
   * After the close: the last ballot's place in the closed record, `{index, size}`; BadProof where
   * the organiser has not closed it yet.
   */
  async placeInClosedRecord() {
    const newest = () => fetchReceipt(this.#context, { isNewest: true });
    const { index, size, checkpoint } = await this.#act(newest);
    await checkClosedAfter(this.#context, index, checkpoint);
    return { index, size };
  }

  /** What this voter can hand to a verifier: `{name, bytes}` of each file. */
  evidence() {
    return evidenceOf(this.#known);
  }

  /** Wipes everything about this election from this device. */
  async forget() {
    const { store, eid } = this.#context;
    await this.#act(() => store.change(eid, () => undefined));
  }

  get #known() {
    if (!this.#record) throw new OutOfTurn("not-prepared", "nothing is known of this election");
    return this.#record;
  }

  /** @param {(record: Record) => Record} change */
  async #change(change) {
    this.#record = await remember(this.#context, change);
  }

  /**
   * @template T
   * @param {() => Promise<T>} act
   * @returns {Promise<T>}
   */
  async #act(act) {
    try {
      return await act();
    } finally {
      const { store, eid } = this.#context;
      this.#record = await store.read(eid);
    }
  }
}
