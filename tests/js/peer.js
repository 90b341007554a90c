/** Calls the Python implementation: `await call(name, ...given)`, bytes as hexadecimal. */
import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { hex } from "../../static/js/vote/bytes.js";
import { ROOT } from "./places.js";

const LOCAL = `${ROOT}.venv/bin/python`;
const PYTHON = process.env.SUARA_PYTHON ?? (existsSync(LOCAL) ? LOCAL : "python3");

/** Why the peer cannot be asked, or false. */
export const absent = (() => {
  const run = spawnSync(PYTHON, ["-c", "import cryptography, gmpy2"], { cwd: ROOT });
  return run.status === 0 ? false : `no Python with our packages: ${PYTHON}`;
})();

/** What the peer refused: `code` is the name of its error. */
export class Refused extends Error {
  constructor(code, why) {
    super(`${code}: ${why}`);
    this.code = code;
  }
}

/** Starts a peer, a script of this folder; `call` asks it, `stop` ends it. */
export function startPeer(script = "peer.py") {
  const child = spawn(PYTHON, [`${ROOT}tests/js/${script}`], {
    cwd: ROOT, stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  let last = Promise.resolve();
  const ask = async (name, given) => {
    child.stdin.write(`${JSON.stringify([name, ...given.map(toWire)])}\n`);
    const { value, done } = await lines.next();
    if (done) throw new Error("the Python peer ended");
    const { answer, refused, why } = JSON.parse(value);
    if (refused) throw new Refused(refused, why);
    return answer;
  };
  const call = (name, ...given) => (last = last.catch(() => {}).then(() => ask(name, given)));
  return { call, stop: () => child.stdin.end() };
}

function toWire(value) {
  if (value instanceof Uint8Array) return hex(value);
  return Array.isArray(value) ? value.map(toWire) : value;
}
