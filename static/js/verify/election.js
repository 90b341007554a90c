/**
 * What every check needs of the manifest, worked out once: identities, keys, sizes.
 */
import { questionsOf } from "../vote/draft.js";
import { checkPublic } from "../vote/ed25519.js";
import { readManifest } from "../vote/manifest.js";
import { lengthOf } from "../vote/plaintext.js";
import { policyOf } from "../vote/policy.js";
import { parseCose } from "./cose.js";
import { blaming } from "./verdict.js";

/** @typedef {import("../vote/bytes.js").Bytes} Bytes */
/** @typedef {import("../vote/policy.js").Log} Log */
/**
 * @typedef {object} Election a manifest whose keys all parse
 * @property {import("../vote/manifest.js").Manifest} manifest
 * @property {import("../vote/draft.js").Draft} draft
 * @property {Bytes} eid recomputed from the bytes
 * @property {Bytes} eid0 as above
 * @property {Bytes} statedEid0 what the manifest says
 * @property {import("../vote/policy.js").Policy} policy the keys that notes are checked with
 * @property {Map<string, Bytes>} roles who may sign an entry: "trustee 2" → Ed25519 key
 * @property {Map<number, number>} ctOctets bytes of a sealed ballot by style, in draft order
 * @property {number} registrars how many
 * @property {number} trustees how many
 */

/** @type {Log[]} */
export const LOGS = ["setup", "check-ins", "ballots"];
const TAG = 16; // bytes of AES-GCM's tag

/**
 * The election of a manifest's bytes. Faults: V01 if they are no manifest, V03 if some key in them
 * is none.
 * @param {Bytes} document
 * @returns {Promise<Election>}
 */
export async function readElection(document) {
  const { manifest, statedEid0 } = await blaming("V01", () => readManifest(document));
  const { draft, eid, eid0 } = manifest;
  const policy = await blaming("V03", () => readKeys(draft, eid0), "a key in the draft is none");
  const ctOctets = new Map(
    draft.styles.map(({ id }) => [id, lengthOf(questionsOf(draft, id)) + TAG]),
  );
  return {
    manifest, draft, eid, eid0, statedEid0, policy, ctOctets,
    roles: rolesOf(draft),
    registrars: draft.registrars.list.length,
    trustees: draft.trustees.list.length,
  };
}

/**
 * @param {Election["draft"]} draft
 * @param {Bytes} eid0
 */
async function readKeys(draft, eid0) {
  for (const { cose } of draft.officers) parseCose(cose);
  for (const key of rolesOf(draft).values()) checkPublic(key);
  return policyOf(draft, eid0);
}

/** @param {Election["draft"]} draft */
function rolesOf({ organiser, registrars, trustees, verifiers }) {
  const holders = { registrar: registrars.list, trustee: trustees.list, verifier: verifiers };
  const roles = new Map([["organiser 0", organiser.key]]);
  for (const [role, list] of Object.entries(holders)) {
    for (const [at, { key }] of list.entries()) roles.set(`${role} ${at + 1}`, key);
  }
  return roles;
}
