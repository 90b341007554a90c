/**
 * The second stage: ballots, roll and check-ins, entry by entry (V08, V15 to V25, V27).
 */
import { v27NotMoreThanCheckIns } from "../checks/ballots.js";
import { v19FrozenCheckIns } from "../checks/issues.js";
import { v09ManifestFirst } from "../checks/logs.js";
import { MOST_ROW_BYTES, v16Roll } from "../checks/roll.js";
import { v08Acks } from "../checks/setup.js";
import { CastLedger } from "../logs/cast-ledger.js";
import { IssueLedger } from "../logs/issue-ledger.js";
import { numberOf } from "../logs/shapes.js";
import { missing } from "./setup.js";

/** @typedef {import("../logs/walk.js").Walk} Walk */
/** @typedef {import("./case.js").Case} Case */

const OF_BALLOTS = ["V20", "V21", "V22", "V23", "V24"];
const OF_CHECK_INS = ["V17", "V18", "V19"];
const OF_BOTH = ["V09", "V25", "V27"];

/**
 * Walks the ballot log; V08 and V20 to V24.
 * @param {Case} verified
 */
export async function checkBallots(verified) {
  const { election, findings } = verified;
  verified.ballots = new CastLedger(verified.wanted("ballots"));
  const walk = await verified.walk("ballots", verified.ballots);
  await verified.checkLog("ballots");
  verified.ballots.close(election.draft.max_revisions, findings);
  await checkFirst(verified, walk);
  if (!walk.isWhole) findings.miss(["V08", ...OF_BALLOTS, ...OF_BOTH], "the ballot log");
  findings.examine(...OF_BALLOTS);
  if (!walk.single("open")) {
    findings.miss(["V08"], "the opening: not open yet");
    return;
  }
  await findings.noting(() => v08Acks(election, walk.all("ack")), "ballots");
  findings.examine("V08");
}

/**
 * V16, and the rows for the check-ins.
 * @param {Case} verified
 */
export async function checkRoll(verified) {
  const { election, findings, source } = verified;
  const frozen = election.manifest.roll;
  const most = Math.min(frozen.size * MOST_ROW_BYTES, Number.MAX_SAFE_INTEGER - 1);
  await missing(findings, ["V16", "V17", "V18"], async () => {
    const file = await source.read("roll", most);
    verified.roll = await v16Roll(file, frozen, findings);
    findings.examine("V16");
  });
}

/**
 * Walks the check-in log; V17 to V19, then V27 against the ballots.
 * @param {Case} verified
 */
export async function checkCheckIns(verified) {
  const { election, findings, ballots } = verified;
  const ledger = new IssueLedger(election.draft.registrars.k, verified.wanted("check-ins"));
  const walk = await verified.walk("check-ins", ledger);
  verified.issues = ledger;
  await verified.checkLog("check-ins");
  findings.examine(...OF_CHECK_INS, ...OF_BOTH);
  if (!walk.isWhole) {
    const what = "the check-in log: published after the close";
    findings.miss([...OF_CHECK_INS, ...OF_BOTH], what);
    return;
  }
  await checkFirst(verified, walk);
  await checkEnd(verified, walk);
  const able = ledger.ableToVote();
  for (const style of election.ctOctets.keys()) {
    const [voted, may] = [ballots.voted.get(style) ?? 0, able.get(style) ?? 0];
    await findings.noting(() => v27NotMoreThanCheckIns(voted, may, style), `style ${style}`);
  }
}

/**
 * @param {Case} verified
 * @param {Walk} walk
 */
async function checkFirst({ election, findings }, walk) {
  if (walk.tree.size === 0) return;
  const first = walk.single("manifest")?.[1] ?? null;
  await findings.noting(() => v09ManifestFirst(walk.log, first, election), walk.log, 0);
}

/**
 * @param {Case} verified
 * @param {Walk} walk
 */
async function checkEnd(verified, walk) {
  const end = verified.log("ballots").single("issue-close");
  if (!end) {
    verified.findings.miss(["V19"], "issue-close: check-in has not ended");
    return;
  }
  const [index, entry] = end;
  const root = verified.notes("check-ins").root(numberOf(entry, 1));
  const check = () => v19FrozenCheckIns(walk.size, root, entry);
  await verified.findings.noting(check, "ballots", index);
}
