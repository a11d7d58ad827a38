// A row that the software missed, added beside the one on the screen.

import { Refused, ask, notice, say } from "./shell.js";
import { openDialog } from "./dialogs.js";

const NAMES = ["code", "indicator", "unit", "value_text", "period", "agency"];

/** Ask for the texts of a row that is missing here, and on which side of this one it stands; `added` is told of it. */
export function addMissing(row, added) {
  const form = document.querySelector("#missing form");
  for (const name of NAMES) form.elements[name].value = "";
  form.elements.period.value = row.fields.find((field) => field.name === "period")?.text ?? "";
  openDialog("missing", async () => {
    const texts = Object.fromEntries(NAMES.map((name) => [name, form.elements[name].value.trim()]).filter(([, text]) => text));
    const { document_id, position } = row;
    try {
      const saved = await ask("/api/additions", { document_id, position, is_below: form.elements.side.value === "below", texts });
      added({ key: [document_id, saved.row.position], version: saved.row.version, isAdded: true });
      notice(say("missing_saved", { name: texts.indicator }));
    } catch (refused) {
      if (!(refused instanceof Refused)) throw refused;
      notice(refused.status === 422 ? say("missing_needs") : say(refused.status === 0 ? "offline" : "refused"), true);
    }
  });
  form.elements.code.focus();
}
