// The same reading elsewhere: seen side by side, each can be left out, put right at once.

import { Refused, ask, element, notice, say } from "./shell.js";

export async function showSame(row, name, text, saved) {
  const dialog = document.getElementById("same");
  const field = row.fields.find((one) => one.name === name);
  const found = await ask(`/api/same/${row.document_id}/${row.position}/${name}`).catch(() => null);
  if (!found?.rows.length) return notice(say("same_none"));
  document.getElementById("same-title").textContent = say("same_title",
    { seen: found.text || "∅", count: found.rows.length, text: text || "∅" });
  const boxes = found.rows.map((one) => {
    const box = element("input", { type: "checkbox", checked: true });
    const label = element("label", {}, box, ` ${one.document}, ${say("page")} ${one.page}: ${one.code} ${one.indicator}`,
      one.boxes.length ? element("img", { src: `/api/crops/${one.document_id}/${one.position}/${name}.jpg`, alt: found.text, loading: "lazy" }) : null);
    return { one, box, label };
  });
  document.getElementById("same-rows").replaceChildren(...boxes.map((each) => each.label));
  document.getElementById("same-ok").disabled = text === found.text && !field.doubts.length;
  dialog.returnValue = "";
  dialog.onclose = async () => {
    if (dialog.returnValue !== "ok") return;
    const rows = boxes.filter((each) => each.box.checked).map(({ one }) => ({ document_id: one.document_id, position: one.position, version: one.version }));
    try {
      saved(await ask("/api/same", { field: name, text, reason: say("same_reason"), rows }));
    } catch (refused) {
      if (!(refused instanceof Refused)) throw refused;
      notice(refused.status === 0 ? say("offline") : say("refused"), true);
    }
  };
  dialog.showModal();
  document.getElementById("same-ok").focus();
}
