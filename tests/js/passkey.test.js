import assert from "node:assert/strict";
import test from "node:test";
import { byOfficer, deskCode } from "../../static/js/vote/at-desk.js";
import { Election } from "../../static/js/vote/client.js";
import { split } from "../../static/js/vote/encoding.js";
import { Problem } from "../../static/js/vote/errors.js";
import {
  PasskeyUnused, assertionOver, byFormerCheckIn, byPasskey, deskEvidence,
} from "../../static/js/vote/passkey.js";
import { memoryStore } from "../../static/js/vote/vault.js";
import { Twin } from "./twin.js";

const HERE = "https://suara.example";
const PLACE = { rp_id: "suara.example", origins: [HERE] };
const KEYS = [
  { id: Uint8Array.of(1, 1), cose: new Uint8Array(77).fill(1) },
  { id: Uint8Array.of(2, 2), cose: new Uint8Array(77).fill(2) },
];
const DIGEST = new Uint8Array(32).fill(9);
const ASK = { row: 1, style: 7, blinded: [] };

class PublicKeyCredential {
  constructor(rawId) {
    this.rawId = rawId.buffer.slice(rawId.byteOffset, rawId.byteOffset + rawId.byteLength);
    this.response = new AuthenticatorAssertionResponse();
  }
}

class AuthenticatorAssertionResponse {
  authenticatorData = Uint8Array.of(3).buffer;
  clientDataJSON = Uint8Array.of(4).buffer;
  signature = Uint8Array.of(5).buffer;
}

/** A browser whose passkeys answer as `get` does, until the test ends. */
function browser(context, get, origin = HERE) {
  const given = {
    PublicKeyCredential, AuthenticatorAssertionResponse,
    location: { origin }, navigator: { credentials: { get } },
  };
  for (const [name, value] of Object.entries(given)) {
    const before = Object.getOwnPropertyDescriptor(globalThis, name);
    Object.defineProperty(globalThis, name, { value, configurable: true });
    context.after(() => {
      if (before) Object.defineProperty(globalThis, name, before);
      else delete globalThis[name];
    });
  }
}

const answering = (id, asked = []) => async ({ publicKey }) => {
  asked.push(publicKey);
  return new PublicKeyCredential(id);
};

const refusing = (name) => async () => {
  throw new DOMException("no", name);
};

test("one gesture over the digest, with the user verified, names the key that made it", async (t) => {
  const asked = [];
  browser(t, answering(KEYS[1].id, asked));
  const { kind, evidence } = await byPasskey(PLACE, KEYS)(DIGEST, ASK);
  assert.equal(kind, 1);
  const { tag, fields } = split(evidence);
  assert.equal(tag, "webauthn");
  assert.deepEqual(fields.map((each) => [...each]), [[...KEYS[1].cose], [3], [4], [5]]);
  assert.equal(asked.length, 1);
  assert.equal(asked[0].userVerification, "required");
  assert.equal(asked[0].rpId, "suara.example");
  assert.deepEqual(asked[0].challenge, DIGEST);
  assert.deepEqual(asked[0].allowCredentials.map(({ id }) => id), KEYS.map(({ id }) => id));
});

test("an officer's evidence names the officer's number", () => {
  const assertion = {
    id: KEYS[0].id, authenticatorData: Uint8Array.of(3), clientData: Uint8Array.of(4),
    signature: Uint8Array.of(5),
  };
  const { tag, fields } = split(deskEvidence(258, assertion));
  assert.equal(tag, "webauthn-desk");
  assert.deepEqual(fields.map((each) => [...each]), [[1, 2], [3], [4], [5]]);
});

for (const [name, code] of [
  ["NotAllowedError", "passkey-not-used"],
  ["AbortError", "passkey-not-used"],
  ["SecurityError", "passkey-elsewhere"],
  ["NotSupportedError", "passkey-unsupported"],
]) {
  test(`a browser's ${name} is a refusal in words: ${code}`, async (t) => {
    browser(t, refusing(name));
    await assert.rejects(byPasskey(PLACE, KEYS)(DIGEST, ASK), { code, name: "PasskeyUnused" });
  });
}

test("under another address no passkey is asked for (A15)", async (t) => {
  const asked = [];
  browser(t, answering(KEYS[0].id, asked), "https://suara.example.evil");
  const tried = assertionOver(DIGEST, PLACE, [KEYS[0].id]);
  await assert.rejects(tried, { code: "passkey-elsewhere" });
  assert.deepEqual(asked, []);
});

test("a browser without passkeys, a row without one left, and a stranger's key", async (t) => {
  await assert.rejects(byPasskey(PLACE, KEYS)(DIGEST, ASK), { code: "passkey-unsupported" });
  await assert.rejects(byPasskey(PLACE, [])(DIGEST, ASK), { code: "passkey-gone" });
  browser(t, answering(Uint8Array.of(7)));
  await assert.rejects(byPasskey(PLACE, KEYS)(DIGEST, ASK), PasskeyUnused);
});

test("what was signed before is asked for again without a gesture (A20)", async () => {
  const { kind, evidence } = await byFormerCheckIn(2)(DIGEST, ASK);
  assert.deepEqual([kind, evidence.length], [2, 0]);
});

test("the code of the desk is six characters of the digest", () => {
  assert.match(deskCode(DIGEST), /^[0-9A-HJKMNP-TV-Z]{3} [0-9A-HJKMNP-TV-Z]{3}$/);
  const other = Uint8Array.from(DIGEST);
  other[3] ^= 0b100; // the last of the thirty bits
  assert.notEqual(deskCode(other), deskCode(DIGEST));
});

test("the voter's device waits for the officer, and shows the code once its ask is laid", async () => {
  const states = ["waiting", "done"];
  const shown = [];
  const desk = { askAtDesk: async () => states.shift() };
  const { kind } = await byOfficer(desk, (code) => shown.push(code))(DIGEST, ASK);
  assert.equal(kind, 2);
  assert.deepEqual(shown, [deskCode(DIGEST)]);
  const taken = { askAtDesk: async () => { throw new Problem(409, { type: "desk-taken", title: "", detail: "" }); } };
  await assert.rejects(byOfficer(taken, (code) => shown.push(code))(DIGEST, ASK), { code: "desk-taken" });
  assert.equal(shown.length, 1);
});

test("evidence that the registrars refuse is forgotten, and the next gesture asks the same", async () => {
  const twin = await Twin.open();
  const service = twin.service("ani");
  const send = service.checkIn.bind(service);
  const sent = [];
  service.checkIn = async (ask) => {
    sent.push(ask);
    if (ask.kind === 1) throw new Problem(403, { type: "bad-evidence", title: "", detail: "" });
    return send(ask);
  };
  const election = await Election.load(twin.name, { service, store: memoryStore() });
  const row = await election.rollRow();
  await election.verifySetUp(row.style);
  await election.prepare(row);
  const byNobody = async () => ({ kind: 1, evidence: Uint8Array.of(0) });
  await assert.rejects(election.checkIn(byNobody), { code: "bad-evidence" });
  assert.equal(election.step, "prepared");
  await election.checkIn();
  assert.equal(election.step, "ready");
  assert.deepEqual(sent[0].blinded, sent[1].blinded);
});
