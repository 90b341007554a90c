import assert from "node:assert/strict";
import test from "node:test";
import { asJson, asText } from "../../static/js/verify/page/shared.js";
import { BEFORE_TICKING, Stages } from "../../static/js/verify/page/stages.js";

const verdict = (code, ok, message) => ({ code, ok, title: `title of ${code}`, message });
const verdicts = [
  verdict("V01", true, "fine"),
  verdict("V26", false, "a promise was broken"),
  verdict("V39", true, "your receipt for entry 17"),
];
const report = {
  verdicts,
  exitCode: 1,
  lines: [
    "ok   V01 title of V01: fine",
    "FAIL V26 title of V26: a promise was broken",
    "ok   V39 title of V39: your receipt for entry 17",
    "",
    "Do not trust this record.",
  ],
  sentence: "Do not trust this record.",
  election: "A park",
  questions: [],
  summary: null,
  own: [{ name: "suara-mine.txt", problem: "", isOfThisElection: true, checkIn: 4, isMine: true, ballots: [] }],
};
const checked = { record: "park.suara", sha256: "ab12", at: new Date(0), seconds: 1.5 };

test("what is passed on names the record, its hash and the day", () => {
  const text = asText(report, checked);
  for (const part of ["A park", "park.suara", "SHA-256 ab12", "1970-01-01"]) assert.ok(text.includes(part), part);
  assert.ok(text.endsWith("Do not trust this record.\n"));
});

test("what is passed on tells nothing of the checker's own ballot, but keeps a broken promise", () => {
  for (const shared of [asText(report, checked), asJson(report, checked)]) {
    assert.doesNotMatch(shared, /entry 17|suara-mine/);
    assert.match(shared, /a promise was broken/);
    assert.match(shared, /title of V39/);
  }
});

test("the bar goes forward only, and leaves room for ticking", () => {
  const stages = new Stages();
  const reached = [
    stages.reach("check-ins", 5, 10),
    stages.reach("ballots", 10, 10),
    stages.reach("check-ins", 6, 10),
    stages.reach("something new", 1, 2),
    stages.reach("opening", 0, 0),
    stages.reach("opening", 7, 7),
  ];
  assert.deepEqual(reached, [...reached].sort((one, other) => one - other));
  assert.ok((reached[0] ?? 0) > 0);
  assert.equal(reached.at(-1), BEFORE_TICKING);
  assert.ok(BEFORE_TICKING < 100);
});
