/**
 * Cast as intended (protocol, section 8): another device opens the ballot with the secret of its
 * envelope and shows the choice. What it scans names no address.
 */
import { hashOf, openOwnCast, trackingCode } from "./ballot.js";
import { b64url, fromB64url, isEqual } from "./bytes.js";
import { electionKey } from "./casting.js";
import { questionsOf } from "./draft.js";
import { verify } from "./blind-rsa.js";
import { M, number, u16 } from "./encoding.js";
import { BadEncoding, BadProof } from "./errors.js";
import { decode } from "./plaintext.js";

/** @typedef {import("./bytes.js").Bytes} Bytes */
/** @typedef {{eid: Bytes, hash: Bytes, ikm: Bytes}} CheckCode 32 bytes each; opens one ballot */

const HEAD = "suara-check";

/**
 * What the casting device shows, as a code to scan.
 * @param {CheckCode} code
 */
export function writeCheckCode({ eid, hash, ikm }) {
  return [HEAD, b64url(eid), b64url(hash), b64url(ikm)].join(".");
}

/**
 * The parts of a scanned code; BadEncoding.
 * @param {string} text
 * @returns {CheckCode}
 */
export function readCheckCode(text) {
  const [head, eid, hash, ikm, ...rest] = text.trim().split(".");
  if (head !== HEAD || !eid || !hash || !ikm || rest.length > 0) {
    throw new BadEncoding("not a code for checking a ballot");
  }
  return { eid: fromB64url(eid, 32), hash: fromB64url(hash, 32), ikm: fromB64url(ikm, 32) };
}

/**
 * The choices in the ballot that a code names, and its tracking code; throws where the ballot is
 * not the named one, not valid, or does not open.
 * @param {CheckCode} code
 * @param {Bytes} payload as the box serves it
 * @param {{manifest: import("./manifest.js").Manifest, keys: (style: number) =>
 *   Promise<import("./blind-rsa.js").PublicKey[]>}} election its registrars' keys by style
 */
export async function openCheckCode({ eid, hash, ikm }, payload, { manifest, keys }) {
  if (!isEqual(await hashOf(payload), hash)) throw new BadProof("not the ballot of this code");
  if (!isEqual(eid, manifest.eid)) throw new BadProof("a code of another election");
  const keyOf = (/** @type {number} */ style) => electionKey(manifest, style);
  const { cast, plaintext } = await openOwnCast(payload, ikm, { eid, electionKey: keyOf });
  const registrars = await keys(cast.style);
  for (const credential of cast.credentials) await checkCredential(cast, credential, registrars);
  if (cast.credentials.length !== manifest.draft.registrars.k) throw new BadProof("credentials");
  const questions = questionsOf(manifest.draft, cast.style);
  return { questions, choices: decode(questions, plaintext), code: trackingCode(hash) };
}

/**
 * @param {import("./ballot.js").Cast} cast
 * @param {Bytes} credential
 * @param {import("./blind-rsa.js").PublicKey[]} registrars
 */
async function checkCredential({ eid, style, bk }, credential, registrars) {
  const registrar = number(credential.subarray(0, 2));
  const key = registrars[registrar - 1];
  if (!key) throw new BadProof("a credential of an unknown registrar");
  const message = M("credential", eid, u16(registrar), u16(style), bk);
  await verify(key, message, credential.subarray(2));
}
