// What every page has: words, theme, language, name, and the one way to speak to the API.

const WORDS = JSON.parse(document.getElementById("words").textContent);

/** A word in the reader's language; {name} is filled in. */
export function say(key, values = {}) {
  return WORDS[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** An answer that is not the one hoped for; `status` 0: no answer at all. */
export class Refused extends Error {
  constructor(status, body) {
    super(`${status}`);
    this.status = status;
    this.body = body;
  }
}

/** Ask the API. Throws Refused. */
export async function ask(path, body) {
  const token = document.querySelector("meta[name=chitieu-token]").content;
  const options = body === undefined ? {} : {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Chitieu-Token": token },
    body: JSON.stringify(body),
  };
  let answer;
  try {
    answer = await fetch(path, { credentials: "same-origin", ...options });
  } catch {
    throw new Refused(0, null);
  }
  const said = answer.status === 204 ? null : await answer.json().catch(() => null);
  if (answer.status === 401) location.assign(`/login?next=${encodeURIComponent(location.pathname + location.search)}`);
  if (!answer.ok) throw new Refused(answer.status, said);
  return said;
}

/** Say something above the page; nothing: take it away. */
export function notice(text, isBad = false) {
  const line = document.getElementById("notice");
  line.textContent = text;
  line.hidden = !text;
  line.classList.toggle("bad", isBad);
}

/** A time in the reader's zone and language. */
export function moment(iso) {
  return new Date(iso).toLocaleString(document.documentElement.lang, { dateStyle: "short", timeStyle: "short" });
}

/** An element with attributes and children; texts are never markup. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

function setTheme(theme) {
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
}

setTheme(localStorage.getItem("chitieu:theme"));
document.getElementById("theme")?.addEventListener("click", () => {
  const isDark = document.documentElement.dataset.theme
    ? document.documentElement.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  localStorage.setItem("chitieu:theme", isDark ? "light" : "dark");
  setTheme(localStorage.getItem("chitieu:theme"));
});
document.getElementById("tongue")?.addEventListener("click", async (event) => {
  await ask("/api/preferences", { language: event.currentTarget.dataset.language });
  location.reload();
});
document.getElementById("who")?.addEventListener("click", async () => {
  const name = prompt(say("who_are_you"));
  if (!name?.trim()) return;
  await ask("/api/preferences", { name: name.trim().slice(0, 60) });
  location.reload();
});
document.getElementById("leave")?.addEventListener("click", async () => {
  await ask("/api/leave", {});
  location.assign("/login");
});
