/**
 * The last stage: what people hand in, and the summary (V13, V26, V38 to V40).
 */
import {
  readCheckpointFile, readPromise, readReceipt, v26PromiseKept, v38Client, v39MyReceipt,
} from "../checks/beside.js";
import { v13Consistency } from "../checks/logs.js";
import { CAUGHT_PERCENT, sampleSize } from "../checks/summary.js";
import { fieldOf, isNoRow, numberOf } from "../logs/shapes.js";
import { WIDTH } from "../logs/tiles.js";
import { Absent } from "../source.js";
import { Gap } from "../verdict.js";

/** @typedef {import("../../vote/bytes.js").Bytes} Bytes */
/** @typedef {import("../checks/beside.js").Promised} Promised */
/** @typedef {import("../checks/beside.js").Receipt} Receipt */
/** @typedef {import("./case.js").Case} Case */
/** @typedef {{name: string, octets: Bytes}} NamedFile */

const NOT_ASKED = "not asked";

/**
 * What was handed in and verifies; what does not is V39.
 * @param {Case} verified
 * @param {NamedFile[]} files
 */
export async function readBeside(verified, files) {
  const { findings, election, promises, receipts, sightings } = verified;
  /** @type {Record<string, (file: NamedFile) => Promise<unknown>>} */
  const readers = {
    promise: async ({ name, octets }) => promises.push(await readPromise(name, octets, election)),
    "tlog-proof": async ({ name, octets }) => {
      const receipt = await readReceipt(name, octets, election);
      receipts.push(receipt);
      sightings.push(receipt);
    },
    checkpoint: async ({ name, octets }) =>
      sightings.push(await readCheckpointFile(name, octets, election)),
  };
  for (const [ending, read] of Object.entries(readers)) {
    for (const file of files.filter(({ name }) => name.endsWith(`.${ending}`))) {
      await findings.noting(() => read(file), file.name);
    }
  }
}

/**
 * V13, V26, V38 and V39; whatever nobody handed in passes as not asked.
 * @param {Case} verified
 * @param {[path: string, Bytes][] | null} client
 */
export async function checkBeside(verified, client) {
  const { findings, election, promises, receipts, sightings } = verified;
  await checkSightings(verified);
  for (const each of promises) {
    await findings.noting(() => checkPromise(verified, each), each.name);
  }
  if (client) await findings.noting(() => v38Client(client, election), "the voting page");
  for (const each of receipts) {
    const check = async () => v39MyReceipt(each, await entryAt(verified, each));
    await findings.noting(check, each.name);
  }
  if (sightings.length === 0) findings.remark("V13", NOT_ASKED);
  if (promises.length === 0) findings.remark("V26", NOT_ASKED);
  if (!client) findings.remark("V38", NOT_ASKED);
  if (receipts.length === 0) findings.remark("V39", NOT_ASKED);
  findings.examine("V13", "V26", "V38", "V39");
}

/** @param {Case} verified */
async function checkSightings(verified) {
  for (const { name, log, checkpoint } of verified.sightings) {
    const root = verified.notes(log).root(checkpoint.digits);
    if (!root) {
      const what = `${log} up to size ${checkpoint.digits}, which ${name} shows`;
      verified.findings.miss(["V13"], what);
      continue;
    }
    const { published } = verified.notes(log);
    const ours = published.get(checkpoint.digits) ?? { ...checkpoint, root };
    await verified.findings.noting(() => v13Consistency(ours, checkpoint), name);
  }
}

/**
 * @param {Case} verified
 * @param {Promised} promised
 */
function checkPromise(verified, promised) {
  const { log, hash } = promised;
  const [walk, ballots] = [verified.log(log), verified.log("ballots")];
  const found = log === "ballots" ? verified.ballots.found : verified.issues?.found;
  if (!walk.isWhole) throw new Gap("V26", `the log ${log}`);
  const end = ballots.single(log === "ballots" ? "close" : "issue-close");
  const behind = log === "ballots" ? end?.[0] : walk.size;
  v26PromiseKept(promised, found?.get(hash), walk.epochs, end ? (behind ?? null) : null);
}

/**
 * The record's entry at a receipt's place; null where the record does not reach so far.
 * @param {Case} verified
 * @param {Receipt} receipt
 */
async function entryAt(verified, { log, index }) {
  if (index >= (verified.notes(log).size ?? 0)) return null;
  const number = Math.floor(index / WIDTH);
  try {
    const { entries } = await verified.entriesOf(log).entries(number);
    return entries[index % WIDTH] ?? null;
  } catch (absent) {
    if (!(absent instanceof Absent)) throw absent;
    throw new Gap("V39", absent.message);
  }
}

/**
 * The numbers of V40, if the record holds all they are made of.
 * @param {Case} verified
 * @returns {import("../verify.js").Summary | null}
 */
export function summarise(verified) {
  const { findings, issues, election, ballots, statuses } = verified;
  const isIncomplete = ["V16", "V17", "V27", "V32"].some((code) => findings.gaps.has(code));
  if (!issues || isIncomplete) {
    findings.miss(["V40"], "a finished election to sum up");
    return null;
  }
  const notes = verified.log("setup").all("roll-note").map(([, entry]) => entry);
  const rows = notes.filter((entry) => !isNoRow(fieldOf(entry, 1)));
  const struck = new Set(rows.map((entry) => numberOf(entry, 1)));
  const { checkedIn } = issues;
  findings.examine("V40");
  return {
    rollSize: election.manifest.roll.size,
    voted: ballots.turnout,
    checkedIn,
    checkIns: Object.fromEntries(issues.kinds),
    deskWithPasskey: issues.deskWithPasskey,
    statuses: Object.fromEntries(statuses),
    struck: [...struck].filter((row) => issues.rows.has(row)).sort((one, other) => one - other),
    toAsk: CAUGHT_PERCENT.map((percent) => [percent, sampleSize(checkedIn, percent)]),
  };
}
