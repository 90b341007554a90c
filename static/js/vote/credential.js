/**
 * A voter's secrets, all from one seed, and the credentials that registrars sign blindly
 * (protocol, section 6).
 */
import { blind, factorFrom, finalize } from "./blind-rsa.js";
import { concat } from "./bytes.js";
import { publicKey } from "./ed25519.js";
import { H, M, hkdf, sha256, u16, u64 } from "./encoding.js";

/** @typedef {import("./bytes.js").Bytes} Bytes */
/** @typedef {import("./blind-rsa.js").PublicKey} PublicKey */
/** @typedef {{registrar: number, signature: Bytes}} Credential signature 384 bytes */
/** @typedef {{eid: Bytes, style: number, seed: Bytes}} Voter seed 32 bytes, secret */

const BLINDING = 400; // bytes

/**
 * The Ed25519 secret of this voter's ballots, 32 bytes, and its public key `bk`.
 * @param {Pick<Voter, "eid" | "seed">} voter
 */
export async function ballotKey({ eid, seed }) {
  const secret = await hkdf(seed, M("ballot-key", eid));
  return { secret, bk: await publicKey(secret) };
}

/**
 * What registrar `registrar` signs: this ballot key may vote once, in this style.
 * @param {Voter} voter
 * @param {number} registrar from 1
 */
async function message(voter, registrar) {
  const { bk } = await ballotKey(voter);
  return M("credential", voter.eid, u16(registrar), u16(voter.style), bk);
}

/**
 * @param {Voter} voter
 * @param {number} registrar
 * @param {PublicKey} key
 */
async function factor({ eid, seed }, registrar, key) {
  return factorFrom(await hkdf(seed, M("blind", eid, u16(registrar)), BLINDING), key);
}

/**
 * The blinded messages for registrars 1..n, 384 bytes each.
 * @param {Voter} voter
 * @param {PublicKey[]} keys in registrars' order
 */
export function blindAll(voter, keys) {
  return Promise.all(
    keys.map(async (key, at) =>
      blind(key, await message(voter, at + 1), await factor(voter, at + 1, key)),
    ),
  );
}

/**
 * The credentials in the registrars' answers, one for each key; each rejects with BadSignature
 * where that registrar did not sign what it was asked.
 * @param {Voter} voter
 * @param {PublicKey[]} keys
 * @param {Uint8Array[]} answers the blind signatures
 * @returns {Promise<Credential>[]}
 */
export function finalizeAll(voter, keys, answers) {
  return keys.map(async (key, at) => {
    const answer = answers[at] ?? new Uint8Array();
    const r = await factor(voter, at + 1, key);
    const signature = await finalize(key, await message(voter, at + 1), answer, r);
    return { registrar: at + 1, signature };
  });
}

/**
 * `u16 r ‖ RSA signature`, 386 bytes.
 * @param {Credential} credential
 */
export function writeCredential({ registrar, signature }) {
  return concat(u16(registrar), signature);
}

/**
 * `d`, 32 bytes: what a passkey signs to check in, one gesture for all registrars.
 * @param {{eid: Bytes, row: number, style: number, blinded: Bytes[]}} ask
 */
export function askDigest({ eid, row, style, blinded }) {
  return H("check-in-ask", eid, u64(row), u16(style), ...blinded);
}

/**
 * The payloads that registrars log for a check-in, in their order (protocol, section 4).
 * @param {{eid: Bytes, row: number, style: number, blinded: Bytes[]}} ask
 * @param {{kind: number, evidence: Bytes}} authorisation as it was first sent
 * @param {Uint8Array[]} answers the blind signatures
 */
export async function issuePayloads({ eid, row, style, blinded }, { kind, evidence }, answers) {
  const kindOctet = Uint8Array.of(kind);
  const checkIn = M("check-in", eid, u64(row), u16(style), ...blinded, kindOctet, evidence);
  const hash = await sha256(checkIn);
  return answers.map((answer, at) => M("issue", eid, u16(at + 1), hash, answer));
}
