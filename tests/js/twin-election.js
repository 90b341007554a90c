/** An election prepared in memory: keys, draft, manifest, the three logs, a roll. */
import { constants, generateKeyPairSync, privateEncrypt } from "node:crypto";
import { mgf1, parseSpki } from "../../static/js/vote/blind-rsa.js";
import { b64url, fromBigInt, toBigInt, utf8 } from "../../static/js/vote/bytes.js";
import { write } from "../../static/js/vote/canonical.js";
import { H, M, sha256, u16 } from "../../static/js/vote/encoding.js";
import { leafHash, rootOf } from "../../static/js/vote/merkle.js";
import { COSIGNATURE, verifierKey, writeVerifierKey } from "../../static/js/vote/note.js";
import { publicPoint } from "../../static/js/vote/p256.js";
import { policyOf } from "../../static/js/vote/policy.js";
import { certificateMessages } from "../../static/js/vote/rsa-soundness.js";
import { publicKey, seedOf, sign } from "./twin-keys.js";
import { TwinLog } from "./twin-log.js";

const SEEDS = {
  setup: 1, "check-ins": 2, ballots: 3, organiser: 4, trustee: 5, registrar: 20, witness: 40,
};
const words = (text) => ({ en: text, id: text });
/** The secret of the election key. */
export const OPENING = 123456789123456789n;

/** Blind keys are slow to make, so that all tests share them: one per registrar. */
const pairs = Array.from({ length: 2 }, () => {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 3072 });
  const spki = Uint8Array.from(publicKey.export({ type: "spki", format: "der" }));
  return { key: parseSpki(spki), privateKey };
});

/** Registrar number `at` + 1 signs whatever it is given. */
export function signBlindly(at, blinded) {
  const options = { key: pairs[at].privateKey, padding: constants.RSA_NO_PADDING };
  return Uint8Array.from(privateEncrypt(options, blinded));
}

export const QUESTIONS = [
  {
    id: "street", text: words("Close the street?"), method: "single", min: 0, max: 1,
    options: [{ id: "yes", text: words("Yes") }, { id: "no", text: words("No") }],
    rule: { name: "yes-no", quorum: [1, 10] },
  },
  {
    id: "order", text: words("In which order?"), method: "ranked", equal: false, min: 0, max: 3,
    options: ["a", "b", "c"].map((id) => ({ id, text: words(id) })),
    rule: { name: "instant-runoff" },
  },
];

async function makeDraft({ registrars, needed, witnesses, maxRevisions }) {
  const key = (octet) => b64url(publicKey(seedOf(octet)));
  const registrarList = Array.from({ length: registrars }, (_, at) => ({
    name: `Registrar ${at + 1}`, key: key(SEEDS.registrar + at), origin: "https://r.example",
  }));
  const witnessList = Array.from({ length: witnesses }, async (_, at) => {
    const octets = publicKey(seedOf(SEEDS.witness + at));
    const vkey = writeVerifierKey(await verifierKey(`w.example/${at}`, COSIGNATURE, octets));
    return { name: `Witness ${at + 1}`, vkey };
  });
  return {
    suite: "suara/v1", languages: ["id", "en"], title: words("Street"), about: words(""),
    nonce: b64url(new Uint8Array(16)), authority: "suara.example", attachments: [],
    log_keys: {
      setup: key(SEEDS.setup),
      "check-ins": key(SEEDS["check-ins"]),
      ballots: key(SEEDS.ballots),
    },
    organiser: { name: "Organiser", key: key(SEEDS.organiser) },
    questions: QUESTIONS,
    styles: [{ id: 7, name: words("All"), questions: ["street", "order"] }],
    schedule: {
      check_in_opens: 1, check_in_closes: 2, voting_opens: 1, voting_closes: 3,
      close_grace_seconds: 60,
    },
    registrars: { k: needed, faulty: needed - 1, list: registrarList },
    trustees: { k: 1, list: [{ name: "Trustee", key: key(SEEDS.trustee), held: "server" }] },
    witnesses: { k: witnesses, faulty: 0, list: await Promise.all(witnessList) },
    officers: [], verifiers: [], passkeys: { rp_id: "suara.example", origins: [] },
    epoch_seconds: 60, batch_min: 1, merge_delay_epochs: 2, max_revisions: maxRevisions,
    min_group: 1,
  };
}

/** What a role says in a log. */
export function signed(role, index, seed, inner) {
  const signature = sign(seed, M("by", utf8(role), u16(index), inner));
  return M("signed", utf8(role), u16(index), inner, signature);
}

const offers = new Map(); // certificates are slow to make, so that each is made once

function registrarKey(eid0, at) {
  const name = `${b64url(eid0)}/${at}`;
  if (!offers.has(name)) offers.set(name, makeOffer(eid0, at));
  return offers.get(name);
}

async function makeOffer(eid0, at) {
  const { key } = pairs[at];
  const certificate = await Promise.all(
    certificateMessages(eid0, at + 1, 7, key).map(async (message) => {
      const target = toBigInt(await mgf1(message, 400)) % key.n;
      return signBlindly(at, fromBigInt(target, 384));
    }),
  );
  const inner = M("reg-key", eid0, u16(at + 1), u16(7), key.spki, ...certificate);
  return signed("registrar", at + 1, seedOf(SEEDS.registrar + at), inner);
}

async function makeRoll(voters) {
  const rows = await Promise.all(
    voters.map(async (voter, at) => {
      const salt = new Uint8Array(32).fill(at + 1);
      return { voter, salt, leaf: M("roll", await H("voter", utf8(voter), salt), u16(7)) };
    }),
  );
  rows.sort((one, other) => Buffer.compare(one.leaf, other.leaf));
  const leaves = await Promise.all(rows.map(({ leaf }) => leafHash(leaf)));
  const subtree = (level, index) =>
    rootOf(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level));
  return { rows, root: await rootOf(leaves), subtree };
}

/** The signers of a log: itself, then every witness. */
function signersOf(policy, log, witnesses) {
  const own = { key: policy.logs[log], seed: seedOf(SEEDS[log]) };
  return [own, ...witnesses.map((key, at) => ({ key, seed: seedOf(SEEDS.witness + at) }))];
}

/**
 * A whole election, opened. `change(manifest)` may spoil the manifest before its name is made.
 */
export async function prepareElection({
  registrars = 1, needed = registrars, witnesses = 0, maxRevisions = 3, voters = ["ani", "budi", "citra"],
  change = () => {},
} = {}) {
  const draft = await makeDraft({ registrars, needed, witnesses, maxRevisions });
  const draftBytes = write(draft);
  const eid0 = await H("draft", draftBytes);
  const decoded = { ...draft, log_keys: {}, witnesses: draft.witnesses };
  for (const log of ["setup", "check-ins", "ballots"]) {
    decoded.log_keys[log] = publicKey(seedOf(SEEDS[log]));
  }
  const policy = await policyOf(decoded, eid0);
  const logs = {};
  logs.setup = new TwinLog(signersOf(policy, "setup", policy.witnesses), new Uint8Array(32));
  await logs.setup.append(M("draft", draftBytes));
  for (let at = 0; at < registrars; at++) await logs.setup.append(await registrarKey(eid0, at));
  const roll = await makeRoll(voters);
  const manifest = await makeManifest(draft, { eid0, setup: logs.setup, roll, registrars });
  change(manifest);
  const manifestBytes = write(manifest);
  const eid = await H("manifest", manifestBytes);
  for (const log of ["check-ins", "ballots"]) {
    logs[log] = new TwinLog(signersOf(policy, log, policy.witnesses), eid);
    await logs[log].append(M("manifest", manifestBytes));
  }
  await openBallots(logs.ballots, eid, registrars);
  return { eid, manifestBytes, policy, logs, roll, draft };
}

async function makeManifest(draft, { eid0, setup, roll, registrars }) {
  const hashes = await Promise.all(pairs.slice(0, registrars).map(({ key }) => sha256(key.spki)));
  const point = publicPoint(OPENING);
  const key = b64url(Uint8Array.of(2 + (point[64] & 1), ...point.subarray(1, 33)));
  const size = roll.rows.length;
  return {
    draft, eid0: b64url(eid0), setup: { size: setup.size, root: b64url(await setup.root()) },
    roll: { size, root: b64url(roll.root), styles: [{ style: 7, size }] },
    registrar_keys: hashes.map((hash, at) => ({
      registrar: at + 1, style: 7, spki_sha256: b64url(hash),
    })),
    election_keys: [{ style: 7, key, trustee_points: [key] }],
    client_sha256: b64url(new Uint8Array(32)),
  };
}

async function openBallots(ballots, eid, registrars) {
  await ballots.append(signed("trustee", 1, seedOf(SEEDS.trustee), M("ack", eid)));
  for (let at = 0; at < registrars; at++) {
    const seed = seedOf(SEEDS.registrar + at);
    await ballots.append(signed("registrar", at + 1, seed, M("ack", eid)));
  }
  await ballots.append(signed("organiser", 0, seedOf(SEEDS.organiser), M("open", eid)));
}
