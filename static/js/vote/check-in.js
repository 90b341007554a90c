/**
 * From a row of the roll to a credential (protocol, section 6). Each step stores before it asks,
 * so that it can be repeated after a crash with the same bytes.
 */
import { isEqual } from "./bytes.js";
import { recordOf, remember, voterOf } from "./context.js";
import { askDigest, blindAll, finalizeAll, issuePayloads } from "./credential.js";
import { sha256 } from "./encoding.js";
import { BadProof, BadRecovery, BadSignature, Problem, RegistrarsSilent } from "./errors.js";
import { verifyIssuePromise } from "./promise.js";
import { newRecord } from "./vault.js";

/** @typedef {import("./bytes.js").Bytes} Bytes */
/** @typedef {import("./blind-rsa.js").PublicKey} PublicKey */
/** @typedef {import("./context.js").Context} Context */
/** @typedef {import("./credential.js").Credential} Credential */
/** @typedef {import("./vault.js").Asked} Asked */
/** @typedef {{row: number, style: number, blinded: Bytes[]}} Ask what the digest is over */
/** @typedef {{kind: number, evidence: Bytes}} Authorised */
/** @typedef {(digest: Bytes, ask: Ask) => Promise<Authorised>} Authorise */

/** The registrars do not take the evidence, and have stored nothing. */
const UNAUTHORISED = new Set(["bad-evidence", "passkey-required"]);

/** A signed-in session is all that this row asks for. @type {Authorise} */
export const bySession = async () => ({ kind: 0, evidence: new Uint8Array() });

/**
 * Stores the voter's seed, a fresh one unless given. What is there already stays: a seed is made
 * once. BadRecovery `recovery-other-seed` where another one is given after that.
 * @param {Context} context
 * @param {{row: number, style: number}} place
 * @param {{seed?: Bytes | undefined, credentials?: Credential[]}} [given]
 */
export async function prepare({ store, eid }, { row, style }, { seed, credentials = [] } = {}) {
  const fresh = seed ?? crypto.getRandomValues(new Uint8Array(32));
  await store.change(eid, (record) => {
    const kept = record ?? newRecord(eid, { row, style, seed: fresh });
    if (seed && !isEqual(seed, kept.seed)) {
      throw new BadRecovery("recovery-other-seed", "this device holds another secret already");
    }
    return { ...kept, credentials: kept.credentials.length > 0 ? kept.credentials : credentials };
  });
}

/**
 * Asks the registrars to sign and keeps their credentials. Throws BadSignature where fewer than k
 * signed what they were asked, RegistrarsSilent where some of them have not answered; BadProof or BadSignature, the credentials being safe already, where
 * the log's promises are not in order.
 * @param {Context} context
 * @param {PublicKey[]} keys the registrars', verified
 * @param {Authorise} authorise
 */
export async function askForCredentials(context, keys, authorise) {
  const record = await recordOf(context);
  const voter = voterOf(context, record);
  const { row, style } = record;
  const asked = record.asked ?? (await makeAsk(context, await blindAll(voter, keys), authorise));
  const { signatures, promises } = await sendAsk(context, { row, style, ...asked });
  const credentials = await verifiedOnes(voter, keys, signatures);
  const { k, list } = context.manifest.draft.registrars;
  if (credentials.length < k) {
    const silent = list.filter((_, at) => (signatures[at] ?? []).length === 0);
    if (silent.length > 0) throw new RegistrarsSilent(silent.map(({ name }) => name));
    throw new BadSignature("too few registrars signed what they were asked");
  }
  await remember(context, (now) => ({ ...now, credentials, issuePromises: promises }));
  await checkPromises(context, asked, { signatures, promises });
}

/**
 * @param {Context} context
 * @param {Bytes[]} blinded
 * @param {Authorise} authorise
 * @returns {Promise<Asked>}
 */
async function makeAsk(context, blinded, authorise) {
  const { row, style } = await recordOf(context);
  const digest = await askDigest({ eid: context.manifest.eid, row, style, blinded });
  const asked = { blinded, ...(await authorise(digest, { row, style, blinded })) };
  await remember(context, (now) => ({ ...now, asked }));
  return asked;
}

/**
 * The registrars' answers. Evidence that they do not take is forgotten, so that the next try asks
 * for another: the ask stays the same, for it follows from the seed.
 * @param {Context} context
 * @param {Ask & Authorised} ask
 */
async function sendAsk(context, ask) {
  try {
    return await context.service.checkIn(ask);
  } catch (error) {
    const isUnauthorised = error instanceof Problem && UNAUTHORISED.has(error.code);
    if (isUnauthorised) await remember(context, (now) => ({ ...now, asked: null }));
    throw error;
  }
}

/**
 * The credentials that verify: a registrar that is off or cheats is passed over, if k others sign.
 * @param {import("./credential.js").Voter} voter
 * @param {PublicKey[]} keys
 * @param {Bytes[]} signatures
 */
async function verifiedOnes(voter, keys, signatures) {
  const tried = await Promise.all(
    finalizeAll(voter, keys, signatures).map((one) =>
      one.catch((error) => {
        if (error instanceof BadSignature) return null;
        throw error;
      }),
    ),
  );
  return tried.filter((one) => one !== null);
}

/**
 * @param {Context} context
 * @param {Asked} asked
 * @param {{signatures: Bytes[], promises: Bytes[]}} answer
 */
async function checkPromises(context, asked, { signatures, promises }) {
  const { manifest, policy } = context;
  const { row, style } = await recordOf(context);
  const terms = {
    eid: manifest.eid,
    key: policy.logs["check-ins"].key,
    delay: manifest.draft.merge_delay_epochs,
  };
  const ask = { eid: manifest.eid, row, style, blinded: asked.blinded };
  const payloads = await issuePayloads(ask, asked, signatures);
  for (const [at, signature] of signatures.entries()) {
    if (signature.length === 0) continue;
    const { hash } = await verifyIssuePromise(promises[at] ?? new Uint8Array(), terms);
    const isOurs = isEqual(hash, await sha256(payloads[at] ?? hash));
    // Another device may have asked first, with evidence of its own, which then stays in the log.
    if (!isOurs && asked.kind === 0) throw new BadProof("a promise of another check-in");
  }
}
