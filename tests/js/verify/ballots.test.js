/** The ballots of one key as a set, and samples of those who checked in. */
import assert from "node:assert/strict";
import test from "node:test";
import { NO_PREVIOUS, v24Sequence } from "../../../static/js/verify/checks/ballots.js";
import { sampleSize } from "../../../static/js/verify/checks/summary.js";
import { CastLedger } from "../../../static/js/verify/logs/cast-ledger.js";
import { Findings } from "../../../static/js/verify/verdict.js";

const turn = (ordinal, seq, hash, prevOwn, style = 1) => ({ ordinal, seq, hash, prevOwn, style });
const FIRST = turn(0, 0, "a", NO_PREVIOUS);
const SECOND_FIRST = turn(1, 0, "b", NO_PREVIOUS);
const revision = (seq) => turn(seq, seq, `${seq}`, seq > 0 ? `${seq - 1}` : NO_PREVIOUS);

const WRONG = [
  ["an honest row of revisions", [FIRST, turn(1, 1, "b", "a"), turn(2, 2, "c", "b")], []],
  ["no first one", [turn(1, 1, "b", "a")], [1]],
  ["a first one with one before it", [turn(0, 0, "a", "b")], [0]],
  ["a gap", [FIRST, turn(1, 2, "b", "a")], [1]],
  ["another one before it", [FIRST, turn(1, 1, "b", "x")], [1]],
  ["a number twice", [FIRST, SECOND_FIRST], [1]],
  ["one that follows either of two", [FIRST, SECOND_FIRST, turn(2, 1, "c", "b")], [1]],
  ["a second style", [FIRST, turn(1, 1, "b", "a", 2)], [1]],
  ["one revision too many", [0, 1, 2, 3, 4].map(revision), [4]],
];

for (const [what, turns, wrong] of WRONG) {
  test(`${what}: ${wrong.length === 0 ? "in order" : "V24"}`, () => {
    assert.deepEqual([...v24Sequence(turns, 3).keys()], wrong);
  });
}

test("the highest ballot of a key counts, wherever it stands (A23)", () => {
  const ledger = new CastLedger(new Set(["b"]));
  const findings = new Findings();
  const cast = (hash, bk, seq, prevOwn) => ({ hash, bk, style: 1, seq, prevOwn });
  ledger.take(10, cast("b", "one", 1, "a"));
  ledger.take(11, cast("a", "one", 0, NO_PREVIOUS));
  ledger.take(12, cast("x", "", 0, NO_PREVIOUS)); // V20 set it aside
  ledger.take(13, cast("c", "two", 0, NO_PREVIOUS));
  ledger.close(3, findings);
  assert.deepEqual([...ledger.best], [0, 3]);
  assert.deepEqual([...ledger.voted], [[1, 2]]);
  assert.deepEqual([...ledger.found], [["b", 10]]);
  assert.equal(findings.first.size, 0);
});

test("how many to ask is exact, in small crowds too (A1)", () => {
  const many = 10 ** 6;
  const small = [[0, 1, 0], [1, 1, 1], [20, 5, 19]];
  const known = [...small, [many, 1, 299], [many, 2, 149], [many, 5, 59]];
  for (const [population, percent, people] of known) {
    assert.equal(sampleSize(population, percent), people, `${percent} % of ${population}`);
  }
});
