/**
 * The forty checks of protocol section 10 on one public record, in the browser or in Node: the
 * second implementation, written beside `ballots/verifier` and giving the same codes.
 *
 * `verify(source, {beside, client, progress, language}) → Report`; sources are made by
 * `reading.js` (a zip, a folder of files, an address). Never throws for whatever stands in a
 * record, only Unreadable where there is none.
 *
 * @typedef {object} Report plain values, fit for postMessage and JSON
 * @property {{code: string, ok: boolean | null, title: string, message: string}[]} verdicts V01
 *   to V40; `ok` null is missing evidence; `title` in the reader's language, `message` in English
 * @property {0 | 1 | 2} exitCode all passed, election invalid, evidence missing
 * @property {string[]} lines the whole report in words, as the command line prints it
 * @property {string} sentence the last of them: what follows from all
 * @property {string} election its title, or ""
 * @property {{text: string, winners: string[], totals: {name: string, total: number}[] | null,
 *   valid: number, blank: number, drawn: boolean}[]} questions recounted; empty if unfinished
 * @property {Summary | null} summary the numbers of V40
 * @property {Own[]} own what was found of recovery files that were handed in
 *
 * @typedef {object} Summary
 * @property {number} rollSize
 * @property {number} voted
 * @property {number} checkedIn
 * @property {Record<number, number>} checkIns by kind: 0 session, 1 passkey, 2 desk
 * @property {number} deskWithPasskey
 * @property {Record<number, number>} statuses by status 0..5
 * @property {number[]} struck rows that the organiser struck and that checked in
 * @property {[percent: number, people: number][]} toAsk
 *
 * @typedef {object} Own
 * @property {string} name the file's
 * @property {boolean} isOfThisElection
 * @property {number | null} checkIn entry of the check-in log, null where none was found
 * @property {{index: number, seq: number, status: number | null}[]} ballots of the voter's key
 */
