/**
 * A voter's own check-in and ballots in the record, by their recovery file. It is read on this
 * device and nowhere else; nothing of it enters the report but places of the record.
 */
import { fromUtf8, hex, isEqual } from "../vote/bytes.js";
import { ballotKey, blindAll } from "../vote/credential.js";
import { BadEncoding, BadRecovery } from "../vote/errors.js";
import { readFile } from "../vote/recovery.js";
import { readRequest } from "./checks/issues.js";
import { keyName } from "./checks/setup.js";

/** @typedef {import("../vote/recovery.js").Recovery} Recovery */
/** @typedef {import("./stages/beside.js").NamedFile} NamedFile */
/** @typedef {import("./stages/case.js").Case} Case */
/** @typedef {import("./verify.js").Own} Own */

const OTHER_KINDS = /\.(promise|tlog-proof|checkpoint)$/;

/**
 * What the record holds of the voter of each recovery file.
 * @param {Case} verified
 * @param {NamedFile[]} files the other kinds among them are passed over
 */
export function findOwn(verified, files) {
  const others = files.filter(({ name }) => !OTHER_KINDS.test(name));
  return Promise.all(others.map((file) => findIn(verified, file)));
}

/**
 * @param {Case} verified
 * @param {NamedFile} file
 * @returns {Promise<Own>}
 */
async function findIn(verified, { name, octets }) {
  const nothing = { name, problem: "", isOfThisElection: false, checkIn: null, ballots: [] };
  try {
    const recovery = await readFile(fromUtf8(octets));
    if (!isEqual(recovery.eid, verified.election.eid)) {
      return { ...nothing, problem: "recovery-other-election", isMine: false };
    }
    const { index: checkIn, isMine } = await checkInOf(verified, recovery);
    const ballots = await ballotsOf(verified, recovery);
    return { ...nothing, isOfThisElection: true, checkIn, isMine, ballots };
  } catch (error) {
    if (error instanceof BadRecovery) return { ...nothing, problem: error.code, isMine: false };
    if (!(error instanceof BadEncoding)) throw error;
    return { ...nothing, problem: "recovery-no-file", isMine: false };
  }
}

/**
 * The check-in of the voter's row, and whether its messages were blinded with this very seed.
 * @param {Case} verified
 * @param {Recovery} recovery
 */
async function checkInOf(verified, { eid, row, style, seed }) {
  const index = verified.issues?.rows.get(row) ?? null;
  if (index === null) return { index, isMine: false };
  const payload = await verified.entriesOf("check-ins").payload(index);
  const { blinded } = readRequest(payload, verified.election);
  const keys = blinded.flatMap((_, at) => verified.keys.get(keyName(at + 1, style)) ?? []);
  if (keys.length < blinded.length) return { index, isMine: false };
  const own = await blindAll({ eid, style, seed }, keys);
  return { index, isMine: own.every((each, at) => isEqual(each, blinded[at] ?? each.subarray(1))) };
}

/**
 * @param {Case} verified
 * @param {Recovery} voter
 */
async function ballotsOf({ ballots, statusAt }, voter) {
  const bk = hex((await ballotKey(voter)).bk);
  const own = ballots.ballots.filter((each) => each.bk === bk);
  return own.map(({ index, seq }) => ({ index, seq, status: statusAt.get(index) ?? null }));
}
