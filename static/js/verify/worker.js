/**
 * The verifier in a module worker, so that the page stays alive while it works. Nothing that is
 * handed in leaves the device: the only requests are for files of the record at `address`.
 *
 * The page says once: `{address | file | files, beside, language}`
 *   address   http(s) address of a record, or of a `.suara` file
 *   file      a `.suara` as File, Blob or bytes
 *   files     a record's folder: [path below the record, Blob or bytes] each
 *   beside    [{name, bytes}] with Blob or bytes: `*.promise`, `*.tlog-proof`, `*.checkpoint`,
 *             and recovery files (any other name; told apart by what they hold)
 *   client    the served voting page's files, [path, Blob or bytes] each; may be left out
 *   language  "en" or "id"
 * The worker answers, as often as it likes, `{kind: "progress", stage, done, of}`, then once
 *   `{kind: "report", report}` (see `verify.js`), or
 *   `{kind: "failed", sentence, why}` where there is no record to read, or the verifier failed.
 */
import { Folder, openAddress, openFile } from "./reading.js";
import { Absent } from "./source.js";
import { LAST_SENTENCES } from "./texts.js";
import { verify } from "./verify.js";

/** @typedef {Blob | Uint8Array} Octets */
/**
 * @typedef {object} Asked
 * @property {string} [address]
 * @property {Octets} [file]
 * @property {[path: string, Octets][]} [files]
 * @property {{name: string, bytes: Octets}[]} [beside]
 * @property {[path: string, Octets][]} [client]
 * @property {"en" | "id"} language
 */

const scope = /** @type {any} */ (globalThis); // a worker's own names, which the page's types lack

/** What a consultation's record holds and an election's never does. */
const OF_CONSULTATION = "consultation.json";
/** @type {Record<"en" | "id", string>} */
const ELSEWHERE = {
  en: "This is the record of a consultation. Its comments and answers are checked on your computer, with: suara verify FILE.suara",
  id: "Ini catatan sebuah konsultasi. Pendapat dan jawabannya diperiksa di komputer Anda, dengan: suara verify BERKAS.suara",
};

const LEAST_PAUSE = 50; // milliseconds between two words of progress

scope.addEventListener("message", async (/** @type {{data: Asked}} */ { data: asked }) => {
  scope.postMessage(await answer(asked));
});

/** @param {Asked} asked */
async function answer({ language, beside = [], client, ...where }) {
  try {
    const source = await sourceOf(where);
    if (await isOfConsultation(source)) {
      return { kind: "failed", sentence: ELSEWHERE[language], why: `found ${OF_CONSULTATION}` };
    }
    const given = { beside, client: client ?? null, language, progress: tell() };
    return { kind: "report", report: await verify(source, given) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { kind: "failed", sentence: LAST_SENTENCES[3]?.[language] ?? "", why };
  }
}

/** @param {import("./source.js").Source} source */
async function isOfConsultation(source) {
  try {
    await source.read(OF_CONSULTATION, 1);
    return true;
  } catch (error) {
    if (error instanceof Absent) return false;
    throw error;
  }
}

/** @param {Pick<Asked, "address" | "file" | "files">} where */
async function sourceOf({ address, file, files }) {
  if (file) return openFile(file);
  return files ? new Folder(files) : openAddress(address ?? "");
}

/** Tells the page how far the work is, not more often than it can show. */
function tell() {
  let last = 0;
  return (/** @type {string} */ stage, /** @type {number} */ done, /** @type {number} */ of) => {
    const now = performance.now();
    if (done < of && now - last < LEAST_PAUSE) return;
    last = now;
    scope.postMessage({ kind: "progress", stage, done, of });
  };
}
