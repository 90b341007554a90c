import assert from "node:assert/strict";
import test from "node:test";
import { choiceInWords } from "../../static/js/second-device/in-words.js";
import { english } from "../../static/js/second-device/messages-en.js";
import { indonesian } from "../../static/js/second-device/messages-id.js";
import { codeIn, originIn } from "../../static/js/second-device/opening.js";
import { writeCheckCode } from "../../static/js/vote/second-device.js";

const names = ["Melati", "Kenanga", "Cempaka"];
const options = names.map((name) => ({ id: name.toLowerCase(), text: { en: `${name}\nA flower` } }));
const asked = (fields) => ({ id: "q", text: { en: "?" }, options, min: 0, max: 3, rule: {}, ...fields });
const inWords = (fields, choice) => choiceInWords(asked(fields), choice, ({ en }) => en ?? "");

test("every kind of choice is said in words", () => {
  assert.deepEqual(inWords({ method: "single" }, 1), ["Kenanga"]);
  assert.deepEqual(inWords({ method: "approval" }, [0, 2]), ["Melati", "Cempaka"]);
  assert.deepEqual(inWords({ method: "budget", ballot: "approval" }, [2]), ["Cempaka"]);
  assert.deepEqual(inWords({ method: "budget", ballot: "points" }, [0, 7, 3]), ["Kenanga: 7", "Cempaka: 3"]);
  assert.deepEqual(inWords({ method: "score" }, [5, 0, 1]), ["Melati: 5", "Cempaka: 1"]);
  assert.deepEqual(inWords({ method: "ranked" }, [2, 0, 1]), ["1. Cempaka", "2. Melati"]);
});

test("a blank choice has no words of its own", () => {
  assert.deepEqual(inWords({ method: "single" }, null), []);
  assert.deepEqual(inWords({ method: "approval" }, []), []);
  assert.deepEqual(inWords({ method: "ranked" }, [0, 0, 0]), []);
});

test("a code is read as it was written, with spaces around it", () => {
  const code = { eid: new Uint8Array(32).fill(1), hash: new Uint8Array(32).fill(2), ikm: new Uint8Array(32) };
  assert.deepEqual(codeIn(` ${writeCheckCode(code)}\n`), code);
});

test("what is no code is refused in the page's own words", () => {
  for (const text of ["", "https://suara.example", "suara-check.AAAA.AAAA.AAAA", "suara-check."]) {
    assert.throws(() => codeIn(text), { code: "no-code" });
  }
  assert.ok(english.troubles["no-code"] && indonesian.troubles["no-code"]);
});

test("an address may be typed in short, and is an origin", () => {
  assert.equal(originIn("suara.example"), "https://suara.example");
  assert.equal(originIn("http://127.0.0.1:8000/id/second-device"), "http://127.0.0.1:8000");
  for (const text of ["", "javascript://x", "file:///x", "a b"]) {
    assert.throws(() => originIn(text), { code: "no-address" }, text);
  }
});

const shapeOf = (words) =>
  typeof words === "string"
    ? words.match(/\{\w+\}/g)
    : Object.fromEntries(Object.entries(words).map(([key, each]) => [key, shapeOf(each)]));

test("both languages say the same things, with the same places to fill", () => {
  assert.deepEqual(shapeOf(indonesian), shapeOf(english));
});
