import assert from "node:assert/strict";
import test from "node:test";
import { concat, fromHex, hex, utf8 } from "../../static/js/vote/bytes.js";
import * as encoding from "../../static/js/vote/encoding.js";
import { BadEncoding } from "../../static/js/vote/errors.js";
import { vectors } from "./places.js";

const { M, u16, u8 } = encoding;

test("a message is its tag, the number of fields and each with its length", () => {
  const message = M("cast", Uint8Array.of(7), new Uint8Array());
  const head = concat(Uint8Array.of(13), utf8("suara/v1/cast"), Uint8Array.of(0, 2));
  assert.equal(hex(message), `${hex(head)}000000010700000000`);
});

test("a message splits into the fields it was made of", () => {
  const fields = [utf8("one"), new Uint8Array(), new Uint8Array(300)];
  assert.deepEqual(encoding.split(M("ballot", ...fields)), { tag: "ballot", fields });
});

test("a name that is no tag of the protocol is refused, written or read", () => {
  assert.throws(() => M("vote"), BadEncoding);
  const other = M("cast");
  other[10] = "k".charCodeAt(0);
  assert.throws(() => encoding.split(other), BadEncoding);
});

test("a message cut anywhere, or with a byte behind it, is refused", () => {
  const whole = M("issue", utf8("a"), u16(1), utf8("bc"));
  for (let length = 0; length < whole.length; length++) {
    assert.throws(() => encoding.split(whole.subarray(0, length)), BadEncoding, `${length}`);
  }
  assert.throws(() => encoding.split(concat(whole, u8(0))), BadEncoding);
});

test("fields of other number or length than expected are refused", () => {
  const message = M("promise", new Uint8Array(32), new Uint8Array(2));
  assert.equal(encoding.parse("promise", message, [32, null]).length, 2);
  for (const lengths of [[32], [32, 3], [32, 2, 1], []]) {
    assert.throws(() => encoding.parse("promise", message, lengths), BadEncoding);
  }
  assert.throws(() => encoding.parse("promised", message, [32, 2]), BadEncoding);
});

test("numbers that do not fit their bytes are refused", () => {
  for (const write of [() => u8(256), () => u16(-1), () => encoding.u32(2 ** 32), () => u8(0.5)]) {
    assert.throws(write, BadEncoding);
  }
  assert.equal(encoding.number(encoding.u64(2 ** 53 - 1)), 2 ** 53 - 1);
  assert.throws(() => encoding.number(fromHex("0020000000000000")), BadEncoding);
});

test("HKDF gives the published vectors that have no salt", async () => {
  const unsalted = vectors("rfc5869-hkdf").filter(({ salt }) => salt === "");
  assert.ok(unsalted.length > 0);
  for (const { ikm, info, okm } of unsalted) {
    const made = await encoding.hkdf(fromHex(ikm), fromHex(info), okm.length / 2);
    assert.equal(hex(made), okm);
  }
});
