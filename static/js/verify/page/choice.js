/** What the reader chose to check: a record of this site or a file, and files of their own. */

/** The choosing screen's fields. */
export class Choice {
  /** @type {Map<string, File[]>} */
  #dropped = new Map();

  /**
   * @param {HTMLElement} root
   * @param {(part: string, files: File[]) => void} tell what was chosen for `record` or `beside`
   */
  constructor(root, tell) {
    this.root = root;
    this.tell = tell;
    for (const part of ["record", "beside"]) {
      this.#input(part).addEventListener("change", () => this.#take(part, []));
    }
    // Everywhere: a browser would leave the page for a file that is dropped beside its place.
    document.addEventListener("dragover", (event) => this.#over(event, true));
    document.addEventListener("dragleave", (event) => this.#over(event, false));
    document.addEventListener("drop", (event) => this.#drop(event));
  }

  /** The address of the chosen election's record, or null for a file. */
  get address() {
    const eid = this.#chosen?.value;
    return eid ? new URL(`/elections/${eid}/record/`, location.href).href : null;
  }

  /** What the chosen record is called on this page. */
  get title() {
    return this.#chosen?.closest("label")?.querySelector("b")?.textContent ?? "";
  }

  /** The record's file, or null. */
  get file() {
    return this.#files("record")[0] ?? null;
  }

  /** The reader's own files. */
  get beside() {
    return this.#files("beside").map((file) => ({ name: file.name, bytes: file }));
  }

  /** Leads to the field for the record's file. */
  focusFile() {
    this.#input("record").focus();
  }

  get #chosen() {
    const found = this.root.querySelector("[name=record]:checked");
    return found instanceof HTMLInputElement ? found : null;
  }

  /** @param {string} part */
  #files(part) {
    return this.#dropped.get(part) ?? [...(this.#input(part).files ?? [])];
  }

  /**
   * @param {string} part
   * @param {File[]} dropped
   */
  #take(part, dropped) {
    if (dropped.length > 0) this.#dropped.set(part, dropped);
    else this.#dropped.delete(part);
    if (part === "record") this.#chooseFile();
    this.tell(part, this.#files(part));
  }

  #chooseFile() {
    const last = this.root.querySelector('[name=record][value=""]');
    if (last instanceof HTMLInputElement) last.checked = true;
  }

  /**
   * @param {DragEvent} event
   * @param {boolean} isOver
   */
  #over(event, isOver) {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    if (isOver) this.#chooseFile();
    for (const place of this.root.querySelectorAll("[data-drop]")) {
      place.classList.toggle("over", isOver && place.contains(/** @type {Node} */ (event.target)));
    }
  }

  /** A record is told by its name; whatever else is dropped is the reader's own. @param {DragEvent} event */
  #drop(event) {
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    this.#over(event, false);
    const isRecord = (/** @type {File} */ { name }) => /\.(suara|zip)$/i.test(name);
    const [record] = files.filter(isRecord);
    const beside = files.filter((file) => !isRecord(file));
    if (record) this.#take("record", [record]);
    if (beside.length > 0) this.#take("beside", [...this.#files("beside"), ...beside]);
  }

  /** @param {string} part */
  #input(part) {
    const id = part === "record" ? "record-file" : "beside-files";
    return /** @type {HTMLInputElement} */ (document.getElementById(id));
  }
}
