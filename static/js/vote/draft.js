/**
 * The draft of an election (protocol, section 3): what is asked, and who holds which role.
 */
import { binary, list, matching, name, object, oneOf, refuse, text, whole } from "./schema.js";
import { IDENTIFIER, questionReader } from "./question.js";

/** @typedef {ReturnType<typeof readDraft>} Draft */
/** @typedef {import("./question.js").Question} Question */

const HOST = /[a-z0-9.:-]+/;
const ORIGIN = /https?:\/\/[a-z0-9.:-]+/;
const FILE_NAME = /(?!\.)[^/\\\x00-\x1f\x7f]{1,200}/u;
const key = binary(32);
const keyed = object({ name, key });
const U16 = 2 ** 16 - 1;

/**
 * The draft at this place of a document; BadEncoding names the first wrong place.
 * @param {import("./schema.js").Place} place
 */
export function readDraft(place) {
  const languages = languagesOf(place);
  const words = object(Object.fromEntries(languages.map((language) => [language, text])));
  const draft = object({
    ...documentShape(words),
    ...rolesShape(),
    ...measuresShape(),
  })(place);
  checkStyles(place, draft);
  const files = draft.attachments.map(({ name: file }) => file);
  if (hasRepeats(files)) refuse(place, "every attachment once");
  if (hasRepeats(draft.passkeys.origins)) refuse(place, "every origin once");
  return draft;
}

/** @param {import("./schema.js").Place} place */
function languagesOf({ path, value }) {
  const found = /** @type {{languages?: unknown} | null} */ (value)?.languages;
  const inner = { path: path ? `${path}.languages` : "languages", value: found };
  const languages = list(matching(/[\x00-\x7f]+/), { least: 1 })(inner);
  if (hasRepeats(languages)) refuse(inner, "every language once");
  return languages;
}

/** @param {import("./schema.js").Reader<Record<string, string>>} words */
function documentShape(words) {
  return {
    suite: oneOf("suara/v1"),
    languages: list(name),
    title: words,
    about: words,
    nonce: binary(16),
    authority: matching(HOST),
    attachments: some(object({ name: matching(FILE_NAME), sha256: key })),
    log_keys: object({ setup: key, "check-ins": key, ballots: key }),
    questions: list(questionReader(words), { least: 1 }),
    styles: list(
      object({
        id: whole({ least: 1, most: U16 }),
        name: words,
        questions: list(matching(IDENTIFIER), { least: 1 }),
      }),
      { least: 1 },
    ),
  };
}

function rolesShape() {
  const held = oneOf("own", "server");
  const registrar = object({ name, key, origin: matching(ORIGIN) });
  const witness = object({ name, vkey: name });
  return {
    organiser: keyed,
    registrars: object({ k: whole(), faulty: whole(), list: some(registrar, 1) }),
    trustees: object({ k: whole(), list: some(object({ name, key, held }), 1) }),
    witnesses: object({ k: whole(), faulty: whole(), list: some(witness) }),
    officers: some(object({ name, cose: binary(77) })),
    verifiers: some(keyed),
    passkeys: object({ rp_id: matching(HOST), origins: list(matching(ORIGIN)) }),
  };
}

function measuresShape() {
  return {
    schedule: object({
      check_in_opens: whole(),
      check_in_closes: whole(),
      voting_opens: whole(),
      voting_closes: whole(),
      close_grace_seconds: whole(),
    }),
    epoch_seconds: whole(),
    batch_min: whole(),
    merge_delay_epochs: whole({ most: U16 }),
    max_revisions: whole({ most: 2 ** 32 - 1 }),
    min_group: whole(),
  };
}

/**
 * @param {import("./schema.js").Place} place
 * @param {{questions: {id: string}[], styles: {id: number, questions: string[]}[]}} draft
 */
function checkStyles(place, { questions, styles }) {
  const known = questions.map(({ id }) => id);
  if (hasRepeats(known)) refuse(place, "every question id once");
  if (hasRepeats(styles.map(({ id }) => id))) refuse(place, "every style id once");
  for (const style of styles) {
    const isKnown = style.questions.every((id) => known.includes(id));
    if (!isKnown || hasRepeats(style.questions)) refuse(place, "styles of the draft's questions");
  }
}

/**
 * As many as a number of two bytes can name.
 * @template T
 * @param {import("./schema.js").Reader<T>} reader
 * @param {number} [least]
 */
const some = (reader, least = 0) => list(reader, { least, most: U16 });
/** @param {unknown[]} values */
const hasRepeats = (values) => new Set(values).size !== values.length;

/**
 * The questions that a style's voters are asked, in their order; BadEncoding for another style.
 * @param {Draft} draft
 * @param {number} style
 * @returns {Question[]}
 */
export function questionsOf(draft, style) {
  const ids = draft.styles.find(({ id }) => id === style)?.questions;
  if (!ids) return refuse({ path: "styles", value: style }, `the style ${style}`);
  return ids.flatMap((id) => draft.questions.filter((question) => question.id === id));
}
