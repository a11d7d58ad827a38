// A document's own data: number, date, type, issuer and title, corrected beside the page that tells them.

import { Refused, ask, element, moment, notice, say } from "./shell.js";
import { showPage } from "./scan.js";

const part = (id) => document.getElementById(id);
const dialog = part("identity");
const form = dialog.querySelector("form");
let shown = null;
let saved = () => {};

/** Open the data of a document; `whenSaved` is told when they have changed. */
export async function openIdentity(documentId, whenSaved) {
  try {
    show(await ask(`/api/documents/${documentId}/identity`));
  } catch (refused) {
    if (!(refused instanceof Refused)) throw refused;
    return notice(say(refused.status === 0 ? "offline" : "refused"), true);
  }
  saved = whenSaved;
  part("identity-conflict").hidden = true;
  dialog.showModal();
  const first = shown.fields.find((field) => field.doubts.length) ?? shown.fields[1];
  const input = form.elements[first.name];
  look(first);
  input.focus();
  input.select();
}

/** Show the fields; `mine`: texts that were typed before and are kept. */
function show(identity, mine = {}) {
  shown = identity;
  part("identity-title").textContent = identity.name;
  part("identity-fields").replaceChildren(...identity.fields.map((field) => line(field, mine[field.name] ?? field.text)));
  part("identity-undo").hidden = !identity.said.length;
  part("identity-said").replaceChildren(...identity.said.slice(-4).map((one) => element("p", {},
    `${one.reviewer}, ${moment(one.made_at)}: ${one.field}: ${one.seen || "∅"} → ${one.text || "∅"}${one.reason ? ` (${one.reason})` : ""}`)));
}

function line(field, text) {
  const id = `identity-${field.name}`;
  const input = element("input", { id, name: field.name, autocomplete: "off", spellcheck: "false", maxlength: "1000",
    "aria-describedby": `${id}-why`, onfocus: () => look(field) });
  input.value = text;
  const choices = field.choices.map((choice) => element("button",
    { type: "button", onclick: () => { input.value = choice; input.focus(); } }, choice));
  const made = element("div", { class: "field" },
    element("label", { for: id }, field.label),
    element("div", {}, input, element("p", { class: "why", id: `${id}-why` }, field.doubts.join(" · ")),
      choices.length ? element("p", { class: "others" }, `${say("identity_others")} `, ...choices) : null));
  made.classList.toggle("doubtful", field.doubts.length > 0);
  return made;
}

/** Show the place on the pages that tells a field; page 1 where none does. */
function look(field) {
  const page = shown.pages.find((one) => one.page === field.boxes[0]?.page) ?? shown.pages[0];
  if (page) showPage(part("identity-scan"), shown.document_id, page, field.boxes.filter((box) => box.page === page.page));
}

function texts() {
  return Object.fromEntries(shown.fields.map((field) => [field, form.elements[field.name].value.trim()])
    .filter(([field, text]) => text !== field.text || field.doubts.length).map(([field, text]) => [field.name, text]));
}

async function send(path, body) {
  try {
    show(await ask(`/api/documents/${shown.document_id}/identity${path}`, { version: shown.version, ...body }));
    dialog.close();
    saved(shown);
  } catch (refused) {
    if (!(refused instanceof Refused)) throw refused;
    const mine = texts();
    if (refused.status === 409) show(refused.body, mine);
    const words = { 0: "offline_kept", 409: "identity_changed", 422: "identity_no_date" };
    part("identity-conflict").textContent = say(words[refused.status] ?? "refused");
    part("identity-conflict").hidden = false;
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  send("", { texts: texts() });
});
part("identity-undo").addEventListener("click", () => send("/undo", {}));
dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
