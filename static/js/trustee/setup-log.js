/**
 * The set-up log as a trustee reads it: every entry in its place, chained and signed.
 */
import { isEqual } from "../vote/bytes.js";
import { read } from "../vote/canonical.js";
import { readDraft } from "../vote/draft.js";
import { H, parse, split } from "../vote/encoding.js";
import { BadEncoding, VoteError } from "../vote/errors.js";
import { leafHash, rootOf } from "../vote/merkle.js";
import { readSigned, verifySigned } from "../vote/signed.js";
import { Table } from "./ceremony.js";
import { Stopped } from "./errors.js";
import { readSaid } from "./words-said.js";

/** @typedef {import("../vote/bytes.js").Bytes} Bytes */
/** @typedef {import("../vote/draft.js").Draft} Draft */
/** @typedef {import("./words-said.js").Said} Said */
/** @typedef {import("./words-said.js").Complaint} Complaint */
/** @typedef {"dkg1" | "dkg2" | "dkg3"} Round */
/** @typedef {{role: string, index: number, tag: string}} By */
/** @typedef {By & {payload: Bytes, said: Said | null}} Entry */

/** @type {Round[]} */
export const ROUNDS = ["dkg1", "dkg2", "dkg3"];
const GROUPS = ["draft", "reg-key", ...ROUNDS, "dkg-complaint", "roll-note"];
const ROLES = /** @type {const} */ ({ registrar: "registrars", trustee: "trustees" });
const PREV = 32; // bytes

/** What stands in a set-up log: the draft, what trustees said, the complaint if there is one. */
export class SetupLog {
  /**
   * @param {{draft: Draft, draftBytes: Bytes, eid0: Bytes, entries: Entry[], leaves: Bytes[]}} read
   */
  constructor({ draft, draftBytes, eid0, entries, leaves }) {
    this.draft = draft;
    this.draftBytes = draftBytes;
    this.eid0 = eid0;
    this.entries = entries;
    this.leaves = leaves;
  }

  /**
   * The log of these entries; Stopped `bad-setup` names the first wrong one.
   * @param {Bytes[]} entries each `prev ‖ payload`
   */
  static async read(entries) {
    const leaves = await Promise.all(entries.map(leafHash));
    const payloads = entries.map((entry) => entry.slice(PREV));
    const found = await inEntry(0, () => draftOf(payloads[0]));
    /** @type {Entry[]} */
    const told = [];
    for (const [index, entry] of entries.entries()) {
      const prev = index === 0 ? new Uint8Array(PREV) : leaves[index - 1];
      await inEntry(index, async () => {
        if (!prev || !isEqual(entry.subarray(0, PREV), prev)) throw new BadEncoding("its chain");
        if (index > 0) told.push(await toldBy(entry.slice(PREV), found, told));
      });
    }
    return new SetupLog({ ...found, entries: told, leaves });
  }

  /** The ids of the styles, in draft order. */
  get styles() {
    return this.draft.styles.map(({ id }) => id);
  }

  /** How many trustees there are. */
  get trusteeCount() {
    return this.draft.trustees.list.length;
  }

  /** The ceremony of a style. @param {number} style */
  table(style) {
    const { k } = this.draft.trustees;
    return new Table({ eid0: this.eid0, style, n: this.trusteeCount, k });
  }

  /**
   * The entries of a round in a style, trustees in order.
   * @template {Round} R
   * @param {R} round
   * @param {number} style
   */
  round(round, style) {
    const said = this.#said().filter((each) => each.tag === round && each.style === style);
    said.sort((a, b) => a.trustee - b.trustee);
    return /** @type {Extract<Said, {tag: R}>[]} */ (said);
  }

  /** Rounds 1 and 2 of a style. @param {number} style */
  heard(style) {
    return { firsts: this.round("dkg1", style), seconds: this.round("dkg2", style) };
  }

  /** The numbers of the trustees who have not said a round for every style. @param {Round} round */
  missing(round) {
    const numbers = this.draft.trustees.list.map((_, at) => at + 1);
    return numbers.filter((number) =>
      this.styles.some((style) => !this.round(round, style).some((e) => e.trustee === number)),
    );
  }

  /** Whether every registrar has shown its keys, so that round 1 can begin. */
  get hasRegistrarKeys() {
    const shown = this.entries.filter(({ tag }) => tag === "reg-key").length;
    return shown === this.draft.registrars.list.length * this.styles.length;
  }

  /** The complaint that ended the draft, or null. @returns {Complaint | null} */
  get complaint() {
    const found = this.#said().find(({ tag }) => tag === "dkg-complaint");
    return /** @type {Complaint | null} */ (found ?? null);
  }

  /** Who is at fault in the complaint that ended the draft; 0 without one. */
  async blamed() {
    const complaint = this.complaint;
    if (!complaint) return 0;
    return this.table(complaint.style).blame(complaint, this.heard(complaint.style));
  }

  /** The root of the first `size` entries. @param {number} size */
  async root(size) {
    if (size < 1 || size > this.leaves.length) {
      throw new Stopped("bad-setup", `the log has ${this.leaves.length} entries, not ${size}`);
    }
    return rootOf(this.leaves.slice(0, size));
  }

  /** The payloads of one trustee. @param {number} number */
  payloadsOf(number) {
    const own = this.entries.filter(({ role, index }) => role === "trustee" && index === number);
    return own.map(({ payload }) => payload);
  }

  #said() {
    return this.entries.flatMap(({ said }) => (said ? [said] : []));
  }
}

/**
 * @template T
 * @param {number} index
 * @param {() => Promise<T>} act
 * @returns {Promise<T>}
 */
async function inEntry(index, act) {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof VoteError)) throw error;
    throw new Stopped("bad-setup", `entry ${index}: ${error.message}`, { index });
  }
}

/** @param {Bytes | undefined} payload */
async function draftOf(payload) {
  if (!payload) throw new BadEncoding("the log is empty");
  const [draftBytes] = parse("draft", payload, [null]);
  const draft = readDraft({ path: "", value: read(draftBytes) });
  return { draft, draftBytes, eid0: await H("draft", draftBytes) };
}

/**
 * What a later entry says, once: of this draft, in its group's turn, signed by its role.
 * @param {Bytes} payload
 * @param {{draft: Draft, eid0: Bytes}} found
 * @param {Entry[]} before
 * @returns {Promise<Entry>}
 */
async function toldBy(payload, { draft, eid0 }, before) {
  const signed = readSigned(payload);
  const { role, index, inner, tag } = signed;
  await verifySigned(signed, keyOf(draft, role, index));
  if (!isEqual(split(inner).fields[0] ?? payload, eid0)) throw new BadEncoding("another draft");
  const last = before.at(-1)?.tag ?? "draft";
  const isInTurn = GROUPS.indexOf(tag) >= GROUPS.indexOf(last) && last !== "dkg-complaint";
  if (!isInTurn || GROUPS.indexOf(tag) < 1) throw new BadEncoding(`${tag} after ${last}`);
  const said = role === "trustee" ? readSaid(inner) : null;
  if (said && said.trustee !== index) throw new BadEncoding("the number of another trustee");
  const isTwice = said && before.some((each) => isSame(each, said));
  if (isTwice || before.some((each) => isEqual(each.payload, payload))) {
    throw new BadEncoding(`${tag} twice`);
  }
  return { payload, role, index, tag, said };
}

/**
 * @param {Entry} entry
 * @param {Said} said
 */
function isSame({ said: other }, said) {
  const name = (/** @type {Said} */ { tag, style, trustee }) => `${tag} ${style} ${trustee}`;
  return other !== null && name(other) === name(said);
}

/**
 * @param {Draft} draft
 * @param {string} role
 * @param {number} index
 * @returns {Bytes}
 */
function keyOf(draft, role, index) {
  if (role === "organiser" && index === 0) return draft.organiser.key;
  const holders = role in ROLES ? draft[ROLES[/** @type {keyof typeof ROLES} */ (role)]].list : [];
  const key = holders[index - 1]?.key;
  if (!key) throw new BadEncoding(`the draft has no ${role} ${index}`);
  return key;
}
