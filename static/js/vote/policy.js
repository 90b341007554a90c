/**
 * Whose signatures a checkpoint needs, derived from the draft (protocol, section 3, `policy`).
 */
import { b64url } from "./bytes.js";
import { BadProof } from "./errors.js";
import {
  COSIGNATURE, LOG, cosignedAt, parseNote, parseVerifierKey, verifierKey, verifyCheckpoint,
  writeVerifierKey,
} from "./note.js";

/** @typedef {import("./bytes.js").Bytes} Bytes */
/** @typedef {import("./note.js").VerifierKey} VerifierKey */
/** @typedef {"setup" | "check-ins" | "ballots"} Log */
/** @typedef {{logs: Record<Log, VerifierKey>, witnesses: VerifierKey[], quorum: number}} Policy */

/** @type {Log[]} */
const LOGS = ["setup", "check-ins", "ballots"];

/**
 * The policy of a draft; BadKey where a key in it is none.
 * @param {import("./draft.js").Draft} draft
 * @param {Bytes} eid0
 * @returns {Promise<Policy>}
 */
export async function policyOf(draft, eid0) {
  const base = `${draft.authority}/suara/${b64url(eid0)}`;
  const [setup, checkIns, ballots] = await Promise.all(
    LOGS.map((log) => verifierKey(`${base}/${log}`, LOG, draft.log_keys[log])),
  );
  const witnesses = await Promise.all(draft.witnesses.list.map(({ vkey }) => witnessKey(vkey)));
  const logs = /** @type {Policy["logs"]} */ ({ setup, "check-ins": checkIns, ballots });
  return { logs, witnesses, quorum: draft.witnesses.k };
}

/** @param {string} vkey */
async function witnessKey(vkey) {
  const key = await parseVerifierKey(vkey);
  if (key.kind !== COSIGNATURE) throw new BadProof(`${key.name} is not a witness's key`);
  return key;
}

/**
 * The file `policy`, to the byte.
 * @param {Policy} policy
 */
export function policyText({ logs, witnesses, quorum }) {
  const lines = LOGS.map((log) => `log ${writeVerifierKey(logs[log])}`);
  if (witnesses.length === 0) return [...lines, "quorum none", ""].join("\n");
  const names = witnesses.map((_, at) => `w${at + 1}`);
  const keys = witnesses.map((key, at) => `witness ${names[at]} ${writeVerifierKey(key)}`);
  const group = `group g ${quorum} ${names.join(" ")}`;
  return [...lines, ...keys, group, "quorum g", ""].join("\n");
}

/**
 * The checkpoint in a note that its log signed and enough witnesses cosigned; BadSignature,
 * BadProof.
 * @param {Uint8Array} octets
 * @param {Policy} policy
 * @param {Log} log
 */
export async function readCheckpoint(octets, policy, log) {
  const note = parseNote(octets);
  const checkpoint = await verifyCheckpoint(note, policy.logs[log]);
  const times = await Promise.all(policy.witnesses.map((witness) => cosignedAt(note, witness)));
  const count = times.filter((time) => time !== null).length;
  if (count < policy.quorum) {
    throw new BadProof(`${count} witnesses cosigned, ${policy.quorum} are needed`);
  }
  return checkpoint;
}
