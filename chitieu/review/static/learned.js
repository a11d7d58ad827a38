// What later runs learn from reviewers: taken out, put in again.

import { Refused, ask, notice, say } from "./shell.js";

async function change(path, body) {
  try {
    await ask(path, body);
    location.reload();
  } catch (refused) {
    if (!(refused instanceof Refused)) throw refused;
    notice(say(refused.status === 0 ? "offline_kept" : refused.status === 403 ? "admins_only" : "refused"), true);
  }
}

for (const button of document.querySelectorAll("[data-unlearn]")) {
  button.addEventListener("click", () => change("/api/lessons/unlearn", { lessons: [{ field: button.dataset.unlearn, text: button.dataset.text }] }));
}
for (const button of document.querySelectorAll("[data-learn]")) {
  button.addEventListener("click", () => change("/api/lessons/learn", { field: button.dataset.learn, text: button.dataset.text }));
}
document.getElementById("unlearn-all")?.addEventListener("click", (event) => {
  if (confirm(event.currentTarget.dataset.ask)) change("/api/lessons/unlearn", { all: true });
});
