/**
 * The verifier's page: choose a record, watch forty checks, read one sentence, pass it on. The work
 * is done by a worker (`worker.js`), and nothing that is handed in leaves the device.
 */
import { Booth, fillPlaces } from "../../vote/booth.js";
import { save } from "../../vote/files.js";
import { Checking } from "./checking.js";
import { Choice } from "./choice.js";
import * as lists from "./findings.js";
import { asJson, asText, hashOf } from "./shared.js";
import { BEFORE_TICKING, Stages } from "./stages.js";

/** @typedef {import("../verify.js").Report} Report */
/** @typedef {import("./shared.js").Checked} Checked */
/** @typedef {import("./checking.js").Progress} Progress */

const CHECKS = 40;
const TICK = 28; // milliseconds from one check to the next, for those who like to watch
const AFTERWARDS = ["copy", "save-text", "save-json", "another"];

class VerifyPage {
  /** @type {Checking | null} */
  #checking = null;
  /** @type {Report | null} */
  #report = null;
  /** @type {Checked} */
  #checked = { record: "", sha256: "", at: new Date(0), seconds: 0 };
  #choice;
  #heading;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.booth = new Booth(root);
    this.#choice = new Choice(root, (part, files) => this.#name(part, files));
    this.#heading = /** @type {HTMLElement} */ (document.getElementById("screen-run"));
    this.#heading.dataset["working"] = this.#heading.textContent ?? "";
    const shared = () => asText(this.#done, this.#checked);
    this.booth.on({
      start: () => this.#start(),
      leave: () => this.#leave(),
      another: () => this.#leave(),
      copy: () => this.#copy(shared()),
      "save-text": () => save(this.#fileName("txt"), shared()),
      "save-json": () => save(this.#fileName("json"), asJson(this.#done, this.#checked)),
    });
    root.hidden = false;
  }

  get #done() {
    if (!this.#report) throw new Error("nothing has been checked yet");
    return this.#report;
  }

  /** @returns {import("../texts.js").Language} */
  get #language() {
    return this.booth.language === "id" ? "id" : "en";
  }

  /** @param {number} value */
  #written = (value) => new Intl.NumberFormat(this.booth.language).format(value);

  /**
   * Says what was chosen.
   * @param {string} part
   * @param {File[]} files
   */
  #name(part, files) {
    const [record] = files;
    if (part === "beside") {
      this.booth.fill("beside-names", { names: files.map(({ name }) => name).join(", ") });
    } else if (record) {
      this.booth.fill("record-name", { name: record.name, size: Math.ceil(record.size / 1000) });
    }
    this.booth.toggle(part === "beside" ? "beside-names" : "record-name", files.length > 0);
  }

  #start() {
    const { address, file, beside, title } = this.#choice;
    if (!address && !file) return this.#choice.focusFile();
    const record = address ?? file?.name ?? "";
    this.#checked = { record, sha256: "", at: new Date(), seconds: 0 };
    this.#clear(address ? title : record);
    const stages = new Stages();
    const language = this.#language;
    const asked = address ? { address, beside, language } : { file, beside, language };
    this.#checking = new Checking(this.booth.said("worker"), asked, {
      progress: (progress) => this.#progress(stages, progress),
      report: (report) => this.#show(report, address ? null : file),
      failed: (sentence, why) => this.#stop(sentence, why),
      broken: (error) => this.#fail(error),
    });
    return null;
  }

  /** An empty screen of forty checks that are still to be made. @param {string} about */
  #clear(about) {
    this.#report = null;
    this.#heading.className = "";
    this.#heading.textContent = this.#heading.dataset["working"] ?? "";
    this.booth.fill("about", about);
    for (const name of ["findings", "results", "own", "facts", "turnout", "copied"]) this.booth.toggle(name, false);
    for (const name of AFTERWARDS) this.booth.offer(name, false);
    this.booth.slot("checks").replaceChildren(...lists.untold(this.#language));
    this.booth.toggle("stage", true);
    this.booth.toggle("cancel", true);
    this.#tell("reading", { done: 0, of: 0 });
    this.#bar(0);
    this.booth.show("run");
  }

  /**
   * @param {Stages} stages
   * @param {Progress} progress
   */
  #progress(stages, { stage, done, of }) {
    this.#bar(stages.reach(stage, done, of));
    this.#tell(stage, { done, of });
  }

  /** The sentence of a stage. @param {string} stage @param {Record<string, number>} numbers */
  #tell(stage, numbers) {
    const slot = this.booth.slot("stage");
    const name = stage.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
    const sentence = slot.dataset[name];
    if (sentence === undefined) return;
    const pairs = Object.entries(numbers).map(([key, value]) => [key, this.#written(value)]);
    slot.textContent = fillPlaces(sentence, Object.fromEntries(pairs));
    // Who listens hears of each stage once, and not of every step.
    if (slot.dataset["spoken"] === stage) return;
    slot.dataset["spoken"] = stage;
    this.booth.say(slot.textContent);
  }

  /** @param {number} percent */
  #bar(percent) {
    const bar = document.getElementById("verifier-progress");
    if (bar instanceof HTMLProgressElement) bar.value = percent;
  }

  /**
   * @param {Report} report
   * @param {File | null} file
   */
  async #show(report, file) {
    const run = this.#checked;
    run.seconds = Math.round((Date.now() - run.at.getTime()) / 100) / 10;
    run.sha256 = file ? await hashOf(file) : "";
    await this.#tick(report, run);
    if (run !== this.#checked) return; // the reader has left meanwhile
    this.#report = report;
    this.#heading.textContent = report.sentence;
    this.#heading.className = report.exitCode === 1 ? "verdict bad" : "verdict";
    this.booth.fill("about", [report.election, this.#checked.record].filter(Boolean).join(" · "));
    const passed = report.verdicts.filter(({ ok }) => ok === true).length;
    this.booth.fill("facts", { passed, all: CHECKS, seconds: this.#checked.seconds });
    this.booth.toggle("stage", false);
    this.booth.toggle("cancel", false);
    const { heading = "" } = this.booth.slot("findings").dataset;
    this.#put("findings", lists.findings(report.verdicts, heading));
    if (report.summary) {
      const { rollSize, checkedIn, voted } = report.summary;
      this.booth.fill("turnout", { rollSize, checkedIn, voted });
    }
    this.#put("results", lists.results(report, this.#said("results"), this.#written));
    this.#put("own", lists.own(report.own, this.#said("own"), this.#written));
    for (const name of AFTERWARDS) this.booth.offer(name, true);
    this.#heading.focus({ preventScroll: true });
    this.booth.root.scrollIntoView({ block: "start" });
    this.booth.say(report.sentence);
  }

  /**
   * Ticks off one check after the other, as long as this run is the one that is shown.
   * @param {Report} report
   * @param {Checked} run
   */
  async #tick({ verdicts }, run) {
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const place = this.booth.slot("checks");
    for (const [at, verdict] of verdicts.entries()) {
      if (run !== this.#checked) return;
      place.children[at]?.replaceWith(lists.told(verdict, place.dataset));
      this.#bar(BEFORE_TICKING + ((100 - BEFORE_TICKING) * (at + 1)) / verdicts.length);
      if (isStill) continue;
      this.#tell("ticking", { done: at + 1, of: verdicts.length });
      await new Promise((resolve) => setTimeout(resolve, TICK));
    }
  }

  /** @param {string} name */
  #said(name) {
    return this.booth.slot(name).dataset;
  }

  /**
   * @param {string} name
   * @param {HTMLElement[]} parts
   */
  #put(name, parts) {
    this.booth.slot(name).replaceChildren(...parts);
    this.booth.toggle(name, parts.length > 0);
  }

  /**
   * Says that there is no record, or that the verifier failed.
   * @param {string} sentence
   * @param {string} why in English, for whoever wants to know
   */
  #stop(sentence, why) {
    this.booth.fill("stopped-advice", sentence);
    this.booth.fill("stopped-why", why);
    this.booth.show("stopped");
  }

  /** @param {Error} error */
  #fail(error) {
    void this.booth.begin(() => {
      throw error;
    });
  }

  #leave() {
    this.#checking?.stop();
    this.#checked = { ...this.#checked };
    this.booth.show("choose");
  }

  /** @param {string} text */
  async #copy(text) {
    await navigator.clipboard.writeText(text);
    this.booth.toggle("copied", true);
  }

  /** @param {string} ending */
  #fileName(ending) {
    const [day = ""] = this.#checked.at.toISOString().split("T");
    return `suara-report-${day}.${ending}`;
  }
}

const root = document.getElementById("verifier");
if (root?.dataset["worker"]) new VerifyPage(root);
