/**
 * Signed notes, checkpoints and cosignatures, byte for byte as C2SP writes them (signed-note,
 * tlog-checkpoint, tlog-cosignature), without extension lines.
 */
import { base64, concat, fromBase64, fromUtf8, hex, isEqual, utf8 } from "./bytes.js";
import * as ed25519 from "./ed25519.js";
import { number, sha256 } from "./encoding.js";
import { BadEncoding, BadKey, BadSignature } from "./errors.js";

/** @typedef {import("./bytes.js").Bytes} Bytes */
/** @typedef {{name: string, kind: number, key: Bytes, id: Bytes}} VerifierKey id 4 bytes */
/** @typedef {{name: string, id: Bytes, signature: Bytes}} SignatureLine */
/** @typedef {{text: string, signatures: SignatureLine[]}} Note unverified */
/** @typedef {{origin: string, size: number, root: Bytes}} Checkpoint */

/** The signature type of a log. */
export const LOG = 0x01;
/** The signature type of a witness: a time, and Ed25519 over time and text. */
export const COSIGNATURE = 0x04;

const MOST_SIGNATURES = 100;
// One word, as Python and Go see spaces, and no plus.
const NAME = "[^\\x00-\\x20+\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+";
const LINE = new RegExp(`^— (${NAME}) ([A-Za-z0-9+/=]+)$`, "u");
const WHOLE_NAME = new RegExp(`^${NAME}$`, "u");

/**
 * The verifier key of its parts; BadKey for a name or key that cannot be one.
 * @param {string} name
 * @param {number} kind LOG or COSIGNATURE
 * @param {Bytes} key 32 bytes
 * @returns {Promise<VerifierKey>}
 */
export async function verifierKey(name, kind, key) {
  if (!WHOLE_NAME.test(name) || (kind !== LOG && kind !== COSIGNATURE)) {
    throw new BadKey("not the name and type of a verifier key");
  }
  ed25519.checkPublic(key);
  const id = (await sha256(concat(utf8(`${name}\n`), Uint8Array.of(kind), key))).slice(0, 4);
  return { name, kind, key, id };
}

/**
 * The key in `name+id+base64`.
 * @param {string} vkey
 */
export async function parseVerifierKey(vkey) {
  const [, name = "", id = "", encoded = ""] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(vkey) ?? [];
  const octets = fromBase64(encoded);
  if (octets.length !== 33) throw new BadEncoding("a verifier key is name+id+base64");
  const key = await verifierKey(name, octets[0] ?? 0, octets.slice(1));
  if (hex(key.id) !== id) throw new BadKey("the verifier key's id is of another name or key");
  return key;
}

/**
 * The text form of a verifier key.
 * @param {VerifierKey} key
 */
export function writeVerifierKey({ name, kind, key, id }) {
  return `${name}+${hex(id)}+${base64(concat(Uint8Array.of(kind), key))}`;
}

/**
 * The note in these bytes, split at the last empty line; BadEncoding.
 * @param {Uint8Array} octets
 * @returns {Note}
 */
export function parseNote(octets) {
  const whole = fromUtf8(octets);
  const end = whole.lastIndexOf("\n\n");
  const lines = whole.slice(end + 2).split("\n");
  const isCut = end < 0 || lines.pop() !== "" || lines.length === 0;
  if (isCut || lines.length > MOST_SIGNATURES) {
    throw new BadEncoding("not a signed note");
  }
  if (/[\x00-\x09\x0b-\x1f]/.test(whole)) throw new BadEncoding("a note with a control character");
  return { text: whole.slice(0, end + 1), signatures: lines.map(parseLine) };
}

/**
 * @param {string} line
 * @returns {SignatureLine}
 */
function parseLine(line) {
  const [, name, encoded] = LINE.exec(line) ?? [];
  const octets = fromBase64(encoded ?? "");
  if (!name || octets.length <= 4) throw new BadEncoding("not a signature line");
  return { name, id: octets.slice(0, 4), signature: octets.slice(4) };
}

/**
 * The signatures under a note that name this key, unverified.
 * @param {Note} note
 * @param {VerifierKey} key
 */
function signaturesBy(note, key) {
  return note.signatures.filter(({ name, id }) => name === key.name && isEqual(id, key.id));
}

/**
 * The checkpoint in a note that its log signed; BadSignature, BadEncoding.
 * @param {Note} note
 * @param {VerifierKey} log
 * @returns {Promise<Checkpoint>}
 */
export async function verifyCheckpoint(note, log) {
  const lines = signaturesBy(note, log);
  if (lines.length === 0) throw new BadSignature(`the checkpoint is not signed by ${log.name}`);
  for (const { signature } of lines) await ed25519.verify(log.key, utf8(note.text), signature);
  const checkpoint = parseCheckpoint(note.text);
  if (checkpoint.origin !== log.name) throw new BadSignature("the checkpoint is of another log");
  return checkpoint;
}

/**
 * @param {string} text three lines
 * @returns {Checkpoint}
 */
function parseCheckpoint(text) {
  const [, origin, digits, encoded] = /^([^\n]+)\n(0|[1-9]\d{0,15})\n([^\n]+)\n$/.exec(text) ?? [];
  const size = Number(digits);
  const root = fromBase64(encoded ?? "");
  if (!origin || root.length !== 32 || !Number.isSafeInteger(size)) {
    throw new BadEncoding("a checkpoint has three lines: origin, size, root");
  }
  return { origin, size, root };
}

/**
 * The time, in seconds since 1970, at which a witness cosigned the note's text, or null where it
 * did not; BadSignature where a line of its does not verify.
 * @param {Note} note
 * @param {VerifierKey} witness
 */
export async function cosignedAt(note, witness) {
  let time = null;
  for (const { signature } of signaturesBy(note, witness)) {
    if (signature.length !== 72) throw new BadSignature("a cosignature is a time and 64 bytes");
    time = number(signature.subarray(0, 8));
    const message = utf8(`cosignature/v1\ntime ${time}\n${note.text}`);
    await ed25519.verify(witness.key, message, signature.subarray(8));
  }
  return time;
}
