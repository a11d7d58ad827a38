// The pages of a document with its rows drawn over them; a click opens a row.

import { ask, element, say } from "./shell.js";
import { hull, pageAddress } from "./scan.js";
import { openIdentity } from "./identity.js";

const SIGNS = { open: "⚠", sound: "", accepted: "✓", corrected: "✎", rejected: "⊘" };
const SVG = "http://www.w3.org/2000/svg";
const target = document.getElementById("document");

function overlay(row, boxes) {
  const box = hull(boxes);
  const made = element("a", { class: row.look, href: `/review?row=${target.dataset.id}:${row.position}`,
    "aria-label": `${SIGNS[row.look]} ${row.text}` });
  made.style.left = `${100 * box.left}%`;
  made.style.top = `${100 * box.top}%`;
  made.style.width = `${100 * (box.right - box.left)}%`;
  made.style.height = `${100 * (box.bottom - box.top)}%`;
  return made;
}

/** The outlines of the cells of a page. */
function outlines(boxes) {
  const drawing = document.createElementNS(SVG, "svg");
  for (const [name, value] of Object.entries({ class: "cells", viewBox: "0 0 1 1", preserveAspectRatio: "none", "aria-hidden": "true" })) drawing.setAttribute(name, value);
  for (const box of boxes) {
    const made = document.createElementNS(SVG, "rect");
    for (const [name, value] of Object.entries({ x: box.left, y: box.top, width: box.right - box.left, height: box.bottom - box.top })) made.setAttribute(name, value);
    drawing.append(made);
  }
  return drawing;
}

/** What was read in the cell under the pointer is told beside it. */
function tellCells(made, cells) {
  made.addEventListener("mousemove", (event) => {
    const place = made.getBoundingClientRect();
    const x = (event.clientX - place.left) / place.width;
    const y = (event.clientY - place.top) / place.height;
    const under = cells.find(({ box }) => box.left <= x && x < box.right && box.top <= y && y < box.bottom);
    made.title = under?.text ?? "";
  });
}

function paper(page, rows, cells) {
  const made = element("div", { class: "paper", id: `p${page.page}` });
  made.style.aspectRatio = `${page.width} / ${page.height}`;
  if (page.has_picture) made.append(element("img", { src: pageAddress(target.dataset.id, page.page), loading: "lazy", alt: `${say("page")} ${page.page}` }));
  const own = cells.flatMap((cell) => cell.boxes.filter((box) => box.page === page.page).map((box) => ({ box, text: cell.text })));
  made.append(outlines(own.map((one) => one.box)));
  tellCells(made, own);
  for (const row of rows) {
    const boxes = row.boxes.filter((box) => box.page === page.page);
    if (boxes.length) made.append(overlay(row, boxes));
  }
  return made;
}

function thumb(page, rows) {
  const open = rows.filter((row) => row.look === "open" && row.boxes.some((box) => box.page === page.page)).length;
  return element("a", { href: `#p${page.page}` },
    page.has_picture ? element("img", { src: pageAddress(target.dataset.id, page.page), loading: "lazy", alt: "" }) : null,
    `${page.page} ${open ? `⚠ ${open}` : ""}${page.failure ? " ✕" : ""}`);
}

function correct() {
  openIdentity(target.dataset.id, () => location.reload());
}

document.getElementById("correct").addEventListener("click", correct);
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]") || event.target.matches("input, select, textarea")) return;
  if (event.key.toLowerCase() === "d") { event.preventDefault(); correct(); }
});

const found = await ask(`/api/documents/${target.dataset.id}`);
document.getElementById("papers").replaceChildren(...found.pages.map((page) => paper(page, found.rows, found.cells)));
document.getElementById("thumbs").replaceChildren(...found.pages.map((page) => thumb(page, found.rows)));
if (location.hash) document.querySelector(`#${CSS.escape(location.hash.slice(1))}`)?.scrollIntoView();
