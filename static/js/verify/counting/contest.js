/**
 * One question and everything that was said to it: equal ballots once, with their number, so that
 * a million ballots of few patterns cost as much as the patterns.
 */

/** @typedef {import("../../vote/plaintext.js").Choice} Choice */
/** @typedef {import("../../vote/question.js").Question} Question */
/** @typedef {[Choice, number]} Ballot a choice, and how many ballots made it */
/**
 * @typedef {object} Paper equal ballots that are not blank
 * @property {number[]} marks one number per option: 1 for a mark, or its score, points or rank
 * @property {number} number how many there are
 */
/**
 * @typedef {object} Contest
 * @property {Question} question
 * @property {number[]} options their numbers, ascending
 * @property {Paper[]} papers
 * @property {number} valid ballots that are not blank
 * @property {number} blank
 * @property {number[]} tieOrder
 * @property {number} rollSize
 */
/**
 * @typedef {object} Decision
 * @property {Iterable<number>} winners in any order
 * @property {boolean} drawn
 * @property {Record<string, unknown>} details
 */
/**
 * @typedef {object} Rule
 * @property {(contest: Contest) => Decision} count asked only about contests with a valid ballot
 * @property {(contest: Contest) => Record<string, unknown>} unvoted the details of the others
 */

/**
 * The contest of these ballots; RangeError unless the tie order holds every option once.
 * @param {Question} question
 * @param {Iterable<Ballot>} ballots
 * @param {{tieOrder: number[], rollSize: number}} terms
 * @returns {Contest}
 */
export function contestOf(question, ballots, { tieOrder, rollSize }) {
  const options = question.options.map((_, at) => at);
  const sorted = [...tieOrder].sort((one, other) => one - other);
  if (sorted.join() !== options.join()) throw new RangeError("a tie order holds every option once");
  /** @type {Map<string, Paper>} */
  const papers = new Map();
  let [valid, blank] = [0, 0];
  for (const [choice, number] of ballots) {
    const marks = marksOf(question, choice);
    if (!marks.some((mark) => mark > 0)) blank += number;
    else {
      valid += number;
      add(papers, marks, number);
    }
  }
  return { question, options, papers: [...papers.values()], valid, blank, tieOrder, rollSize };
}

/**
 * @param {Map<string, Paper>} papers
 * @param {number[]} marks
 * @param {number} number
 */
function add(papers, marks, number) {
  if (number === 0) return;
  const name = marks.join();
  const known = papers.get(name);
  if (known) known.number += number;
  else papers.set(name, { marks, number });
}

/**
 * A choice as one number per option.
 * @param {Question} question
 * @param {Choice} choice
 */
function marksOf({ method, ballot, options }, choice) {
  const isMarked = method === "single" || method === "approval" || ballot === "approval";
  if (!isMarked && Array.isArray(choice)) return choice;
  const marked = Array.isArray(choice) ? choice : choice === null ? [] : [choice];
  const marks = options.map(() => 0);
  for (const option of marked) marks[option] = 1;
  return marks;
}
