/**
 * V20 to V24 and V27: every ballot by itself, all ballots of a key, and ballots against check-ins.
 */
import * as blindRsa from "../../vote/blind-rsa.js";
import { hex, isEqual } from "../../vote/bytes.js";
import * as ed25519 from "../../vote/ed25519.js";
import { M, about, parse, sha256, split, u16 } from "../../vote/encoding.js";
import { BadEncoding } from "../../vote/errors.js";
import { parsePoint } from "../../vote/p256.js";
import { Fault, Gap, blaming, blamingNow } from "../verdict.js";
import { keyName } from "./setup.js";

/** @typedef {import("../../vote/bytes.js").Bytes} Bytes */
/** @typedef {import("../bulk/pieces.js").Bench} Bench */
/** @typedef {import("../election.js").Election} Election */
/**
 * @typedef {object} Ballot a `cast` payload of right shape (section 7.3)
 * @property {Bytes} body
 * @property {Bytes} signature
 * @property {{registrar: number, signature: Bytes}[]} credentials
 * @property {number} style
 * @property {Bytes} bk
 * @property {number} seq
 * @property {Bytes[]} sealing fields of the seal's info: eid, style, bk, seq, prev_own
 * @property {Bytes} enc
 * @property {Bytes} ct
 */
/**
 * @typedef {object} CastItem what the whole log's checks need of a ballot
 * @property {"cast"} tag
 * @property {Bytes} batchKey its payload's hash
 * @property {string} hash the same, hexadecimal
 * @property {string} bk hexadecimal, "" for a ballot that V20 set aside
 * @property {number} style
 * @property {number} seq
 * @property {string} prevOwn hexadecimal
 */
/** @typedef {{ordinal: number, seq: number, style: number, hash: string, prevOwn: string}} Turn */

export const NO_PREVIOUS = "0".repeat(64);

const SIGNATURE = 64; // bytes
const CREDENTIAL = 2 + 384;
/** The fields of a body; the ciphertext has its style's length. */
/** @type {[32, 2, 32, 4, 32, 65, null]} */
const BODY = [32, 2, 32, 4, 32, 65, null];

/**
 * V20 to V23 on one ballot, in this order.
 * @param {Bench} bench
 * @param {Bytes} payload
 */
export async function examineCast(bench, payload) {
  const batchKey = await sha256(payload);
  const hash = hex(batchKey);
  /** @type {CastItem} */
  const none = { tag: "cast", batchKey, hash, bk: "", style: 0, seq: 0, prevOwn: NO_PREVIOUS };
  let ballot;
  try {
    ballot = v20Shape(payload, bench.election);
  } catch (fault) {
    return { item: none, troubles: [fault] };
  }
  const credentials = caught(v22Credentials(ballot, bench));
  const troubles = [await credentials, await caught(v23Signature(ballot))];
  const { bk, style, seq, sealing } = ballot;
  const prevOwn = hex(sealing[4] ?? new Uint8Array());
  const item = { ...none, bk: hex(bk), style, seq, prevOwn };
  return { item, troubles: troubles.filter((each) => each !== null) };
}

/** What a check throws, or null. @param {Promise<void>} check */
const caught = (check) => check.then(() => null, (/** @type {unknown} */ thrown) => thrown);

/**
 * The ballot in a payload: fields, lengths, election, style, a point on the curve; Fault V20.
 * @param {Bytes} payload
 * @param {Election} election
 * @returns {Ballot}
 */
export function v20Shape(payload, election) {
  const ballot = takeApart(payload);
  const { style, ct, enc, sealing } = ballot;
  if (!isEqual(sealing[0] ?? ct, election.eid)) {
    throw new Fault("V20", "the ballot is of another election");
  }
  const expected = election.ctOctets.get(style);
  if (expected === undefined) throw new Fault("V20", `there is no ballot style ${style}`);
  if (ct.length !== expected) {
    throw new Fault("V20", `the sealed choice has ${ct.length} bytes, not ${expected}`);
  }
  blamingNow("V20", () => parsePoint(enc), "the ephemeral key");
  return ballot;
}

/**
 * The fields of a payload and of its body. A ballot with another number of credentials is taken:
 * that is V22's to judge.
 * @param {Bytes} payload
 * @returns {Ballot}
 */
export function takeApart(payload) {
  return blamingNow("V20", () => {
    const { tag, fields } = split(payload);
    const [body, signature, ...credentials] = fields;
    if (tag !== "cast" || !body || signature?.length !== SIGNATURE) {
      throw new BadEncoding("a ballot without body or signature");
    }
    if (credentials.some(({ length }) => length !== CREDENTIAL)) {
      throw new BadEncoding("a credential of wrong length");
    }
    const [eid, style, bk, seq, prevOwn, enc, ct] = parse("ballot", body, BODY);
    return {
      body, signature, bk, enc, ct,
      style: about(style),
      seq: about(seq),
      sealing: [eid, style, bk, seq, prevOwn],
      credentials: credentials.map((each) => ({
        registrar: about(each.subarray(0, 2)),
        signature: each.subarray(2),
      })),
    };
  });
}

/**
 * Exactly k credentials of different registrars in ascending order, each one good.
 * @param {Ballot} ballot
 * @param {Bench} bench
 */
export async function v22Credentials({ credentials, style, bk }, { election, keys }) {
  const needed = election.draft.registrars.k;
  if (credentials.length !== needed) {
    throw new Fault("V22", `${credentials.length} credentials, not ${needed}`);
  }
  const registrars = credentials.map(({ registrar }) => registrar);
  if (registrars.some((each, at) => each <= (registrars[at - 1] ?? -1))) {
    throw new Fault("V22", "credentials not in strictly ascending order of registrars");
  }
  for (const { registrar, signature } of credentials) {
    if (registrar < 1 || registrar > election.registrars) {
      throw new Fault("V22", `there is no registrar ${registrar}`);
    }
    const key = keys.get(keyName(registrar, style));
    if (!key) throw new Gap("V22", `a sound key of registrar ${registrar} for style ${style}`);
    const message = M("credential", election.eid, u16(registrar), u16(style), bk);
    const what = `the credential of registrar ${registrar} is not good`;
    await blaming("V22", () => blindRsa.verify(key, message, signature), what);
  }
}

/**
 * The voter's own signature over the body (V23), looked at only where the strict rule allows its
 * encoding at all (V21, A29): canonical `A` and `R`, neither of small order, `S < L`.
 * @param {Ballot} ballot
 */
export async function v23Signature({ bk, body, signature }) {
  blamingNow("V21", () => {
    ed25519.checkPublic(bk);
    ed25519.checkSignature(signature);
  });
  await blaming("V23", () => ed25519.verify(bk, body, signature));
}

/**
 * What is wrong with a key's ballots as a set, by ordinal; their order says nothing (A23).
 * @param {Turn[]} turns by `seq`, then by place in the log
 * @param {number} maxRevisions
 * @returns {Map<number, string>}
 */
export function v24Sequence(turns, maxRevisions) {
  /** @type {Map<number, string>} */
  const wrong = new Map();
  /** @type {Turn[]} */
  let before = [];
  /** @type {Turn[]} */
  let current = [];
  for (const turn of turns) {
    const { ordinal, seq } = turn;
    const isSame = seq === current[0]?.seq;
    if (isSame) wrong.set(ordinal, `number ${seq} stands twice for its key`);
    else [before, current] = [current, []];
    const why = outOfTurn(turn, before, maxRevisions);
    if (why && !isSame) wrong.set(ordinal, why);
    current.push(turn);
  }
  return wrong;
}

/**
 * @param {Turn} turn
 * @param {Turn[]} before
 * @param {number} maxRevisions
 */
function outOfTurn({ seq, style, prevOwn }, before, maxRevisions) {
  const [first] = before;
  const hashes = first ? before.map(({ hash }) => hash) : [NO_PREVIOUS];
  if (seq !== (first ? first.seq + 1 : 0) || !hashes.includes(prevOwn)) {
    return `number ${seq} does not follow its key's last one`;
  }
  if (seq > maxRevisions) return `more than ${maxRevisions} revisions`;
  return first && style !== first.style ? "a second style under one key" : "";
}

/**
 * Per style, no more voting keys than check-ins with k issues (A1, A2).
 * @param {number} voted
 * @param {number} checkedIn
 * @param {number} style
 */
export function v27NotMoreThanCheckIns(voted, checkedIn, style) {
  if (voted > checkedIn) {
    throw new Fault("V27", `style ${style}: ${voted} keys voted, ${checkedIn} may`);
  }
}
