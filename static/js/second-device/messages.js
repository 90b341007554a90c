/** The words of the second device's page, which can stand on any site and so brings its own. */
import { english } from "./messages-en.js";
import { indonesian } from "./messages-id.js";

/** @typedef {{title: string, advice: string}} Trouble */
/**
 * @typedef {object} Words
 * @property {string} name of the page
 * @property {string} about what it is for
 * @property {string} language the other language's name, in that language
 * @property {{heading: string, code: string, codeHint: string, camera: string, aim: string,
 *   noCamera: string, stop: string, send: string, busy: string, elsewhere: string, site: string,
 *   siteHint: string, box: string, boxHint: string}} ask
 * @property {{heading: string, election: string, code: string, codeHint: string, blank: string,
 *   passed: string, question: string, yes: string, no: string, limit: string}} opened
 * @property {{ballot: string, credentials: string, opens: string}} checks
 * @property {{heading: string, about: string, another: string}} right
 * @property {{heading: string, broken: string, steps: string[], another: string}} wrong
 * @property {Record<string, Trouble>} troubles by code
 */

/** @param {string} language like `id` or `en-GB` @returns {Words} */
export const wordsOf = (language) =>
  language.toLowerCase().startsWith("id") ? indonesian : english;
