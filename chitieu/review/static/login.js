// Signing in; then on to where the reader wanted to go, on this server alone.

import { Refused, ask, notice, say } from "./shell.js";

document.getElementById("login").addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.currentTarget;
  try {
    await ask("/api/login", { name: form.elements.name.value.trim(), password: form.elements.password.value });
    const next = new URLSearchParams(location.search).get("next") ?? "";
    location.assign(/^\/(?![/\\])/.test(next) ? next : "/review");
  } catch (refused) {
    if (!(refused instanceof Refused)) throw refused;
    notice(say({ 403: "wrong_password", 429: "too_many_tries" }[refused.status] ?? "offline"), true);
  }
});
