/**
 * A receipt: C2SP tlog-proof, whose `extra` is the whole entry (protocol, section 7.5).
 */
import { base64, concat, fromBase64, fromUtf8, isEqual, utf8 } from "./bytes.js";
import { BadEncoding, BadProof } from "./errors.js";
import { leafHash, verifyInclusion } from "./merkle.js";
import { parseNote } from "./note.js";
import { readCheckpoint } from "./policy.js";

/** @typedef {import("./bytes.js").Bytes} Bytes */
/** @typedef {{extra: Bytes | null, index: number, proof: Bytes[], note: Bytes}} TlogProof */

const HEAD = "c2sp.org/tlog-proof@v1\n";
const EXTRA = "(?:extra ([A-Za-z0-9+/=]*)\\n)?";
const HASHES = "((?:[A-Za-z0-9+/]{43}=\\n){0,63})";
const BODY = new RegExp(`^${EXTRA}index (0|[1-9]\\d{0,15})\\n${HASHES}$`);
const PREVIOUS = 32; // bytes of an entry before its payload

/**
 * The parts of a tlog-proof; BadEncoding. Nothing is verified.
 * @param {Uint8Array} octets
 * @returns {TlogProof}
 */
export function parseProof(octets) {
  const text = fromUtf8(octets);
  const end = text.indexOf("\n\n");
  const [whole, extra, digits, hashes = ""] = BODY.exec(text.slice(HEAD.length, end + 1)) ?? [];
  const index = Number(digits);
  if (end < 0 || !text.startsWith(HEAD) || whole === undefined || !Number.isSafeInteger(index)) {
    throw new BadEncoding("not a tlog-proof");
  }
  const note = utf8(text.slice(end + 2));
  parseNote(note);
  const proof = hashes.split("\n").slice(0, -1).map(fromBase64);
  return { extra: extra === undefined ? null : fromBase64(extra), index, proof, note };
}

/**
 * The bytes that `parseProof` reads back.
 * @param {TlogProof} parts
 */
export function writeProof({ extra, index, proof, note }) {
  const lines = [
    ...(extra === null ? [] : [`extra ${base64(extra)}`]),
    `index ${index}`,
    ...proof.map(base64),
  ];
  return concat(utf8(`${HEAD}${lines.join("\n")}\n\n`), note);
}

/**
 * Throws unless the receipt shows that `payload` stands in the log; gives where, and under which
 * checkpoint.
 * @param {TlogProof} receipt
 * @param {Uint8Array} payload
 * @param {{policy: import("./policy.js").Policy, log: import("./policy.js").Log}} trust
 */
export async function verifyReceipt(receipt, payload, { policy, log }) {
  if (!receipt.extra || !isEqual(receipt.extra.subarray(PREVIOUS), payload)) {
    throw new BadProof("the receipt is of another ballot");
  }
  const checkpoint = await readCheckpoint(receipt.note, policy, log);
  await verifyInclusion(await leafHash(receipt.extra), receipt, checkpoint);
  return { index: receipt.index, checkpoint };
}
