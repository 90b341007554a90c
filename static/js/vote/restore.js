/**
 * The voter's secret out of this device and into another one.
 */
import { b64url } from "./bytes.js";
import { prepare } from "./check-in.js";
import { OutOfTurn } from "./errors.js";
import { remarks } from "./messages.js";
import { isFile, readFile, readWords, writeFile, writeWords } from "./recovery.js";

/** @typedef {import("./context.js").Context} Context */
/** @typedef {import("./vault.js").Record} Record */

/**
 * The secret as words and as a file, with remarks in the voter's language.
 * @param {Context} context
 * @param {Record} record
 * @param {string} language
 */
export async function writeRecovery({ manifest }, { row, style, seed, credentials }, language) {
  const { eid } = manifest;
  const file = await writeFile({ eid, row, style, seed, credentials }, remarks(language));
  const fileName = `suara-${b64url(eid).slice(0, 8)}.txt`;
  return { words: await writeWords(seed), file, fileName };
}

/**
 * Takes up the secret of a recovery file, or of words for a row of the roll.
 * @param {Context} context
 * @param {string} text
 * @param {{row: number, style: number}} [row] needed for words, which do not say it
 */
export async function restore(context, text, row) {
  if (isFile(text)) {
    const found = await readFile(text, context.manifest.eid);
    return prepare(context, found, found);
  }
  const seed = await readWords(text);
  if (!row) throw new OutOfTurn("words-need-sign-in", "the words do not say whose row is theirs");
  return prepare(context, row, { seed });
}
