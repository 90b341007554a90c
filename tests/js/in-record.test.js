import assert from "node:assert/strict";
import test from "node:test";
import { Election } from "../../static/js/vote/client.js";
import { M, u16, u64 } from "../../static/js/vote/encoding.js";
import { BadProof } from "../../static/js/vote/errors.js";
import { memoryStore } from "../../static/js/vote/vault.js";
import { signed } from "./twin-election.js";
import { seedOf } from "./twin-keys.js";
import { Twin } from "./twin.js";

const ORGANISER = 4;
const CHOICES = [0, [2, 1, 3]];

async function cast(twin) {
  const means = { service: twin.service(), store: memoryStore() };
  const election = await Election.load(twin.name, means);
  await election.prepare(await election.rollRow());
  await election.checkIn();
  await election.seal(CHOICES);
  await election.cast();
  return election;
}

async function voted(twin) {
  const election = await cast(twin);
  await twin.endEpoch();
  return election;
}

/** Appends `close`, with one part of it changed. */
async function close(twin, { eid = twin.eid, seed = ORGANISER, role = "organiser", off = 0 } = {}) {
  const log = twin.logs.ballots;
  const inner = M("close", eid, u64(log.size + off), await log.root());
  await log.append(signed(role, 0, seedOf(seed), inner));
}

const share = (twin) => {
  const inner = M("share", twin.eid, u16(7), new Uint8Array(32), new Uint8Array(32));
  return twin.logs.ballots.append(signed("trustee", 1, seedOf(5), inner));
};

test("after the close a voter finds their ballot in the record that is counted", async () => {
  const twin = await Twin.open();
  const election = await voted(twin);
  await election.receipt();
  await close(twin);
  await share(twin);
  const { index, size } = await election.placeInClosedRecord();
  assert.equal(size, twin.logs.ballots.size);
  assert.ok(index < size - 2);
});

test("a voter who never came back for the receipt finds it too", async () => {
  const twin = await Twin.open();
  const election = await voted(twin);
  await close(twin);
  await election.placeInClosedRecord();
  assert.equal(election.step, "received");
});

test("a record that is not closed is not taken for one that is", async () => {
  const twin = await Twin.open();
  const election = await voted(twin);
  await assert.rejects(election.placeInClosedRecord(), BadProof);
});

test("a close that is not the organiser's, of this election, at its place, is none", async () => {
  const forgeries = [
    { seed: 5 }, { role: "trustee" }, { eid: new Uint8Array(32) }, { off: 1 },
  ];
  for (const forgery of forgeries) {
    const twin = await Twin.open();
    const election = await voted(twin);
    await close(twin, forgery);
    await assert.rejects(election.placeInClosedRecord(), undefined, JSON.stringify(forgery));
  }
});

test("a ballot that was added after the close is not in the count (A45)", async () => {
  const twin = await Twin.open();
  const election = await cast(twin);
  await close(twin);
  await twin.endEpoch();
  await assert.rejects(election.placeInClosedRecord(), BadProof);
});
