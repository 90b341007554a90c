/**
 * What happened and what to do, in a trustee's words.
 */
import { fillPlaces } from "../vote/booth.js";
import { VoteError } from "../vote/errors.js";
import { explain as explainToVoter } from "../vote/messages.js";
import * as en from "./messages-en.js";
import * as id from "./messages-id.js";

/** @typedef {import("../vote/messages.js").Words} Words */

/**
 * The words for whatever was thrown.
 * @param {unknown} error
 * @param {string} language
 * @returns {Words}
 */
export function explain(error, language) {
  const isIndonesian = language.toLowerCase().startsWith("id");
  const [errors, other] = isIndonesian ? [id.indonesian, id.other] : [en.english, en.other];
  if (!(error instanceof VoteError)) return other;
  const words = errors[error.code];
  if (!words) return explainToVoter(error, language);
  const facts = Object.entries(error.facts).map(([name, fact]) => [name, String(fact)]);
  const fill = (/** @type {string} */ sentence) =>
    fillPlaces(sentence, Object.fromEntries(facts)).replace(/ +/g, " ");
  return { title: fill(words.title), advice: fill(words.advice) };
}
