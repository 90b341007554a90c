/**
 * The shapes of log payloads (protocol, section 4), stated as a table; `cast`, `check-in` and
 * `issue` excepted, which have checks of their own.
 */
import { fromUtf8, isEqual } from "../../vote/bytes.js";
import { verify } from "../../vote/ed25519.js";
import { M, about, split, u16 } from "../../vote/encoding.js";
import { Fault, blaming, blamingNow } from "../verdict.js";

/** @typedef {import("../../vote/bytes.js").Bytes} Bytes */
/** @typedef {import("../../vote/policy.js").Log} Log */
/** @typedef {import("../election.js").Election} Election */
/**
 * @typedef {object} Entry a payload of right shape
 * @property {string} tag
 * @property {Bytes[]} fields
 * @property {Bytes} payload all of it
 * @property {Bytes} inner the signed message; empty where nobody signs
 * @property {string} role who said it, or ""
 * @property {number} index the number of who said it
 */

const ANY = -1; // a field of any length
const SEALED_SHARE = 80; // bytes
const CERTIFICATE = Array.from({ length: 8 }, () => ANY);

/** The lengths of fields; `dkg2` has a sealed share for each trustee behind them. */
const FORMS = new Map([
  ["draft", [ANY]],
  ["manifest", [ANY]],
  ["epoch", [32, 8, 32]],
  ["reg-key", [32, 2, 2, ANY, ...CERTIFICATE]],
  ["dkg1", [32, 2, 2, 32, 32]],
  ["dkg2", [32, 2, 2, ANY, 64]],
  ["dkg3", [32, 2, 2, 32, ANY]],
  ["dkg-complaint", [32, 2, 2, 2, 32]],
  ["roll-note", [32, 8, ANY]],
  ["ack", [32]],
  ["open", [32]],
  ["issue-close", [32, 8, 32]],
  ["close", [32, 8, 32]],
  ["share", [32, 2, 32, 32]],
  ["result", [32, 32, 32, 32]],
  ["attest", [32, 32, ANY]],
]);

/** The small entries that nobody signs, and who says the others. */
/** @type {Record<Log, {bare: string[], said: Map<string, string[]>}>} */
const ENTRIES = {
  setup: {
    bare: ["draft"],
    said: new Map([
      ["reg-key", ["registrar"]],
      ["dkg1", ["trustee"]],
      ["dkg2", ["trustee"]],
      ["dkg3", ["trustee"]],
      ["dkg-complaint", ["trustee"]],
      ["roll-note", ["organiser"]],
    ]),
  },
  "check-ins": { bare: ["manifest", "epoch"], said: new Map() },
  ballots: {
    bare: ["manifest", "epoch"],
    said: new Map([
      ["ack", ["trustee", "registrar"]],
      ["open", ["organiser"]],
      ["issue-close", ["organiser"]],
      ["close", ["organiser"]],
      ["share", ["trustee"]],
      ["result", ["organiser"]],
      ["attest", ["verifier"]],
    ]),
  },
};
/** The field that names a style, and the one that repeats the speaker's number. */
const STYLED = new Map([
  ["reg-key", 2], ["dkg1", 1], ["dkg2", 1], ["dkg3", 1], ["dkg-complaint", 1], ["share", 1],
]);
const INDEXED = new Map([
  ["reg-key", 1], ["dkg1", 2], ["dkg2", 2], ["dkg3", 2], ["dkg-complaint", 3],
]);

/**
 * The number in a field; beyond 2^53 − 1 not exact, and still no smaller.
 * @param {Entry} entry
 * @param {number} field
 */
export const numberOf = ({ fields }, field) => about(fieldOf({ fields }, field));

/**
 * A field that the entry's shape promises.
 * @param {Pick<Entry, "fields">} entry
 * @param {number} field
 */
export const fieldOf = ({ fields }, field) => /** @type {Bytes} */ (fields[field]);

/** Whether a row's number in a `roll-note` says: no row. @param {Uint8Array} octets */
export const isNoRow = (octets) => octets.every((octet) => octet === 0xff);

/**
 * The entry in a payload that is neither check-in, issue nor cast: shape, wrapper with its
 * signature, and every field that the manifest alone decides; Fault V15.
 * @param {Log} log
 * @param {Bytes} payload
 * @param {Election} election
 * @returns {Promise<Entry>}
 */
export async function readEntry(log, payload, election) {
  const { tag, fields } = splitEntry(payload);
  let entry = { tag, fields, payload, inner: new Uint8Array(), role: "", index: 0 };
  if (tag === "signed") {
    entry = await unwrap(log, fields, payload, election);
  } else if (!ENTRIES[log].bare.includes(tag)) {
    throw new Fault("V15", `${tag} is no entry of this log`);
  }
  checkLengths(entry, election);
  checkFields(entry, election);
  return entry;
}

/** @param {Bytes} message */
const splitEntry = (message) =>
  blamingNow("V15", () => split(message), "the entry does not parse");

/**
 * What a role says, its signature checked.
 * @param {Log} log
 * @param {Bytes[]} fields
 * @param {Bytes} payload
 * @param {Election} election
 */
async function unwrap(log, fields, payload, election) {
  const [by, number, inner, signature] = fields;
  if (!by || number?.length !== 2 || !inner || !signature || fields.length !== 4) {
    throw new Fault("V15", "a wrapper of wrong shape");
  }
  const [role, index] = [String.fromCharCode(...by.subarray(0, 32)), about(number)];
  const { tag, fields: said } = splitEntry(inner);
  if (!ENTRIES[log].said.get(tag)?.includes(role)) {
    throw new Fault("V15", `${tag} said by '${role}' is no entry of this log`);
  }
  const key = election.roles.get(`${role} ${index}`);
  if (!key) throw new Fault("V15", `there is no ${role} number ${index}`);
  const message = M("by", by, u16(index), inner);
  const what = `${tag} is not signed by ${role} ${index}`;
  await blaming("V15", () => verify(key, message, signature), what);
  return { tag, fields: said, payload, inner, role, index };
}

/**
 * @param {Entry} entry
 * @param {Election} election
 */
function checkLengths({ tag, fields }, { trustees }) {
  const sealed = Array.from({ length: tag === "dkg2" ? trustees : 0 }, () => SEALED_SHARE);
  const form = [...(FORMS.get(tag) ?? []), ...sealed];
  const fits = form.every((length, at) => length === ANY || length === fields[at]?.length);
  if (form.length !== fields.length || !fits) {
    throw new Fault("V15", `${tag} with fields of wrong number or length`);
  }
}

/**
 * The fields that repeat the election, the style or the speaker's number.
 * @param {Entry} entry
 * @param {Election} election
 */
function checkFields(entry, election) {
  const { tag, index } = entry;
  if (tag === "draft" || tag === "manifest") return; // whole documents: V02 and V09 compare them
  const named = ENTRIES.setup.said.has(tag) ? election.eid0 : election.eid;
  const fail = (/** @type {string} */ why) => {
    throw new Fault("V15", `${tag} ${why}`);
  };
  if (!isEqual(fieldOf(entry, 0), named)) fail("is of another election");
  const [styled, indexed] = [STYLED.get(tag), INDEXED.get(tag)];
  if (styled !== undefined && !election.ctOctets.has(numberOf(entry, styled))) {
    fail("of a style that does not exist");
  }
  if (indexed !== undefined && numberOf(entry, indexed) !== index) {
    fail("names another number than its speaker's");
  }
  if (tag === "dkg-complaint") {
    const accused = numberOf(entry, 2);
    if (accused < 1 || accused > election.trustees) fail("about a trustee that does not exist");
  }
  if (tag === "roll-note") {
    const isRow = numberOf(entry, 1) < election.manifest.roll.size;
    if (!isRow && !isNoRow(fieldOf(entry, 1))) fail("on a row that does not exist");
  }
  if (tag === "roll-note" || tag === "attest") {
    blamingNow("V15", () => fromUtf8(fieldOf(entry, 2)), "words");
  }
}
