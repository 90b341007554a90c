/** The report as the page shows it: the checks, what was found, the result, the reader's own. */
import { fillPlaces, make } from "../../vote/booth.js";
import { TITLES } from "../texts.js";

/** @typedef {import("../verify.js").Report} Report */
/** @typedef {Report["verdicts"][number]} Verdict */
/** @typedef {Report["questions"][number]} Result */
/** @typedef {(value: number) => string} Written a number as the reader's language writes it */

const SIGNS = new Map([
  [true, { sign: "✓", kind: "ok", word: "passed" }],
  [false, { sign: "✗", kind: "bad", word: "failed" }],
  [null, { sign: "…", kind: "gap", word: "missing" }],
]);

/** A line for each of the checks, none of them made yet. @param {import("../texts.js").Language} language */
export function untold(language) {
  return Object.entries(TITLES).map(([code, title]) => {
    const mark = make("span", { class: "wait", "aria-hidden": "true" }, "○");
    return make("li", {}, mark, number(code), make("span", {}, title[language]));
  });
}

/**
 * The line of a check that was made.
 * @param {Verdict} verdict
 * @param {DOMStringMap} said what its signs mean
 */
export function told({ code, ok, title }, said) {
  const { sign = "", kind = "", word = "" } = SIGNS.get(ok) ?? {};
  const label = make("span", { class: "unseen" }, `${said[word] ?? ""}: `);
  const mark = make("span", { class: kind, "aria-hidden": "true" }, sign);
  return make("li", { class: "come" }, mark, number(code), make("span", {}, label, title));
}

/** @param {string} code */
const number = (code) => make("span", { class: "no" }, code);

/**
 * Each check that failed or lacks evidence, with what it says.
 * @param {Verdict[]} verdicts
 * @param {string} heading
 */
export function findings(verdicts, heading) {
  const found = verdicts.filter(({ ok }) => ok !== true);
  if (found.length === 0) return [];
  const lines = found.map(({ code, title, message }) =>
    make("li", {}, make("b", {}, `${code} ${title}`), make("br"), message),
  );
  return [make("h3", {}, heading), make("ul", {}, ...lines)];
}

/**
 * What was counted, question by question.
 * @param {Pick<Report, "questions" | "exitCode">} report
 * @param {DOMStringMap} said
 * @param {Written} written
 */
export function results({ questions, exitCode }, said, written) {
  if (questions.length === 0) return [];
  const parts = questions.flatMap((question) => result(question, said, written));
  const heading = said[exitCode === 1 ? "doubted" : "heading"] ?? "";
  return [make("h3", {}, heading), ...parts];
}

/**
 * @param {Result} question
 * @param {DOMStringMap} said
 * @param {Written} written
 * @returns {HTMLElement[]}
 */
function result({ text, winners, totals, blank, drawn }, said, written) {
  const lots = drawn ? [make("p", { class: "soft" }, said["lots"] ?? "")] : [];
  if (!totals) {
    const won = winners.length > 0 ? winners.map(headOf).join(", ") : (said["nobody"] ?? "");
    return [make("p", {}, make("b", {}, text), make("br"), won), ...lots];
  }
  const rows = totals.map(({ name, total }) => {
    const won = winners.includes(name) ? [" ", make("span", { class: "chip for" }, said["won"] ?? "")] : [];
    return row([headOf(name), ...won], written(total));
  });
  const head = make(
    "tr",
    {},
    make("th", { scope: "col" }, said["option"] ?? ""),
    make("th", { scope: "col", class: "num" }, said["votes"] ?? ""),
  );
  const table = make(
    "table",
    { class: "table tight" },
    make("caption", {}, text),
    make("thead", {}, head),
    make("tbody", {}, ...rows, row([said["blank"] ?? ""], written(blank))),
  );
  return [table, ...lots];
}

/** An option's name without the remark that its draft may put below it. @param {string} name */
const headOf = (name) => name.split("\n", 1)[0] ?? "";

/**
 * @param {(Node | string)[]} name
 * @param {string} value
 */
const row = (name, value) =>
  make("tr", {}, make("th", { scope: "row" }, ...name), make("td", { class: "num" }, value));

/**
 * What became of the reader's own recovery files.
 * @param {Report["own"]} files
 * @param {DOMStringMap} said
 * @param {Written} written
 */
export function own(files, said, written) {
  if (files.length === 0) return [];
  const lines = files.flatMap((file) => ownLines(file, said, written));
  const items = lines.map((line) => make("li", {}, line));
  return [make("h3", {}, said["heading"] ?? ""), make("ul", {}, ...items)];
}

/**
 * @param {Report["own"][number]} file
 * @param {DOMStringMap} said
 * @param {Written} written
 */
function ownLines({ name, problem, checkIn, isMine, ballots }, said, written) {
  const say = (/** @type {string} */ key, /** @type {Record<string, string>} */ places = {}) =>
    fillPlaces(said[key] ?? "", { name, ...places });
  if (problem === "recovery-other-election") return [say("elsewhere")];
  if (problem) return [say("unreadable")];
  if (checkIn === null) return [say("noCheckIn")];
  const place = written(checkIn + 1);
  if (!isMine) return [say("notMine", { place })];
  if (ballots.length === 0) return [say("checkIn", { place }), say("noBallot")];
  const cast = ballots.map(({ index, status }) => {
    const fate = said[`fate${status ?? ""}`] ?? "";
    return say("ballot", { place: written(index + 1), fate });
  });
  return [say("checkIn", { place }), ...cast];
}
