/**
 * V01 to V05 and V08: documents, registrars' keys, acknowledgements.
 */
import { parseSpki } from "../../vote/blind-rsa.js";
import { isEqual } from "../../vote/bytes.js";
import { sha256 } from "../../vote/encoding.js";
import { certificateMessages, checkCertificate, checkFactors } from "../../vote/rsa-soundness.js";
import { gcd } from "../../vote/integers.js";
import { readElection } from "../election.js";
import { fieldOf, numberOf } from "../logs/shapes.js";
import { Unreadable } from "../source.js";
import { Fault, blaming, blamingNow } from "../verdict.js";

/** @typedef {import("../../vote/bytes.js").Bytes} Bytes */
/** @typedef {import("../../vote/blind-rsa.js").PublicKey} PublicKey */
/** @typedef {import("../election.js").Election} Election */
/** @typedef {import("../logs/shapes.js").Entry} Entry */
/** @typedef {import("../verdict.js").Findings} Findings */
/** @typedef {[index: number, entry: Entry]} Indexed an entry and its place in its log */
/** @typedef {Map<string, PublicKey>} Keys the registrars', by `keyName` */

const MOST_ATTACHMENT_BYTES = 2 ** 30; // hashed whole: a browser has no other way

/**
 * How a registrar's key for a style is called.
 * @param {number} registrar
 * @param {number} style
 */
export const keyName = (registrar, style) => `${registrar} ${style}`;

/**
 * The election of a manifest in canonical JSON of the known suite, in a sound container. Fault
 * V01, or V03 where everything is well formed but some key is no key.
 * @param {import("../source.js").Source} source
 * @param {Bytes} document
 */
export function v01Suite(source, document) {
  const wrong = source.wrongForm();
  if (wrong) throw new Fault("V01", wrong);
  return readElection(document);
}

/**
 * `eid0` is the draft's, the set-up log began with this draft, attachments are those named; Absent
 * where an attachment is not in the record, Unreadable where one is too long to be hashed here.
 * @param {Election} election
 * @param {Entry | null} draftEntry
 * @param {import("../source.js").Source} source
 * @param {Findings} findings
 */
export async function v02Ids(election, draftEntry, source, findings) {
  const { manifest, draft, eid0, statedEid0 } = election;
  if (!isEqual(statedEid0, eid0)) {
    findings.add("V02", "eid0 is not the hash of the draft", "manifest");
  }
  if (draftEntry && !isEqual(fieldOf(draftEntry, 0), manifest.draftBytes)) {
    findings.add("V02", "the set-up log began with another draft", "manifest");
  }
  for (const { name, sha256: named } of draft.attachments) {
    const path = `attachments/${name}`;
    const octets = await source.read(path, MOST_ATTACHMENT_BYTES);
    if (octets.length > MOST_ATTACHMENT_BYTES) {
      throw new Unreadable(`${path} is too long for this verifier`);
    }
    if (isEqual(await sha256(octets), named)) continue;
    findings.add("V02", `${path} has another hash than the draft says`, "manifest");
  }
}

/**
 * The registrars' keys that the manifest names (A3, A4): form, size and exponent, no small factor,
 * all coprime; those that cannot be used are left out.
 * @param {Election} election
 * @param {Indexed[]} entries
 * @param {Findings} findings
 */
export async function v04SoundKeys({ manifest }, entries, findings) {
  const shown = new Map(
    entries.map(([, entry]) => [keyName(numberOf(entry, 1), numberOf(entry, 2)), entry]),
  );
  /** @type {Keys} */
  const keys = new Map();
  for (const { registrar, style, spki_sha256: named } of manifest.registrarKeys) {
    const holder = keyName(registrar, style);
    const place = `key of registrar ${registrar} for style ${style}`;
    await findings.noting(async () => {
      const key = await namedKey(shown.get(holder), named);
      const others = [...keys.values()];
      keys.set(holder, key);
      checkShared(key, others, findings, place);
      blamingNow("V04", () => checkFactors(key));
    }, place);
  }
  return keys;
}

/**
 * @param {Entry | undefined} entry
 * @param {Bytes} named
 */
async function namedKey(entry, named) {
  if (!entry) throw new Fault("V04", "the set-up log does not show it");
  const spki = fieldOf(entry, 3);
  if (!isEqual(await sha256(spki), named)) throw new Fault("V04", "the manifest names another");
  return blamingNow("V04", () => parseSpki(spki));
}

/**
 * @param {PublicKey} key
 * @param {PublicKey[]} others
 * @param {Findings} findings
 * @param {string} place
 */
function checkShared(key, others, findings, place) {
  const product = others.reduce((rest, { n }) => (rest * n) % key.n, 1n);
  if (gcd(key.n, product) !== 1n) {
    findings.add("V04", "the modulus shares a factor with an earlier one", place);
  }
}

/**
 * V05 for every key that can be used: eight e-th roots show that e is invertible, without which
 * blinding hides nothing (A4).
 * @param {Election} election
 * @param {Indexed[]} entries
 * @param {Keys} keys
 * @param {Findings} findings
 */
export async function v05Certificates({ eid0 }, entries, keys, findings) {
  for (const [index, entry] of entries) {
    const [registrar, style] = [numberOf(entry, 1), numberOf(entry, 2)];
    const key = keys.get(keyName(registrar, style));
    if (!key) {
      findings.miss(["V05"], "a key that its certificate could be checked against");
      continue;
    }
    const messages = certificateMessages(eid0, registrar, style, key);
    const certificate = entry.fields.slice(4);
    const check = () => blaming("V05", () => checkCertificate(key, messages, certificate));
    await findings.noting(check, "setup", index);
  }
}

/**
 * Before the opening every trustee and every registrar has acknowledged this `eid` (A51).
 * @param {Election} election
 * @param {Indexed[]} acks
 */
export function v08Acks({ roles }, acks) {
  const heard = new Set(acks.map(([, { role, index }]) => `${role} ${index}`));
  const wanted = [...roles.keys()].filter((holder) => /^(trustee|registrar) /.test(holder));
  const missing = wanted.filter((holder) => !heard.has(holder));
  if (missing.length > 0) throw new Fault("V08", `no acknowledgement by ${missing.join(", ")}`);
}
