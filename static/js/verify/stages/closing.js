/**
 * The third stage: opening and close, shares, keys (V28 to V31, and the shares of V37).
 */
import {
  checkWindow, goodShares, v28OpenAndClose, v29OneClose, v31Key, v37SmallStyle,
} from "../checks/closing.js";
import { numberOf } from "../logs/shapes.js";

/** @typedef {import("../../vote/policy.js").Log} Log */
/** @typedef {import("../checks/closing.js").Shares} Shares */
/** @typedef {import("../logs/shapes.js").Entry} Entry */
/** @typedef {import("./case.js").Case} Case */
/**
 * @typedef {object} Act has its time: the checkpoint of `size` shows when it was seen
 * @property {string} name
 * @property {Log} log
 * @property {number | string} size
 * @property {number} earliest
 * @property {number} latest
 */

const CODES = ["V28", "V29", "V30", "V31", "V37"];

/**
 * V28 and V29, then the keys, as far as the election has come.
 * @param {Case} verified
 */
export async function checkClosing(verified) {
  const { findings, election, ballots } = verified;
  findings.examine(...CODES);
  if (!verified.log("ballots").isWhole) {
    findings.miss(CODES, "the ballot log");
    return;
  }
  for (const act of actsOf(verified)) await checkAct(verified, act);
  const close = verified.close;
  if (!close) {
    findings.miss(CODES, "the close: the election is still running");
    return;
  }
  const [index, entry] = close;
  const root = verified.notes("ballots").root(index);
  await findings.noting(() => v28OpenAndClose(index, entry, root), "ballots", index);
  const voted = [...election.ctOctets.keys()].filter((style) => ballots.voted.get(style));
  const least = election.draft.min_group;
  verified.small = new Set(voted.filter((style) => (ballots.voted.get(style) ?? 0) < least));
  await checkShares(verified, index);
}

/**
 * What has its time: opening, check-in and close.
 * @param {Case} verified
 * @returns {Act[]}
 */
function actsOf(verified) {
  const { schedule: times } = verified.election.draft;
  const grace = times.close_grace_seconds;
  const after = (/** @type {string} */ tag) => {
    const found = verified.log("ballots").single(tag);
    return found ? [found[0] + 1] : [];
  };
  const first = verified.log("check-ins").epochs.slice(0, 1).map(({ index }) => index + 1);
  const window = (/** @type {number} */ earliest, limit = Infinity) => {
    return { earliest, latest: earliest + limit };
  };
  /** @type {(name: string, log: Log, size: number) => Pick<Act, "name" | "log" | "size">} */
  const covering = (name, log, size) => ({ name, log, size: coveringSize(verified, log, size) });
  /** @type {(name: string, size: number) => Pick<Act, "name" | "log" | "size">} */
  const directly = (name, size) => ({ name, log: "ballots", size });
  const [opens, begins] = [window(times.voting_opens), window(times.check_in_opens)];
  const ends = window(times.check_in_closes, grace);
  const closes = window(times.voting_closes, grace);
  return [
    ...after("open").map((size) => ({ ...covering("open", "ballots", size), ...opens })),
    ...first.map((size) => ({ ...covering("check-in", "check-ins", size), ...begins })),
    ...after("issue-close").map((size) => ({ ...directly("issue-close", size), ...ends })),
    ...after("close").map((size) => ({ ...directly("close", size), ...closes })),
  ];
}

/**
 * The size of the first cosigned checkpoint that covers so many entries.
 * @param {Case} verified
 * @param {Log} log
 * @param {number} size
 */
function coveringSize(verified, log, size) {
  const sizes = [...verified.notes(log).times.keys()].filter((each) => Number(each) >= size);
  return sizes.sort((one, other) => Number(one) - Number(other))[0] ?? size;
}

/**
 * @param {Case} verified
 * @param {Act} act
 */
async function checkAct(verified, act) {
  const { findings, election } = verified;
  const times = verified.notes(act.log).times.get(String(act.size));
  if (!times && election.policy.witnesses.length > 0) {
    findings.miss(["V28"], `a cosigned checkpoint directly after ${act.name}`);
  }
  const check = () => checkWindow(act, times ?? []);
  await findings.noting(check, `${act.log} checkpoint ${act.size}`);
}

/**
 * V29, V30 and V37 on every share, V31 on every style that is to be opened.
 * @param {Case} verified
 * @param {number} closeIndex
 */
async function checkShares(verified, closeIndex) {
  const { election, findings, small } = verified;
  const walk = verified.log("ballots");
  const shares = walk.all("share");
  const closeHash = await verified.notes("ballots").textHash(closeIndex + 1);
  for (const [index, share] of shares) {
    await findings.noting(() => v29OneClose(share, closeHash), "ballots", index);
    if (small.has(numberOf(share, 1))) await blameOpening(verified, index, share);
  }
  const good = await goodShares(election, shares, findings);
  if (!walk.single("result") && shares.length === 0) {
    findings.miss(["V30"], "the shares: not opened yet");
  }
  for (const [style, ofStyle] of good) {
    if (!small.has(style)) await recover(verified, style, ofStyle);
  }
}

/**
 * A share of a small style.
 * @param {Case} verified
 * @param {number} index
 * @param {Entry} share
 */
async function blameOpening({ findings }, index, share) {
  const what = `style ${numberOf(share, 1)}, by trustee ${share.index}`;
  const check = () => v37SmallStyle(what, { isSmall: true, staysShut: false });
  await findings.noting(check, "ballots", index);
}

/**
 * `y` of a style; fewer than k shares are a fault only once the count is published.
 * @param {Case} verified
 * @param {number} style
 * @param {Shares} shares
 */
async function recover(verified, style, shares) {
  const { election, findings, secrets } = verified;
  const k = election.draft.trustees.k;
  if (shares.size < k && !verified.log("ballots").single("result")) {
    findings.miss(["V31"], `shares of style ${style}: ${shares.size} of ${k} yet`);
    return;
  }
  const find = () => secrets.set(style, v31Key(election, style, shares));
  await findings.noting(find, `style ${style}`);
}
