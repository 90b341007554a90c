/**
 * V13, V26, V38 and V39: what people hold in their hands against what the record says.
 */
import { compare, concat, hex, isEqual, utf8 } from "../../vote/bytes.js";
import { verify } from "../../vote/ed25519.js";
import { about, parse, sha256, split } from "../../vote/encoding.js";
import { leafHash, verifyInclusion } from "../../vote/merkle.js";
import { parseNote } from "../../vote/note.js";
import { parseProof } from "../../vote/proof.js";
import { LOGS } from "../election.js";
import { Fault, Gap, blaming } from "../verdict.js";
import { checkNote, isBy, v12Quorum } from "./logs.js";

/** @typedef {import("../../vote/bytes.js").Bytes} Bytes */
/** @typedef {import("../../vote/policy.js").Log} Log */
/** @typedef {import("../election.js").Election} Election */
/** @typedef {import("./logs.js").Checkpoint} Checkpoint */
/** @typedef {{name: string, log: Log, hash: string, lastEpoch: number}} Promised that this payload
 *  stands before that epoch entry, or the close; signed by its log */
/** @typedef {{name: string, log: Log, checkpoint: Checkpoint}} Sighting */
/** @typedef {Sighting & {index: number, entry: Bytes}} Receipt that this leaf stands at `index` */

const PROMISE = [32, 32, 8, 2];
/** @type {Map<string, Log>} */
const LOG_OF = new Map([["promise", "ballots"], ["promise-issue", "check-ins"]]);

/**
 * The promise in a `*.promise` file; Fault V39 where it does not verify.
 * @param {string} name
 * @param {Bytes} octets
 * @param {Election} election
 * @returns {Promise<Promised>}
 */
export async function readPromise(name, octets, { eid, draft, policy }) {
  const { log, fields } = await blaming("V39", async () => {
    const [promise, signature] = parse("promised", octets, [null, null]);
    const { tag, fields: said } = split(promise);
    const of = LOG_OF.get(tag);
    const fits = PROMISE.every((length, at) => length === said[at]?.length);
    if (!of || !fits || said.length !== PROMISE.length) throw new Fault("V39", "not a promise");
    await verify(policy.logs[of].key, promise, signature);
    return { log: of, fields: /** @type {[Bytes, Bytes, Bytes, Bytes]} */ (said) };
  });
  const [of, hash, epoch, delay] = fields;
  if (!isEqual(of, eid) || about(delay) !== draft.merge_delay_epochs) {
    throw new Fault("V39", "a promise of another election, or with another delay than the draft's");
  }
  return { name, log, hash: hex(hash), lastEpoch: about(epoch) + about(delay) };
}

/**
 * The checkpoint in a note that some log of this election signed; Fault V39.
 * @param {string} name
 * @param {Bytes} octets
 * @param {Election} election
 * @returns {Promise<Sighting>}
 */
export async function readCheckpointFile(name, octets, election) {
  return asV39(async () => {
    const note = parseNote(octets);
    const log = logNamed(note.text, election);
    // Others' notes carry lines of witnesses we do not know; the log's own signature suffices.
    const lines = note.signatures.filter((line) => isBy(line, election.policy.logs[log]));
    const own = { text: note.text, signatures: lines.slice(0, 1) };
    return { name, log, checkpoint: await checkNote(own, log, election) };
  });
}

/**
 * The receipt in a `*.tlog-proof` file; Fault V39 where it proves nothing.
 * @param {string} name
 * @param {Bytes} octets
 * @param {Election} election
 * @returns {Promise<Receipt>}
 */
export async function readReceipt(name, octets, election) {
  return asV39(async () => {
    const { extra, index, proof, note: inside } = parseProof(octets);
    const note = parseNote(inside);
    const log = logNamed(note.text, election);
    const checkpoint = await checkNote(note, log, election);
    await v12Quorum(note, election);
    const entry = extra ?? new Uint8Array();
    await verifyInclusion(await leafHash(entry), { index, proof }, checkpoint);
    return { name, log, index, entry, checkpoint };
  });
}

/**
 * What `run` gives; any refusal in it is V39's.
 * @template T
 * @param {() => Promise<T>} run
 * @returns {Promise<T>}
 */
async function asV39(run) {
  try {
    return await blaming("V39", run);
  } catch (thrown) {
    throw thrown instanceof Fault ? new Fault("V39", thrown.why) : thrown;
  }
}

/**
 * @param {string} text
 * @param {Election} election
 */
function logNamed(text, { policy }) {
  const log = LOGS.find((each) => text.startsWith(`${policy.logs[each].name}\n`));
  if (!log) throw new Fault("V39", "signed by no log of this election");
  return log;
}

/**
 * The promised payload stands in time (A32). Fault V26 where it came too late or not at all, Gap
 * where it still may come.
 * @param {Promised} promised
 * @param {number | undefined} place
 * @param {import("../logs/walk.js").EpochPlace[]} epochs
 * @param {number | null} end where the log stopped taking any
 */
export function v26PromiseKept({ name, hash, lastEpoch }, place, epochs, end) {
  const limit = epochs[lastEpoch]?.index ?? end;
  if (place !== undefined && (limit === null || place < limit)) return;
  if (limit === null) throw new Gap("V26", `the epoch by which ${name} is due`);
  const what = place === undefined ? "OMITTED" : `late, at ${place}`;
  throw new Fault("V26", `${what}: payload ${hash}, due before entry ${limit}`);
}

/**
 * The files of a voting page are those whose list the manifest names (A50).
 * @param {[path: string, Bytes][]} files
 * @param {Election} election
 */
export async function v38Client(files, { manifest }) {
  const sorted = files
    .map(([path, octets]) => ({ path: utf8(path), octets }))
    .sort((one, other) => compare(one.path, other.path));
  const lines = await Promise.all(
    sorted.map(async ({ path, octets }) =>
      concat(utf8(`${hex(await sha256(octets))} `), path, utf8("\n")),
    ),
  );
  if (!isEqual(await sha256(concat(...lines)), manifest.clientSha256)) {
    throw new Fault("V38", "the files are not those that the manifest names");
  }
}

/**
 * The entry that I have a receipt for stands where it says.
 * @param {Receipt} receipt
 * @param {Bytes | null} entry null beyond the record's end
 */
export function v39MyReceipt({ log, index, entry: mine }, entry) {
  const where = `${log} entry ${index}`;
  if (!entry) throw new Gap("V39", `${where}: the record is older than it`);
  if (!isEqual(entry, mine)) throw new Fault("V39", `${where} is not the one in my receipt`);
}
