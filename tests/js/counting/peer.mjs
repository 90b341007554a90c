// The JavaScript count, asked by the Python tests: one contest a line, one outcome a line.
import { createInterface } from "node:readline";

import { count, resultDocument } from "../../../static/js/verify/counting/index.js";
import { fromUtf8 } from "../../../static/js/vote/bytes.js";
import { write } from "../../../static/js/vote/canonical.js";

for await (const line of createInterface({ input: process.stdin })) {
  const { question, ballots, tieOrder, rollSize } = JSON.parse(line);
  const outcome = count(question, ballots, { tieOrder, rollSize });
  process.stdout.write(`${fromUtf8(write(resultDocument([[1, 7]], [[question, outcome]])))}\n`);
}
