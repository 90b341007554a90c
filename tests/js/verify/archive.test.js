/** Reading a `.suara`: what section 12 allows, and what it does not. */
import assert from "node:assert/strict";
import test from "node:test";
import { zipSync } from "fflate";
import { fromUtf8, utf8 } from "../../../static/js/vote/bytes.js";
import { Absent, Unreadable, openFile } from "../../../static/js/verify/reading.js";

const LONG = new Uint8Array(300_000).map((_, at) => at % 251);

const listing = { "manifest.json": utf8("{}"), "roll": LONG, "ballots/checkpoint": utf8("note") };
const deflated = zipSync(listing, { level: 9 });
const stored = zipSync(listing, { level: 0 });

for (const [how, octets] of [["deflated", deflated], ["stored", stored]]) {
  test(`every file of a ${how} archive comes back`, async () => {
    const archive = await openFile(octets);
    assert.deepEqual(archive.names().sort(), Object.keys(listing).sort());
    assert.equal(archive.wrongForm(), "");
    for (const [path, content] of Object.entries(listing)) {
      assert.deepEqual(await archive.read(path, 2 ** 20), content);
    }
  });

  test(`no more than one byte too many comes out of a ${how} file`, async () => {
    const archive = await openFile(octets);
    assert.deepEqual(await archive.read("roll", 999), LONG.slice(0, 1000));
  });
}

test("bytes in front of an archive do not matter", async () => {
  const archive = await openFile(new Uint8Array([...new Uint8Array(77), ...deflated]));
  assert.equal(fromUtf8(await archive.read("ballots/checkpoint", 99)), "note");
});

test("a path that is not there is absent", async () => {
  const archive = await openFile(deflated);
  await assert.rejects(archive.read("ballots", 9), Absent);
});

test("a file that is no zip is no record", async () => {
  for (const octets of [new Uint8Array(), utf8("PK"), LONG, deflated.slice(0, -30)]) {
    await assert.rejects(openFile(octets), Unreadable);
  }
});

test("a file that cannot be unpacked is empty", async () => {
  const damaged = deflated.slice();
  const start = 30 + "manifest.json".length;
  damaged.fill(0xff, start, start + 4);
  const archive = await openFile(damaged);
  assert.equal((await archive.read("manifest.json", 99)).length, 0);
});

test("a folder, and another packing, are named", async () => {
  const folder = await openFile(zipSync({ "a/": [new Uint8Array(), {}] }));
  assert.match(folder.wrongForm(), /the folder 'a\/'/);
  const odd = stored.slice();
  const listed = indexOf(odd, [0x50, 0x4b, 1, 2]);
  odd[listed + 10] = 12; // bzip2
  assert.match((await openFile(odd)).wrongForm(), /neither stored nor deflated/);
});

test("a name that stands twice is named", async () => {
  const twice = zipSync({ roll: utf8("1"), rols: utf8("2") }, { level: 0 });
  for (let at = 0; (at = indexOf(twice, [...utf8("rols")], at)) >= 0; ) twice[at + 3] = 0x6c;
  assert.match((await openFile(twice)).wrongForm(), /the name 'roll' twice/);
});

/** Where these bytes stand, from `from` on; -1 for nowhere. */
function indexOf(octets, wanted, from = 0) {
  for (let at = from; at + wanted.length <= octets.length; at += 1) {
    if (wanted.every((octet, place) => octets[at + place] === octet)) return at;
  }
  return -1;
}
