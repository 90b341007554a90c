/**
 * What the worker does with a message and with a press on it. A message is sealed by the site for
 * this browser; what is no message of the site is shown as its bare name.
 */

/** @typedef {{title: string, body: string, address: string}} News */
/**
 * @typedef {object} Shower what a service worker's registration offers
 * @property {(title: string, options: NotificationOptions) => Promise<void>} showNotification
 */
/** @typedef {{url: string, focus: () => Promise<unknown>}} Page an open page of the site */
/**
 * @typedef {object} Pages the open pages
 * @property {(options: {type: "window"}) => Promise<readonly Page[]>} matchAll
 * @property {(address: string) => Promise<unknown>} openWindow
 */

/**
 * Shows a message; a later one takes its place.
 * @param {Shower} shower
 * @param {{json: () => unknown} | null} message
 */
export function showNews(shower, message) {
  const { title, body, address } = /** @type {News} */ (message?.json() ?? {});
  const options = { body: body ?? "", tag: "news", data: { address: address ?? "/news" } };
  return shower.showNotification(title ?? "Suara", options);
}

/**
 * Leads to the news, in a page that shows them already if there is one.
 * @param {Pages} pages
 * @param {string} address
 */
export async function openNews(pages, address) {
  const open = await pages.matchAll({ type: "window" });
  const there = open.find(({ url }) => url === address);
  return there ? there.focus() : pages.openWindow(address);
}
