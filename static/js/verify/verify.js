/**
 * The forty checks of protocol section 10 on one public record, in the browser or in Node: the
 * second implementation, written beside `ballots/verifier` and giving the same codes.
 *
 * `verify(source, {beside, client, progress, language}) → Report`; sources are made by
 * `reading.js` (a zip, a folder of files, an address). Never throws for whatever stands in a
 * record, only Unreadable where there is none, and NeedsNewerBrowser.
 *
 * In reading order: `verdict`, `reading`, `election`; `logs` (how a log goes by), `checks` (a
 * function per number), `bulk` (entries by the bundle), `stages` (what leans on what), `report`.
 */
import { checkSupport } from "../vote/ed25519.js";
import { v01Suite } from "./checks/setup.js";
import { findOwn } from "./own.js";
import { bytesOf } from "./reading.js";
import { reportOn } from "./report.js";
import { Absent } from "./source.js";
import { checkBeside, readBeside, summarise } from "./stages/beside.js";
import { checkBallots, checkCheckIns, checkRoll } from "./stages/boxes.js";
import { Case } from "./stages/case.js";
import { checkClosing } from "./stages/closing.js";
import { checkCount } from "./stages/count.js";
import { checkDocuments, checkSetup } from "./stages/setup.js";
import { CODES, Findings } from "./verdict.js";

/** @typedef {Blob | Uint8Array} Octets */
/** @typedef {import("../vote/draft.js").Draft} Draft */
/** @typedef {import("./source.js").Source} Source */
/** @typedef {import("./stages/case.js").Progress} Progress */
/**
 * @typedef {object} Given beside the record
 * @property {{name: string, bytes: Octets}[]} [beside]
 * @property {[path: string, Octets][] | null} [client] the served voting page
 * @property {Progress} [progress]
 * @property {import("./texts.js").Language} [language]
 */
/**
 * @typedef {object} Verification what the checks found
 * @property {Findings} findings
 * @property {Draft | null} draft where the manifest could be read
 * @property {Summary | null} summary where the election is finished
 * @property {Record<string, any> | null} outcome the value that `result.json` should have
 * @property {Own[]} own
 */
/**
 * @typedef {object} Report plain values, fit for postMessage and JSON
 * @property {{code: string, ok: boolean | null, title: string, message: string}[]} verdicts V01
 *   to V40; `ok` null is missing evidence; `title` in the reader's language, `message` in English
 * @property {0 | 1 | 2} exitCode all passed, election invalid, evidence missing
 * @property {string[]} lines the whole report in words, as the command line prints it
 * @property {string} sentence the last of them: what follows from all
 * @property {string} election its title, or ""
 * @property {{text: string, winners: string[], totals: {name: string, total: number}[] | null,
 *   valid: number, blank: number, drawn: boolean}[]} questions recounted; empty if unfinished
 * @property {Summary | null} summary the numbers of V40
 * @property {Own[]} own what was found of recovery files that were handed in
 */
/**
 * @typedef {object} Summary
 * @property {number} rollSize
 * @property {number} voted
 * @property {number} checkedIn
 * @property {Record<number, number>} checkIns by kind: 0 session, 1 passkey, 2 desk
 * @property {number} deskWithPasskey
 * @property {Record<number, number>} statuses by status 0..5
 * @property {number[]} struck rows that the organiser struck and that checked in
 * @property {[percent: number, people: number][]} toAsk
 */
/**
 * @typedef {object} Own
 * @property {string} name the file's
 * @property {string} problem "", or a code of `messages.js` where the file is none of this election
 * @property {boolean} isOfThisElection
 * @property {number | null} checkIn entry of the voter's row in the check-in log, if there is one
 * @property {boolean} isMine whether that check-in was made with this file's secret
 * @property {{index: number, seq: number, status: number | null}[]} ballots of the voter's key
 */

const MOST_MANIFEST_BYTES = 65_000;
const MOST_BESIDE_BYTES = 2 ** 20;
const OF_LOGS = ["V10", "V11", "V12", "V14", "V15"];

/**
 * Checks a record and says what it found, in the reader's language.
 * @param {Source} source
 * @param {Given} [given]
 * @returns {Promise<Report>}
 */
export async function verify(source, given = {}) {
  await checkSupport();
  return reportOn(await examine(source, given), given.language ?? "en");
}

/**
 * All forty checks, in the order in which they lean on one another.
 * @param {Source} source
 * @param {Given} given
 * @returns {Promise<Verification>}
 */
async function examine(source, { beside = [], client = null, progress = () => {} }) {
  const findings = new Findings();
  const verified = await open(source, findings, progress);
  const nothing = { findings, draft: null, summary: null, outcome: null, own: [] };
  if (!verified) return nothing;
  const files = await Promise.all(
    beside.map(async ({ name, bytes }) => {
      return { name, octets: await bytesOf(bytes.slice(0, MOST_BESIDE_BYTES)) };
    }),
  );
  await checkDocuments(verified);
  await readBeside(verified, files);
  await verified.openNotes();
  await checkSetup(verified);
  await checkBallots(verified);
  await checkRoll(verified);
  await checkCheckIns(verified);
  findings.examine(...OF_LOGS);
  await checkClosing(verified);
  await checkCount(verified);
  await checkBeside(verified, await clientFiles(client));
  const summary = summarise(verified);
  const own = await findOwn(verified, files);
  return { findings, draft: verified.election.draft, summary, outcome: verified.outcome, own };
}

/** @param {[path: string, Octets][] | null} client */
async function clientFiles(client) {
  if (!client) return null;
  /** @type {[path: string, import("../vote/bytes.js").Bytes][]} */
  const files = [];
  for (const [path, octets] of client) files.push([path, await bytesOf(octets)]);
  return files;
}

/**
 * The case of a record whose manifest can be worked with; null where all else is missing.
 * @param {Source} source
 * @param {Findings} findings
 * @param {Progress} progress
 */
async function open(source, findings, progress) {
  try {
    const document = await source.read("manifest.json", MOST_MANIFEST_BYTES);
    const election = await v01Suite(source, document);
    findings.examine("V01");
    return new Case({ source, election, findings, progress });
  } catch (thrown) {
    if (thrown instanceof Absent) findings.miss(CODES, thrown.message);
    else {
      findings.take(thrown, "manifest.json");
      findings.examine("V01");
      findings.miss(CODES.filter((code) => code !== "V01"), "a manifest to go by");
    }
    return null;
  }
}
