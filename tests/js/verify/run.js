/**
 * The JavaScript verifier over many records: reads lines of JSON,
 * `{folder | file | address, beside?: [paths], client?: folder, language?}`, and prints a line for each: its
 * outcomes by code, `{ok: {V01: true, ...}, exit, why: {V15: message}, lines, own}`, or `{crash}`.
 */
import { readFileSync, readdirSync, statSync } from "node:fs";
import { basename, join, relative, sep } from "node:path";
import { createInterface } from "node:readline";
import { Folder, openAddress, openFile } from "../../../static/js/verify/reading.js";
import { verify } from "../../../static/js/verify/verify.js";

/** Every file below a folder: its path with slashes, and its bytes. */
function filesBelow(folder) {
  const paths = readdirSync(folder, { recursive: true }).map((path) => join(folder, path));
  return paths
    .filter((path) => statSync(path).isFile())
    .map((path) => [relative(folder, path).split(sep).join("/"), readFileSync(path)]);
}

function sourceOf({ address, file, folder }) {
  if (address) return openAddress(address);
  return file ? openFile(readFileSync(file)) : new Folder(filesBelow(folder));
}

async function outcomes({ beside = [], client, language = "en", ...where }) {
  const source = await sourceOf(where);
  const given = beside.map((path) => ({ name: basename(path), bytes: readFileSync(path) }));
  const page = client ? filesBelow(client) : null;
  const report = await verify(source, { beside: given, client: page, language });
  const { verdicts, exitCode, lines, own } = report;
  const failed = verdicts.filter(({ ok }) => ok === false);
  return {
    ok: Object.fromEntries(verdicts.map(({ code, ok }) => [code, ok])),
    exit: exitCode,
    why: Object.fromEntries(failed.map(({ code, message }) => [code, message])),
    lines,
    own,
  };
}

for await (const line of createInterface({ input: process.stdin })) {
  const answer = await outcomes(JSON.parse(line)).catch((error) => ({ crash: error.stack }));
  console.log(JSON.stringify(answer));
}
