/**
 * Stands between the booth and the network: every request for the booth's page and files leaves
 * without cookie and without referrer, so that the server cannot join a vote to a sign-in even if
 * it wanted to (A11). It stores nothing and changes no answer.
 */
const scope = /** @type {any} */ (globalThis); // a worker's own names, which the page's types lack

scope.addEventListener("install", () => scope.skipWaiting());
scope.addEventListener("activate", (/** @type {any} */ event) => {
  event.waitUntil(scope.clients.claim());
});
scope.addEventListener("fetch", (/** @type {any} */ event) => {
  const { request } = event;
  const isOurs = new URL(request.url).origin === scope.location.origin;
  if (request.method !== "GET" || !isOurs || request.credentials === "omit") return;
  event.respondWith(
    fetch(request.url, {
      credentials: "omit",
      referrerPolicy: "no-referrer",
      redirect: request.redirect,
      integrity: request.integrity,
      cache: request.cache,
    }),
  );
});
