import assert from "node:assert/strict";
import test from "node:test";
import * as bytes from "../../static/js/vote/bytes.js";
import { BadEncoding } from "../../static/js/vote/errors.js";

test("hexadecimal, base64 and base64url come back as they went", () => {
  for (let length = 0; length < 40; length++) {
    const octets = crypto.getRandomValues(new Uint8Array(length));
    assert.deepEqual(bytes.fromHex(bytes.hex(octets)), octets);
    assert.deepEqual(bytes.fromBase64(bytes.base64(octets)), octets);
    assert.deepEqual(bytes.fromB64url(bytes.b64url(octets)), octets);
    assert.equal(bytes.b64url(octets), Buffer.from(octets).toString("base64url"));
  }
});

test("base64url of any other form is refused", () => {
  for (const text of ["A", "AA==", "A+A_", "AB", "AAB", "AA ", "AA\n", "ä", "AAAAA"]) {
    assert.throws(() => bytes.fromB64url(text), BadEncoding, text);
  }
});

test("base64 without padding, with spaces or with loose bits is refused", () => {
  for (const text of ["AA", "AB==", "AAB=", "AA ==", "AA==\n", "=", "A-A="]) {
    assert.throws(() => bytes.fromBase64(text), BadEncoding, text);
  }
});

test("bytes of another length than asked for are refused", () => {
  assert.throws(() => bytes.fromB64url("AAAA", 4), BadEncoding);
  assert.equal(bytes.fromB64url("AAAA", 3).length, 3);
});

test("Crockford's letters take the first bits", () => {
  assert.equal(bytes.crockford(Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff), 40), "ZZZZZZZZ");
  assert.equal(bytes.crockford(bytes.fromHex("0000000001ffff"), 40), "00000001");
  assert.throws(() => bytes.crockford(Uint8Array.of(1), 10), BadEncoding);
  assert.throws(() => bytes.crockford(Uint8Array.of(1), 4), BadEncoding);
});

test("text that is not UTF-8 is refused and a byte order mark stays", () => {
  assert.throws(() => bytes.fromUtf8(Uint8Array.of(0xc3, 0x28)), BadEncoding);
  assert.equal(bytes.fromUtf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61)), "\ufeffa");
});

test("bytes sort as they stand, a beginning before the whole", () => {
  const sorted = ["", "00", "0001", "01", "0100", "ff"].map(bytes.fromHex);
  const shuffled = [...sorted].reverse().sort(bytes.compare);
  assert.deepEqual(shuffled, sorted);
  assert.equal(bytes.compare(Uint8Array.of(1), Uint8Array.of(1)), 0);
});
