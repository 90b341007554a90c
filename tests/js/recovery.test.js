import assert from "node:assert/strict";
import test from "node:test";
import { BadRecovery } from "../../static/js/vote/errors.js";
import * as recovery from "../../static/js/vote/recovery.js";
import { WORDS, distance, similar } from "../../static/js/vote/words.js";

const seed = Uint8Array.from({ length: 32 }, (_, at) => (at * 37) % 256);
const eid = new Uint8Array(32).fill(7);
const credentials = [{ registrar: 1, signature: new Uint8Array(384).fill(3) }];
const whole = { eid, row: 12, style: 7, seed, credentials };
const refused = (code) => (error) => error instanceof BadRecovery && error.code === code;

test("the list has 256 words that cannot be taken for one another", () => {
  assert.equal(new Set(WORDS).size, 256);
  assert.equal(new Set(WORDS.map((word) => word.slice(0, 4))).size, 256);
  for (const [at, word] of WORDS.entries()) {
    assert.match(word, /^[a-z]{4,7}$/);
    for (const other of WORDS.slice(at + 1)) {
      assert.ok(distance(word, other) > 1, `${word} ${other}`);
    }
  }
});

test("a seed comes back from its words, however they are written down", async () => {
  const words = await recovery.writeWords(seed);
  assert.equal(words.length, 33);
  const numbered = words.map((word, at) => `${at + 1}. ${word.toUpperCase()},`).join("\n");
  for (const text of [words.join(" "), numbered, `  ${words.join("\t")}\r\n`]) {
    assert.deepEqual(await recovery.readWords(text), seed);
  }
});

test("a misspelt word is named with its place and its likely meaning", async () => {
  const words = await recovery.writeWords(seed);
  const broken = words.with(4, `${words[4].slice(0, -1)}q`);
  await assert.rejects(recovery.readWords(broken.join(" ")), (error) => {
    assert.equal(error.code, "recovery-word-unknown");
    assert.equal(error.facts.place, 5);
    assert.ok(error.facts.similar.includes(words[4]));
    return true;
  });
});

test("a missing, an added and a swapped word are told", async () => {
  const words = await recovery.writeWords(seed);
  const read = (list) => recovery.readWords(list.join(" "));
  await assert.rejects(read(words.slice(1)), refused("recovery-word-count"));
  await assert.rejects(read([...words, words[0]]), refused("recovery-word-count"));
  await assert.rejects(read([]), refused("recovery-word-count"));
  const swapped = [words[1], words[0], ...words.slice(2)];
  await assert.rejects(read(swapped), refused("recovery-words-wrong"));
});

test("a word far from all others has no suggestion", () => {
  assert.deepEqual(similar("xxxxxxxx"), []);
  assert.ok(similar(WORDS[0]).includes(WORDS[0]));
});

test("a recovery file comes back, with other line ends and remarks too", async () => {
  const file = await recovery.writeFile(whole, ["Keep this secret."]);
  assert.ok(file.startsWith("# Keep this secret.\n"));
  assert.ok(recovery.isFile(file));
  for (const text of [file, file.replaceAll("\n", "\r\n"), `\ufeff${file}\n\n# more\n`]) {
    assert.deepEqual(await recovery.readFile(text, eid), whole);
  }
});

test("a recovery file without credentials comes back too", async () => {
  const bare = { ...whole, credentials: [] };
  assert.deepEqual(await recovery.readFile(await recovery.writeFile(bare)), bare);
});

test("any letter changed in a recovery file is told as damage", async () => {
  const file = await recovery.writeFile({ ...whole, credentials: [] });
  const start = file.indexOf("election");
  for (let at = start; at < file.length - 1; at += 3) {
    if (file[at] === "\n") continue;
    const letter = file[at] === "A" ? "B" : "A";
    const text = file.slice(0, at) + letter + file.slice(at + 1);
    await assert.rejects(recovery.readFile(text), BadRecovery, `letter ${at}`);
  }
});

test("a file of another election, and one that is none, are told apart", async () => {
  const file = await recovery.writeFile(whole);
  const other = new Uint8Array(32).fill(8);
  await assert.rejects(recovery.readFile(file, other), refused("recovery-other-election"));
  await assert.rejects(recovery.readFile("hello"), refused("recovery-no-file"));
  await assert.rejects(recovery.readFile(""), refused("recovery-no-file"));
  const cut = file.slice(0, file.length / 2);
  await assert.rejects(recovery.readFile(cut), refused("recovery-damaged"));
  assert.ok(!recovery.isFile("buku bulan"));
});
