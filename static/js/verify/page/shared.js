/**
 * The report as it is passed on: everything about the record, nothing about who checked it. What
 * was found of the checker's own files stays out, for it would show which ballot is theirs.
 */

/** @typedef {import("../verify.js").Report} Report */
/** @typedef {Report["verdicts"][number]} Verdict */
/**
 * @typedef {object} Checked what was checked, when, and how long it took
 * @property {string} record its address, or the file's name
 * @property {string} sha256 of the file, hexadecimal; empty for an address
 * @property {Date} at
 * @property {number} seconds
 */

/** Checks whose good message speaks of files that the checker handed in. */
const OF_OWN_FILES = new Set(["V13", "V26", "V39"]);
const MOST_HASHED_BYTES = 2 ** 28; // a larger file is not read once more for its hash

/**
 * @param {Report} report
 * @param {Checked} checked
 */
export function asText(report, checked) {
  const kept = new Map(report.verdicts.filter(isOfOwnFiles).map((each) => [each.code, each.title]));
  const lines = report.lines.map((line) => {
    const [, code = ""] = /^\S*\s+(V\d\d) /.exec(line) ?? [];
    const title = kept.get(code);
    return title === undefined ? line : `${line.slice(0, line.indexOf(code))}${code} ${title}`;
  });
  const hash = checked.sha256 ? [`SHA-256 ${checked.sha256}`] : [];
  const head = [report.election, checked.record, ...hash, checked.at.toISOString()];
  return `${[...head, "", ...lines].join("\n")}\n`;
}

/**
 * @param {Report} report
 * @param {Checked} checked
 */
export function asJson(report, { record, sha256, at, seconds }) {
  const { verdicts, exitCode, sentence, election, questions, summary } = report;
  const said = verdicts.map((each) => (isOfOwnFiles(each) ? { ...each, message: each.title } : each));
  const checked = { record, sha256, at: at.toISOString(), seconds };
  const whole = { election, sentence, exitCode, checked, verdicts: said, questions, summary };
  return `${JSON.stringify(whole, null, 2)}\n`;
}

/**
 * The SHA-256 of a file, hexadecimal; empty for one too large to be held whole.
 * @param {File} file
 */
export async function hashOf(file) {
  if (file.size > MOST_HASHED_BYTES) return "";
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
  return [...hash].map((octet) => octet.toString(16).padStart(2, "0")).join("");
}

/** @param {Verdict} verdict */
const isOfOwnFiles = ({ code, ok }) => ok === true && OF_OWN_FILES.has(code);
