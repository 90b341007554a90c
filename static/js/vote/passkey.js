/**
 * A passkey signs what it is shown (protocol, section 6.4): the voter's at check-in, an officer's
 * at the desk. The challenge is `d`, so that one gesture authorises one check-in and no other.
 */
import { isEqual } from "./bytes.js";
import { M, u16 } from "./encoding.js";
import { VoteError } from "./errors.js";

/** @typedef {import("./bytes.js").Bytes} Bytes */
/** @typedef {{rp_id: string, origins: string[]}} Place where passkeys of an election are used */
/** @typedef {{id: Bytes, cose: Bytes}} Passkey its name on its device, and its public key */
/**
 * @typedef {object} Assertion what the device answered
 * @property {Bytes} id which passkey
 * @property {Bytes} authenticatorData
 * @property {Bytes} clientData
 * @property {Bytes} signature
 */

const PATIENCE = 300_000; // milliseconds for fetching the other phone

/** A passkey that could not be asked or did not answer; nothing is lost, it may be asked again. */
export class PasskeyUnused extends VoteError {}

/** By the name of the browser's error. @type {Record<string, string>} */
const CODES = {
  NotAllowedError: "passkey-not-used",
  AbortError: "passkey-not-used",
  TimeoutError: "passkey-not-used",
  SecurityError: "passkey-elsewhere",
};

/**
 * Asks for one of these passkeys over a digest; PasskeyUnused where none answers.
 * @param {Bytes} digest 32 bytes
 * @param {Place} place
 * @param {Bytes[]} ids
 * @returns {Promise<Assertion>}
 */
export async function assertionOver(digest, place, ids) {
  if (!globalThis.PublicKeyCredential) {
    throw new PasskeyUnused("passkey-unsupported", "this browser knows no passkeys");
  }
  if (!place.origins.includes(location.origin)) {
    const facts = { origin: place.origins[0] ?? "" };
    throw new PasskeyUnused("passkey-elsewhere", "the passkeys belong to another address", facts);
  }
  const found = await navigator.credentials.get({ publicKey: request(digest, place, ids) }).catch(
    (error) => {
      const code = CODES[error?.name] ?? "passkey-unsupported";
      throw new PasskeyUnused(code, String(error?.message), { origin: place.origins[0] ?? "" });
    },
  );
  const isPasskey = found instanceof PublicKeyCredential;
  if (!isPasskey || !(found.response instanceof AuthenticatorAssertionResponse)) {
    throw new PasskeyUnused("passkey-not-used", "no passkey answered");
  }
  const { authenticatorData, clientDataJSON, signature } = found.response;
  return {
    id: new Uint8Array(found.rawId),
    authenticatorData: new Uint8Array(authenticatorData),
    clientData: new Uint8Array(clientDataJSON),
    signature: new Uint8Array(signature),
  };
}

/**
 * @param {Bytes} challenge
 * @param {Place} place
 * @param {Bytes[]} ids
 * @returns {PublicKeyCredentialRequestOptions}
 */
function request(challenge, { rp_id }, ids) {
  const allowCredentials = ids.map((id) => ({ type: /** @type {const} */ ("public-key"), id }));
  const timeout = PATIENCE;
  return { challenge, rpId: rp_id, allowCredentials, userVerification: "required", timeout };
}

/**
 * Kind 1: one of the voter's passkeys answers; PasskeyUnused `passkey-gone` where there is none.
 * @param {Place} place
 * @param {Passkey[]} passkeys those in the voter's row
 * @returns {import("./check-in.js").Authorise}
 */
export function byPasskey(place, passkeys) {
  return async (digest) => {
    if (passkeys.length === 0) {
      throw new PasskeyUnused("passkey-gone", "no passkey of the row is on the account any more");
    }
    const ids = passkeys.map(({ id }) => id);
    const { id, authenticatorData, clientData, signature } = await assertionOver(digest, place, ids);
    const used = passkeys.find((each) => isEqual(each.id, id));
    if (!used) throw new PasskeyUnused("passkey-not-used", "another passkey answered");
    const evidence = M("webauthn", used.cose, authenticatorData, clientData, signature);
    return { kind: 1, evidence };
  };
}

/**
 * The evidence of kind 2, from an officer's answer.
 * @param {number} officer from 1, in the draft's order
 * @param {Assertion} assertion
 */
export function deskEvidence(officer, { authenticatorData, clientData, signature }) {
  return M("webauthn-desk", u16(officer), authenticatorData, clientData, signature);
}

/**
 * For a row that has been signed already: the registrars answer a repeated ask without looking at
 * its evidence, which stays the first one's. No gesture is needed.
 * @param {1 | 2} kind
 * @returns {import("./check-in.js").Authorise}
 */
export const byFormerCheckIn = (kind) => async () => ({ kind, evidence: new Uint8Array() });
