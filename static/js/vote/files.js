/**
 * Files out of this page and into it; none of them travels over the network.
 */

/**
 * Lets the browser save a file.
 * @param {string} name
 * @param {string | import("./bytes.js").Bytes} content
 */
export function save(name, content) {
  const address = URL.createObjectURL(new Blob([content], { type: "application/octet-stream" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/**
 * The text of the file that was chosen in this input; empty where none was.
 * @param {string} id
 */
export async function chosenText(id) {
  const input = document.getElementById(id);
  const file = input instanceof HTMLInputElement ? input.files?.[0] : undefined;
  return file ? file.text() : "";
}

/**
 * What was written in this field.
 * @param {string} id
 */
export function writtenText(id) {
  const field = document.getElementById(id);
  return field instanceof HTMLTextAreaElement ? field.value : "";
}
