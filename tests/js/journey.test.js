import assert from "node:assert/strict";
import test from "node:test";
import { Election } from "../../static/js/vote/client.js";
import { CHECKS, checkSetUp } from "../../static/js/vote/checks.js";
import {
  BadChoice, OutOfTurn, Problem, Unreachable,
} from "../../static/js/vote/errors.js";
import { openCheckCode, readCheckCode } from "../../static/js/vote/second-device.js";
import { memoryStore } from "../../static/js/vote/vault.js";
import { Twin } from "./twin.js";

const FIRST_CHOICES = [0, [2, 1, 3]];
const SECOND_CHOICES = [null, [1, 0, 0]];

const load = (twin, store, voter) =>
  Election.load(twin.name, { service: twin.service(voter), store });

async function checkedIn(twin, store = memoryStore(), voter = "ani") {
  const election = await load(twin, store, voter);
  const row = await election.rollRow();
  await election.verifySetUp(row.style);
  await election.prepare(row);
  await election.checkIn();
  return election;
}

/** What the box's last ballot of this device says, by the second device's way. */
async function choicesInBox(twin, election) {
  const code = readCheckCode(election.checkCode);
  const payload = await twin.service().ballot(code.hash);
  const { manifest } = election;
  const keys = async () => {
    const means = { fetch: twin.service().recordFile };
    return (await checkSetUp({ manifest, policy: twin.policy }, 7, means)).keys;
  };
  return (await openCheckCode(code, payload, { manifest, keys })).choices;
}

test("a voter goes from the roll to a receipt, step by step", async () => {
  const twin = await Twin.open({ witnesses: 3 });
  const store = memoryStore();
  const election = await load(twin, store);
  assert.equal(election.step, "new");
  const row = await election.rollRow();
  const passed = [];
  await election.verifySetUp(row.style, (check) => passed.push(check));
  assert.deepEqual(passed, CHECKS);
  await election.prepare(row);
  assert.equal(election.step, "prepared");
  await election.checkIn();
  assert.equal(election.step, "ready");
  assert.deepEqual(election.questions.map(({ id }) => id), ["street", "order"]);
  await election.seal(FIRST_CHOICES);
  assert.equal(election.step, "sealed");
  assert.equal(twin.ballots.size, 0);
  await election.cast();
  assert.equal(election.step, "cast");
  assert.match(election.trackingCode, /^([0-9A-Z]{4} ){4}[0-9A-Z]{4}$/);
  await assert.rejects(election.receipt(), (error) => error.code === "not-yet-in-log");
  await twin.endEpoch();
  const { index, size } = await election.receipt();
  assert.ok(index < size);
  assert.equal(election.step, "received");
  assert.deepEqual(await choicesInBox(twin, election), FIRST_CHOICES);
  assert.equal(election.evidence().length, 4);
});

test("nothing that names the voter goes to the box or the record (A11)", async () => {
  const twin = await Twin.open();
  const election = await checkedIn(twin);
  await election.seal(FIRST_CHOICES);
  await election.cast();
  const nameless = twin.requests.filter(({ address }) => !address.startsWith("/votes/"));
  assert.ok(nameless.length > 5);
  for (const { credentials, referrerPolicy, headers } of nameless) {
    assert.equal(credentials, "omit");
    assert.equal(referrerPolicy, "no-referrer");
    assert.ok(!headers || !("X-CSRFToken" in headers));
  }
});

test("voting again continues the sequence, with the last choice last (A23)", async () => {
  const twin = await Twin.open();
  const store = memoryStore();
  const election = await checkedIn(twin, store);
  for (const choices of [FIRST_CHOICES, SECOND_CHOICES]) {
    await election.seal(choices);
    await election.cast();
    assert.deepEqual(await choicesInBox(twin, election), choices);
  }
  assert.equal(election.castCount, 2);
  assert.equal([...twin.keys.values()][0].length, 2);
});

test("the number of changes is limited before anything is sent", async () => {
  const twin = await Twin.open({ maxRevisions: 1 });
  const election = await checkedIn(twin);
  for (const choices of [FIRST_CHOICES, SECOND_CHOICES]) {
    await election.seal(choices);
    await election.cast();
  }
  const code = (error) => error instanceof OutOfTurn && error.code === "too-many-revisions";
  await assert.rejects(election.seal(FIRST_CHOICES), code);
});

test("with several registrars every credential is asked for and k go along", async () => {
  const twin = await Twin.open({ registrars: 2 });
  const election = await checkedIn(twin);
  await election.seal(FIRST_CHOICES);
  await election.cast();
  assert.deepEqual(await choicesInBox(twin, election), FIRST_CHOICES);
});

/** A store that crashes at its n-th change, before or after the change is durable. */
function crashingStore(store, crashAt, when) {
  let changes = 0;
  return {
    read: store.read,
    change: async (eid, change) => {
      const isCrash = ++changes === crashAt;
      if (isCrash && when === "before") throw new Error("crash");
      const changed = await store.change(eid, change);
      if (isCrash) throw new Error("crash");
      return changed;
    },
    count: () => changes,
  };
}

/** Goes on from wherever the device is, as the pages do. */
async function goOn(twin, store, choices) {
  const election = await load(twin, store);
  if (election.step === "new") await election.prepare(await election.rollRow());
  if (["prepared", "asked"].includes(election.step)) await election.checkIn();
  if (election.step === "ready") await election.seal(choices);
  if (election.step === "sealed") await election.cast();
  await twin.endEpoch();
  if (election.step === "cast") await election.receipt();
  return election;
}

async function assertOneVote(twin, store) {
  const election = await load(twin, store);
  assert.equal(election.step, "received");
  assert.equal(twin.checkIns.size, 1);
  assert.equal(twin.keys.size, 1);
  assert.deepEqual(await choicesInBox(twin, election), FIRST_CHOICES);
}

test("a crash at any change of the store, before or after it, loses nothing (A20)", async () => {
  const probe = crashingStore(memoryStore(), 0, "before");
  await goOn(await Twin.open(), probe, FIRST_CHOICES);
  assert.ok(probe.count() >= 7, `${probe.count()} changes`);
  for (let at = 1; at <= probe.count(); at++) {
    for (const when of ["before", "after"]) {
      const [twin, store] = [await Twin.open(), memoryStore()];
      const crashed = goOn(twin, crashingStore(store, at, when), FIRST_CHOICES);
      await assert.rejects(crashed, /crash/, `change ${at} ${when}`);
      await goOn(twin, store, FIRST_CHOICES);
      await assertOneVote(twin, store);
    }
  }
});

const ADDRESSES = [/manifest\.json/, /policy/, /setup\//, /check-ins\//, /checkpoint$/, /roll-row/,
  /check-in$/, /keys\//, /ballots$/, /receipts\//];

test("a request that fails, before or after its effect, loses nothing (A20, A32)", async () => {
  for (const match of ADDRESSES) {
    for (const when of ["before", "after"]) {
      const [twin, store] = [await Twin.open(), memoryStore()];
      twin.faults = [{ match, when }];
      await assert.rejects(goOn(twin, store, FIRST_CHOICES), Unreachable, `${match} ${when}`);
      twin.faults = [];
      await goOn(twin, store, FIRST_CHOICES);
      await assertOneVote(twin, store);
    }
  }
});

test("a request is tried four times before it counts as failed", async () => {
  const twin = await Twin.open();
  twin.faults = [{ match: /policy/, when: "before" }];
  await assert.rejects(load(twin, memoryStore()), Unreachable);
  assert.equal(twin.requests.filter(({ address }) => address.endsWith("policy")).length, 4);
});

test("a choice changed after a lost answer is a second ballot, never a fork (A23)", async () => {
  const [twin, store] = [await Twin.open(), memoryStore()];
  const election = await checkedIn(twin, store);
  await election.seal(FIRST_CHOICES);
  twin.faults = [{ match: /ballots$/, when: "after" }];
  await assert.rejects(election.cast(), Unreachable);
  twin.faults = [];
  const again = await load(twin, store);
  assert.equal(again.step, "sealed");
  await again.seal(SECOND_CHOICES);
  await again.cast();
  assert.equal(twin.ballots.size, 2);
  assert.deepEqual(await choicesInBox(twin, again), SECOND_CHOICES);
});

test("a sealed ballot that was never sent is simply replaced", async () => {
  const twin = await Twin.open();
  const election = await checkedIn(twin);
  await election.seal(FIRST_CHOICES);
  await election.seal(SECOND_CHOICES);
  await election.cast();
  assert.equal(twin.ballots.size, 1);
  assert.deepEqual(await choicesInBox(twin, election), SECOND_CHOICES);
});

test("a ballot that the box promised and lost is put in again first (A23, A32)", async () => {
  const twin = await Twin.open();
  const election = await checkedIn(twin);
  await election.seal(FIRST_CHOICES);
  await election.cast();
  twin.keys.clear();
  twin.ballots.clear();
  await election.seal(SECOND_CHOICES);
  await election.cast();
  assert.equal(twin.ballots.size, 2);
});

test("before voting opens the sealed ballot stays on the device", async () => {
  const twin = await Twin.open();
  const election = await checkedIn(twin);
  await election.seal(FIRST_CHOICES);
  twin.closed = "voting-not-open";
  await assert.rejects(election.cast(), (error) => error.code === "voting-not-open");
  assert.equal(election.step, "sealed");
  twin.closed = undefined;
  await election.cast();
  assert.equal(election.step, "cast");
});

test("a refused ballot is dropped and its choices stay", async () => {
  const twin = await Twin.open();
  const election = await checkedIn(twin);
  await election.seal(FIRST_CHOICES);
  twin.closed = "voting-closed";
  await assert.rejects(election.cast(), Problem);
  assert.equal(election.step, "ready");
  assert.deepEqual(election.choices, FIRST_CHOICES);
});

test("a recovery file takes the vote to another device, without signing in there", async () => {
  const twin = await Twin.open();
  const first = await checkedIn(twin);
  await first.seal(FIRST_CHOICES);
  await first.cast();
  const { file, fileName } = await first.recovery("id");
  assert.match(fileName, /^suara-.{8}\.txt$/);
  const second = await load(twin, memoryStore());
  await second.recover(file);
  assert.equal(second.step, "ready");
  await second.seal(SECOND_CHOICES);
  await second.cast();
  assert.equal([...twin.keys.values()][0].length, 2);
});

test("recovery words give the same credential again, by asking again (A20)", async () => {
  const twin = await Twin.open();
  const first = await checkedIn(twin);
  const { words } = await first.recovery("id");
  const second = await load(twin, memoryStore());
  const needsRow = (error) => error.code === "words-need-sign-in";
  await assert.rejects(second.recover(words.join(" ")), needsRow);
  await second.recover(words.join(" "), await second.rollRow());
  await second.checkIn();
  assert.equal(second.step, "ready");
  assert.equal(twin.checkIns.size, 1);
});

test("another secret cannot take the place of the one that is here", async () => {
  const twin = await Twin.open();
  const first = await checkedIn(twin);
  const second = await checkedIn(twin, memoryStore(), "budi");
  const { file } = await second.recovery("en");
  await assert.rejects(first.recover(file), (error) => error.code === "recovery-other-seed");
});

test("a second secret for a row that has checked in is refused by the registrar", async () => {
  const twin = await Twin.open();
  await checkedIn(twin);
  const again = checkedIn(twin, memoryStore());
  await assert.rejects(again, (error) => error.code === "already-checked-in");
});

test("what is ticked survives a reload, and a choice that breaks a rule is told", async () => {
  const [twin, store] = [await Twin.open(), memoryStore()];
  const election = await checkedIn(twin, store);
  await election.keep([1, [0, 0, 0]]);
  assert.deepEqual((await load(twin, store)).choices, [1, [0, 0, 0]]);
  assert.throws(() => election.check(1, [1, 1, 2]), BadChoice);
  await assert.rejects(election.seal([0, [1, 1, 2]]), BadChoice);
});

test("steps taken too early say what is missing", async () => {
  const twin = await Twin.open();
  const election = await load(twin, memoryStore());
  const code = (wanted) => (error) => error instanceof OutOfTurn && error.code === wanted;
  await assert.rejects(election.seal(FIRST_CHOICES), code("not-prepared"));
  await election.prepare(await election.rollRow());
  await assert.rejects(election.seal(FIRST_CHOICES), code("not-checked-in"));
  await assert.rejects(election.cast(), code("nothing-sealed"));
  await assert.rejects(election.receipt(), code("nothing-cast"));
});

test("two tabs cannot seal two ballots for one turn", async () => {
  const [twin, store] = [await Twin.open(), memoryStore()];
  const one = await checkedIn(twin, store);
  const other = await load(twin, store);
  await one.seal(FIRST_CHOICES);
  const sealing = other.seal(SECOND_CHOICES);
  await one.cast().catch(() => {});
  await sealing.catch((error) => assert.equal(error.code, "changed-elsewhere"));
  const settled = await goOn(twin, store, SECOND_CHOICES);
  assert.equal([...twin.keys.values()][0].length, settled.castCount);
});

test("forgetting wipes everything about the election", async () => {
  const [twin, store] = [await Twin.open(), memoryStore()];
  const election = await checkedIn(twin, store);
  await election.forget();
  assert.equal(election.step, "new");
  assert.equal(await store.read(twin.name), undefined);
});

test("a page instead of an answer means that the voter is signed out", async () => {
  const twin = await Twin.open();
  const election = await load(twin, memoryStore());
  const page = () => new Response("<!doctype html>", { headers: { "Content-Type": "text/html" } });
  twin.faults = [{ match: /roll-row/, get answer() { return page(); } }];
  await assert.rejects(election.rollRow(), (error) => error.code === "signed-out");
});

