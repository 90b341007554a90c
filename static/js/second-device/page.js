/**
 * The second device's page: takes a ballot's code, by camera or pasted, and shows what the ballot
 * in the box says (protocol, section 8). Everything it needs is here once it is loaded: it can be
 * saved, and hosted by anybody.
 */
import { trackingCode } from "../vote/ballot.js";
import { Booth, make } from "../vote/booth.js";
import { NotTrusted, Problem, Unreachable, VoteError } from "../vote/errors.js";
import { save } from "../vote/files.js";
import { explain, nameOf } from "../vote/messages.js";
import { Camera, canScan } from "./camera.js";
import { choiceInWords } from "./in-words.js";
import { wordsOf } from "./messages.js";
import { NotReady, codeIn, openBallot, originIn } from "./opening.js";
import { screens } from "./screens.js";

/** @typedef {import("./messages.js").Words} Words */
/** @typedef {Awaited<ReturnType<typeof openBallot>>} Opened */

const FILE = "suara-second-device.html";

class SecondDevicePage {
  /** @type {Camera | null} */
  #camera = null;
  #words;

  /**
   * @param {HTMLElement} root empty
   * @param {{hasCamera: boolean}} means
   */
  constructor(root, { hasCamera }) {
    this.#words = wordsOf(document.documentElement.lang);
    const isAlone = root.dataset["alone"] !== undefined;
    this.isAlone = isAlone;
    root.replaceChildren(...screens(this.#words, { isAlone, hasCamera }));
    this.booth = new Booth(root);
    this.booth.on({
      camera: () => this.#look(),
      stop: () => this.#stopCamera(),
      send: () => this.#trying(() => this.#open()),
      yes: () => this.booth.show("right"),
      no: () => this.#wrong(""),
      another: () => this.#again(),
    });
  }

  #again() {
    this.#field("check-code").value = "";
    this.booth.show("ask");
  }

  /** @param {string} id */
  #field(id) {
    return /** @type {HTMLInputElement | HTMLTextAreaElement} */ (document.getElementById(id));
  }

  /** The camera looks beside all else; what it finds is opened at once. */
  #look() {
    const video = /** @type {HTMLVideoElement} */ (this.booth.root.querySelector("video"));
    video.muted = true;
    const camera = new Camera(video);
    this.#camera = camera;
    this.booth.toggle("camera", true);
    this.booth.offer("camera", false);
    void this.#trying(async () => {
      const text = await camera.look((each) => each.startsWith("suara-check.")).catch(() => {
        throw new NotReady("no-camera");
      });
      if (text === null) return;
      this.#field("check-code").value = text;
      this.#stopCamera();
      await this.#open();
    });
  }

  #stopCamera() {
    this.#camera?.stop();
    this.#camera = null;
    this.booth.toggle("camera", false);
    this.booth.offer("camera", true);
  }

  async #open() {
    const code = codeIn(this.#field("check-code").value);
    this.booth.fill("code", trackingCode(code.hash));
    const typed = this.#field("site-address").value.trim();
    const site = typed || this.isAlone ? originIn(typed) : location.origin;
    const boxTyped = this.#field("box-address").value.trim();
    const box = boxTyped ? originIn(boxTyped) : site;
    this.booth.say(this.#words.ask.busy);
    /** @type {string[]} */
    const passed = [];
    const report = (/** @type {string} */ check) => passed.push(check);
    this.#show(await openBallot(code, { site, box }, report), passed);
  }

  /**
   * @param {Opened} opened
   * @param {string[]} passed
   */
  #show({ title, questions, choices }, passed) {
    const { booth } = this;
    const { opened: said, checks } = this.#words;
    const words = (/** @type {Record<string, string>} */ text) => booth.words(text);
    const lines = questions.flatMap((question, at) => {
      const chosen = choiceInWords(question, choices[at] ?? null, words);
      const told = chosen.length > 0 ? chosen : [said.blank];
      return [make("dt", {}, words(question.text)), ...told.map((each) => make("dd", {}, each))];
    });
    const election = make("dt", {}, `${said.election}: ${words(title)}`);
    booth.slot("choices").replaceChildren(election, ...lines);
    const names = passed.map((check) => nameOf(check, booth.language));
    const ticks = [...names, checks.ballot, checks.credentials, checks.opens];
    const items = ticks.map((each) => make("li", { class: "good" }, each));
    booth.slot("passed").replaceChildren(...items);
    booth.show("opened");
  }

  /** What to do about a ballot that is not the voter's. @param {string} why */
  #wrong(why) {
    this.booth.show("wrong");
    if (why) this.booth.fill("broken", { why });
    else this.booth.toggle("broken", false);
  }

  /**
   * What stands in the way is told with its remedy; a ballot that does not hold is a wrong one.
   * @param {() => Promise<void>} act
   */
  async #trying(act) {
    try {
      await act();
    } catch (error) {
      this.#stopCamera();
      const code = error instanceof VoteError ? error.code : "";
      const trouble = this.#words.troubles[code];
      if (trouble) this.#tell(trouble);
      else if (isOfTheWay(error)) this.booth.complain(error);
      else this.#wrong(reasonOf(error, this.booth.language));
    }
  }

  /** @param {{title: string, advice: string}} trouble */
  #tell({ title, advice }) {
    const box = /** @type {HTMLElement} */ (this.booth.root.querySelector("[data-trouble]"));
    box.hidden = false;
    this.booth.fill("title", title);
    this.booth.fill("advice", advice);
    box.focus({ preventScroll: true });
    box.scrollIntoView({ block: "center" });
  }
}

/**
 * Whether this says nothing about the ballot: a refusal, a failing network, a browser too old, or
 * a fault of this page.
 * @param {unknown} error
 */
function isOfTheWay(error) {
  if (!(error instanceof VoteError)) return true;
  const isNetwork = error instanceof Problem || error instanceof Unreachable;
  return isNetwork || error instanceof NotReady || error.code === "needs-newer-browser";
}

/**
 * @param {unknown} error
 * @param {string} language
 */
function reasonOf(error, language) {
  if (error instanceof NotTrusted) return nameOf(String(error.facts["check"]), language);
  return explain(error, language).title;
}

/** The page that stands alone speaks both languages. @param {HTMLElement} root */
function speakBoth(root) {
  const html = document.documentElement;
  const button = /** @type {HTMLElement} */ (document.getElementById("other-language"));
  const speak = (/** @type {string} */ language) => {
    const words = wordsOf(language);
    html.lang = language;
    document.title = words.name;
    for (const name of /** @type {const} */ (["name", "about", "language"])) {
      /** @type {HTMLElement} */ (document.querySelector(`[data-words=${name}]`)).textContent = words[name];
    }
    button.lang = language === "id" ? "en" : "id";
    void begin(root);
  };
  button.addEventListener("click", () => speak(html.lang === "id" ? "en" : "id"));
  speak(navigator.language.toLowerCase().startsWith("en") ? "en" : "id");
}

/** @param {HTMLElement} root */
async function begin(root) {
  // Listeners of the language before go with their element.
  const fresh = /** @type {HTMLElement} */ (root.cloneNode(false));
  document.getElementById(root.id)?.replaceWith(fresh);
  const hasCamera = await canScan();
  new SecondDevicePage(fresh, { hasCamera });
}

/** Saves this page as one file. @param {HTMLElement} button */
function offerToSave(button) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const answer = await fetch(button.dataset["file"] ?? "", { credentials: "omit" });
    save(FILE, await answer.text());
  });
}

const root = document.getElementById("second-device");
const saving = document.getElementById("save-page");
if (saving) offerToSave(saving);
if (root?.dataset["alone"] !== undefined) speakBoth(root);
else if (root) void begin(root);
