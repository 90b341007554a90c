/**
 * Quotes only what is selected: a "Quote" link takes the selected words of its own comment along.
 * Without a selection, or without this script, the link quotes the whole comment. The server looks
 * whether the comment really says so.
 */

const MOST = 400; // characters; the server shortens a quote as well

/**
 * Watches every "Quote" link of the page, those that htmx brings later included.
 * @param {Document} page
 */
export function quoteSelections(page) {
  // Pressing a pointer on a link drops the selection before the click; keys leave it.
  page.addEventListener("pointerdown", ({ target }) => takeAlong(page, target));
  page.addEventListener("click", ({ target, detail }) => {
    if (detail === 0) takeAlong(page, target);
  });
}

/**
 * @param {Document} page
 * @param {EventTarget | null} target
 */
function takeAlong(page, target) {
  const link = target instanceof Element ? target.closest("a[data-quote]") : null;
  if (!(link instanceof HTMLAnchorElement)) return;
  const address = new URL(link.href);
  address.searchParams.delete("words");
  const words = selectedIn(page, link.closest("article"));
  if (words) address.searchParams.set("words", words);
  link.href = address.href;
}

/**
 * @param {Document} page
 * @param {Element | null} comment
 */
function selectedIn(page, comment) {
  const selection = page.getSelection();
  const ends = [selection?.anchorNode, selection?.focusNode];
  const isInside = ends.every((end) => end?.parentElement?.closest("article") === comment);
  return isInside ? String(selection).trim().slice(0, MOST) : "";
}
