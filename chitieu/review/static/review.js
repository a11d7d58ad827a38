// The row view: one doubtful row after the other, decided by single keys.

import { Refused, ask, element, moment, notice, say } from "./shell.js";
import { prepare, showGlass, showThumb, showViews } from "./scan.js";
import { FieldList } from "./fields.js";
import { Queue } from "./queue.js";
import { showSame } from "./same.js";
import { openIdentity } from "./identity.js";
import { openDialog } from "./dialogs.js";
import { addMissing } from "./missing.js";

const RETRY_MS = 2000;
const ZOOM_STEP = 1.25;
const part = (id) => document.getElementById(id);

const queue = new Queue(part("filters"), JSON.parse(part("names").textContent), JSON.parse(part("flags").textContent));
const fields = new FieldList(part("fields"), () => showScan());
let row = null;
let zoom = 1;
let isWhole = false;
let isBusy = false;
let isUnsaved = false; // what was decided is not in the store yet
let loading = Promise.resolve(); // the queue comes after the first row
const done = []; // rows that were saved here, for undo
const pace = []; // seconds a row

function showScan() {
  showViews(part("views"), row, fields.active, zoom, isWhole);
  showGlass(part("glass"), row, fields.active, part("views").clientWidth);
  part("zoom").textContent = `${Math.round(zoom * 100)}%`;
}

function showRow(shown) {
  row = shown;
  part("desk").hidden = !row;
  part("keys").hidden = !row;
  part("empty").hidden = Boolean(row);
  if (part("all-done")) [part("all-done").hidden, part("none-matches").hidden] = [queue.open > 0, queue.open === 0];
  showProgress();
  if (!row) return history.replaceState(null, "", "/review");
  zoom = 1;
  part("place").textContent = `${row.document} · ${say("page")} ${row.page} · ${row.path}`;
  part("to-page").href = `/documents/${row.document_id}#p${row.page}`;
  showThumb(part("thumb"), row);
  part("doubts").replaceChildren(...row.doubts.map((doubt) => element("p", {}, `⚠ ${doubt}`)));
  part("conflict").hidden = true;
  part("said").replaceChildren(...row.said.slice(-4).map((one) =>
    element("p", {}, `${one.reviewer}, ${moment(one.made_at)}: ${one.field === "row"
      ? say(`verdict_${one.text}`) : `${one.seen || "∅"} → ${one.text || "∅"}`}${one.reason ? ` (${one.reason})` : ""}`)));
  fields.show(row);
  showScan();
  if (row.holder) notice(say("held_by", { name: row.holder }));
  history.replaceState(null, "", `/review?row=${row.document_id}:${row.position}`);
  part("place").focus({ preventScroll: true });
  document.dispatchEvent(new CustomEvent("chitieu:row", { detail: { position: row.position, at: performance.now() } }));
  ahead();
}

/** Fetch the rows that come next. */
function ahead() {
  for (const key of queue.following(3)) queue.row(key).then(prepare).catch(() => null);
}

function showProgress() {
  const total = queue.open + queue.decided;
  part("progress").hidden = !total;
  part("no-progress").hidden = Boolean(total);
  part("count").textContent = say("count_left", { open: queue.open, total });
  part("bar").value = total ? queue.decided / total : 0;
  const recent = pace.slice(-20).sort((a, b) => a - b);
  const usual = recent.length ? recent[Math.floor(recent.length / 2)] : 6;
  const minutes = Math.max(1, Math.round((queue.open * usual) / 60));
  part("left").textContent = queue.open ? say("minutes_left", { minutes }) : "";
}

/** Show a row; `isPassing`: not where somebody, or what was said of another row, has decided it meanwhile. */
async function go(key, isPassing = false) {
  if (!key) return showRow(null);
  try {
    const found = await queue.row(key, true);
    if (isPassing && !found.is_open) {
      queue.drop(key);
      return next();
    }
    prepare(found);
    showRow(found);
  } catch (refused) {
    if (!(refused instanceof Refused) || refused.status !== 404) return offline(() => go(key, isPassing));
    queue.drop(key);
    await go(queue.current());
  }
}

async function offline(again) {
  notice(say(isUnsaved ? "unsaved" : "offline"), true);
  await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  await again();
}

let shownAt = performance.now();
document.addEventListener("chitieu:row", () => { shownAt = performance.now(); });

/** Save a decision; the next row comes when the store has it. */
async function decide(verdict, reason = "") {
  if (!row || isBusy) return;
  isBusy = true;
  const texts = verdict === "rejected" ? {} : fields.changes();
  const wish = { document_id: row.document_id, position: row.position, version: row.version, texts, verdict, reason };
  try {
    await send(wish);
  } finally {
    isBusy = false;
  }
}

async function send(wish) {
  try {
    const saved = await ask("/api/corrections", wish);
    isUnsaved = false;
    notice("");
    pace.push(Math.min(120, (performance.now() - shownAt) / 1000));
    fields.forget();
    await loading;
    done.push({ key: [wish.document_id, wish.position], version: saved.row.version });
    Object.assign(queue, { open: saved.open, decided: saved.decided });
    // What was said of a merged cell changes its other rows too.
    queue.leave([wish.document_id, wish.position], Object.keys(wish.texts).length > 0, wish.verdict === "skipped");
    await next();
  } catch (refused) {
    if (!(refused instanceof Refused)) throw refused;
    if (refused.status === 409) return showConflict(refused.body.row);
    if (refused.status === 0 || refused.status >= 500) {
      isUnsaved = true;
      notice(say("unsaved"), true);
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      // What was typed meanwhile goes along.
      return send({ ...wish, texts: wish.verdict === "rejected" ? {} : fields.changes() });
    }
    notice(say("refused"), true);
  }
}

async function next() {
  const isOver = !queue.current();
  if (isOver) await queue.load();
  await go(queue.current(), !isOver);
}

function showConflict(theirs) {
  const mine = fields.changes();
  const lines = Object.entries(mine).map(([name, text]) => {
    const field = theirs.fields.find((one) => one.name === name);
    return element("p", {}, `${field.label}: `, element("b", {}, `${say("theirs")}: ${field.text}`), " · ",
      element("b", {}, `${say("yours")}: ${text}`), " ",
      element("button", { type: "button", onclick: () => fields.put(name, field.text) }, say("take_theirs")));
  });
  queue.keep(theirs);
  row = theirs;
  fields.show(theirs, mine);
  showScan();
  part("conflict").replaceChildren(element("p", {}, say("conflict", { name: theirs.said.at(-1)?.reviewer ?? "?" })), ...lines);
  part("conflict").hidden = false;
}

async function undo() {
  const last = done.pop();
  if (!last || isBusy) return notice(say("nothing_to_undo"));
  isBusy = true;
  const [document_id, position] = last.key;
  if (last.isAdded) return takeOut(last);
  try {
    const saved = await ask("/api/corrections/undo", { document_id, position, version: last.version });
    Object.assign(queue, { open: saved.open, decided: saved.decided });
    queue.back(last.key, saved.row);
    showRow(saved.row);
    notice("");
  } catch (refused) {
    if (!(refused instanceof Refused)) throw refused;
    if (refused.status === 0) done.push(last);
    notice(refused.status === 0 ? say("offline") : say("changed_since"), true);
  } finally {
    isBusy = false;
  }
}

/** An added row is taken out again: it is none. */
async function takeOut(last) {
  const [document_id, position] = last.key;
  try {
    await ask("/api/corrections", { document_id, position, version: last.version, texts: {}, verdict: "rejected" });
    notice(say("missing_undone"));
  } catch (refused) {
    if (!(refused instanceof Refused)) throw refused;
    notice(say(refused.status === 0 ? "offline" : "changed_since"), true);
  } finally {
    isBusy = false;
  }
}

function skip() {
  part("note-text").value = "";
  openDialog("note", () => decide("skipped", part("note-text").value.trim()));
}

async function elsewhere() {
  const name = fields.active;
  if (!name) return;
  await showSame(row, name, fields.textOf(name), (saved) => {
    notice(say("same_saved", { count: saved.saved }));
    refill();
  });
}

/** Fetch the queue anew, without what is decided by now; the row on the screen stays. */
async function refill() {
  loading = queue.load().catch((refused) => { if (!(refused instanceof Refused)) throw refused; });
  await loading;
  queue.put([row.document_id, row.position]);
  showProgress();
  ahead();
}

/** The document's own data; its name stands over the row. */
function ownData() {
  const key = [row.document_id, row.position];
  return openIdentity(row.document_id, () => { queue.refresh(); go(key); });
}

const COMMANDS = {
  Enter: () => decide("accepted"),
  x: () => decide("rejected"),
  m: () => decide("unreadable"),
  s: skip,
  u: undo,
  e: () => fields.edit(),
  g: elsewhere,
  n: () => addMissing(row, (added) => done.push(added)),
  d: ownData,
  j: () => loading.then(() => go(queue.step(1))),
  k: () => loading.then(() => go(queue.step(-1))),
  p: () => { isWhole = !isWhole; showScan(); },
  "+": () => { zoom *= ZOOM_STEP; showScan(); },
  "=": () => { zoom *= ZOOM_STEP; showScan(); },
  "-": () => { zoom = Math.max(0.5, zoom / ZOOM_STEP); showScan(); },
  "?": () => openDialog("help"),
};

function isTyping(target) {
  return target.matches("textarea, input, select");
}

function showMode() {
  const isEditing = isTyping(document.activeElement);
  part("mode").textContent = isEditing ? say("mode_edit") : say("mode_command");
  part("mode").classList.toggle("edit", isEditing);
  part("keys").classList.toggle("editing", isEditing);
}

document.addEventListener("focusin", showMode);
document.addEventListener("focusout", () => setTimeout(showMode));
document.addEventListener("keydown", (event) => {
  if (!row || event.isComposing || document.querySelector("dialog[open]") || event.ctrlKey || event.metaKey) return;
  const { target, key } = event;
  if (target.closest?.("#fields") && isTyping(target)) {
    if (event.altKey && fields.insertSign(event)) return;
    if (key === "Enter" && !event.shiftKey) { event.preventDefault(); target.blur(); decide("accepted"); }
    if (key === "Escape") { event.preventDefault(); part("place").focus({ preventScroll: true }); }
    return;
  }
  if (event.altKey || isTyping(target)) return;
  if (target.matches("button, a") && (key === "Enter" || key === " ")) return;
  if (key === "Tab" && target === part("place")) {
    // Past the last doubtful field its text is edited; from there Tab leads on as everywhere.
    if (event.shiftKey ? fields.step(-1) : fields.step(1) || fields.edit()) event.preventDefault();
    return;
  }
  if (key === "ArrowDown" || key === "ArrowUp") {
    if (target === part("place") && fields.move(key === "ArrowDown" ? 1 : -1)) event.preventDefault();
    return;
  }
  if (/^[1-9]$/.test(key)) { if (fields.choose(Number(key) - 1)) event.preventDefault(); return; }
  const command = COMMANDS[key] ?? COMMANDS[key.toLowerCase()];
  if (command) { event.preventDefault(); command(); }
});

for (const button of document.querySelectorAll("[data-key]")) {
  button.addEventListener("click", () => {
    const key = button.dataset.key;
    if (!row) return;
    if (key === "Tab") fields.step(1) || fields.edit();
    else COMMANDS[key]();
  });
}
for (const button of document.querySelectorAll("[data-close]")) {
  button.addEventListener("click", () => button.closest("dialog").close(""));
}
fields.showSigns(part("signs"));
new ResizeObserver(() => row && showScan()).observe(part("views"));
queue.onchange = async () => { await queue.load(); await go(queue.current()); };

/** Begin with the row that came with the page, where one did: the queue is fetched while it is looked at. */
function begin() {
  const first = JSON.parse(part("first").textContent);
  if (first) {
    showRow(first);
    showMode();
  }
  loading = load(first);
}

async function load(first) {
  try {
    await queue.load();
  } catch (refused) {
    if (!(refused instanceof Refused)) throw refused;
    return offline(() => load(first));
  }
  notice(row?.holder ? say("held_by", { name: row.holder }) : "");
  if (first) {
    queue.put([first.document_id, first.position]);
    queue.keep(first);
    showProgress();
    return ahead();
  }
  const asked = new URLSearchParams(location.search).get("row")?.match(/^([0-9a-f-]+):(\d+)$/);
  await go(asked ? queue.put([asked[1], Number(asked[2])]) : queue.current());
  showMode();
}

begin();
