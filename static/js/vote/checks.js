/**
 * What the client makes sure of before it asks for a credential (protocol, section 6.1), in order:
 *
 *   identity          the manifest's bytes give the election's name, and it reads strictly
 *   policy            the published policy is the one that the draft asks for
 *   set-up            the set-up log is the one that the manifest was made from
 *   registrar-keys    the registrars' keys are the manifest's, and sound
 *   check-in-log      the check-in log begins with this manifest, signed and witnessed
 *   ballot-log        the ballot log does, as it stands now
 *   acknowledgements  every trustee and registrar has signed that this is the election
 *
 * The voter's own row is checked in `roll.js`.
 */
import { concat, fromB64url, isEqual, utf8 } from "./bytes.js";
import { M, parse } from "./encoding.js";
import { BadProof, NotTrusted, Problem, Unreachable, VoteError } from "./errors.js";
import { parseManifest } from "./manifest.js";
import { inclusionProof, leafHash, rootOf, verifyInclusion } from "./merkle.js";
import { policyOf, policyText, readCheckpoint } from "./policy.js";
import { registrarKeys } from "./registrar-keys.js";
import { readSigned, verifySigned } from "./signed.js";
import { LogReader } from "./tiles.js";

/** @typedef {import("./bytes.js").Bytes} Bytes */
/** @typedef {import("./manifest.js").Manifest} Manifest */
/** @typedef {import("./policy.js").Policy} Policy */
/** @typedef {import("./tiles.js").Fetch} Fetch */
/** @typedef {(check: string) => void} Report told each check's name when it has passed */

/** The names above, in order. */
export const CHECKS = [
  "identity", "policy", "set-up", "registrar-keys", "check-in-log", "ballot-log",
  "acknowledgements",
];

const PREVIOUS = 32; // bytes of an entry before its payload

/**
 * Runs one check; whatever it throws comes out as NotTrusted, a failing network excepted.
 * @template T
 * @param {string} check
 * @param {Report} report
 * @param {() => Promise<T>} run
 * @returns {Promise<T>}
 */
async function step(check, report, run) {
  try {
    const found = await run();
    report(check);
    return found;
  } catch (error) {
    if (!(error instanceof VoteError) || isPassing(error)) throw error;
    throw new NotTrusted(check, error.message);
  }
}

/** @type {(error: VoteError) => boolean} */
const isPassing = (error) => error instanceof Unreachable || error instanceof Problem;

/**
 * The manifest under this name, and its policy: checks `identity` and `policy`.
 * @param {string} eid base64url
 * @param {Fetch} fetch
 * @param {Report} [report]
 * @returns {Promise<{manifest: Manifest, policy: Policy}>}
 */
export async function readElection(eid, fetch, report = () => {}) {
  const manifest = await step("identity", report, async () => {
    const found = await parseManifest(await fetch("manifest.json"));
    if (!isEqual(found.eid, fromB64url(eid, 32))) throw new BadProof("the name is of another");
    return found;
  });
  const policy = await step("policy", report, async () => {
    const derived = await policyOf(manifest.draft, manifest.eid0);
    const published = await fetch("policy");
    const text = utf8(policyText(derived));
    if (!isEqual(published, text)) throw new BadProof("not the draft's policy");
    return derived;
  });
  return { manifest, policy };
}

/**
 * The other checks: gives the keys that sign this style's credentials, and the ballot log's
 * checkpoint, which later ones must continue.
 * @param {{manifest: Manifest, policy: Policy}} election
 * @param {number} style
 * @param {{fetch: Fetch, report?: Report}} means
 */
export async function checkSetUp({ manifest, policy }, style, { fetch, report = () => {} }) {
  const payloads = await step("set-up", report, () => setUpPayloads(manifest, fetch));
  const keys = await step("registrar-keys", report, () => registrarKeys(manifest, payloads, style));
  await step("check-in-log", report, async () => {
    const note = await fetch("check-ins/checkpoints/1");
    const { size, root } = await readCheckpoint(note, policy, "check-ins");
    const first = await firstLeaf(manifest);
    if (size !== 1 || !isEqual(root, first)) throw new BadProof("it begins otherwise");
  });
  const ballots = await step("ballot-log", report, () => checkBallotLog(manifest, policy, fetch));
  await step("acknowledgements", report, () => checkAcks(manifest, ballots, fetch));
  return { keys, checkpoint: ballots };
}

/** @param {Manifest} manifest */
const firstLeaf = ({ eid, bytes }) => leafHash(concat(eid, M("manifest", bytes)));

/**
 * @param {Manifest} manifest
 * @param {Fetch} fetch
 */
async function setUpPayloads({ setup, draftBytes }, fetch) {
  const entries = await new LogReader(fetch, "setup", setup.size).firstEntries(setup.size);
  const root = await rootOf(await Promise.all(entries.map(leafHash)));
  if (!isEqual(root, setup.root)) throw new BadProof("it leads to another root");
  const payloads = entries.map((entry) => entry.subarray(PREVIOUS));
  if (!payloads[0] || !isEqual(payloads[0], M("draft", draftBytes))) {
    throw new BadProof("it begins with another draft");
  }
  return payloads;
}

/**
 * @param {Manifest} manifest
 * @param {Policy} policy
 * @param {Fetch} fetch
 */
async function checkBallotLog(manifest, policy, fetch) {
  const note = await fetch("ballots/checkpoint");
  const checkpoint = await readCheckpoint(note, policy, "ballots");
  const { subtree } = new LogReader(fetch, "ballots", checkpoint.size);
  const proof = await inclusionProof(0, checkpoint.size, subtree);
  await verifyInclusion(await firstLeaf(manifest), { index: 0, proof }, checkpoint);
  return { size: checkpoint.size, root: checkpoint.root, note };
}

/**
 * @param {Manifest} manifest
 * @param {{size: number, root: Bytes}} checkpoint
 * @param {Fetch} fetch
 */
async function checkAcks(manifest, checkpoint, fetch) {
  const { eid, draft } = manifest;
  const named = [
    ...draft.trustees.list.map(({ key }, at) => ({ who: `trustee ${at + 1}`, key })),
    ...draft.registrars.list.map(({ key }, at) => ({ who: `registrar ${at + 1}`, key })),
  ];
  const entries = await entriesAfterManifest(manifest, named.length, fetch);
  const found = entries.map((entry) => readSigned(entry.subarray(PREVIOUS)));
  for (const { who, key } of named) {
    const ack = found.find(({ role, index }) => `${role} ${index}` === who);
    if (!ack) throw new BadProof(`${who} has not acknowledged`);
    const [acknowledged] = parse("ack", ack.inner, [32]);
    if (!isEqual(acknowledged, eid)) throw new BadProof(`${who} acknowledged another election`);
    await verifySigned(ack, key);
  }
  // Until voting opens, the log's only checkpoint is the one after its manifest (section 4).
  if (checkpoint.size === 1) return;
  await checkLeaves(entries, new LogReader(fetch, "ballots", checkpoint.size), checkpoint);
}

/**
 * The first entries of the ballot log after its manifest, chained to it.
 * @param {Manifest} manifest
 * @param {number} count
 * @param {Fetch} fetch
 */
async function entriesAfterManifest(manifest, count, fetch) {
  // A reader of this size asks for the beginning of a bundle only, not for 256 ballots.
  const reader = new LogReader(fetch, "ballots", 1 + count);
  const entries = await reader.firstEntries(1 + count).catch((error) => {
    if (!(error instanceof Problem)) throw error;
    throw new BadProof("they are not all there yet");
  });
  let previous = await firstLeaf(manifest);
  for (const entry of entries.slice(1)) {
    const isNext = isEqual(entry.subarray(0, PREVIOUS), previous);
    if (!isNext) throw new BadProof("they do not follow each other");
    previous = await leafHash(entry);
  }
  return entries.slice(1);
}

/**
 * Throws BadProof unless these entries stand in the log from index 1 on.
 * @param {Bytes[]} entries
 * @param {LogReader} reader
 * @param {{size: number, root: Bytes}} checkpoint
 */
async function checkLeaves(entries, reader, checkpoint) {
  for (const [at, entry] of entries.entries()) {
    const proof = await inclusionProof(at + 1, checkpoint.size, reader.subtree);
    await verifyInclusion(await leafHash(entry), { index: at + 1, proof }, checkpoint);
  }
}
