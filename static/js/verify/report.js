/**
 * What a verification says to people and to machines.
 */
import { v40Summary } from "./checks/summary.js";
import { BLANK, FAILURES, LAST_SENTENCES, MARKS, NOBODY, TITLES } from "./texts.js";
import { CODES, exitCode } from "./verdict.js";

/** @typedef {import("./texts.js").Language} Language */
/** @typedef {import("./verify.js").Report} Report */
/** @typedef {import("./verify.js").Verification} Verification */
/** @typedef {Report["verdicts"][number]} Verdict */
/** @typedef {Report["questions"][number]} Result */

/**
 * The report on a verification, in a reader's language.
 * @param {Verification} verification
 * @param {Language} language
 * @returns {Report}
 */
export function reportOn(verification, language) {
  const { draft, summary, own } = verification;
  const verdicts = CODES.map((code) => verdictOn(code, verification, language));
  const questions = resultsOf(verification, language);
  const sentence = lastSentence(verdicts, language, countsIn(questions, verification, language));
  const winners = questions.map(({ text, winners: names }) => {
    return `${text} ${names.join(", ") || NOBODY[spokenIn(verification, language)]}`;
  });
  const lines = verdicts.map((each) => `${MARKS.get(each.ok)} ${each.code} ${inWords(each)}`);
  return {
    verdicts,
    exitCode: exitCode(verdicts),
    lines: [...lines, "", ...winners, sentence],
    sentence,
    election: draft?.title[languageOf(draft, language)] ?? "",
    questions,
    summary,
    own,
  };
}

/**
 * @param {string} code
 * @param {Verification} verification
 * @param {Language} language
 * @returns {Verdict}
 */
function verdictOn(code, { findings, summary }, language) {
  const ok = findings.outcome(code);
  const words = /** @type {import("./texts.js").Words} */ (TITLES[code]);
  const title = words[language];
  if (ok === false) return { code, ok, title, message: failure(code, findings) };
  if (ok === null) {
    return { code, ok, title, message: `missing: ${findings.gaps.get(code) ?? "not examined"}` };
  }
  const remark = code === CODES.at(-1) && summary ? v40Summary(summary) : null;
  return { code, ok, title, message: remark ?? findings.remarks.get(code) ?? words.en };
}

/**
 * The check's one failure message, the first place, and how many there are.
 * @param {string} code
 * @param {Verification["findings"]} findings
 */
function failure(code, findings) {
  const { why = "", log = "", index = -1 } = findings.first.get(code) ?? {};
  const many = findings.count.get(code) ?? 0;
  const place = index >= 0 ? `${log} entry ${index}` : log;
  const where = place ? ` at ${place}` : "";
  const more = many > 1 ? ` (the first of ${many})` : "";
  return `${FAILURES[code]}${where}: ${why}${more}`;
}

/** The check's title, and its message where that says more. @param {Verdict} verdict */
function inWords({ code, title, message }) {
  return message === TITLES[code]?.en ? title : `${title}: ${message}`;
}

/**
 * A reader's language, if the draft has it.
 * @param {{languages: string[]}} draft
 * @param {Language} language
 */
function languageOf({ languages }, language) {
  return languages.includes(language) ? language : (languages[0] ?? language);
}

/**
 * That language, or English for our own words beside a draft in another one.
 * @param {Verification} verification
 * @param {Language} language
 * @returns {Language}
 */
function spokenIn({ draft }, language) {
  const spoken = draft ? languageOf(draft, language) : language;
  return spoken === "id" ? "id" : "en";
}

/**
 * What was counted again, in the draft's own words.
 * @param {Verification} verification
 * @param {Language} language
 * @returns {Result[]}
 */
function resultsOf({ draft, outcome }, language) {
  if (!draft || !outcome) return [];
  const spoken = languageOf(draft, language);
  return draft.questions.map(({ text, options }, at) => {
    const { winners, totals, valid, blank, drawn } = outcome["questions"][at];
    const names = new Map(options.map((option) => [option.id, option.text[spoken] ?? option.id]));
    return {
      text: text[spoken] ?? "",
      winners: winners.map((/** @type {string} */ id) => names.get(id) ?? id),
      totals: totals
        ? [...names.values()].map((name, option) => ({ name, total: totals[option] }))
        : null,
      valid, blank, drawn,
    };
  });
}

/**
 * The totals of an election of one question whose rule has them, blank ballots last.
 * @param {Result[]} questions
 * @param {Verification} verification
 * @param {Language} language
 */
function countsIn(questions, verification, language) {
  const [only, ...others] = questions;
  if (!only?.totals || others.length > 0) return "";
  const spoken = spokenIn(verification, language);
  const all = [...only.totals, { name: BLANK[spoken], total: only.blank }];
  return `: ${all.map(({ name, total }) => `${grouped(total, spoken)} ${name}`).join(", ")}`;
}

/**
 * @param {number} number
 * @param {Language} language
 */
function grouped(number, language) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, language === "id" ? "." : ",");
}

/**
 * What follows from all outcomes, in one sentence; `counts` are the totals in words.
 * @param {Verdict[]} verdicts
 * @param {Language} language
 * @param {string} counts
 */
function lastSentence(verdicts, language, counts) {
  const [passed, failed, missing] = [true, false, null].map((wanted) =>
    verdicts.filter(({ ok }) => ok === wanted),
  );
  const first = failed?.[0] ?? missing?.[0] ?? verdicts[0];
  /** @type {Record<string, string | number>} */
  const places = {
    counts,
    passed: passed?.length ?? 0,
    failed: failed?.length ?? 0,
    missing: missing?.length ?? 0,
    first: first?.code ?? "",
    title: first?.title ?? "",
  };
  const sentence = LAST_SENTENCES[exitCode(verdicts)]?.[language] ?? "";
  return sentence.replace(/\{(\w+)\}/g, (_, name) => String(places[name]));
}
