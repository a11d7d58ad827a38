// Rows that nobody doubts, drawn at random: right or wrong.

import { Refused, ask, element, notice, say } from "./shell.js";
import { showViews } from "./scan.js";

const part = (id) => document.getElementById(id);
let row = null;
let isBusy = false;

function show(drawn) {
  row = drawn.row;
  part("tally").textContent = drawn.checked ? say("check_tally", { checked: drawn.checked, wrong: drawn.wrong, high: (100 * drawn.high).toFixed(1) }) : "";
  part("desk").hidden = !row;
  part("empty").hidden = Boolean(row);
  if (!row) return;
  part("place").textContent = `${row.document} · ${say("page")} ${row.page} · ${row.path}`;
  part("facts").replaceChildren(...row.fields.filter((field) => field.text).map((field) => element("div", {},
    element("dt", {}, field.label), element("dd", {}, element("b", {}, field.text), field.meaning ? element("div", { class: "soft" }, `→ ${field.meaning}`) : null))));
  showViews(part("views"), row, "value_text", 1, false);
  part("place").focus({ preventScroll: true });
}

async function draw() {
  try {
    show(await ask("/api/check"));
    notice("");
  } catch (refused) {
    if (!(refused instanceof Refused)) throw refused;
    notice(say("offline"), true);
    setTimeout(draw, 2000);
  }
}

async function judge(isRight) {
  if (!row || isBusy) return;
  isBusy = true;
  const { document_id, position, version } = row;
  try {
    const drawn = await ask("/api/check", { document_id, position, version, is_right: isRight });
    if (isRight) show(drawn);
    else location.assign(`/review?row=${document_id}:${position}`);
  } catch (refused) {
    if (!(refused instanceof Refused)) throw refused;
    notice(refused.status === 0 ? say("offline") : say("changed_since"), true);
    if (refused.status !== 0) await draw();
  } finally {
    isBusy = false;
  }
}

part("right").addEventListener("click", () => judge(true));
part("wrong").addEventListener("click", () => judge(false));
part("another").addEventListener("click", draw);
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.matches("button, a, select, input")) return;
  if (event.key === "Enter") judge(true);
  if (event.key.toLowerCase() === "x") judge(false);
  if (event.key.toLowerCase() === "j") draw();
});
draw();
