/**
 * The registrars' blind keys, out of the set-up log (protocol, section 6): all voters must be
 * given the same ones, and none may be able to mark what it signs (A3, A4).
 */
import { parseSpki } from "./blind-rsa.js";
import { isEqual } from "./bytes.js";
import { number, sha256, split } from "./encoding.js";
import { BadKey } from "./errors.js";
import {
  CERTIFICATE_LENGTH, certificateMessages, checkCertificate, checkCoprime, checkFactors,
} from "./rsa-soundness.js";
import { readSigned, verifySigned } from "./signed.js";

/** @typedef {import("./bytes.js").Bytes} Bytes */
/** @typedef {import("./blind-rsa.js").PublicKey} PublicKey */
/** @typedef {import("./manifest.js").Manifest} Manifest */
/**
 * @typedef {object} Offer one registrar's key for one style
 * @property {number} registrar
 * @property {number} style
 * @property {PublicKey} key
 * @property {Bytes[]} certificate
 * @property {ReturnType<typeof readSigned>} signed
 */

const FIELDS = 4; // before the certificate

/**
 * The keys that sign credentials of this style, in the registrars' order; BadKey, BadSignature.
 * @param {Manifest} manifest
 * @param {Uint8Array[]} payloads of the set-up log
 * @param {number} style
 * @returns {Promise<PublicKey[]>}
 */
export async function registrarKeys(manifest, payloads, style) {
  const offers = payloads.filter(isOffer).map((payload) => readOffer(payload, manifest.eid0));
  for (const wanted of manifest.registrarKeys) await checkPublished(wanted, offers);
  const own = offers.filter((offer) => offer.style === style);
  own.sort((one, other) => one.registrar - other.registrar);
  if (own.length !== manifest.draft.registrars.list.length) throw new BadKey("a key is missing");
  for (const offer of own) await checkOffer(offer, offers, manifest);
  return own.map(({ key }) => key);
}

/** @param {Uint8Array} payload */
function isOffer(payload) {
  return split(payload).tag === "signed" && readSigned(payload).tag === "reg-key";
}

/**
 * @param {Uint8Array} payload
 * @param {Bytes} eid0
 * @returns {Offer}
 */
function readOffer(payload, eid0) {
  const signed = readSigned(payload);
  const { fields } = split(signed.inner);
  const [draft, registrar, style, spki, ...certificate] = fields;
  const hasShape = fields.length === FIELDS + CERTIFICATE_LENGTH && spki !== undefined;
  if (!hasShape || !draft || !isEqual(draft, eid0)) throw new BadKey("not a key of this draft");
  const place = { registrar: number(registrar ?? draft), style: number(style ?? draft) };
  if (signed.role !== "registrar" || signed.index !== place.registrar) {
    throw new BadKey("a key that its registrar did not publish");
  }
  return { ...place, key: parseSpki(spki), certificate, signed };
}

/**
 * @param {Manifest["registrarKeys"][number]} wanted
 * @param {Offer[]} offers
 */
async function checkPublished(wanted, offers) {
  const found = offers.filter(
    ({ registrar, style }) => registrar === wanted.registrar && style === wanted.style,
  );
  const [offer] = found;
  const isSame = offer && isEqual(await sha256(offer.key.spki), wanted.spki_sha256);
  if (found.length !== 1 || !isSame) throw new BadKey("the log holds other keys than the manifest");
}

/**
 * @param {Offer} offer
 * @param {Offer[]} all
 * @param {Manifest} manifest
 */
async function checkOffer(offer, all, { draft, eid0 }) {
  const registrar = draft.registrars.list[offer.registrar - 1];
  if (!registrar) throw new BadKey("a key of an unknown registrar");
  await verifySigned(offer.signed, registrar.key);
  checkFactors(offer.key);
  checkCoprime(offer.key, all.filter((each) => each !== offer).map(({ key }) => key));
  const messages = certificateMessages(eid0, offer.registrar, offer.style, offer.key);
  await checkCertificate(offer.key, messages, offer.certificate);
}
