import assert from "node:assert/strict";
import { after, test } from "node:test";
import { fromHex, fromUtf8, hex, utf8 } from "../../static/js/vote/bytes.js";
import { write } from "../../static/js/vote/canonical.js";
import { Election } from "../../static/js/vote/client.js";
import { split } from "../../static/js/vote/encoding.js";
import { parseManifest } from "../../static/js/vote/manifest.js";
import { encode } from "../../static/js/vote/plaintext.js";
import { policyOf, policyText } from "../../static/js/vote/policy.js";
import { Service } from "../../static/js/vote/service.js";
import { readSigned } from "../../static/js/vote/signed.js";
import { memoryStore } from "../../static/js/vote/vault.js";
import { absent, startPeer } from "./peer.js";
import { Twin } from "./twin.js";

const options = { skip: absent };
const peer = absent ? undefined : startPeer();
const call = (...given) => peer.call(...given);
after(() => peer?.stop());

/** A question of each method, with choices that are allowed. */
const words = (text) => ({ id: text, en: text });
const options4 = ["a", "b", "c", "d"].map((id) => ({ id, text: words(id) }));
const base = { text: words("?"), options: options4, min: 0, max: 4 };
const costs = [5, 6, 7, 8];
const QUESTIONS = [
  [{ ...base, id: "s", method: "single", max: 1, rule: { name: "plurality", seats: 2 } }, 3],
  [{ ...base, id: "a", method: "approval", rule: { name: "approval" } }, [0, 3]],
  [{ ...base, id: "c", method: "score", max_score: 9, rule: { name: "star" } }, [9, 0, 1, 2]],
  [{ ...base, id: "r", method: "ranked", equal: true, rule: { name: "schulze" } }, [1, 1, 2, 0]],
  [
    { ...base, id: "b", method: "budget", ballot: "approval",
      rule: { name: "equal-shares", budget: 20, costs, utility: "cost",
        completion: "add1u-greedy", completion_step: 1 } },
    [1, 2],
  ],
  [
    { ...base, id: "p", method: "budget", ballot: "points", points: 9,
      rule: { name: "greedy", budget: 20, costs } },
    [3, 3, 3, 0],
  ],
];

test("a manifest made here is read alike in Python, policy and all", options, async () => {
  const twin = await Twin.open({ witnesses: 3, registrars: 2 });
  const theirs = await call("manifest", twin.manifestBytes);
  const ours = await parseManifest(twin.manifestBytes);
  assert.equal(hex(ours.eid), theirs.eid);
  assert.equal(policyText(await policyOf(ours.draft, ours.eid0)), theirs.policy);
});

/** The bytes of the twin's manifest after `change`, with the right `eid0`. */
async function altered(change) {
  const twin = await Twin.open();
  const value = JSON.parse(fromUtf8(twin.manifestBytes));
  change(value);
  return write(value);
}

/** Ways to spoil a manifest, of which both sides must refuse every one. */
const SPOILS = [
  (value) => delete value.setup,
  (value) => { value.more = 1; },
  (value) => { value.draft.more = 1; },
  (value) => { value.draft.suite = "suara/v2"; },
  (value) => { value.draft.languages = ["id", "id"]; },
  (value) => { value.draft.title = { id: "x" }; },
  (value) => { value.draft.nonce = "AA"; },
  (value) => { value.draft.authority = "Suara.example"; },
  (value) => { value.draft.questions[0].method = "many"; },
  (value) => { value.draft.questions[0].max_score = 3; },
  (value) => { value.draft.questions[0].rule.name = "schulze"; },
  (value) => { value.draft.questions[0].rule.seats = 1; },
  (value) => { value.draft.questions[0].rule.quorum = [2, 1]; },
  (value) => { value.draft.questions[0].rule.quorum = [0, 0]; },
  (value) => { value.draft.questions[0].options.reverse(); },
  (value) => { value.draft.questions[0].options[1].id = "Yes"; },
  (value) => { value.draft.questions[1].options[1].id = "a"; },
  (value) => { value.draft.questions[1].max = -1; },
  (value) => { value.draft.questions[1].min = 9; },
  (value) => { value.draft.questions[1].equal = 0; },
  (value) => { delete value.draft.questions[1].equal; },
  (value) => { value.draft.questions[1].id = "street"; },
  (value) => { value.draft.styles[0].id = 0; },
  (value) => { value.draft.styles[0].questions.push("none"); },
  (value) => { value.draft.styles[0].questions.push("street"); },
  (value) => { value.draft.registrars.list = []; },
  (value) => { value.draft.registrars.list[0].origin = "ftp://x"; },
  (value) => { value.draft.trustees.list[0].held = "safe"; },
  (value) => { value.draft.passkeys.origins = ["x"]; },
  (value) => { value.draft.merge_delay_epochs = 65536; },
  (value) => { value.draft.attachments = [{ name: "../x", sha256: value.eid0 }]; },
  (value) => { value.draft.log_keys.more = value.eid0; },
  (value) => { value.registrar_keys = []; },
  (value) => { value.registrar_keys[0].style = 8; },
  (value) => { value.election_keys[0].trustee_points = []; },
  (value) => { value.election_keys[0].key = value.eid0; },
  (value) => { value.roll.styles[0].style = 1; },
  (value) => { value.roll.size = "3"; },
  (value) => { value.eid0 = value.client_sha256; },
];

test("what is no manifest is refused here and in Python", options, async () => {
  for (const change of SPOILS) {
    const bytes = await altered(change);
    await assert.rejects(call("manifest", bytes), undefined, `Python took ${change}`);
    await assert.rejects(parseManifest(bytes), undefined, `JavaScript took ${change}`);
  }
});

test("plaintexts of every method are the same bytes in Python", options, async () => {
  const asked = QUESTIONS.map(([question]) => question);
  const choices = QUESTIONS.map(([, choice]) => choice);
  const bytes = await altered((value) => {
    value.draft.questions = asked;
    value.draft.styles[0].questions = asked.map(({ id }) => id);
  });
  assert.equal(await call("encode", bytes, 7, choices), hex(encode(asked, choices)));
});

test("a ballot made here passes the box of Python", options, async () => {
  const twin = await Twin.open({ registrars: 2 });
  const means = { service: twin.service(), store: memoryStore() };
  const election = await Election.load(twin.name, means);
  await election.prepare(await election.rollRow());
  await election.checkIn();
  await election.seal([0, [1, 2, 3]]);
  await election.cast();
  const [{ payload, promise }] = twin.ballots.values();
  const offers = twin.logs.setup.entries.slice(1).map((entry) => entry.subarray(32));
  const keys = offers.map((each) => split(readSigned(each).inner).fields[3]);
  const passed = await call("check_ballot", twin.manifestBytes, payload, keys);
  assert.equal(passed.code, election.trackingCode);
  assert.equal(await call("promise", twin.manifestBytes, promise, fromHex(passed.hash)), 0);
});

/** The real services of Python, asked as a browser would ask them. */
function serviceOf(eid, voter) {
  const places = { record: `/elections/${eid}/record/`, box: `/box/${eid}/`, votes: "/votes/" };
  const fetch = async (address, { method = "GET", body = "" } = {}) => {
    if (address === "/votes/roll-row") {
      return Response.json(await call("ask_site", "roll_row", voter));
    }
    if (address === "/votes/check-in") {
      return Response.json(await call("ask_site", "check_in", voter, JSON.parse(body)));
    }
    const sent = typeof body === "string" ? utf8(body) : body;
    const answer = await call("ask_site", "http", method, address, sent);
    const headers = { "Content-Type": answer.kind };
    return new Response(fromHex(answer.body), { status: answer.status, headers });
  };
  return new Service(places, { fetch, wait: async () => {} });
}

test("whole votes go through the real box, record and count", options, async () => {
  const eid = await call("open_site");
  const voters = { ani: [0], budi: [1], citra: [0] };
  const elections = [];
  for (const [voter, choices] of Object.entries(voters)) {
    const means = { service: serviceOf(eid, voter), store: memoryStore() };
    const election = await Election.load(eid, means);
    const row = await election.rollRow();
    await election.verifySetUp(row.style);
    await election.prepare(row);
    await election.checkIn();
    await election.seal([null]);
    await election.cast();
    // One ballot alone is fewer than a batch takes, so that nobody has a receipt yet.
    const waits = (error) => error.code === "not-yet-in-log";
    if (voter === "ani") await assert.rejects(election.receipt(), waits);
    await election.seal(choices);
    await election.cast();
    elections.push(election);
  }
  await call("ask_site", "later", 3600);
  for (const election of elections) {
    const { index, size } = await election.receipt();
    assert.ok(index < size);
    assert.equal(election.step, "received");
  }
  const result = await call("ask_site", "finish");
  const [question] = result.questions;
  assert.deepEqual([question.totals, question.winners], [[2, 1], ["yes"]]);
});
