/**
 * From choices to a receipt (protocol, section 7). What is sealed is stored before it is sent, and
 * sent again as it is until the box has promised it or refused it with a reason.
 */
import { FIRST, buildCast, ephemeralIkm, parseCast } from "./ballot.js";
import { isEqual } from "./bytes.js";
import { recordOf, remember, voterOf } from "./context.js";
import { ballotKey } from "./credential.js";
import { questionsOf } from "./draft.js";
import * as ed25519 from "./ed25519.js";
import { sha256 } from "./encoding.js";
import { BadKey, BadProof, OutOfTurn, Problem } from "./errors.js";
import { unpack } from "./p256.js";
import { encode } from "./plaintext.js";
import { verifyPromise } from "./promise.js";

/** @typedef {import("./bytes.js").Bytes} Bytes */
/** @typedef {import("./ballot.js").Turn} Turn */
/** @typedef {import("./context.js").Context} Context */
/** @typedef {import("./manifest.js").Manifest} Manifest */
/** @typedef {import("./plaintext.js").Choice} Choice */
/** @typedef {import("./vault.js").Record} Record */
/** @typedef {import("./vault.js").Sealed} Sealed */

/** Refusals after which the next turn is looked up again, as another device has voted. */
const OVERTAKEN = new Set(["sequence-taken", "broken-sequence"]);
/** Statuses that say nothing about the ballot itself. */
const UNDECIDED = new Set([401, 408, 425, 429]);

/**
 * The key that a style's ballots are sealed to, 65 bytes.
 * @param {Manifest} manifest
 * @param {number} style
 */
export function electionKey({ electionKeys }, style) {
  const found = electionKeys.find((each) => each.style === style);
  if (!found) throw new BadKey(`no key for the style ${style}`);
  return unpack(found.key);
}

/**
 * Seals the choices and stores the ballot, not sent yet. A ballot that the box may have already is
 * settled first; one that was never sent is replaced.
 * @param {Context} context
 * @param {Choice[]} choices one per question of the style
 */
export async function seal(context, choices) {
  const { manifest } = context;
  const { registrars, max_revisions: most } = manifest.draft;
  const before = await settled(context);
  const plaintext = encode(questionsOf(manifest.draft, before.style), choices);
  const credentials = before.credentials.slice(0, registrars.k);
  if (credentials.length < registrars.k) throw new OutOfTurn("not-checked-in", "no credential yet");
  const turn = await nextTurn(context, before);
  if (turn.seq > most) throw new OutOfTurn("too-many-revisions", `${most} changes`, { most });
  const voter = voterOf(context, before);
  const set = { electionKey: electionKey(manifest, before.style), credentials };
  const payload = await buildCast(voter, turn, plaintext, set);
  const ikm = await ephemeralIkm(voter, turn, plaintext);
  const made = { seq: turn.seq, hash: await sha256(payload), payload, ikm };
  return remember(context, (now) => {
    const isSame = now.history.length === before.history.length && !now.pending?.isSent;
    if (!isSame) throw new OutOfTurn("changed-elsewhere", "another tab has voted meanwhile");
    const pending = { ...made, isSent: false, promise: null, receipt: null };
    return { ...now, choices, pending };
  });
}

/**
 * The record without a ballot of which nobody knows whether the box has it.
 * @param {Context} context
 */
async function settled(context) {
  const record = await recordOf(context);
  if (!record.pending?.isSent) return record;
  try {
    return await cast(context);
  } catch (error) {
    if (error instanceof Problem && OVERTAKEN.has(error.code)) return recordOf(context);
    throw error;
  }
}

/**
 * Sends the sealed ballot and keeps the box's promise. A Problem means that it was not stored; the
 * choices stay, to be sealed again.
 * @param {Context} context
 */
export async function cast(context) {
  const { pending } = await recordOf(context);
  if (!pending) throw new OutOfTurn("nothing-sealed", "there is no sealed ballot to send");
  const isStill = (/** @type {Record} */ now) =>
    now.pending !== null && isEqual(now.pending.hash, pending.hash);
  const replace = (/** @type {Sealed | null} */ other) =>
    remember(context, (now) => (isStill(now) ? { ...now, pending: other } : now));
  await replace({ ...pending, isSent: true });
  const promise = await deliver(context, pending).catch(async (error) => {
    const isFinal = error instanceof Problem && error.status < 500 && !UNDECIDED.has(error.status);
    const isEarly = isFinal && error.code === "voting-not-open";
    if (isFinal) await replace(isEarly ? { ...pending, isSent: false } : null);
    throw error;
  });
  const kept = { ...pending, isSent: true, promise };
  return remember(context, (now) =>
    isStill(now) ? { ...now, choices: null, pending: null, history: [...now.history, kept] } : now,
  );
}

/**
 * The verified promise for a ballot; the box answers the same bytes again.
 * @param {Context} context
 * @param {Pick<Sealed, "payload" | "hash">} ballot
 */
async function deliver({ service, policy, manifest }, { payload, hash }) {
  const promise = await service.cast(payload);
  const { eid, draft } = manifest;
  const terms = { eid, key: policy.logs.ballots.key, delay: draft.merge_delay_epochs };
  await verifyPromise(promise, terms, hash);
  return promise;
}

/**
 * The place of the voter's next ballot, after the last one that the box has. What it promised and
 * does not have is put in again first (A23, A32).
 * @param {Context} context
 * @param {Record} record
 * @returns {Promise<Turn>}
 */
async function nextTurn(context, record) {
  const { bk } = await ballotKey(voterOf(context, record));
  const last = await lastInBox(context, bk);
  const lost = record.history.filter(({ seq }) => seq > (last?.seq ?? -1));
  for (const ballot of lost) await deliver(context, ballot);
  const own = record.history.at(-1);
  if (own && (!last || own.seq > last.seq)) return { seq: own.seq + 1, previous: own.hash };
  if (!last) return FIRST;
  return { seq: last.seq + 1, previous: last.hash };
}

/**
 * The last ballot that the box has of this voter, cast here or on another device; null where it
 * has none. Throws where what it shows is another voter's.
 * @param {Context} context
 * @param {Bytes} bk
 */
async function lastInBox({ service, manifest }, bk) {
  const payload = await service.lastOf(bk);
  if (!payload) return null;
  const cast = parseCast(payload);
  if (!isEqual(cast.bk, bk) || !isEqual(cast.eid, manifest.eid)) {
    throw new BadProof("the box shows another voter's ballot");
  }
  await ed25519.verify(bk, cast.body, cast.signature);
  return { seq: cast.seq, hash: await sha256(payload) };
}
