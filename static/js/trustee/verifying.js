/**
 * The verifier at work on a whole record, before a share is released.
 */
import { Archive } from "../verify/archive.js";
import { Stopped } from "./errors.js";

/** @typedef {import("../verify/verify.js").Report} Report */

const MOST_BYTES = 2 ** 26; // of one file of a record
const LAST_BEFORE_SHARES = 29; // V01 to V29 lean on nothing that the shares open
const ALSO_BEFORE_SHARES = ["V38", "V39"];
const WRONG_SHARE_OF_ANOTHER = "V30"; // the right ones may be enough (A56)

/**
 * Throws Stopped `record-not-right` unless everything passes that can before the shares.
 * @param {Report["verdicts"]} verdicts
 */
export function checkVerdicts(verdicts) {
  const bad = verdicts.filter(({ code, ok }) => {
    if (ok === false) return code !== WRONG_SHARE_OF_ANOTHER;
    const isBefore = Number(code.slice(1)) <= LAST_BEFORE_SHARES;
    return ok === null && (isBefore || ALSO_BEFORE_SHARES.includes(code));
  });
  if (verdicts.length === 0 || bad.length > 0) {
    const why = bad.map(({ code, title, message }) => `${code} ${title}: ${message}.`).join(" ");
    throw new Stopped("record-not-right", why, { why });
  }
}

/**
 * Checks a record with the verifier's worker; gives what reads its files: the very bytes that were
 * checked.
 * @param {Blob} file
 * @param {{script: string, language: string, tell: (done: number, of: number) => void}} means
 * @returns {Promise<import("./opening.js").Read>}
 */
export async function verifyRecord(file, { script, language, tell }) {
  if (script === "") throw new Stopped("no-verifier", "the worker has not been built");
  const report = await reportOf(file, { script, language, tell });
  checkVerdicts(report.verdicts);
  const archive = await Archive.open(file);
  return (path) => archive.read(path, MOST_BYTES);
}

/**
 * @param {Blob} file
 * @param {{script: string, language: string, tell: (done: number, of: number) => void}} means
 * @returns {Promise<Report>}
 */
function reportOf(file, { script, language, tell }) {
  const worker = new Worker(script, { type: "module" });
  const report = new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => {
      if (data.kind === "progress") tell(data.done, data.of);
      if (data.kind === "report") resolve(data.report);
      if (data.kind === "failed") {
        reject(new Stopped("record-not-right", data.why, { why: data.sentence }));
      }
    };
    worker.onerror = () => reject(new Stopped("no-verifier", "the worker does not run"));
  });
  worker.postMessage({ file, beside: [], language });
  return report.finally(() => worker.terminate());
}
