/**
 * Before the vote the acknowledgement, after it the shares: what a trustee signs, once each. The
 * same as `ballots/trustee/opening.py`.
 */
import { b64url, isEqual, utf8 } from "../vote/bytes.js";
import { M, number, sha256, split, u16 } from "../vote/encoding.js";
import { BadEncoding, VoteError } from "../vote/errors.js";
import { parseNote } from "../vote/note.js";
import { policyOf, readCheckpoint } from "../vote/policy.js";
import { registrarKeys } from "../vote/registrar-keys.js";
import { readSigned } from "../vote/signed.js";
import { readBundle, tilePath } from "../vote/tiles.js";
import { SecondClose, Stopped } from "./errors.js";
import { checkPossession } from "./sharing.js";
import { takeSeat } from "./steps.js";
import { signedBy } from "./words-said.js";

/** @typedef {import("../vote/bytes.js").Bytes} Bytes */
/** @typedef {import("../vote/manifest.js").Manifest} Manifest */
/** @typedef {import("./keys.js").Keys} Keys */
/** @typedef {import("./setup-log.js").SetupLog} SetupLog */
/** @typedef {import("./steps.js").Step} Step */
/** @typedef {(path: string) => Promise<Bytes>} Read a file of a record by its path */
/** @typedef {{hash: Bytes, small: Set<number>}} Closed `small`: styles that stay shut */

const WIDTH = 256; // entries in a bundle
const PREV = 32; // bytes

/**
 * The `ack`: this is the ceremony I took part in, and my shares come out of my backup. Stopped
 * names what does not fit (A51).
 * @param {Keys} given
 * @param {SetupLog} setup
 * @param {Manifest} manifest
 * @returns {Promise<Step>}
 */
export async function acknowledge(given, setup, manifest) {
  const keys = await takeSeat(given, setup);
  if (keys.eid.length > 0 && !isEqual(keys.eid, manifest.eid)) {
    throw new Stopped("other-election", "another election of this draft was acknowledged before");
  }
  await checkManifest(setup, manifest);
  await rehearse(keys, manifest);
  const said = await signedBy(keys.identity, keys.number, M("ack", manifest.eid));
  return { keys: { ...keys, eid: manifest.eid }, toSay: [said] };
}

/**
 * Throws Stopped unless these keys hold every share that the manifest says they do: x·G = X.
 * @param {Keys} keys
 * @param {Manifest} manifest
 */
export async function rehearse(keys, manifest) {
  for (const { style, trustee_points: points } of manifest.electionKeys) {
    const share = keys.shares.find((each) => each.style === style);
    const point = points[keys.number - 1];
    if (!share || !point) throw new Stopped("share-missing", `no share of style ${style}`);
    try {
      await checkPossession(share.x, point);
    } catch (error) {
      if (!(error instanceof VoteError)) throw error;
      throw new Stopped("share-wrong", `style ${style}: ${error.message}`);
    }
  }
}

/**
 * Throws Stopped unless the manifest seals this set-up log: draft, tree, keys.
 * @param {SetupLog} setup
 * @param {Manifest} manifest
 */
export async function checkManifest(setup, manifest) {
  const other = (/** @type {string} */ what) => new Stopped("other-manifest", what);
  if (!isEqual(manifest.eid0, setup.eid0) || !isEqual(manifest.draftBytes, setup.draftBytes)) {
    throw other("another draft");
  }
  if (!isEqual(await setup.root(manifest.setup.size), manifest.setup.root)) {
    throw other("another set-up log");
  }
  const payloads = setup.entries.map(({ payload }) => payload);
  for (const { style, key, trustee_points: points } of manifest.electionKeys) {
    const table = setup.table(style);
    const made = await table.electionKey(setup.heard(style), setup.round("dkg3", style));
    const isSame = points.every((point, at) => isEqual(point, made.trusteePoints[at] ?? key));
    if (!isEqual(key, made.key) || !isSame) throw other(`other keys of style ${style}`);
    await registrarKeys(manifest, payloads, style);
  }
}

/**
 * The shares of every style that is not small, for this close and never for another. The record
 * was verified before; keys out of a backup may be older than the acknowledgement. Stopped,
 * SecondClose (A59, A60).
 * @param {Keys} keys
 * @param {Manifest} manifest
 * @param {Closed} closed
 * @returns {Promise<Step>}
 */
export async function release(keys, manifest, { hash, small }) {
  const isOther = keys.eid.length > 0 && !isEqual(keys.eid, manifest.eid);
  if (isOther || !isEqual(keys.eid0, manifest.eid0)) {
    throw new Stopped("other-election", "these keys belong to another election");
  }
  if (keys.close.length > 0 && !isEqual(keys.close, hash)) throw new SecondClose(keys.close, hash);
  await rehearse(keys, manifest);
  const toSay = [];
  for (const { style, x } of keys.shares) {
    if (small.has(style)) continue;
    const inner = M("share", manifest.eid, u16(style), hash, x);
    toSay.push(await signedBy(keys.identity, keys.number, inner));
  }
  return { keys: { ...keys, eid: manifest.eid, close: hash }, toSay };
}

/**
 * How a record closes, from its ballot log bundle by bundle. Stopped `not-closed`; BadSignature,
 * BadProof where the checkpoint directly after `close` is not published.
 * @param {Manifest} manifest
 * @param {Read} read
 * @returns {Promise<Closed>}
 */
export async function readClosed(manifest, read) {
  const policy = await policyOf(manifest.draft, manifest.eid0);
  const { size } = await readCheckpoint(await read("ballots/checkpoint"), policy, "ballots");
  /** @type {Map<number, Set<string>>} */
  const voted = new Map();
  for (let first = 0; first < size; first += WIDTH) {
    const width = Math.min(WIDTH, size - first);
    const bundle = await read(`ballots/${tilePath("entries", first / WIDTH, width)}`);
    for (const [at, entry] of readBundle(bundle, width).entries()) {
      if (!isClose(entry.subarray(PREV), voted)) continue;
      const note = await read(`ballots/checkpoints/${first + at + 1}`);
      await readCheckpoint(note, policy, "ballots");
      return { hash: await sha256(utf8(parseNote(note).text)), small: smallOf(manifest, voted) };
    }
  }
  throw new Stopped("not-closed", "voting is not over in this record");
}

/**
 * Whether an entry is `close`; a ballot's key is noted by its style.
 * @param {Bytes} payload
 * @param {Map<number, Set<string>>} voted
 */
function isClose(payload, voted) {
  const { tag, fields } = split(payload);
  if (tag === "cast") {
    const [, style, bk] = split(fields[0] ?? payload).fields;
    if (!style || !bk) throw new BadEncoding("a ballot without its fields");
    const keys = voted.get(number(style)) ?? new Set();
    voted.set(number(style), keys.add(b64url(bk)));
  }
  return tag === "signed" && readSigned(payload).tag === "close";
}

/**
 * @param {Manifest} manifest
 * @param {Map<number, Set<string>>} voted
 */
function smallOf({ draft }, voted) {
  const isSmall = (/** @type {number} */ style) => {
    const count = voted.get(style)?.size ?? 0;
    return count > 0 && count < draft.min_group;
  };
  return new Set(draft.styles.map(({ id }) => id).filter(isSmall));
}
