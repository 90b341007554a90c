import assert from "node:assert/strict";
import test from "node:test";
import { fromUtf8, utf8 } from "../../static/js/vote/bytes.js";
import { read, write } from "../../static/js/vote/canonical.js";
import { BadEncoding } from "../../static/js/vote/errors.js";
import { vectors } from "./places.js";

test("values are written as the published vectors say", () => {
  for (const { input, canonical } of vectors("rfc8785-objects")) {
    assert.equal(fromUtf8(write(JSON.parse(input))), canonical);
  }
});

test("numbers are written as the published vectors say", () => {
  for (const { bits, text } of vectors("rfc8785-numbers")) {
    const view = new DataView(new ArrayBuffer(8));
    view.setBigUint64(0, BigInt(`0x${bits}`));
    assert.equal(fromUtf8(write(view.getFloat64(0))), text, bits);
  }
});

test("a canonical document is read", () => {
  const text = '{"a":[1,true,"é"],"b":{"":9007199254740991},"c":""}';
  assert.deepEqual(read(utf8(text)), JSON.parse(text));
});

const REFUSED = {
  "a space": '{"a": 1}',
  "a line end": '{"a":1}\n',
  "a repeated key": '{"a":1,"a":1}',
  "another order": '{"b":1,"a":1}',
  "a fraction": '{"a":1.5}',
  "an exponent": '{"a":1e2}',
  "a whole number as a fraction": '{"a":1.0}',
  "a negative number": '{"a":-1}',
  "minus zero": "[-0]",
  "a large number": "[9007199254740993]",
  "a number above the bound": "[9007199254740992]",
  "null": '{"a":null}',
  "an escape that is not needed": '["\\u0061"]',
  "an upper-case escape": '["\\u000F"]',
  "a lone surrogate": '["\\ud800"]',
  "a key that is not ASCII": '{"é":1}',
  "a byte order mark": "\ufeff[]",
  "nothing": "",
  "no JSON": "{a:1}",
  "a deep nest": "[".repeat(65) + "]".repeat(65),
  "a very deep nest": "[".repeat(60000) + "]".repeat(60000),
};

for (const [what, text] of Object.entries(REFUSED)) {
  test(`a document with ${what} is refused`, () => {
    assert.throws(() => read(utf8(text)), BadEncoding);
  });
}

test("a document that is as deep as allowed is read", () => {
  const text = "[".repeat(64) + "]".repeat(64);
  assert.equal(fromUtf8(write(read(utf8(text)))), text);
});
