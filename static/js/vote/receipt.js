/**
 * The voter's receipt: the ballot's place in the log, under a checkpoint that continues the one
 * this device saw before (protocol, section 7.5; A32, A41).
 */
import { recordOf, remember } from "./context.js";
import { NotTrusted, OutOfTurn, Problem, Unreachable } from "./errors.js";
import { consistencyProof, verifyConsistency } from "./merkle.js";
import { parseProof, verifyReceipt } from "./proof.js";
import { LogReader } from "./tiles.js";

/** @typedef {import("./context.js").Context} Context */
/** @typedef {import("./vault.js").Seen} Seen */

/**
 * The receipt of the last ballot, fetched where it is not here yet or a newer one is wanted, and
 * verified. A Problem `not-yet-in-log` says that its epoch has not ended.
 * @param {Context} context
 * @param {{isNewest?: boolean}} [wanted] isNewest: under the checkpoint of today
 */
export async function fetchReceipt(context, { isNewest = false } = {}) {
  const { history, checkpoint: seen } = await recordOf(context);
  const last = history.at(-1);
  if (!last) throw new OutOfTurn("nothing-cast", "no ballot has been cast from this device");
  const kept = isNewest ? null : last.receipt;
  const file = kept ?? (await context.service.receipt(last.hash));
  const parsed = parseProof(file);
  const trust = { policy: context.policy, log: /** @type {const} */ ("ballots") };
  const { index, checkpoint } = await verifyReceipt(parsed, last.payload, trust);
  const shown = { size: checkpoint.size, root: checkpoint.root, note: parsed.note };
  const latest = seen ? await later(context, seen, shown) : shown;
  const record = await remember(context, (now) => ({
    ...now,
    checkpoint: latest,
    history: now.history.map((each) => (each.seq === last.seq ? { ...each, receipt: file } : each)),
  }));
  return { index, size: checkpoint.size, checkpoint, record };
}

/**
 * The larger of two checkpoints of the ballot log; NotTrusted `same-log` unless it continues the
 * other, which both notes then prove to anybody.
 * @param {Context} context
 * @param {Seen} one
 * @param {Seen} other
 */
async function later({ service }, one, other) {
  const [older, newer] = one.size <= other.size ? [one, other] : [other, one];
  const { subtree } = new LogReader(service.recordFile, "ballots", newer.size);
  try {
    const proof = await consistencyProof(older.size, newer.size, subtree);
    await verifyConsistency(older, newer, proof);
  } catch (error) {
    if (error instanceof Unreachable || error instanceof Problem) throw error;
    throw new NotTrusted("same-log", "the ballot log does not continue what it was");
  }
  return newer;
}
