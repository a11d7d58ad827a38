// The fields of a row: what stands, what the readers have, what it means; drafts outlive the browser.

import { ask, element, say } from "./shell.js";

const SIGNS = ["≥", "≤", ">", "<", "‰", "m²", "–", "½"];
const MEANING_MS = 120;
const draftName = (row) => `chitieu:draft:${row.document_id}:${row.position}`;

export class FieldList {
  constructor(target, changed) {
    Object.assign(this, { target, changed, row: null, active: null, texts: {}, timer: 0, asked: 0 });
  }

  /** Show a row; `mine`: texts that were typed before and are kept. */
  show(row, mine = null) {
    this.row = row;
    const kept = mine ?? this.#draft();
    this.texts = Object.fromEntries(row.fields.map((field) => [field.name, kept[field.name] ?? field.text]));
    this.active = (row.fields.find((field) => field.doubts.length) ?? row.fields.find((field) => field.name === "value_text")).name;
    const folded = row.fields.filter((field) => field.is_folded && this.texts[field.name] === field.text);
    const open = row.fields.filter((field) => !folded.includes(field));
    this.target.replaceChildren(...open.map((field) => this.#field(field)),
      ...(folded.length ? [element("details", { class: "fold" }, element("summary", {}, say("more_fields")), ...folded.map((field) => this.#field(field)))] : []));
    for (const field of row.fields) this.#mark(field.name);
    for (const area of this.target.querySelectorAll("textarea")) fit(area);
    if (Object.keys(kept).length) this.#understand();
  }

  #draft() {
    try {
      const draft = JSON.parse(localStorage.getItem(draftName(this.row)) ?? "null");
      return draft?.version === this.row.version ? draft.texts : {};
    } catch {
      return {};
    }
  }

  #field(field) {
    const id = `field-${field.name}`;
    const area = element("textarea", { id, rows: "1", spellcheck: "false", autocomplete: "off", maxlength: "4000",
      "aria-describedby": `${id}-why ${id}-meaning`, oninput: () => this.put(field.name, area.value, true), onfocus: () => this.#activate(field.name) });
    area.value = this.texts[field.name];
    const choices = element("ol", { class: "choices" }, ...field.choices.map((choice, at) => this.#choice(field, choice, at)));
    const made = element("div", { class: "field", "data-field": field.name },
      element("label", { for: id }, field.label),
      element("div", {}, area,
        element("p", { class: "why", id: `${id}-why` }, field.doubts.join(" · ")),
        field.choices.length > 1 ? choices : null,
        element("p", { class: field.is_understood ? "meaning" : "meaning strange", id: `${id}-meaning`, "aria-live": "polite" }, field.meaning)));
    made.classList.toggle("doubtful", field.doubts.length > 0);
    made.addEventListener("click", () => this.#activate(field.name));
    return made;
  }

  #choice(field, choice, at) {
    const origin = choice.origins.join(", ");
    const button = element("button", { type: "button", onclick: () => { this.#activate(field.name); this.choose(at); } },
      element("kbd", {}, String(at + 1)), choice.replaced ? placed(choice) : differing(field.choices[0].text, choice.text),
      element("span", { class: "origin" }, choice.is_suggested ? element("span", { class: "suggested" }, `← ${say("suggestion")} · `) : null, origin));
    return element("li", {}, button);
  }

  #activate(name) {
    if (this.active === name) return;
    const before = this.active;
    this.active = name;
    this.#mark(before);
    this.#mark(name);
    this.changed();
  }

  #mark(name) {
    const made = this.#part(name);
    const field = this.#of(name);
    if (!made) return;
    made.classList.toggle("active", name === this.active);
    made.classList.toggle("changed", this.texts[name] !== field.text);
    for (const [at, button] of made.querySelectorAll(".choices button").entries()) {
      button.setAttribute("aria-pressed", String(this.#isTaken(field.choices[at], this.texts[name])));
    }
  }

  #part(name) { return this.target.querySelector(`[data-field="${name}"]`); }

  #of(name) { return this.row.fields.find((field) => field.name === name); }

  textOf(name) { return this.texts[name]; }

  /** Give a field a text; kept in the browser with every key. */
  put(name, text, isTyped = false) {
    const line = text.replace(/\s*\n\s*/g, " ");
    this.texts[name] = line;
    const area = this.#part(name).querySelector("textarea");
    if (!isTyped || line !== text) area.value = line;
    fit(area);
    this.#mark(name);
    localStorage.setItem(draftName(this.row), JSON.stringify({ version: this.row.version, texts: this.changes() }));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#understand(), isTyped ? MEANING_MS : 0);
  }

  async #understand() {
    const texts = this.changes();
    const number = ++this.asked;
    const { document_id, position } = this.row;
    const names = new Set([...Object.keys(texts), "value_text", "unit"]);
    const said = await ask("/api/meaning", { document_id, position, texts }).catch(() => null);
    if (!said || number !== this.asked || position !== this.row.position) return;
    for (const name of names) {
      const line = this.#part(name)?.querySelector(".meaning");
      if (!line || !(name in said.meanings)) continue;
      line.textContent = said.meanings[name];
      line.classList.toggle("strange", !said.understood[name]);
    }
  }

  /** The texts that are another than the row has. */
  changes() {
    return Object.fromEntries(this.row.fields.filter((field) => this.texts[field.name] !== field.text)
      .map((field) => [field.name, this.texts[field.name]]));
  }

  forget() { localStorage.removeItem(draftName(this.row)); }

  /** Take a reading or suggestion of the active field; false where there is none of this number. */
  choose(at) {
    const choice = this.#of(this.active)?.choices[at];
    if (!choice) return false;
    this.put(this.active, this.#taken(choice));
    return true;
  }

  /** The field's text with a choice taken: of a long text one place alone, taken back where it was taken before. */
  #taken(choice) {
    const text = this.texts[this.active];
    if (!choice.replaced) return choice.text;
    if (text.includes(choice.replaced)) return text.replace(choice.replaced, () => choice.by);
    return choice.by && text.includes(choice.by) ? text.replace(choice.by, () => choice.replaced) : text;
  }

  #isTaken(choice, text) {
    return choice.replaced ? !text.includes(choice.replaced) && text.includes(choice.by) : choice.text === text;
  }

  /** Go to the next doubtful field; false past the last one. */
  step(by) {
    return this.#to(this.row.fields.filter((field) => field.doubts.length || field.name === this.active), by);
  }

  /** Go to the next field, doubtful or not; false past the last one. */
  move(by) {
    return this.#to(this.row.fields.filter((field) => !this.#part(field.name).closest("details:not([open])")), by);
  }

  #to(among, by) {
    const names = among.map((field) => field.name);
    const to = names[names.indexOf(this.active) + by];
    if (!to) return false;
    this.#activate(to);
    this.#part(to).scrollIntoView({ block: "nearest" });
    return true;
  }

  edit() {
    const area = this.#part(this.active).querySelector("textarea");
    area.focus();
    area.setSelectionRange(area.value.length, area.value.length);
    return true;
  }

  /** Alt+1 … Alt+8 put a sign where the cursor is. */
  insertSign(event) {
    const sign = SIGNS[Number(event.code.replace("Digit", "")) - 1];
    if (!sign) return false;
    event.preventDefault();
    this.#insert(sign);
    return true;
  }

  #insert(sign) {
    const area = this.#part(this.active).querySelector("textarea");
    area.focus();
    area.setRangeText(sign, area.selectionStart, area.selectionEnd, "end");
    this.put(this.active, area.value, true);
  }

  showSigns(target) {
    target.append(...SIGNS.map((sign, at) => element("button",
      { type: "button", title: `Alt+${at + 1}`, onmousedown: (event) => event.preventDefault(), onclick: () => this.row && this.#insert(sign) }, sign)));
  }
}

function fit(area) {
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 2}px`;
}

/** One place of a long text: what stands there, what would. */
function placed(choice) {
  return element("span", { class: "text" }, element("s", {}, choice.replaced), " → ", element("span", { class: "differs" }, choice.by || "∅"));
}

/** A text with its letters marked that the first text does not have there. */
function differing(first, text) {
  let start = 0;
  while (start < Math.min(first.length, text.length) && first[start] === text[start]) start += 1;
  let end = 0;
  while (end < Math.min(first.length, text.length) - start && first.at(-1 - end) === text.at(-1 - end)) end += 1;
  const middle = text.slice(start, text.length - end);
  return element("span", { class: "text" }, text.slice(0, start), middle && first !== text ? element("span", { class: "differs" }, middle) : middle, text.slice(text.length - end) || (text ? "" : "∅"));
}
