/**
 * The voter's secret on paper or in a file, so that a lost device is not a lost vote.
 *
 * The words hold the seed and a word that checks them; the file also holds where it belongs, and
 * after check-in the credentials, so that a vote can be cast from another device or network.
 * Both are secret: whoever holds one can cast this vote.
 */
import { b64url, fromB64url, isEqual, utf8 } from "./bytes.js";
import { sha256 } from "./encoding.js";
import { BadEncoding, BadRecovery } from "./errors.js";
import { WORDS, similar } from "./words.js";

/** @typedef {import("./bytes.js").Bytes} Bytes */
/** @typedef {import("./credential.js").Credential} Credential */
/**
 * @typedef {object} Recovery
 * @property {Bytes} eid
 * @property {number} row
 * @property {number} style
 * @property {Bytes} seed
 * @property {Credential[]} credentials none before check-in
 */

const SEED = 32; // bytes
const CHECK = 8; // bytes
const HEAD = "suara recovery file v1";
/** How many words there are: one for each byte of the seed, and one that checks them. */
export const WORD_COUNT = SEED + 1;

/**
 * The seed as 33 words.
 * @param {Bytes} seed 32 bytes
 */
export async function writeWords(seed) {
  const [check = 0] = await sha256(seed);
  return [...seed, check].map((octet) => WORDS[octet] ?? "");
}

/**
 * The seed in 33 words, however they are spaced, numbered or capitalised. BadRecovery says which
 * word is wrong, or that one of them must be.
 * @param {string} text
 * @returns {Promise<Bytes>}
 */
export async function readWords(text) {
  const words = text.normalize("NFKC").toLowerCase().match(/\p{L}+/gu) ?? [];
  const octets = words.map((word, at) => octetOf(word, at + 1));
  if (words.length !== WORD_COUNT) {
    const facts = { found: words.length, expected: WORD_COUNT };
    throw new BadRecovery("recovery-word-count", `${words.length} words`, facts);
  }
  const seed = Uint8Array.from(octets.slice(0, SEED));
  const [check] = await sha256(seed);
  if (octets[SEED] !== check) {
    throw new BadRecovery("recovery-words-wrong", "the last word does not fit the others");
  }
  return seed;
}

/**
 * @param {string} word
 * @param {number} place from 1
 */
function octetOf(word, place) {
  const octet = WORDS.indexOf(word);
  if (octet < 0) {
    const facts = { word, place, similar: similar(word) };
    throw new BadRecovery("recovery-word-unknown", `word ${place} is not on the list`, facts);
  }
  return octet;
}

/**
 * The recovery file. Lines of `remarks` are for people and stand at its head; readers skip them.
 * @param {Recovery} recovery
 * @param {string[]} [remarks]
 */
export async function writeFile(recovery, remarks = []) {
  const lines = linesOf(recovery);
  const comments = remarks.map((remark) => `# ${remark}`);
  return [...comments, ...lines, await checkLine(lines), ""].join("\n");
}

/** @param {Recovery} recovery */
function linesOf({ eid, row, style, seed, credentials }) {
  return [
    HEAD,
    `election ${b64url(eid)}`,
    `row ${row}`,
    `style ${style}`,
    `seed ${b64url(seed)}`,
    ...credentials.map((each) => `credential ${each.registrar} ${b64url(each.signature)}`),
  ];
}

/** @param {string[]} lines */
async function checkLine(lines) {
  return `check ${b64url((await sha256(utf8(lines.join("\n")))).subarray(0, CHECK))}`;
}

/**
 * Whether a text looks like a recovery file at all, rather than like words.
 * @param {string} text
 */
export function isFile(text) {
  return text.includes(HEAD);
}

/**
 * What a recovery file holds; line ends, empty lines and remarks may differ. BadRecovery where it
 * is none, or damaged, or (given `eid`) of another election.
 * @param {string} text
 * @param {Bytes} [eid]
 * @returns {Promise<Recovery>}
 */
export async function readFile(text, eid) {
  const all = text.split(/\r?\n/).map((line) => line.replace(/^\ufeff/, "").trim());
  const lines = all.filter((line) => line !== "" && !line.startsWith("#"));
  if (lines[0] !== HEAD) throw new BadRecovery("recovery-no-file", "not a recovery file");
  const check = lines.pop();
  if (check !== (await checkLine(lines))) throw damaged("the check line does not fit");
  const recovery = readLines(lines);
  if (eid && !isEqual(recovery.eid, eid)) {
    throw new BadRecovery("recovery-other-election", "a file of another election");
  }
  return recovery;
}

/**
 * @param {string[]} lines
 * @returns {Recovery}
 */
function readLines(lines) {
  const only = (/** @type {string} */ name) => {
    const found = lines.filter((line) => line.startsWith(`${name} `));
    if (found.length !== 1) throw damaged(`no line ${name}`);
    return (found[0] ?? "").slice(name.length + 1);
  };
  try {
    const credentials = lines.filter((line) => line.startsWith("credential ")).map(readCredential);
    const [eid, seed] = [fromB64url(only("election"), 32), fromB64url(only("seed"), SEED)];
    return { eid, row: whole(only("row")), style: whole(only("style")), seed, credentials };
  } catch (error) {
    throw error instanceof BadEncoding ? damaged(error.message) : error;
  }
}

/**
 * @param {string} line
 * @returns {Credential}
 */
function readCredential(line) {
  const [, registrar = "", signature = ""] = line.split(" ");
  return { registrar: whole(registrar), signature: fromB64url(signature, 384) };
}

/** @param {string} text */
function whole(text) {
  if (!/^(0|[1-9]\d{0,14})$/.test(text)) throw damaged(`${text} is not a number`);
  return Number(text);
}

/** @param {string} why */
const damaged = (why) => new BadRecovery("recovery-damaged", why);
