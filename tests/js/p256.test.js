/** Public points of P-256, and the DER that passkeys write. */
import assert from "node:assert/strict";
import test from "node:test";
import { concat, fromHex, hex } from "../../static/js/vote/bytes.js";
import { BadEncoding, BadKey } from "../../static/js/vote/errors.js";
import {
  IDENTITY, ORDER, add, pack, parsePoint, publicPoint, readDer, times, unpack, verifyEcdsa,
} from "../../static/js/vote/p256.js";

const point = (scalar) => parsePoint(publicPoint(scalar));

test("sums and multiples of points are points of sums and multiples", () => {
  for (const [one, other] of [[1n, 1n], [5n, 7n], [ORDER - 3n, 1n], [2n ** 200n, 2n ** 199n]]) {
    assert.equal(hex(pack(add(point(one), point(other)))), hex(pack(point(one + other))));
  }
  for (const scalar of [1, 2, 3, 31, 32]) {
    assert.equal(hex(pack(times(point(9n), scalar))), hex(pack(point(9n * BigInt(scalar)))));
  }
  assert.deepEqual(add(point(4n), IDENTITY).length, 3);
  assert.equal(hex(pack(add(point(4n), IDENTITY))), hex(pack(point(4n))));
});

test("a point and its opposite add up to what has no encoding", () => {
  assert.throws(() => pack(add(point(5n), point(ORDER - 5n))), BadKey);
});

test("packing is the way back of unpacking", () => {
  for (const scalar of [1n, 2n, 3n, ORDER - 1n]) {
    assert.equal(hex(unpack(pack(point(scalar)))), hex(publicPoint(scalar)));
  }
});

test("what is no point is refused", () => {
  const whole = publicPoint(3n);
  const off = whole.slice();
  off[64] ^= 1;
  const compressed = pack(point(3n));
  const wrong = [off, whole.slice(1), concat(Uint8Array.of(2), whole.slice(1)), new Uint8Array(65),
    concat(Uint8Array.of(4), compressed.slice(1)), new Uint8Array(33), new Uint8Array()];
  for (const octets of wrong) assert.throws(() => parsePoint(octets), BadKey);
});

const byte = (length) => length.toString(16).padStart(2, "0");
const tagged = (tag, content) => `${tag}${byte(content.length / 2)}${content}`;
const der = (r, s) => tagged("30", tagged("02", r) + tagged("02", s));
const R = "7f" + "11".repeat(31);
const S = "22".repeat(32);

test("strict DER is r and s; anything else is refused", () => {
  assert.equal(hex(readDer(fromHex(der(R, S)))), R + S);
  const high = "ff".repeat(32);
  assert.equal(hex(readDer(fromHex(der("05", `00${high}`)))), "05".padStart(64, "0") + high);
  const wrong = [
    der(`00${R}`, S), der(S, "ff".repeat(32)), der("", S), der(`0011${R}`, S), `${der(R, S)}00`,
    der(R, S).replace(/^30/, "31"), der(R, S).replace("0220", "0320"), der(R, S).slice(0, -2),
    "", "30",
  ];
  for (const text of wrong) assert.throws(() => readDer(fromHex(text)), BadEncoding, text);
});

test("numbers outside 1..q-1 are no signature", async () => {
  const zero = "00".repeat(32);
  for (const text of [zero + S, S + zero, "ff".repeat(64), S]) {
    const check = verifyEcdsa(publicPoint(3n), new Uint8Array(), fromHex(text));
    await assert.rejects(check, BadEncoding);
  }
});
