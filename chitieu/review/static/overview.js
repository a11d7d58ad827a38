// Documents of the quarantine: read again by the next run.

import { Refused, ask, notice, say } from "./shell.js";

for (const button of document.querySelectorAll("[data-retry]")) {
  button.addEventListener("click", async () => {
    try {
      await ask(`/api/documents/${button.dataset.retry}/retry`, {});
      button.replaceWith(say("retried"));
    } catch (refused) {
      if (!(refused instanceof Refused)) throw refused;
      const words = { 0: "offline", 403: "admins_only", 409: "not_retried" };
      notice(say(words[refused.status] ?? "refused"), true);
    }
  });
}
