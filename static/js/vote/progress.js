/**
 * What a device's record of an election says to its voter: pure functions of the record.
 */
import { trackingCode } from "./ballot.js";
import { b64url } from "./bytes.js";
import { writeCheckCode } from "./second-device.js";

/** @typedef {import("./bytes.js").Bytes} Bytes */
/** @typedef {import("./vault.js").Record} Record */
/** @typedef {"new" | "prepared" | "asked" | "ready" | "sealed" | "cast" | "received"} Step */

/**
 * Where the voter is.
 * @param {Record | undefined} record
 * @param {number} needed how many credentials a ballot takes
 * @returns {Step}
 */
export function stepOf(record, needed) {
  if (!record) return "new";
  if (record.pending) return "sealed";
  const last = record.history.at(-1);
  if (last) return last.receipt ? "received" : "cast";
  if (record.credentials.length >= needed) return "ready";
  return record.asked ? "asked" : "prepared";
}

/** The sealed or else the last cast ballot. @param {Record | undefined} record */
const ballotOf = (record) => record?.pending ?? record?.history.at(-1) ?? null;

/**
 * The tracking code of the sealed or else the last cast ballot; null before there is one.
 * @param {Record | undefined} record
 */
export function trackingCodeOf(record) {
  const ballot = ballotOf(record);
  return ballot ? trackingCode(ballot.hash) : null;
}

/**
 * What a second device scans to open that ballot; null before there is one.
 * @param {Record | undefined} record
 * @param {Bytes} eid
 */
export function checkCodeOf(record, eid) {
  const ballot = ballotOf(record);
  return ballot ? writeCheckCode({ eid, hash: ballot.hash, ikm: ballot.ikm }) : null;
}

/**
 * What this voter can hand to a verifier: promises, receipts, the last checkpoint, as files.
 * @param {Record} record
 * @returns {{name: string, bytes: Bytes}[]}
 */
export function evidenceOf({ history, checkpoint, issuePromises }) {
  const files = history.flatMap(({ hash, promise, receipt }) => [
    { name: `${b64url(hash).slice(0, 12)}.promise`, bytes: promise },
    { name: `${b64url(hash).slice(0, 12)}.tlog-proof`, bytes: receipt },
  ]);
  const issued = issuePromises.map((bytes, at) => ({ name: `registrar-${at + 1}.promise`, bytes }));
  const seen = { name: "ballots.checkpoint", bytes: checkpoint?.note ?? null };
  const all = [...files, ...issued, seen];
  return all.flatMap(({ name, bytes }) => (bytes?.length ? [{ name, bytes }] : []));
}
