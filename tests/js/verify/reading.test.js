/** Reading a record from an address: which requests are made, and what their answers mean. */
import assert from "node:assert/strict";
import test from "node:test";
import { utf8 } from "../../../static/js/vote/bytes.js";
import { zipSync } from "fflate";
import { Absent, Unreadable, openAddress } from "../../../static/js/verify/reading.js";

/** A server that answers from a table; remembers what was asked, and how. */
function server(answers) {
  const asked = [];
  const ask = async (address, way) => {
    asked.push({ address, way });
    const found = answers[address];
    if (found instanceof Error) throw found;
    return typeof found === "number" || !found
      ? new Response("", { status: found ?? 404 })
      : new Response(found);
  };
  return { ask, asked };
}

const BASE = "https://votes.example/elections/x/record";

test("files are asked for by their paths, once, without cookie and referrer", async () => {
  const { ask, asked } = server({ [`${BASE}/attachments/what%20%26%20why.txt`]: utf8("words") });
  const source = await openAddress(`${BASE}/`, ask);
  for (const most of [3, 100]) {
    assert.equal((await source.read("attachments/what & why.txt", 100)).length, 5, `${most}`);
  }
  assert.deepEqual(asked.map(({ way }) => way), [
    { credentials: "omit", referrerPolicy: "no-referrer" },
  ]);
  assert.equal(source.names(), null);
});

test("no more than one byte too many is taken of an answer", async () => {
  const { ask } = server({ [`${BASE}/roll`]: new Uint8Array(100_000) });
  const source = await openAddress(BASE, ask);
  assert.equal((await source.read("roll", 999)).length, 1000);
});

test("what is gone is absent; a server that fails is not taken for a record", async () => {
  const answers = { 404: Absent, 410: Absent, 500: Unreadable, 403: Unreadable };
  for (const [status, kind] of Object.entries(answers)) {
    const source = await openAddress(BASE, server({ [`${BASE}/roll`]: Number(status) }).ask);
    await assert.rejects(source.read("roll", 9), kind, status);
  }
  const source = await openAddress(BASE, server({ [`${BASE}/roll`]: new TypeError("no") }).ask);
  await assert.rejects(source.read("roll", 9), Unreadable);
});

test("a .suara is fetched whole", async () => {
  const address = "https://votes.example/x.suara?again";
  const { ask, asked } = server({ [address]: zipSync({ roll: utf8("rows") }) });
  const source = await openAddress(address, ask);
  assert.deepEqual(await source.read("roll", 9), utf8("rows"));
  assert.equal(asked.length, 1);
  await assert.rejects(openAddress("https://votes.example/y.suara", ask), Unreadable);
});

test("nothing but http and https is an address", async () => {
  for (const address of ["", "file:///etc/passwd", "javascript:alert(1)", "/record"]) {
    await assert.rejects(openAddress(address, server({}).ask), Unreadable);
  }
});
