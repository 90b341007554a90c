import assert from "node:assert/strict";
import test from "node:test";
import { Election } from "../../static/js/vote/client.js";
import { NotTrusted } from "../../static/js/vote/errors.js";
import { memoryStore } from "../../static/js/vote/vault.js";
import { Twin } from "./twin.js";
import { TwinLog } from "./twin-log.js";

/** A platform between freeze and opening: the acks stand in the log, under no checkpoint yet. */
async function frozen() {
  const twin = await Twin.open({ witnesses: 3 });
  const { ballots } = twin.logs;
  const payloads = ballots.entries.map((entry) => entry.subarray(32));
  const acks = payloads.slice(0, -1);
  const open = payloads.at(-1);
  await replaceLog(twin, acks);
  return { twin, acks, open };
}

async function replaceLog(twin, payloads) {
  const log = new TwinLog(twin.logs.ballots.signers, twin.eid);
  for (const payload of payloads) await log.append(payload);
  const files = log.file.bind(log);
  const last = log.size;
  const isUnopened = () => log.size === last;
  log.file = (path) =>
    path === "checkpoint" && isUnopened() ? log.checkpoint(1) : files(path);
  twin.logs.ballots = log;
}

async function checkIn(twin, store = memoryStore()) {
  const election = await Election.load(twin.name, { service: twin.service(), store });
  const row = await election.rollRow();
  await election.verifySetUp(row.style);
  await election.prepare(row);
  await election.checkIn();
  return election;
}

const isAckFault = (error) =>
  error instanceof NotTrusted && error.facts.check === "acknowledgements";

test("who checks in before voting opens sees the acknowledgements all the same", async () => {
  const { twin, open } = await frozen();
  const election = await checkIn(twin);
  assert.equal(election.step, "ready");
  await twin.logs.ballots.append(open);
  await election.seal([0, [2, 1, 3]]);
  await election.cast();
  await twin.endEpoch();
  await election.receipt(); // which continues what the device saw before the opening
  assert.equal(election.step, "received");
});

test("before voting opens nobody checks in while an acknowledgement is missing (A51)", async () => {
  const { twin, acks } = await frozen();
  await replaceLog(twin, acks.slice(0, -1));
  await assert.rejects(checkIn(twin), isAckFault);
});

test("acknowledgements that do not follow the manifest are refused", async () => {
  const { twin } = await frozen();
  const honest = twin.logs.ballots.entries[1];
  honest[0] ^= 1; // the hash of the entry before
  await assert.rejects(checkIn(twin), isAckFault);
});
