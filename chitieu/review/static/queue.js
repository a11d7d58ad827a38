// The rows that wait, in order; the next ones fetched before they are asked for.

import { ask, element, say } from "./shell.js";

const sameKey = (a, b) => a && b && a[0] === b[0] && a[1] === b[1];
const nameOf = (key) => `${key[0]}:${key[1]}`;

export class Queue {
  constructor(form, names, flags) {
    Object.assign(this, { form, names, flags, keys: [], at: 0, open: 0, decided: 0, rows: new Map(), onchange: () => {} });
    const asked = new URLSearchParams(location.search);
    this.first = Object.fromEntries(["order", "document", "flag", "agency", "province"].map((name) => [name, asked.get(name) ?? ""]));
    form.addEventListener("change", () => this.onchange());
    form.addEventListener("submit", (event) => event.preventDefault());
  }

  /** Ask for the queue anew and begin with its first row. */
  async load() {
    const asked = new URLSearchParams();
    for (const name of ["order", "document", "flag", "agency", "province"]) {
      const value = this.first ? this.first[name] : this.form.elements[name].value;
      if (value) asked.set(name, value);
    }
    const said = await ask(`/api/queue?${asked}`);
    Object.assign(this, { keys: said.rows, at: 0, open: said.open, decided: said.decided, rows: new Map() });
    this.#fill("document", said.documents, (id) => this.names[id] ?? id);
    this.#fill("flag", said.flags, (kind) => this.flags[kind] ?? kind);
    this.#fill("agency", said.agencies, (name) => name);
    this.#fill("province", said.provinces, (name) => name);
    if (this.first?.order) this.form.elements.order.value = this.first.order;
    this.first = null;
  }

  #fill(name, counts, words) {
    const select = this.form.elements[name];
    const chosen = this.first?.[name] || select.value;
    const options = Object.entries(counts).map(([value, count]) => element("option", { value }, `${words(value)} (${count})`));
    if (chosen && !(chosen in counts)) options.push(element("option", { value: chosen }, words(chosen)));
    select.replaceChildren(element("option", { value: "" }, say("all")), ...options);
    select.value = chosen;
  }

  current() { return this.keys[this.at] ?? this.keys[0]; }

  following(count) { return this.keys.slice(this.at + 1, this.at + 1 + count); }

  /** A row; `isAsked`: it is about to be shown, and others are told so. */
  row(key, isAsked = false) {
    const name = nameOf(key);
    if (!this.rows.has(name)) {
      const asked = ask(`/api/rows/${key[0]}/${key[1]}${isAsked ? "?claim=true" : ""}`);
      asked.catch(() => this.rows.delete(name));
      this.rows.set(name, asked);
    } else if (isAsked) {
      ask(`/api/rows/${key[0]}/${key[1]}?claim=true`).catch(() => null);
    }
    return this.rows.get(name);
  }

  keep(row) { this.rows.set(nameOf([row.document_id, row.position]), Promise.resolve(row)); }

  step(by) {
    if (!this.keys.length) return null;
    this.at = (this.at + by + this.keys.length) % this.keys.length;
    return this.keys[this.at];
  }

  drop(key) { this.leave(key, false); }

  /** A row is decided, or put off: then it comes last. `isShared`: others of its document may have changed with it. */
  leave(key, isShared, isPutOff = false) {
    const at = this.keys.findIndex((one) => sameKey(one, key));
    if (at >= 0) this.keys.splice(at, 1);
    if (at >= 0 && at < this.at) this.at -= 1;
    if (this.at >= this.keys.length) this.at = 0;
    this.rows.delete(nameOf(key));
    if (isPutOff) this.keys.push(key);
    if (isShared) this.refresh(key[0]);
  }

  /** Ask for rows anew that may have changed: those of a document, or all. */
  refresh(documentId = "") {
    for (const name of [...this.rows.keys()]) if (name.startsWith(documentId ? `${documentId}:` : "")) this.rows.delete(name);
  }

  /** A row is open again: it comes next. */
  back(key, row) {
    this.keys.splice(this.at, 0, key);
    this.keep(row);
  }

  /** Begin with this row, in the queue or not. */
  put(key) {
    const at = this.keys.findIndex((one) => sameKey(one, key));
    if (at < 0) this.keys.unshift(key);
    this.at = Math.max(0, at);
    return this.keys[this.at];
  }
}
