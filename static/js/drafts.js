/**
 * Keeps half-typed words on the device: a form with `data-keep-draft="name"` finds them again after
 * a lost connection or a closed tab.
 *
 * They are dropped when the page says that they arrived: by an element with
 * `data-draft-done="name"` (several names with spaces between them, `*` for all, as after signing
 * out), or by htmx when the form's own request succeeded. Passwords, hidden fields and fields that
 * the server has filled are left alone.
 */

const PREFIX = "draft:";
const LIFETIME = 14 * 24 * 60 * 60 * 1000; // milliseconds
const FIELDS = "textarea[name], input[name]:not([type]), input[name][type=text]";

/** @typedef {HTMLInputElement | HTMLTextAreaElement} Field */
/** @typedef {{time: number, fields: Record<string, string>}} Draft */

/**
 * Watches every form of the page, those that htmx brings later included.
 * @param {Document} page
 */
export function keepDrafts(page) {
  if (!isStorageThere()) return;
  dropOld();
  page.addEventListener("input", ({ target }) => {
    const form = target instanceof Element ? target.closest("form") : null;
    if (form?.dataset["keepDraft"]) save(form, form.dataset["keepDraft"]);
  });
  page.addEventListener("htmx:afterRequest", (event) => {
    // The form that asked; by now another may stand in its place, and the event is about that.
    const { requestConfig, successful, xhr } = /** @type {CustomEvent} */ (event).detail;
    const form = requestConfig?.elt;
    const name = form instanceof HTMLFormElement ? form.dataset["keepDraft"] : undefined;
    const isSentAway = Boolean(xhr?.getResponseHeader("HX-Redirect"));
    if (name && successful && !isSentAway) localStorage.removeItem(PREFIX + name);
  });
  page.addEventListener("htmx:load", ({ target }) => {
    if (target instanceof Element) settle(target);
  });
  settle(page.documentElement);
}

/**
 * Drops what has arrived, then fills what is still open.
 * @param {Element} part
 */
function settle(part) {
  for (const done of within(part, "[data-draft-done]")) {
    for (const name of (done.getAttribute("data-draft-done") ?? "").split(/\s+/)) drop(name);
  }
  for (const form of within(part, "form[data-keep-draft]")) {
    if (form instanceof HTMLFormElement) restore(form, form.dataset["keepDraft"] ?? "");
  }
}

/**
 * @param {Element} part
 * @param {string} selector
 */
function within(part, selector) {
  const own = part.matches(selector) ? [part] : [];
  return [...own, ...part.querySelectorAll(selector)];
}

/** @param {HTMLFormElement} form */
function fieldsOf(form) {
  return /** @type {Field[]} */ ([...form.querySelectorAll(FIELDS)]);
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 */
function save(form, name) {
  const typed = fieldsOf(form).filter(({ value, defaultValue }) => value !== defaultValue);
  const fields = Object.fromEntries(typed.map((field) => [field.name, field.value]));
  const draft = { time: Date.now(), fields };
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(draft));
  } catch {
    // No room is left: the words stay in the form, as they would without this script.
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 */
function restore(form, name) {
  const draft = read(PREFIX + name);
  if (!draft) return;
  for (const field of fieldsOf(form)) {
    const kept = draft.fields[field.name];
    const isUntouched = field.value === "" && field.defaultValue === "";
    if (!kept || !isUntouched) continue;
    field.value = kept;
    field.closest("details")?.setAttribute("open", "");
  }
}

/** @param {string} name */
function drop(name) {
  if (name !== "*") localStorage.removeItem(PREFIX + name);
  else for (const key of keys()) localStorage.removeItem(key);
}

function dropOld() {
  for (const key of keys()) {
    const draft = read(key);
    if (!draft || Date.now() - draft.time > LIFETIME) localStorage.removeItem(key);
  }
}

/**
 * @param {string} key
 * @returns {Draft | null}
 */
function read(key) {
  try {
    const draft = JSON.parse(localStorage.getItem(key) ?? "null");
    return typeof draft?.time === "number" && draft.fields ? draft : null;
  } catch {
    return null;
  }
}

function keys() {
  const all = Array.from({ length: localStorage.length }, (_, at) => localStorage.key(at) ?? "");
  return all.filter((key) => key.startsWith(PREFIX));
}

function isStorageThere() {
  try {
    return Boolean(window.localStorage);
  } catch {
    return false;
  }
}
