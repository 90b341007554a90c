/**
 * The ceremony from one trustee's chair: what it says next, given what stands in the log. The same
 * as `ballots/trustee/steps.py`.
 *
 * Each step gives the keys to keep before anything else: they hold the very bytes to hand in, so
 * that a crash in between loses nothing and says nothing twice.
 */
import { isEqual } from "../vote/bytes.js";
import * as ed25519 from "../vote/ed25519.js";
import { readSigned } from "../vote/signed.js";
import { BadShare, Stopped } from "./errors.js";
import { seated } from "./keys.js";
import { ROUNDS } from "./setup-log.js";
import { readSaid, signedBy } from "./words-said.js";

/** @typedef {import("../vote/bytes.js").Bytes} Bytes */
/** @typedef {import("./keys.js").Keys} Keys */
/** @typedef {import("./setup-log.js").SetupLog} SetupLog */
/** @typedef {import("./setup-log.js").Round} Round */
/** @typedef {{keys: Keys, toSay: Bytes[]}} Step */

/** @type {Record<Round, (keys: Keys, setup: SetupLog, style: number) => Promise<Keys>>} */
const SPEAK = { dkg1: commit, dkg2: deal, dkg3: confirm };

/**
 * The keys at this draft's table, begun anew if they sat at another one's. Stopped where the draft
 * has no seat for them, and where they are bound to an election of another draft.
 * @param {Keys} keys
 * @param {SetupLog} setup
 * @returns {Promise<Keys>}
 */
export async function takeSeat(keys, { draft, eid0 }) {
  const own = await ed25519.publicKey(keys.identity);
  const place = draft.trustees.list.findIndex(({ key }) => isEqual(key, own));
  if (place < 0) throw new Stopped("not-a-trustee", "the draft names no trustee with this key");
  if (isEqual(keys.eid0, eid0)) return keys;
  if (keys.eid.length > 0) throw new Stopped("other-election", "keys of another election");
  return seated(keys, eid0, place + 1);
}

/**
 * Everything that can be said now, in every style. BadShare names a dealer against whom `complain`
 * is the way, BadDealing what everybody can see; Stopped where no step is possible.
 * @param {Keys} given
 * @param {SetupLog} setup
 * @returns {Promise<Step>}
 */
export async function advance(given, setup) {
  let keys = await takeSeat(given, setup);
  const blamed = await setup.blamed();
  if (blamed > 0) {
    const name = setup.draft.trustees.list[blamed - 1]?.name;
    throw new Stopped("ended-by-complaint", `trustee ${blamed} is to blame`, { name });
  }
  checkOwnVoice(keys, setup);
  if (!setup.hasRegistrarKeys) return { keys, toSay: [] };
  for (const round of ROUNDS) {
    for (const style of setup.styles) {
      if (!hasSaid(keys, round, style)) keys = await SPEAK[round](keys, setup, style);
    }
    if (setup.missing(round).length > 0) break;
  }
  return { keys, toSay: unheard(keys, setup) };
}

/**
 * The complaint about a share that is not right, which ends the draft; Stopped `nothing-wrong`
 * where every share is right.
 * @param {Keys} keys
 * @param {SetupLog} setup
 * @returns {Promise<Step>}
 */
export async function complain(keys, setup) {
  const isDealt = setup.missing("dkg2").length === 0;
  for (const style of isDealt ? setup.styles : []) {
    const dealing = keys.dealings.find((each) => each.style === style);
    try {
      if (dealing) await setup.table(style).receive(keys.number, dealing, setup.heard(style));
    } catch (error) {
      if (!(error instanceof BadShare) || !dealing) throw error;
      const inner = setup.table(style).complain(keys.number, dealing, error.dealer);
      const kept = await say(keys, inner);
      return { keys: kept, toSay: kept.said.slice(-1) };
    }
  }
  throw new Stopped("nothing-wrong", "every share that was dealt to this trustee is right");
}

/**
 * @param {Keys} keys
 * @param {SetupLog} setup
 * @param {number} style
 */
async function commit(keys, setup, style) {
  const { dealing, inner } = await setup.table(style).commit(keys.number);
  return say({ ...keys, dealings: [...keys.dealings, { style, ...dealing }] }, inner);
}

/**
 * @param {Keys} keys
 * @param {SetupLog} setup
 * @param {number} style
 */
async function deal(keys, setup, style) {
  const firsts = setup.round("dkg1", style);
  return say(keys, await setup.table(style).deal(keys.number, dealingOf(keys, style), firsts));
}

/**
 * Checks every share, keeps their sum, and forgets what it was dealt from.
 * @param {Keys} keys
 * @param {SetupLog} setup
 * @param {number} style
 */
async function confirm(keys, setup, style) {
  const [table, heard] = [setup.table(style), setup.heard(style)];
  const x = await table.receive(keys.number, dealingOf(keys, style), heard);
  const dealings = keys.dealings.filter((each) => each.style !== style);
  const shares = [...keys.shares, { style, x }];
  return say({ ...keys, dealings, shares }, await table.confirm(keys.number, x, heard));
}

/**
 * @param {Keys} keys
 * @param {number} style
 */
function dealingOf(keys, style) {
  const found = keys.dealings.find((each) => each.style === style);
  if (!found) throw new Stopped("bad-key-file", `no dealing of style ${style}`);
  return found;
}

/**
 * @param {Keys} keys
 * @param {Bytes} inner
 * @returns {Promise<Keys>}
 */
async function say(keys, inner) {
  const payload = await signedBy(keys.identity, keys.number, inner);
  return { ...keys, said: [...keys.said, payload] };
}

/**
 * @param {Keys} keys
 * @param {Round} round
 * @param {number} style
 */
function hasSaid(keys, round, style) {
  const said = keys.said.map((payload) => readSaid(readSigned(payload).inner));
  return said.some((each) => each.tag === round && each.style === style);
}

/**
 * What this trustee said and the log does not hold yet.
 * @param {Keys} keys
 * @param {SetupLog} setup
 */
function unheard(keys, setup) {
  const standing = setup.payloadsOf(keys.number);
  return keys.said.filter((payload) => !standing.some((each) => isEqual(each, payload)));
}

/**
 * Throws Stopped `other-voice` where the log holds words under this key that it does not know:
 * they come from a copy of it, or from an older state of the device (A51).
 * @param {Keys} keys
 * @param {SetupLog} setup
 */
function checkOwnVoice(keys, setup) {
  const standing = setup.payloadsOf(keys.number);
  if (standing.some((each) => !keys.said.some((payload) => isEqual(payload, each)))) {
    throw new Stopped("other-voice", "the log holds words that this device never said");
  }
}
