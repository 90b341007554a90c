/** Several registrars: one that is silent is named, loses nothing, and is not missed if k answer. */
import assert from "node:assert/strict";
import test from "node:test";
import { Election } from "../../static/js/vote/client.js";
import { RegistrarsSilent } from "../../static/js/vote/errors.js";
import { explain } from "../../static/js/vote/messages.js";
import { memoryStore } from "../../static/js/vote/vault.js";
import { Twin } from "./twin.js";

/** Lets registrar number `at` (from 0) be silent, as the site says it: an empty signature. */
function silence(twin, at) {
  const answer = twin.answer.bind(twin);
  twin.answer = async (...request) => {
    const honest = await answer(...request);
    if (!request[1].endsWith("/check-in")) return honest;
    const said = await honest.json();
    const emptied = (list) => list.map((each, place) => (place === at ? "" : each));
    return Response.json({
      blind_signatures: emptied(said.blind_signatures),
      promises: emptied(said.promises),
    });
  };
  return () => {
    twin.answer = answer;
  };
}

async function prepared(twin, store = memoryStore()) {
  const election = await Election.load(twin.name, { service: twin.service(), store });
  await election.prepare(await election.rollRow());
  return election;
}

test("of two, both are needed: the silent one is named, and asking again heals it", async () => {
  const twin = await Twin.open({ registrars: 2 });
  const heal = silence(twin, 1);
  const election = await prepared(twin);
  const name = election.manifest.draft.registrars.list[1].name;
  await assert.rejects(election.checkIn(), (error) => {
    assert.ok(error instanceof RegistrarsSilent, String(error));
    assert.deepEqual(error.facts.names, [name]);
    assert.equal(explain(error, "en").title, `${name} does not answer.`);
    assert.match(explain(error, "id").title, /tidak menjawab/);
    return true;
  });
  assert.equal(election.step, "asked");
  const [first] = [...twin.checkIns.values()].map(({ asked }) => asked);
  heal();
  await election.checkIn();
  assert.equal(election.step, "ready");
  assert.deepEqual([...twin.checkIns.values()].map(({ asked }) => asked), [first]);
});

test("where fewer suffice, the vote is cast without the silent one", async () => {
  const twin = await Twin.open({ registrars: 2, needed: 1 });
  silence(twin, 0);
  const election = await prepared(twin);
  await election.checkIn();
  assert.equal(election.step, "ready");
  await election.seal([0, [2, 1, 3]]);
  await election.cast();
  assert.equal(election.step, "cast");
  const promises = election.evidence().filter(({ name }) => name.startsWith("registrar-"));
  assert.deepEqual(
    promises.map(({ name }) => name),
    ["registrar-2.promise"],
  );
});

test("the passkey is touched once, however often the registrars are asked", async () => {
  const twin = await Twin.open({ registrars: 2 });
  const heal = silence(twin, 0);
  const election = await prepared(twin);
  let touches = 0;
  const authorise = async () => {
    touches += 1;
    return { kind: 0, evidence: new Uint8Array() };
  };
  await assert.rejects(election.checkIn(authorise), RegistrarsSilent);
  await assert.rejects(election.checkIn(authorise), RegistrarsSilent);
  heal();
  await election.checkIn(authorise);
  assert.equal(touches, 1);
});
