/**
 * The first stage: documents, set-up log, keys, ceremony (V02 to V07).
 */
import { isEqual } from "../../vote/bytes.js";
import { checkCeremony } from "../checks/ceremony.js";
import { checkPolicy } from "../checks/logs.js";
import { unsafeParameters } from "../checks/parameters.js";
import { v02Ids, v04SoundKeys, v05Certificates } from "../checks/setup.js";
import { Absent } from "../source.js";

/** @typedef {import("../logs/walk.js").Walk} Walk */
/** @typedef {import("./case.js").Case} Case */

const MOST_POLICY_BYTES = 2 ** 20;

/**
 * V03 and the policy of V12: what the manifest alone decides.
 * @param {Case} verified
 */
export async function checkDocuments({ election, source, findings }) {
  for (const words of unsafeParameters(election)) findings.add("V03", words, "manifest");
  findings.examine("V03");
  const check = async () => checkPolicy(await source.read("policy", MOST_POLICY_BYTES), election);
  await missing(findings, ["V12"], () => findings.noting(check, "policy"));
}

/**
 * Walks the set-up log; V02 and V04 to V07.
 * @param {Case} verified
 */
export async function checkSetup(verified) {
  const { election, source, findings } = verified;
  const walk = await verified.walk("setup");
  if (!walk.isWhole) findings.miss(["V02", "V04", "V05", "V06", "V07"], "the set-up log");
  const draft = walk.single("draft")?.[1] ?? null;
  await missing(findings, ["V02"], () => v02Ids(election, draft, source, findings));
  findings.examine("V02");
  if (walk.isWhole) {
    const keys = walk.all("reg-key");
    verified.keys = await v04SoundKeys(election, keys, findings);
    await v05Certificates(election, keys, verified.keys, findings);
    await checkCeremony(election, walk, findings);
    checkPrefix(verified, walk);
    findings.examine("V04", "V05", "V06", "V07");
  }
  await verified.checkLog("setup");
}

/**
 * Runs a check that reads files; one that is not there is missing for these codes.
 * @param {Case["findings"]} findings
 * @param {string[]} codes
 * @param {() => Promise<void>} run
 */
export async function missing(findings, codes, run) {
  try {
    await run();
  } catch (absent) {
    if (!(absent instanceof Absent)) throw absent;
    findings.miss(codes, absent.message);
  }
}

/**
 * `manifest.setup` is a prefix of this log, and the ceremony stands inside it.
 * @param {Case} verified
 * @param {Walk} walk
 */
function checkPrefix({ election, findings }, walk) {
  const { size, root } = election.manifest.setup;
  const ceremonyEnd = 1 + Math.max(0, ...walk.all("dkg3").map(([index]) => index));
  walk.checkpoints.add(ceremonyEnd);
  if (size < ceremonyEnd) {
    findings.add("V06", "the manifest was made before the ceremony ended", "manifest");
  }
  const found = walk.tree.roots.get(size);
  if (!found || !isEqual(found, root)) {
    findings.add("V10", "the manifest names another set-up log", "manifest");
  }
}
