import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import test from "node:test";
import { CHECKS } from "../../static/js/vote/checks.js";
import { BadChoice, BadRecovery, NotTrusted, Problem } from "../../static/js/vote/errors.js";
import { english } from "../../static/js/vote/messages-en.js";
import { indonesian } from "../../static/js/vote/messages-id.js";
import { explain, nameOf, remarks } from "../../static/js/vote/messages.js";
import { ROOT } from "./places.js";

test("both languages have words for the same things", () => {
  assert.deepEqual(Object.keys(english.errors), Object.keys(indonesian.errors));
  assert.deepEqual(Object.keys(english.checks), Object.keys(indonesian.checks));
  assert.deepEqual(Object.keys(english.checks), [...CHECKS, "same-log"]);
  for (const code of Object.keys(english.errors)) {
    const factsIn = (language) =>
      [...JSON.stringify(language.errors[code]).matchAll(/\{\w+\}/g)].map(String).sort();
    assert.deepEqual(factsIn(english), factsIn(indonesian), code);
  }
});

test("every code that this client throws has words", () => {
  const folder = `${ROOT}static/js/vote/`;
  const sources = readdirSync(folder).map((name) => readFileSync(folder + name, "utf8"));
  const thrown = /(?:BadRecovery|OutOfTurn|BadChoice|super|fail)\(\s*"([a-z0-9-]+)"/g;
  const found = sources.flatMap((text) => [...text.matchAll(thrown)]);
  const codes = new Set(found.map(([, code]) => code));
  assert.ok(codes.size > 20, `${codes.size}`);
  for (const code of codes) assert.ok(code in english.errors, code);
});

test("the facts of an error stand in its sentence", () => {
  const few = new BadChoice("too-few-marks", "", { min: 2, marks: 1 });
  assert.equal(explain(few, "en").advice, "Mark at least 2; you have marked 1.");
  assert.equal(explain(few, "id-ID").advice, "Tandai sedikitnya 2; sekarang baru 1.");
  const facts = { place: 3, word: "bukk", similar: ["buku", "bulan"] };
  const word = new BadRecovery("recovery-word-unknown", "", facts);
  assert.equal(explain(word, "en").advice, "Check its spelling. Similar: buku or bulan.");
});

test("a failed check is named in the voter's words", () => {
  const { advice } = explain(new NotTrusted("policy", "why"), "en");
  assert.ok(advice.includes(nameOf("policy", "en")));
});

test("a refusal is explained by the last part of its type", () => {
  for (const type of ["/problems/voting-closed", "urn:suara:voting-closed", "voting-closed"]) {
    const problem = new Problem(409, { type, title: "Closed", detail: "" });
    assert.equal(explain(problem, "en").title, "Voting is closed.");
  }
});

test("a refusal without words of ours keeps the server's", () => {
  const problem = new Problem(418, { type: "teapot", title: "", detail: "Short and stout." });
  assert.ok(explain(problem, "en").advice.endsWith("(Short and stout.)"));
});

test("what nobody foresaw is still explained", () => {
  const bare = new Problem(418, { type: "", title: "", detail: "" });
  for (const error of [new Error("x"), undefined, bare]) {
    assert.equal(explain(error, "id").title, indonesian.other.title);
  }
  assert.ok(remarks("id").join(" ").includes("RAHASIA"));
});
