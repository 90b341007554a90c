/**
 * After the close: was the log closed with my ballot in it? (protocol, sections 4 and 9)
 */
import { isEqual } from "./bytes.js";
import { number, parse, split } from "./encoding.js";
import { BadProof } from "./errors.js";
import { inclusionProof, leafHash, verifyInclusion } from "./merkle.js";
import { readSigned, verifySigned } from "./signed.js";
import { LogReader } from "./tiles.js";

/** @typedef {import("./bytes.js").Bytes} Bytes */
/** @typedef {import("./context.js").Context} Context */

const WIDTH = 256; // entries of a bundle
const PREVIOUS = 32; // bytes of an entry before its payload

/**
 * Throws BadProof unless the organiser closed the ballot log after the entry at `index`, under
 * this verified checkpoint.
 * @param {Context} context
 * @param {number} index
 * @param {{size: number, root: Bytes}} checkpoint
 */
export async function checkClosedAfter({ service, manifest }, index, checkpoint) {
  const reader = new LogReader(service.recordFile, "ballots", checkpoint.size);
  const { place, entry } = await findClose(reader);
  const said = readSigned(entry.subarray(PREVIOUS));
  const [eid, size] = parse("close", said.inner, [32, 8, 32]);
  const isOurs = said.role === "organiser" && isEqual(eid, manifest.eid);
  if (!isOurs || number(size) !== place || place <= index) throw new BadProof("not its close");
  await verifySigned(said, manifest.draft.organiser.key);
  const proof = await inclusionProof(place, checkpoint.size, reader.subtree);
  await verifyInclusion(await leafHash(entry), { index: place, proof }, checkpoint);
}

/**
 * The entry `close` and its place: after it come shares and results, never ballots.
 * @param {LogReader} reader
 */
async function findClose(reader) {
  for (let at = Math.ceil(reader.size / WIDTH) - 1; at >= 0; at -= 1) {
    const tags = (await reader.bundle(at)).map((entry) => ({ entry, tag: tagOf(entry) }));
    const last = tags.findLastIndex(({ tag }) => ["close", "epoch", "cast"].includes(tag));
    const found = tags[last];
    if (found?.tag === "close") return { place: at * WIDTH + last, entry: found.entry };
    if (found) break;
  }
  throw new BadProof("the record is not closed yet");
}

/** @param {Bytes} entry */
function tagOf(entry) {
  const payload = entry.subarray(PREVIOUS);
  const { tag } = split(payload);
  return tag === "signed" ? readSigned(payload).tag : tag;
}
