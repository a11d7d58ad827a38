// The scan of a row: its piece of the page with the doubtful cell framed, and that cell under a glass.

import { element, say } from "./shell.js";

const AROUND_PT = 46; // of the rows above and below
const BESIDE_PT = 10;
const GLASS_PX_PER_PT = 4.2; // a line of print of 11 points is 46 pixels high
const LEAST_GLASS_PX_PER_PT = 2.6; // and never less than 28
const GLASS_SHARE = 0.3; // of the window's height
const GLASS_LINE_PT = 6;
const FRAME_PT = 3;
const THUMB_PX = 46;

/** Where a picture of a page is had. */
export function pageAddress(documentId, page) {
  return `/api/pages/${documentId}/${page}.jpg`;
}

/** The smallest box around boxes of one page; null of none. */
export function hull(boxes) {
  if (!boxes.length) return null;
  return {
    left: Math.min(...boxes.map((box) => box.left)), top: Math.min(...boxes.map((box) => box.top)),
    right: Math.max(...boxes.map((box) => box.right)), bottom: Math.max(...boxes.map((box) => box.bottom)),
  };
}

/** Fetch and decode the pages of a row, so that they are there when it is shown. */
export async function prepare(row) {
  await Promise.all(row.pages.filter((page) => page.has_picture).map(async (page) => {
    const image = new Image();
    image.src = pageAddress(row.document_id, page.page);
    await image.decode().catch(() => null);
  }));
}

function mark(kind, box, page, scale) {
  const made = element("div", { class: kind });
  made.style.left = `${box.left * page.width * scale}px`;
  made.style.top = `${box.top * page.height * scale}px`;
  made.style.width = `${(box.right - box.left) * page.width * scale}px`;
  made.style.height = `${(box.bottom - box.top) * page.height * scale}px`;
  return made;
}

function sheetOf(row, page, scale, marks) {
  const sheet = element("div", { class: "sheet" });
  sheet.style.width = `${page.width * scale}px`;
  sheet.style.height = `${page.height * scale}px`;
  const image = element("img", { src: pageAddress(row.document_id, page.page), alt: "" });
  image.style.width = `${page.width * scale}px`;
  image.style.height = `${page.height * scale}px`;
  sheet.append(image, ...marks);
  return sheet;
}

function marksOf(row, page, scale, active) {
  const own = row.boxes.filter((box) => box.page === page.page);
  const marks = own.length ? [mark("row-box", hull(own), page, scale)] : [];
  for (const field of row.fields) {
    const isActive = field.name === active;
    if (!field.doubts.length && !isActive) continue;
    for (const box of field.boxes.filter((one) => one.page === page.page)) {
      marks.push(mark(isActive ? "cell-box" : "cell-box other", box, page, scale));
    }
  }
  return marks;
}

/** A small picture of a page with the row marked, which leads to the document. */
export function showThumb(target, row) {
  const page = row.pages.find((one) => one.has_picture && one.page === row.page) ?? row.pages[0];
  const boxes = row.boxes.filter((box) => box.page === page?.page);
  target.replaceChildren();
  if (!page?.has_picture || !boxes.length) return;
  const scale = THUMB_PX / page.height;
  target.append(sheetOf(row, page, scale, [mark("thumb-box", hull(boxes), page, scale)]));
}

/** Show a page as wide as there is room, places on it framed, the first of them in sight. */
export function showPage(target, documentId, page, boxes) {
  const scale = (target.clientWidth - 2) / page.width;
  target.replaceChildren();
  if (!page.has_picture) return target.append(element("div", { class: "no-picture" }, say("no_picture")));
  const around = boxes.map((box) => ({
    left: box.left - FRAME_PT / page.width, right: box.right + FRAME_PT / page.width,
    top: box.top - FRAME_PT / page.height, bottom: box.bottom + FRAME_PT / page.height,
  }));
  target.append(sheetOf({ document_id: documentId }, page, scale, around.map((box) => mark("cell-box", box, page, scale))));
  target.scrollTop = boxes.length ? boxes[0].top * page.height * scale - target.clientHeight / 3 : 0;
}

/** Show the row's piece of each of its pages; `zoom` 1: the row as wide as there is room. */
export function showViews(target, row, active, zoom, isWhole) {
  const room = target.clientWidth - 2;
  const views = row.pages.filter((page) => page.has_picture).map((page) => {
    const onPage = (box) => box.page === page.page;
    const own = row.boxes.filter(onPage);
    const doubtful = row.fields.filter((field) => field.doubts.length).flatMap((field) => field.boxes.filter(onPage));
    const around = hull(own.length ? own : doubtful) ?? { left: 0, top: 0, right: 1, bottom: 1 };
    // A row that a person added has a mark at the page's edge and no cells.
    const isMark = around.right - around.left < 0.1;
    const wide = isWhole || isMark ? 1 : Math.min(1, around.right - around.left + (2 * BESIDE_PT) / page.width);
    const scale = (zoom * room) / (page.width * wide);
    const view = element("div", { class: isWhole ? "view whole" : "view", tabindex: "0", role: "img",
      "aria-label": `${say("page")} ${page.page}: ${row.path}` });
    view.append(sheetOf(row, page, scale, marksOf(row, page, scale, active)));
    const top = around.top * page.height * scale - AROUND_PT * scale;
    const height = (around.bottom - around.top) * page.height * scale + 2 * AROUND_PT * scale;
    if (!isWhole) view.style.height = `${Math.min(height, innerHeight * 0.5)}px`;
    return { view, left: Math.max(0, around.left * page.width - BESIDE_PT) * scale, top, page, scale };
  });
  target.replaceChildren(...views.map((one) => one.view));
  if (!views.length) target.append(element("div", { class: "no-picture" }, say("no_picture")));
  for (const one of views) {
    const cell = row.fields.find((field) => field.name === active)?.boxes.find((box) => box.page === one.page.page);
    one.view.scrollTop = Math.max(0, one.top);
    one.view.scrollLeft = zoom > 1 && cell
      ? ((cell.left + cell.right) / 2) * one.page.width * one.scale - room / 2
      : one.left;
  }
}

/** Show the active cell large; its print stands at 3 pixels a point where there is room. */
export function showGlass(target, row, active, width) {
  const boxes = row.fields.find((field) => field.name === active)?.boxes ?? [];
  target.replaceChildren();
  const page = row.pages.find((one) => one.has_picture && one.page === boxes[0]?.page);
  if (!page) return;
  const box = hull(boxes.filter((one) => one.page === page.page));
  const room = width - 2;
  const wide = (box.right - box.left) * page.width + 2 * GLASS_LINE_PT;
  const tall = (box.bottom - box.top) * page.height + 2 * GLASS_LINE_PT;
  const highest = innerHeight * GLASS_SHARE;
  // All of the cell where its print stays large enough, and no larger than helps.
  const scale = Math.max(LEAST_GLASS_PX_PER_PT, Math.min(GLASS_PX_PER_PT, room / wide, highest / tall));
  const sheet = sheetOf(row, page, scale, []);
  target.append(sheet);
  target.style.height = `${Math.min(highest, tall * scale)}px`;
  target.scrollLeft = (box.left * page.width - GLASS_LINE_PT) * scale;
  target.scrollTop = (box.top * page.height - GLASS_LINE_PT) * scale;
}
