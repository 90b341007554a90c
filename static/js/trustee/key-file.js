/**
 * The one form in which a trustee's keys leave the device: a file sealed under a passphrase, byte
 * for byte as `ballots/trustee/keyfile.py` reads and writes it.
 *
 * The key is PBKDF2-HMAC-SHA256 of the passphrase, the seal AES-256-GCM, and what can be read
 * beside it is sealed along as additional data.
 */
import { b64url, fromB64url, utf8 } from "../vote/bytes.js";
import { read, write } from "../vote/canonical.js";
import { BadEncoding } from "../vote/errors.js";
import { binary, object, oneOf, text, whole } from "../vote/schema.js";
import { WORDS } from "../vote/words.js";
import { Stopped } from "./errors.js";
import { parseKeys, writeKeys } from "./keys.js";

/** @typedef {import("../vote/bytes.js").Bytes} Bytes */
/** @typedef {import("./keys.js").Keys} Keys */
/**
 * @typedef {object} Head what can be read without the passphrase
 * @property {string} title of the election, empty before there is one
 * @property {string} name
 * @property {number} number
 * @property {number} iterations
 * @property {Bytes} salt
 * @property {Bytes} nonce
 */

const FORMAT = "suara/trustee-key/v1";
const ENDING = ".suara-key";
const ITERATIONS = 600_000;
const MOST_ITERATIONS = 10_000_000;
const MOST_BYTES = 4 * 1024 * 1024;
const WORD_COUNT = 10;
const LEAST_LETTERS = 20;
const LEAST_DIFFERENT = 8;

const readFile = object({
  format: oneOf(FORMAT),
  title: text,
  name: text,
  number: whole(),
  iterations: whole({ least: ITERATIONS, most: MOST_ITERATIONS }),
  salt: binary(16),
  nonce: binary(12),
  sealed: text,
});

/** A passphrase of words drawn by lot: 80 bits. */
export function newPassphrase() {
  const drawn = crypto.getRandomValues(new Uint8Array(WORD_COUNT));
  return Array.from(drawn, (octet) => WORDS[octet]).join(" ");
}

/** However it was typed: one space between words, NFKC. @param {string} passphrase */
export function plain(passphrase) {
  return passphrase.normalize("NFKC").replace(/[ \t\r\n]+/g, " ").replace(/^ +| +$/g, "");
}

/**
 * Throws Stopped `weak-passphrase` for one that could be guessed by who has the file.
 * @param {string} passphrase
 */
export function checkStrong(passphrase) {
  const letters = [...plain(passphrase)];
  if (letters.length < LEAST_LETTERS || new Set(letters).size < LEAST_DIFFERENT) {
    throw new Stopped("weak-passphrase", "too short", { least: LEAST_LETTERS });
  }
}

/**
 * The bytes of a new file, under a salt and nonce of its own.
 * @param {Keys} keys
 * @param {string} passphrase
 * @param {string} title
 */
export async function sealKeys(keys, passphrase, title) {
  const head = {
    title,
    name: keys.name,
    number: keys.number,
    iterations: ITERATIONS,
    salt: crypto.getRandomValues(new Uint8Array(16)),
    nonce: crypto.getRandomValues(new Uint8Array(12)),
  };
  const key = await keyOf(passphrase, head);
  const sealed = await crypto.subtle.encrypt(wayOf(head), key, writeKeys(keys));
  return write({ ...headValue(head), sealed: b64url(new Uint8Array(sealed)) });
}

/**
 * What a file keeps; Stopped `bad-key-file`, or `wrong-passphrase` also for a damaged one.
 * @param {Bytes} octets
 * @param {string} passphrase
 */
export async function openKeys(octets, passphrase) {
  const { sealed, ...head } = parseFile(octets);
  const key = await keyOf(passphrase, head);
  let opened;
  try {
    opened = await crypto.subtle.decrypt(wayOf(head), key, sealed);
  } catch {
    throw new Stopped("wrong-passphrase", "the passphrase is wrong, or the file was changed");
  }
  return parseKeys(new Uint8Array(opened));
}

/**
 * The name under which a browser saves the file.
 * @param {Keys} keys
 * @param {string} title
 */
export function fileName({ number, name }, title) {
  const plainTitle = (title || name).normalize("NFKD").toLowerCase();
  const words = plainTitle.match(/[a-z0-9]+/g) ?? ["vote"];
  return `${words.join("-").slice(0, 60)}-trustee-${number}${ENDING}`;
}

/** @param {Bytes} octets */
function parseFile(octets) {
  try {
    if (octets.length > MOST_BYTES) throw new BadEncoding("too long");
    const found = readFile({ path: "", value: read(octets) });
    return { ...found, sealed: fromB64url(found.sealed) };
  } catch (error) {
    if (error instanceof BadEncoding) throw new Stopped("bad-key-file", error.message);
    throw error;
  }
}

/** @param {Head} head */
function headValue({ title, name, number, iterations, salt, nonce }) {
  const texts = { format: FORMAT, title, name, number, iterations };
  return { ...texts, salt: b64url(salt), nonce: b64url(nonce) };
}

/** @param {Head} head */
function wayOf(head) {
  return { name: "AES-GCM", iv: head.nonce, additionalData: write(headValue(head)) };
}

/**
 * @param {string} passphrase
 * @param {Head} head
 */
async function keyOf(passphrase, { salt, iterations }) {
  const secret = utf8(plain(passphrase));
  const material = await crypto.subtle.importKey("raw", secret, "PBKDF2", false, ["deriveKey"]);
  const way = { name: "PBKDF2", hash: "SHA-256", salt, iterations };
  const wanted = { name: "AES-GCM", length: 256 };
  return crypto.subtle.deriveKey(way, material, wanted, false, ["encrypt", "decrypt"]);
}
