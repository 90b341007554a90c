/**
 * V09 to V14: what holds for each of the three logs, whatever the entries say.
 */
import { concat, fromBase64, isEqual, toBigInt, utf8 } from "../../vote/bytes.js";
import { verify } from "../../vote/ed25519.js";
import { about } from "../../vote/encoding.js";
import { BadEncoding, BadSignature } from "../../vote/errors.js";
import { parseNote } from "../../vote/note.js";
import { policyText } from "../../vote/policy.js";
import { HASH, tilePath, widths } from "../logs/tiles.js";
import { Absent } from "../source.js";
import { Fault, blaming } from "../verdict.js";

/** @typedef {import("../../vote/bytes.js").Bytes} Bytes */
/** @typedef {import("../../vote/note.js").Note} Note */
/** @typedef {import("../../vote/note.js").SignatureLine} SignatureLine */
/** @typedef {import("../../vote/note.js").VerifierKey} VerifierKey */
/** @typedef {import("../../vote/policy.js").Log} Log */
/** @typedef {import("../election.js").Election} Election */
/** @typedef {import("../verdict.js").Findings} Findings */
/**
 * @typedef {object} Checkpoint
 * @property {string} digits the size as written
 * @property {number} size exact below 2^53
 * @property {Bytes} root
 * @property {string} text its three lines
 */

const MOST_SIZE = 2n ** 63n - 1n;
const THREE_LINES = /^([^\n]+)\n(0|[1-9]\d{0,19})\n([^\n]+)\n$/;
const COSIGNATURE = 72; // bytes: a time and a signature

/**
 * Check-in and ballot log begin with the manifest, to the byte.
 * @param {Log} log
 * @param {import("../logs/shapes.js").Entry | null} first
 * @param {Election} election
 */
export function v09ManifestFirst(log, first, { manifest }) {
  const document = first?.tag === "manifest" ? first.fields[0] : undefined;
  if (!document || !isEqual(document, manifest.bytes)) {
    throw new Fault("V09", `${log} does not begin with the manifest`);
  }
}

/**
 * The root of a published checkpoint is that of the entries, where those are known.
 * @param {Checkpoint} checkpoint
 * @param {Map<number, Bytes>} roots
 */
export function v10Root({ size, digits, root }, roots) {
  const known = roots.get(size);
  if (known && !isEqual(known, root)) {
    throw new Fault("V10", `the checkpoint of size ${digits} has another root`);
  }
}

/**
 * The rest of V10: tiles from level 1 up hold the hashes of the tiles below.
 * @param {Log} log
 * @param {import("../source.js").Source} source
 * @param {Bytes[][]} levels
 * @param {Findings} findings
 */
export async function checkHighTiles(log, source, levels, findings) {
  for (const [path, wanted] of highTiles(log, levels)) {
    try {
      const found = await source.read(path, wanted.length);
      if (isEqual(found, wanted)) continue;
      findings.add("V10", "the tile does not hold the hashes below it", path);
    } catch (absent) {
      if (!(absent instanceof Absent)) throw absent;
      findings.miss(["V10"], path);
    }
  }
}

/**
 * Path and content of every tile above level 0.
 * @param {Log} log
 * @param {Bytes[][]} levels
 * @returns {Generator<[string, Bytes]>}
 */
function* highTiles(log, levels) {
  for (const [below, hashes] of levels.entries()) {
    for (const [index, width] of widths(hashes.length)) {
      const start = index * 256;
      const path = `${log}/${tilePath(below + 1, index, width)}`;
      yield [path, concat(...hashes.slice(start, start + width))];
    }
  }
}

/**
 * Whether a signature line names this key; says nothing about the signature.
 * @param {SignatureLine} line
 * @param {VerifierKey} key
 */
export const isBy = (line, key) => line.name === key.name && isEqual(line.id, key.id);

/**
 * The checkpoint in a note of the form of section 4, signed by its log: the log's line, then
 * witnesses' lines in the draft's order, each at most once, nothing else. Fault V11.
 * @param {Bytes} octets
 * @param {Log} log
 * @param {Election} election
 */
export async function v11Note(octets, log, election) {
  const note = await blaming("V11", () => parseNote(octets));
  return { note, checkpoint: await checkNote(note, log, election) };
}

/**
 * The same for a note that is parsed already.
 * @param {Note} note
 * @param {Log} log
 * @param {Election} election
 */
export async function checkNote(note, log, { policy }) {
  const key = policy.logs[log];
  const checkpoint = await blaming("V11", () => signedCheckpoint(note, key));
  const [first, ...others] = note.signatures;
  if (!first || !isBy(first, key)) throw new Fault("V11", "the log's line is not the first");
  let before = -1;
  for (const line of others) {
    // Looks on behind the line before, and so keeps the draft's order.
    const place = policy.witnesses.findIndex((each, at) => at > before && isBy(line, each));
    if (place < 0) throw new Fault("V11", `a line by ${line.name} that may not stand here`);
    before = place;
  }
  return checkpoint;
}

/**
 * @param {Note} note
 * @param {VerifierKey} key
 */
async function signedCheckpoint(note, key) {
  const lines = note.signatures.filter((line) => isBy(line, key));
  if (lines.length === 0) throw new BadSignature(`the note is not signed by ${key.name}`);
  for (const { signature } of lines) await verify(key.key, utf8(note.text), signature);
  const checkpoint = readCheckpoint(note.text);
  if (!note.text.startsWith(`${key.name}\n`)) {
    throw new BadSignature("the checkpoint's origin is not the name of its key");
  }
  return checkpoint;
}

/**
 * The checkpoint in exactly three lines; BadEncoding.
 * @param {string} text
 * @returns {Checkpoint}
 */
export function readCheckpoint(text) {
  const [, , digits = "", encoded = ""] = THREE_LINES.exec(text) ?? [];
  const root = fromBase64(encoded);
  if (digits === "" || root.length !== HASH || BigInt(digits) > MOST_SIZE) {
    throw new BadEncoding("a checkpoint has three lines: origin, size, root");
  }
  return { digits, size: Number(digits), root, text };
}

/**
 * The times of a note's cosignatures; each one must verify, and k are needed (A41). Fault V12.
 * @param {Note} note whose form V11 has looked at
 * @param {Election} election
 */
export async function v12Quorum({ text, signatures }, { policy }) {
  const times = [];
  for (const line of signatures.slice(1)) {
    const witness = policy.witnesses.find((each) => isBy(line, each));
    if (!witness) throw new Fault("V12", `${line.name} is no witness`);
    times.push(await blaming("V12", () => cosignedAt(line, witness, text)));
  }
  if (times.length < policy.quorum) {
    throw new Fault("V12", `${times.length} cosignatures, not ${policy.quorum}`);
  }
  return times;
}

/**
 * @param {SignatureLine} line
 * @param {VerifierKey} witness
 * @param {string} text
 */
async function cosignedAt({ signature }, witness, text) {
  if (signature.length !== COSIGNATURE) {
    throw new BadSignature("a cosignature is a time and 64 bytes");
  }
  const time = signature.subarray(0, 8);
  const message = utf8(`cosignature/v1\ntime ${toBigInt(time)}\n${text}`);
  await verify(witness.key, message, signature.subarray(8));
  return about(time);
}

/**
 * The rest of V12: the file `policy` is the draft's, byte for byte.
 * @param {Bytes} octets
 * @param {Election} election
 */
export function checkPolicy(octets, { policy }) {
  if (!isEqual(octets, utf8(policyText(policy)))) {
    throw new Fault("V12", "the file policy is not the draft's");
  }
}

/**
 * Two checkpoints of one log and size have one root; else the log said two things (A41).
 * @param {Checkpoint} ours
 * @param {Checkpoint} theirs
 */
export function v13Consistency(ours, theirs) {
  if (ours.digits === theirs.digits && !isEqual(ours.root, theirs.root)) {
    const both = `${JSON.stringify(ours.text)} here, ${JSON.stringify(theirs.text)} there`;
    throw new Fault("V13", `EQUIVOCATION, two signed checkpoints of one size: ${both}`);
  }
}

/**
 * V14 inside a bundle: each entry begins with the leaf hash of the one before, and the tile of
 * level 0 holds the entries' own.
 * @param {Bytes[]} entries
 * @param {Bytes[]} leaves
 * @param {Bytes} tile
 * @returns {Generator<[at: number, Fault]>}
 */
export function* v14Chain(entries, leaves, tile) {
  for (const [at, leaf] of leaves.entries()) {
    const next = entries[at + 1];
    if (next && !isEqual(next.subarray(0, HASH), leaf)) {
      yield [at + 1, new Fault("V14", "its prev is not the leaf hash of the entry before")];
    }
    if (!isEqual(tile.subarray(at * HASH, (at + 1) * HASH), leaf)) {
      yield [at, new Fault("V14", "the tile has another leaf hash")];
    }
  }
  if (tile.length > leaves.length * HASH) {
    yield [leaves.length - 1, new Fault("V14", "bytes follow the last hash of the tile")];
  }
}
