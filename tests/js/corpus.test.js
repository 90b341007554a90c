/** The conformance corpus, by its index only: the browser's verifier gives exactly its codes. */
import assert from "node:assert/strict";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import test from "node:test";
import { openFile } from "../../static/js/verify/reading.js";
import { verify } from "../../static/js/verify/verify.js";
import { ROOT } from "./places.js";

const FOLDER = `${ROOT}tests/corpus/`;
const INDEX = JSON.parse(readFileSync(`${FOLDER}index.json`, "utf8"));

/** The files of a voting page: paths with slashes, and bytes. */
function page(folder) {
  return readdirSync(folder, { recursive: true })
    .map((path) => join(folder, path))
    .filter((path) => statSync(path).isFile())
    .map((path) => [relative(folder, path).split(sep).join("/"), readFileSync(path)]);
}

test("the corpus is of the format that we read", () => {
  assert.equal(INDEX.format, "suara-corpus/v1");
  assert.ok(INDEX.cases.length > 200);
});

for (const { name, record, beside, client, fails, missing, exit } of INDEX.cases) {
  test(`${name}`, async () => {
    const source = await openFile(readFileSync(FOLDER + record));
    const { verdicts, exitCode } = await verify(source, {
      beside: beside.map((file) => ({ name: file, bytes: readFileSync(FOLDER + file) })),
      client: client && page(FOLDER + client),
    });
    const codes = (wanted) => verdicts.filter(({ ok }) => ok === wanted).map(({ code }) => code);
    assert.deepEqual(codes(false), fails);
    assert.deepEqual(codes(null), missing);
    assert.equal(exitCode, exit);
  });
}
