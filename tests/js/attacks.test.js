import assert from "node:assert/strict";
import test from "node:test";
import { b64url, concat, fromUtf8, utf8 } from "../../static/js/vote/bytes.js";
import { Election } from "../../static/js/vote/client.js";
import { M, parse, u16, u64 } from "../../static/js/vote/encoding.js";
import {
  BadProof, BadSignature, NotTrusted, VoteError,
} from "../../static/js/vote/errors.js";
import { memoryStore } from "../../static/js/vote/vault.js";
import { Twin } from "./twin.js";
import { seedOf, sign } from "./twin-keys.js";
import { TwinLog } from "./twin-log.js";
import { signed } from "./twin-election.js";

const CHOICES = [0, [2, 1, 3]];
const load = (twin, store = memoryStore()) =>
  Election.load(twin.name, { service: twin.service(), store });
const flip = (octets, at) => octets.with(at, octets.at(at) ^ 1);

/** Lets the platform change the files it serves: `change(path, octets)` gives the other octets. */
function spoil(twin, change) {
  const file = twin.file.bind(twin);
  twin.file = async (path) => change(path, await file(path));
}

async function assertNotTrusted(twin, check) {
  const run = async () => (await load(twin)).verifySetUp(7);
  await assert.rejects(run, (error) => {
    assert.ok(error instanceof NotTrusted, String(error));
    assert.equal(error.facts.check, check);
    return true;
  });
}

async function checkedIn(twin, store) {
  const election = await load(twin, store);
  await election.prepare(await election.rollRow());
  await election.checkIn();
  return election;
}

test("the manifest of another election under this name is refused (A3, A40)", async () => {
  const [twin, other] = [await Twin.open(), await Twin.open({ maxRevisions: 9 })];
  spoil(twin, (path, octets) => (path === "manifest.json" ? other.manifestBytes : octets));
  await assertNotTrusted(twin, "identity");
});

test("a manifest with any byte flipped is refused (A40)", async () => {
  const twin = await Twin.open();
  let at = 0;
  spoil(twin, (path, octets) => (path === "manifest.json" ? flip(octets, at) : octets));
  for (at = 0; at < twin.manifestBytes.length; at += 97) {
    await assert.rejects(load(twin), NotTrusted, `byte ${at}`);
  }
});

test("a policy that asks for fewer witnesses is refused (A41)", async () => {
  const twin = await Twin.open({ witnesses: 3 });
  const weaker = (octets) => utf8(fromUtf8(octets).replace("group g 3", "group g 1"));
  spoil(twin, (path, octets) => (path === "policy" ? weaker(octets) : octets));
  await assertNotTrusted(twin, "policy");
});

test("a set-up log with another key for this voter is refused (A3)", async () => {
  const twin = await Twin.open();
  const entries = twin.logs.setup.entries;
  entries[1] = flip(entries[1], 200);
  await assertNotTrusted(twin, "set-up");
});

test("a manifest that names other keys than the log is refused (A3)", async () => {
  const change = (manifest) => {
    manifest.registrar_keys[0].spki_sha256 = b64url(new Uint8Array(32));
  };
  await assertNotTrusted(await Twin.open({ change }), "registrar-keys");
});

/** An election whose set-up log offers what `alter` makes of the registrar's key. */
async function withOffer(alter) {
  const { logs } = await Twin.open();
  const [draft, offer] = logs.setup.entries.map((entry) => entry.subarray(32));
  const [, , inner] = parse("signed", offer, [null, 2, null, 64]);
  const log = new TwinLog(logs.setup.signers, new Uint8Array(32));
  await log.append(draft);
  await log.append(alter(inner));
  const head = { size: 2, root: b64url(await log.root()) };
  const lying = await Twin.open({ change: (manifest) => Object.assign(manifest.setup, head) });
  lying.logs.setup = log;
  return lying;
}

test("a key whose certificate is wrong is refused, though it is everybody's (A4)", async () => {
  const twin = await withOffer((inner) => signed("registrar", 1, seedOf(20), flip(inner, -1)));
  await assertNotTrusted(twin, "registrar-keys");
});

test("a key that its registrar did not sign is refused", async () => {
  const twin = await withOffer((inner) => signed("registrar", 1, seedOf(99), inner));
  await assertNotTrusted(twin, "registrar-keys");
});

test("a log that begins with another manifest is refused (A41)", async () => {
  const [twin, other] = [await Twin.open(), await Twin.open({ maxRevisions: 9 })];
  for (const [log, check] of [["check-ins", "check-in-log"], ["ballots", "ballot-log"]]) {
    const own = twin.logs[log];
    const forged = new TwinLog(own.signers, other.eid);
    for (const entry of other.logs[log].entries) await forged.append(entry.subarray(32));
    twin.logs[log] = forged;
    await assertNotTrusted(twin, check);
    twin.logs[log] = own;
  }
});

test("logs without a quorum of witnesses are refused (A41)", async () => {
  const twin = await Twin.open({ witnesses: 3 });
  twin.logs.ballots.signers.pop();
  await assertNotTrusted(twin, "ballot-log");
});

test("an election that a trustee has not acknowledged is refused (A51)", async () => {
  const twin = await Twin.open();
  const log = new TwinLog(twin.logs.ballots.signers, twin.eid);
  const [manifest, , ack, open] = twin.logs.ballots.entries.map((entry) => entry.subarray(32));
  for (const payload of [manifest, ack, ack, open]) await log.append(payload);
  twin.logs.ballots = log;
  await assertNotTrusted(twin, "acknowledgements");
});

test("acknowledgements that are not in the log are refused", async () => {
  const twin = await Twin.open();
  spoil(twin, (path, octets) => {
    if (!path.startsWith("ballots/tile/entries")) return octets;
    return flip(octets, octets.length - 1);
  });
  await assertNotTrusted(twin, "acknowledgements");
});

test("the row of another voter, another style or another roll is refused (A18)", async () => {
  const twin = await Twin.open();
  const answer = twin.answer.bind(twin);
  const said = await (await answer("ani", "/votes/street/roll-row", {})).json();
  const wrong = [
    { voter_id: "budi" }, { style: 8 }, { row: said.row + 1 }, { size: 4 }, { more: 1 },
    { salt: b64url(seedOf(9)) }, { proof: [...said.proof, ...said.proof] },
    { leaf: b64url(utf8("x")) },
  ];
  const election = await load(twin);
  for (const change of wrong) {
    twin.answer = async () => Response.json({ ...said, ...change });
    await assert.rejects(election.rollRow(), VoteError, JSON.stringify(change));
  }
});

test("a registrar that signs something else is caught; asking again heals it (A9)", async () => {
  const twin = await Twin.open();
  const answer = twin.answer.bind(twin);
  twin.answer = async (...request) => {
    const honest = await answer(...request);
    if (!request[1].endsWith("/check-in")) return honest;
    const said = await honest.json();
    return Response.json({ ...said, blind_signatures: [b64url(new Uint8Array(384).fill(3))] });
  };
  const election = await load(twin);
  await election.prepare(await election.rollRow());
  await assert.rejects(election.checkIn(), BadSignature);
  assert.equal(election.step, "asked");
  twin.answer = answer;
  await election.checkIn();
  assert.equal(election.step, "ready");
});

function promised(twin, tag, { hash, eid = twin.eid, delay = 2, seed = 3 }) {
  const promise = M(tag, eid, hash, u64(0), u16(delay));
  return M("promised", promise, sign(seedOf(seed), promise));
}

test("a promise with another delay, ballot, election or key is refused (A32)", async () => {
  const twin = await Twin.open();
  const election = await checkedIn(twin);
  await election.seal(CHOICES);
  const answer = twin.answer.bind(twin);
  const wrong = [{ delay: 3 }, { hash: seedOf(1) }, { eid: seedOf(1) }, { seed: 2 }];
  for (const change of wrong) {
    twin.answer = async (...request) => {
      const honest = new Uint8Array(await (await answer(...request)).arrayBuffer());
      const [promise] = parse("promised", honest, [null, 64]);
      const [, hash] = parse("promise", promise, [32, 32, 8, 2]);
      return new Response(promised(twin, "promise", { hash, ...change }));
    };
    await assert.rejects(election.cast(), VoteError, JSON.stringify(change));
    assert.equal(election.step, "sealed");
  }
  twin.answer = answer;
  await election.cast();
  assert.equal(election.step, "cast");
});

test("a wrong promise for a credential is told, and the credential is kept", async () => {
  const twin = await Twin.open();
  const answer = twin.answer.bind(twin);
  twin.answer = async (...request) => {
    const honest = await answer(...request);
    if (!request[1].endsWith("/check-in")) return honest;
    const said = await honest.json();
    const lie = promised(twin, "promise-issue", { hash: seedOf(1), seed: 2 });
    return Response.json({ ...said, promises: [b64url(lie)] });
  };
  const election = await load(twin);
  await election.prepare(await election.rollRow());
  await assert.rejects(election.checkIn(), BadProof);
  assert.equal(election.step, "ready");
});

test("a box that names a stranger's ballot as mine is caught", async () => {
  const twin = await Twin.open();
  const election = await checkedIn(twin);
  await election.seal(CHOICES);
  await election.cast();
  const budi = { service: twin.service("budi"), store: memoryStore() };
  const other = await Election.load(twin.name, budi);
  await other.prepare(await other.rollRow());
  await other.checkIn();
  const [{ payload }] = twin.ballots.values();
  const answer = twin.answer.bind(twin);
  twin.answer = async (...request) =>
    request[1].includes("/keys/") ? new Response(payload) : answer(...request);
  await assert.rejects(other.seal(CHOICES), BadProof);
});

test("a ballot log that was rewritten after check-in is caught at the receipt (A41)", async () => {
  const twin = await Twin.open();
  const election = await checkedIn(twin);
  await election.seal(CHOICES);
  await election.cast();
  const own = twin.logs.ballots;
  const forged = new TwinLog(own.signers, twin.eid);
  const payloads = own.entries.map((entry) => entry.subarray(32));
  for (const at of [0, 2, 1, 3]) await forged.append(payloads[at]);
  twin.logs.ballots = forged;
  await twin.endEpoch();
  const isFork = (error) => error instanceof NotTrusted && error.facts.check === "same-log";
  await assert.rejects(election.receipt(), isFork);
});

test("a log that grew honestly, past many tiles, is followed", async () => {
  const twin = await Twin.open();
  const election = await checkedIn(twin);
  await election.seal(CHOICES);
  await election.cast();
  for (let at = 0; at < 600; at++) await twin.logs.ballots.append(u16(at));
  await twin.endEpoch();
  for (let at = 0; at < 10; at++) await twin.logs.ballots.append(u16(at));
  const { index, size } = await election.receipt();
  assert.deepEqual([index, size], [604, 615]);
  await (await load(twin)).verifySetUp(7);
});

test("whatever bytes a server answers, what is thrown has words for the voter", async () => {
  const head = concat(Uint8Array.of(17), utf8("suara/v1/promised"), new Uint8Array(40));
  const texts = ["", "{}", "null", "[1]"].map(utf8);
  const noise = [...texts, head, new Uint8Array(500).fill(255)];
  for (const octets of noise) {
    const twin = await Twin.open();
    const store = memoryStore();
    const ready = await checkedIn(twin, store);
    await ready.seal(CHOICES);
    twin.answer = async () => new Response(octets);
    const steps = [() => load(twin), () => ready.rollRow(), () => ready.cast()];
    for (const run of [...steps, () => ready.verifySetUp(7), () => ready.checkIn()]) {
      await assert.rejects(run, VoteError, `${octets.length} bytes, ${run}`);
    }
  }
});
