/** One run of the verifier in its worker. */

/** @typedef {import("../verify.js").Report} Report */
/** @typedef {{stage: string, done: number, of: number}} Progress */
/**
 * @typedef {({kind: "progress"} & Progress) | {kind: "report", report: Report}
 *   | {kind: "failed", sentence: string, why: string}} Said by the worker
 */
/**
 * @typedef {object} Hearer
 * @property {(progress: Progress) => void} progress
 * @property {(report: Report) => unknown} report
 * @property {(sentence: string, why: string) => void} failed there was no record to read
 * @property {(error: Error) => void} broken the worker itself could not be loaded or run
 */

/** Runs until it has told its report, or until it is stopped. */
export class Checking {
  #worker;

  /**
   * @param {string} script the worker's address
   * @param {object} asked what `worker.js` says it takes
   * @param {Hearer} hearer
   */
  constructor(script, asked, hearer) {
    this.#worker = new Worker(script, { type: "module" });
    this.#worker.addEventListener("message", ({ data }) => this.#hear(data, hearer));
    this.#worker.addEventListener("error", ({ message }) => {
      this.stop();
      hearer.broken(new Error(message));
    });
    this.#worker.postMessage(asked);
  }

  /** Ends the work, finished or not. */
  stop() {
    this.#worker.terminate();
  }

  /**
   * @param {Said} said
   * @param {Hearer} hearer
   */
  #hear(said, hearer) {
    if (said.kind === "progress") return hearer.progress(said);
    this.stop();
    if (said.kind === "report") return void hearer.report(said.report);
    return hearer.failed(said.sentence, said.why);
  }
}
