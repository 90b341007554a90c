/** Where tests find things: vectors of this repository, real data beside it, Python. */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** The vectors in tests/vectors/<name>.json; a file without any fails the test that asks. */
export function vectors(name) {
  const found = JSON.parse(readFileSync(`${ROOT}tests/vectors/${name}.json`, "utf8")).vectors;
  if (found.length === 0) throw new Error(`no vectors in ${name}`);
  return found;
}

/** The JSON value of shared/data/crypto-vectors/<name>, or a reason to skip: `{ skip }`. */
export function shared(name) {
  const place = `${ROOT}../shared/data/crypto-vectors/${name}`;
  if (!existsSync(place)) return { skip: `real data is absent: crypto-vectors/${name}` };
  return { value: JSON.parse(readFileSync(place, "utf8")) };
}

/** The bytes of the Merkle vectors, which stand there in base64. */
export const fromBase64Lenient = (text) => Uint8Array.from(Buffer.from(text ?? "", "base64"));
