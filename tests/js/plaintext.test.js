import assert from "node:assert/strict";
import test from "node:test";
import { fromHex, hex } from "../../static/js/vote/bytes.js";
import { BadChoice, BadEncoding } from "../../static/js/vote/errors.js";
import { decode, encode, lengthOf } from "../../static/js/vote/plaintext.js";

const question = (method, options, more = {}) => ({
  id: method, method, min: 0, max: options, options: Array.from({ length: options }), ...more,
});
const single = question("single", 3, { max: 1 });
const approval = question("approval", 10);
const score = question("score", 3, { max_score: 5 });
const ranked = question("ranked", 4, { equal: false });
const points = question("budget", 3, { ballot: "points", points: 10 });
const budget = question("budget", 2, { ballot: "approval" });

const EXAMPLES = [
  [[single], [2], "010003"],
  [[single], [null], "010000"],
  [[approval], [[0, 9]], "018040"],
  [[approval], [[]], "010000"],
  [[score], [[5, 0, 1]], "01050001"],
  [[ranked], [[2, 0, 1, 3]], "0102000103"],
  [[points], [[10, 0, 0]], "010a0000"],
  [[budget], [[1]], "0140"],
  [[single, approval, score], [0, [1, 2], [0, 0, 0]], "01000160" + "00000000"],
];

test("choices are written as the protocol says and come back", () => {
  for (const [questions, choices, written] of EXAMPLES) {
    const plaintext = encode(questions, choices);
    assert.equal(hex(plaintext), written);
    assert.deepEqual(decode(questions, plaintext), choices);
  }
});

test("every ballot of a style has one length (A27)", () => {
  const questions = [single, approval, score, ranked, points, budget];
  const [none, some] = [
    [null, [], [0, 0, 0], [0, 0, 0, 0], [0, 0, 0], []],
    [1, [3], [1, 2, 3], [1, 2, 3, 4], [1, 2, 3], [0, 1]],
  ];
  assert.equal(encode(questions, none).length, encode(questions, some).length);
  assert.equal(encode(questions, none).length, lengthOf(questions));
});

const BAD_ENCODINGS = [
  [[single], "010004"], [[single], "020001"], [[single], "01"], [[single], "01000000"],
  [[approval], "010001"], [[budget], "0120"], [[ranked], "0100000002"], [[ranked], "0101030000"],
];

test("plaintexts that no choice is written as are refused (A26, A28)", () => {
  for (const [questions, written] of BAD_ENCODINGS) {
    assert.throws(() => decode(questions, fromHex(written)), BadEncoding, written);
  }
});

const BROKEN_RULES = [
  [single, 0, "too-few-marks", null, { min: 1 }],
  [approval, 0, "too-many-marks", [0, 1, 2], { max: 2 }],
  [score, 0, "score-too-high", [6, 0, 0], {}],
  [ranked, 0, "equal-ranks", [1, 1, 2, 0], {}],
  [points, 0, "too-many-points", [5, 5, 1], {}],
];

test("marks outside the rule are refused, with the code that the page explains", () => {
  for (const [base, , code, choice, more] of BROKEN_RULES) {
    const asked = { ...base, ...more };
    const hasCode = (error) => error instanceof BadChoice && error.code === code;
    assert.throws(() => encode([asked], [choice]), hasCode, code);
  }
});

test("a ballot that opens but breaks a rule is told apart from one badly encoded", () => {
  const loose = { ...ranked, equal: true };
  const plaintext = encode([loose], [[1, 1, 2, 0]]);
  assert.throws(() => decode([ranked], plaintext), BadChoice);
});

test("choices of another form than their question are refused", () => {
  const wrong = [
    [single, 3], [single, -1], [single, 0.5], [single, [0]], [approval, [1, 0]], [approval, [0, 0]],
    [approval, [10]], [approval, 1], [score, [1, 2]], [score, [1, 2, "3"]], [ranked, [1, 3, 0, 0]],
  ];
  for (const [asked, choice] of wrong) {
    assert.throws(() => encode([asked], [choice]), BadEncoding, JSON.stringify([asked.id, choice]));
  }
  assert.throws(() => encode([single], []), BadEncoding);
});
