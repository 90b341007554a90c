/**
 * V18: who authorised a check-in. The byte rules of protocol section 6.4.
 */
import { b64url, concat, fromUtf8, isEqual, utf8 } from "../../vote/bytes.js";
import { H, about, parse, sha256, u16 } from "../../vote/encoding.js";
import { readDer, verifyEcdsa } from "../../vote/p256.js";
import { parseCose } from "../cose.js";
import { hasPasskey } from "../logs/rows.js";
import { Fault, blaming, blamingNow } from "../verdict.js";

/** @typedef {import("../../vote/bytes.js").Bytes} Bytes */
/** @typedef {import("../election.js").Election} Election */
/** @typedef {import("../logs/rows.js").RollRow} RollRow */
/** @typedef {import("./issues.js").Request} Request */

/** Kinds of check-in: a signed-in session, the voter's passkey, an officer's at a desk. */
export const [SESSION, PASSKEY, DESK] = /** @type {const} */ ([0, 1, 2]);

const AUTHENTICATOR = 37;
const MOST_CLIENT = 1024; // bytes
const HASH = 32;
const [PRESENT, VERIFIED, ATTESTED, EXTENSIONS] = [0x01, 0x04, 0x40, 0x80];
const AFTER_ORIGIN = ["}", ',"crossOrigin":false}', ',"crossOrigin":false,'];

/** @type {(why: string) => never} */
const refuse = (why) => {
  throw new Fault("V18", why);
};

/**
 * The voter's passkey, an officer's, or none where the row has none (A1, A15).
 * @param {Request} request
 * @param {RollRow} row
 * @param {Election} election
 */
export async function v18Authorisation(request, row, election) {
  const { kind, evidence } = request;
  if (kind === SESSION) {
    if (row.passkeys.length === 0 && evidence.length === 0) return;
    refuse("a session checked in a row with a passkey, or brought evidence");
  }
  if (kind !== PASSKEY && kind !== DESK) refuse(`there is no kind ${kind}`);
  const tag = kind === DESK ? "webauthn-desk" : "webauthn";
  const [who, ...assertion] = blamingNow(
    "V18",
    () => parse(tag, evidence, [null, null, null, null]),
    "the evidence does not parse",
  );
  const cose = kind === DESK ? officerKey(who, election) : who;
  if (kind === PASSKEY && !(await hasPasskey(row, cose))) {
    refuse("the passkey is not one of the row");
  }
  await checkAssertion(cose, assertion, await challengeOf(request, election), election);
}

/**
 * `d`: one challenge for the messages to all registrars.
 * @param {Request} request
 * @param {Election} election
 */
function challengeOf({ rowBytes, style, blinded }, { eid }) {
  return H("check-in-ask", eid, rowBytes, u16(style), ...blinded);
}

/**
 * @param {Bytes} number
 * @param {Election} election
 */
function officerKey(number, { draft }) {
  const officer = number.length === 2 ? draft.officers[about(number) - 1] : undefined;
  return officer?.cose ?? refuse("there is no such officer");
}

/**
 * @param {Bytes} cose
 * @param {[authenticator: Bytes, client: Bytes, signature: Bytes]} assertion
 * @param {Bytes} challenge
 * @param {Election} election
 */
async function checkAssertion(cose, [authenticator, client, signature], challenge, { draft }) {
  await checkAuthenticator(authenticator, draft.passkeys.rp_id);
  checkClient(client, challenge, draft.passkeys.origins);
  const signed = concat(authenticator, await sha256(client));
  await blaming("V18", () => verifyEcdsa(parseCose(cose), signed, readDer(signature)));
}

/**
 * 37 bytes, more only with extensions: hash of the relying party, flags, counter (ignored).
 * @param {Bytes} octets
 * @param {string} site
 */
async function checkAuthenticator(octets, site) {
  const isOfSite = isEqual(octets.subarray(0, HASH), await sha256(utf8(site)));
  if (octets.length < AUTHENTICATOR || !isOfSite) {
    refuse("the authenticator speaks of another site");
  }
  const flags = octets[HASH] ?? 0;
  if ((flags & EXTENSIONS) === 0 && octets.length !== AUTHENTICATOR) {
    refuse("the authenticator's data are too long");
  }
  if ((flags & PRESENT) === 0 || (flags & VERIFIED) === 0 || (flags & ATTESTED) !== 0) {
    refuse("the user was not verified, or the assertion is no assertion");
  }
}

/**
 * The limited verification of WebAuthn section 5.8.1.2, with a fixed list of origins. Its length
 * is bound because how deep JSON may nest differs from reader to reader.
 * @param {Bytes} octets
 * @param {Bytes} challenge
 * @param {string[]} origins
 */
function checkClient(octets, challenge, origins) {
  if (octets.length > MOST_CLIENT) refuse("clientDataJSON is too long");
  const text = blamingNow("V18", () => fromUtf8(octets), "clientDataJSON");
  try {
    JSON.parse(text);
  } catch {
    refuse("clientDataJSON does not parse");
  }
  const head = `{"type":"webauthn.get","challenge":"${b64url(challenge)}","origin":"`;
  const starts = origins.map((origin) => `${head}${origin}"`);
  const start = starts.find((each) => text.startsWith(each));
  const isRight = AFTER_ORIGIN.some((after) => start && text.startsWith(after, start.length));
  if (!isRight) refuse("the passkey signed something else: type, challenge, origin, crossOrigin");
}
