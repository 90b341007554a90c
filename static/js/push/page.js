/**
 * News on this device, on the page of settings: asks for permission, signs the browser up, puts
 * what it answers into the page's own form and sends that. Every sentence stands in the page;
 * `data-said` names the state.
 */
import { fromB64url } from "../vote/bytes.js";

/** @typedef {"unsupported" | "refused" | "failed" | "on" | ""} Said */

const WORKER = "/push.js";

/**
 * Fills the form with the address and the keys of this browser.
 * @param {HTMLFormElement} form
 * @param {PushSubscription} subscription
 */
function fill(form, subscription) {
  const { endpoint, keys } = subscription.toJSON();
  const answers = { endpoint, p256dh: keys?.["p256dh"], auth: keys?.["auth"] };
  for (const [name, value] of Object.entries(answers)) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement) field.value = value ?? "";
  }
}

/**
 * A subscription under the site's key; one under a former key is given up.
 * @param {string} key
 */
async function subscribe(key) {
  await navigator.serviceWorker.register(WORKER, { scope: "/" });
  const { pushManager } = await navigator.serviceWorker.ready;
  const former = await pushManager.getSubscription();
  if (former) await former.unsubscribe();
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: fromB64url(key) });
}

/** This browser's subscription, if it has one. */
async function current() {
  const registration = await navigator.serviceWorker.getRegistration("/");
  return (await registration?.pushManager.getSubscription()) ?? null;
}

/** @param {HTMLElement} root */
async function begin(root) {
  const button = root.querySelector("[data-begin]");
  const form = root.querySelector("#device-form");
  if (!(button instanceof HTMLButtonElement) || !(form instanceof HTMLFormElement)) return;
  const isAble = "serviceWorker" in navigator && "PushManager" in globalThis;
  if (!isAble || !("Notification" in globalThis)) return;

  /** @param {Said} said */
  const say = (said) => {
    for (const note of root.querySelectorAll("[data-said]")) {
      if (note instanceof HTMLElement) note.hidden = note.dataset["said"] !== said;
    }
  };
  say(Notification.permission === "denied" ? "refused" : "");
  const subscription = await current().catch(() => null);
  const row = [...root.querySelectorAll("[data-endpoint]")].find(
    (each) => each instanceof HTMLElement && each.dataset["endpoint"] === subscription?.endpoint,
  );
  if (row && subscription && Notification.permission === "granted") {
    say("on");
    stopWith(row, subscription);
    return;
  }
  button.hidden = Notification.permission === "denied";
  button.addEventListener("click", async () => {
    button.disabled = true;
    const answer = await Notification.requestPermission();
    if (answer === "granted") {
      try {
        fill(form, await subscribe(root.dataset["key"] ?? ""));
        form.submit();
        return;
      } catch {
        say("failed");
      }
    } else if (answer === "denied") say("refused");
    button.disabled = false;
  });
}

/**
 * Removing this very device tells the browser too; the site forgets it either way.
 * @param {Element} row
 * @param {PushSubscription} subscription
 */
function stopWith(row, subscription) {
  const form = row.querySelector("form");
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    subscription.unsubscribe().catch(() => false).finally(() => form.submit());
  });
}

const root = document.getElementById("on-devices");
if (root) begin(root);
