/**
 * The site's service worker: shows that there is news, and leads there. It answers no requests and
 * keeps nothing, so pages load as if it were not there.
 */
import { openNews, showNews } from "./news.js";

/** @typedef {import("./news.js").Shower} Shower */
/** @typedef {import("./news.js").Pages} Pages */
/** @typedef {Event & {waitUntil: (work: Promise<unknown>) => void}} Waiting */
/** @typedef {Waiting & {data: {json: () => unknown} | null}} Pushed */
/** @typedef {Waiting & {notification: Notification}} Pressed */

const worker = /** @type {{registration: Shower, clients: Pages}} */ (
  /** @type {unknown} */ (globalThis)
);

addEventListener("push", (event) => {
  const pushed = /** @type {Pushed} */ (event);
  pushed.waitUntil(showNews(worker.registration, pushed.data));
});

addEventListener("notificationclick", (event) => {
  const { notification, waitUntil } = /** @type {Pressed} */ (event);
  notification.close();
  waitUntil.call(event, openNews(worker.clients, notification.data.address));
});
