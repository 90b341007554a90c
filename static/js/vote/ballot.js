/**
 * A ballot as it is cast: the sealed choice, the voter's signature, the credentials (protocol,
 * sections 7 and 8).
 */
import { crockford, isEqual } from "./bytes.js";
import { ballotKey, writeCredential } from "./credential.js";
import * as ed25519 from "./ed25519.js";
import { M, hkdf, number, parse, sha256, split, u16, u32 } from "./encoding.js";
import { BadEncoding, CannotOpen } from "./errors.js";
import { openOwn, seal } from "./hpke.js";

/** @typedef {import("./bytes.js").Bytes} Bytes */
/** @typedef {import("./credential.js").Credential} Credential */
/** @typedef {import("./credential.js").Voter} Voter */
/** @typedef {{seq: number, previous: Bytes}} Turn previous: the hash of the ballot before */
/**
 * @typedef {object} Cast a parsed ballot
 * @property {Bytes} eid
 * @property {number} style
 * @property {Bytes} bk
 * @property {number} seq
 * @property {Bytes} previous
 * @property {Bytes} enc
 * @property {Bytes} ct
 * @property {Bytes} body
 * @property {Bytes} signature
 * @property {Bytes[]} credentials 386 bytes each
 */

/** @type {Turn} */
export const FIRST = { seq: 0, previous: new Uint8Array(32) };

const CODE_BITS = 100;

/**
 * The 32 bytes that the envelope's key pair comes from; the second device is given them.
 * @param {Voter} voter
 * @param {Turn} turn
 * @param {Bytes} plaintext
 */
export function ephemeralIkm({ eid, seed }, { seq, previous }, plaintext) {
  return hkdf(seed, M("ephemeral", eid, u32(seq), previous, plaintext));
}

/**
 * @param {{eid: Bytes, style: number}} voter
 * @param {Bytes} bk
 * @param {Turn} turn
 */
function sealInfo({ eid, style }, bk, { seq, previous }) {
  return M("seal", eid, u16(style), bk, u32(seq), previous);
}

/**
 * The payload of a ballot; the same voter, turn and choice give the same bytes.
 * @param {Voter} voter
 * @param {Turn} turn
 * @param {Bytes} plaintext
 * @param {{electionKey: Bytes, credentials: Credential[]}} set the style's key, 65 bytes, and
 *   exactly k credentials
 */
export async function buildCast(voter, turn, plaintext, { electionKey, credentials }) {
  const { secret, bk } = await ballotKey(voter);
  const ikm = await ephemeralIkm(voter, turn, plaintext);
  const { enc, ct } = await seal(ikm, electionKey, sealInfo(voter, bk, turn), plaintext);
  const { seq, previous } = turn;
  const body = M("ballot", voter.eid, u16(voter.style), bk, u32(seq), previous, enc, ct);
  const ordered = [...credentials].sort((one, other) => one.registrar - other.registrar);
  const signature = await ed25519.sign(secret, body, bk);
  return M("cast", body, signature, ...ordered.map(writeCredential));
}

/**
 * The ballot in a payload; BadEncoding for another shape.
 * @param {Uint8Array} payload
 * @returns {Cast}
 */
export function parseCast(payload) {
  const { tag, fields } = split(payload);
  const [body, signature, ...credentials] = fields;
  const hasShape = tag === "cast" && body && signature?.length === 64;
  if (!hasShape || credentials.some(({ length }) => length !== 386)) {
    throw new BadEncoding("not a ballot");
  }
  const [eid, style, bk, seq, previous, enc, ct] = parse("ballot", body, [
    32, 2, 32, 4, 32, 65, null,
  ]);
  const parts = { style: number(style), seq: number(seq) };
  return { eid, ...parts, bk, previous, enc, ct, body, signature, credentials };
}

/**
 * The choice in a ballot, opened with the secret of its envelope: the second device's check.
 * Throws BadEncoding, BadSignature or CannotOpen where the ballot is not the one that was shown.
 * @param {Uint8Array} payload
 * @param {Bytes} ikm
 * @param {{eid: Bytes, electionKey: (style: number) => Bytes}} election
 */
export async function openOwnCast(payload, ikm, { eid, electionKey }) {
  const cast = parseCast(payload);
  if (!isEqual(cast.eid, eid)) throw new CannotOpen("a ballot of another election");
  await ed25519.verify(cast.bk, cast.body, cast.signature);
  const info = sealInfo(cast, cast.bk, cast);
  return { cast, plaintext: await openOwn(ikm, electionKey(cast.style), info, cast) };
}

/**
 * The tracking code of a payload's hash: its first 100 bits in Crockford's base32, in fours.
 * @param {Uint8Array} hash
 */
export function trackingCode(hash) {
  return (crockford(hash, CODE_BITS).match(/.{4}/g) ?? []).join(" ");
}

/**
 * The hash that names a ballot.
 * @param {Uint8Array} payload
 */
export function hashOf(payload) {
  return sha256(payload);
}
