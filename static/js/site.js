/**
 * The site's own script: small, and nothing depends on it. htmx fetches fragments, behaving as the
 * page's `htmx-config` says; its requests carry the page's token; half-typed words are kept, selected
 * ones quoted.
 */
import "htmx.org";
import { keepDrafts } from "./drafts.js";
import { quoteSelections } from "./quoting.js";

document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector("meta[name=csrf]")?.getAttribute("content");
  const { headers } = /** @type {CustomEvent} */ (event).detail;
  if (token) headers["X-CSRFToken"] = token;
});

keepDrafts(document);
quoteSelections(document);
