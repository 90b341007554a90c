/** The screens of the second device's page, made of words alone. */
import { make } from "../vote/booth.js";

/** @typedef {import("./messages.js").Words} Words */
/** @typedef {{isAlone: boolean, hasCamera: boolean}} Setting */

const FIRST = "ask";

/**
 * All screens, and the places in which trouble is told.
 * @param {Words} words
 * @param {Setting} setting
 */
export function screens(words, setting) {
  return [
    make(
      "div",
      { class: "note bad", role: "alert", tabindex: "-1", "data-trouble": "", hidden: "" },
      make("p", {}, make("b", { "data-slot": "title" })),
      make("p", { "data-slot": "advice" }),
    ),
    make("p", { class: "unseen", role: "status", "data-spoken": "" }),
    screen("ask", words.ask.heading, ...ask(words, setting)),
    screen("opened", words.opened.heading, ...opened(words)),
    screen("right", words.right.heading, ...right(words)),
    screen("wrong", words.wrong.heading, ...wrong(words)),
  ];
}

/**
 * @param {string} name
 * @param {string} heading
 * @param {HTMLElement[]} parts
 */
function screen(name, heading, ...parts) {
  const id = `screen-${name}`;
  const attributes = { "data-screen": name, "aria-labelledby": id };
  const made = make("section", attributes, make("h2", { id, tabindex: "-1" }, heading), ...parts);
  made.hidden = name !== FIRST;
  return made;
}

/**
 * @param {string} label
 * @param {string} act
 * @param {{busy?: string, quiet?: boolean}} [looks]
 */
function button(label, act, { busy, quiet } = {}) {
  const made = make("button", { class: quiet ? "button quiet" : "button", type: "button" }, label);
  made.dataset["act"] = act;
  if (busy) made.dataset["busy"] = busy;
  return made;
}

/**
 * @param {Words} words
 * @param {Setting} setting
 */
function ask({ ask: said }, { isAlone, hasCamera }) {
  const code = make("textarea", {
    id: "check-code",
    rows: "4",
    autocomplete: "off",
    autocapitalize: "none",
    spellcheck: "false",
    "aria-describedby": "check-code-hint",
  });
  const camera = hasCamera
    ? [make("p", {}, button(said.camera, "camera"))]
    : [make("p", { class: "soft" }, said.noCamera)];
  const places = isAlone ? addresses(said) : [elsewhere(said)];
  return [
    ...camera,
    make(
      "div",
      { "data-slot": "camera", hidden: "" },
      make("p", {}, said.aim),
      make("video", { class: "camera", playsinline: "", muted: "", "aria-label": said.aim }),
      make("p", {}, button(said.stop, "stop", { quiet: true })),
    ),
    field("check-code", said.code, said.codeHint, code),
    ...places,
    make("p", {}, button(said.send, "send", { busy: said.busy })),
  ];
}

/** @param {Words["ask"]} said */
function elsewhere(said) {
  const head = make("summary", {}, said.elsewhere);
  return make("details", { class: "more-words" }, head, ...addresses(said));
}

/** @param {Words["ask"]} said */
const addresses = (said) => [
  field("site-address", said.site, said.siteHint, addressInput("site-address")),
  field("box-address", said.box, said.boxHint, addressInput("box-address")),
];

/** @param {string} id */
const addressInput = (id) =>
  make("input", { id, type: "url", autocomplete: "url", "aria-describedby": `${id}-hint` });

/**
 * @param {string} id
 * @param {string} label
 * @param {string} hint
 * @param {HTMLElement} input
 */
function field(id, label, hint, input) {
  const told = make("span", { class: "hint", id: `${id}-hint` }, hint);
  return make("div", { class: "field" }, make("label", { for: id }, label), told, input);
}

/** @param {Words} words */
function opened({ opened: said }) {
  return [
    make("dl", { class: "choices", "data-slot": "choices" }),
    make("p", { class: "soft" }, said.code),
    make("p", { class: "code", "data-slot": "code" }),
    make("p", {}, said.codeHint),
    make("p", {}, make("b", {}, said.question)),
    make("p", { class: "beside" }, button(said.yes, "yes"), button(said.no, "no", { quiet: true })),
    make(
      "details",
      { class: "more-words" },
      make("summary", {}, said.passed),
      make("ul", { class: "ticks", "data-slot": "passed" }),
    ),
    make("p", { class: "soft" }, said.limit),
  ];
}

/** @param {Words} words */
const right = ({ right: said }) => [
  make("p", {}, said.about),
  make("p", {}, button(said.another, "another", { quiet: true })),
];

/** @param {Words} words */
const wrong = ({ opened: { code }, wrong: said }) => [
  make("p", { "data-slot": "broken", "data-fill": said.broken, hidden: "" }),
  make("p", { class: "soft" }, code),
  make("p", { class: "code", "data-slot": "code" }),
  make("ol", {}, ...said.steps.map((step) => make("li", {}, make("p", {}, step)))),
  make("p", {}, button(said.another, "another", { quiet: true })),
];
