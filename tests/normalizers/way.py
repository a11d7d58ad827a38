"""Tables built by hand from truth files, as a perfect reader would give them."""

import json
from pathlib import Path

from chitieu.model import Box, Cell, Heading, Line, Reading, Region, Run, Table

TRUTH = Path(__file__).parents[1] / "data" / "truth"

Row = dict[str, object]


def load(name: str) -> dict:
    return json.loads((TRUTH / f"{name}.json").read_text(encoding="utf-8"))


def reading(text: str, engine: str = "reader", confidence: float = 0.995) -> Reading:
    return Reading((Run(text),), engine, confidence)


def cell(row: int, col: int, text: str = "", row_span: int = 1, col_span: int = 1, **more: object) -> Cell:
    """A cell with one reading of the reader, or with the readings given."""
    region = Region(1 + row // 20, Box(col * 100.0, row * 30.0, (col + col_span) * 100.0, (row + row_span) * 30.0))
    readings = more.get("readings", (reading(text, confidence=more.get("confidence", 0.995)),) if text else ())
    return Cell(row, col, row_span, col_span, (region,), readings, more.get("quality", 1.0))


def table(rows: list[list[str | tuple[str, int, int] | None]], doubtful: tuple[int, ...] = ()) -> Table:
    """A table of texts; None where a span covers the place, (text, row_span, col_span) for a merged cell."""
    cells = []
    for row, texts in enumerate(rows):
        for col, text in enumerate(texts):
            if isinstance(text, tuple):
                cells.append(cell(row, col, *text))
            elif text is not None:
                cells.append(cell(row, col, text))
    return Table("abc", 0, tuple(cells), doubtful)


HEADERS = {
    "seed5": [["STT", "Chỉ tiêu", "Đơn vị", "Kết quả", "Cơ quan chủ trì theo dõi, đánh giá"]],
    "rowspan": [["STT", "Chỉ tiêu", "Đơn vị tính", "Kết quả", "Cơ quan chủ trì theo dõi, đánh giá"]],
    "nested": [["STT", "Chỉ tiêu", "Đơn vị tính", "Mục tiêu năm 2030", "Đơn vị chủ trì"]],
    "years": [
        [
            *(("STT", 2, 1), ("Chỉ tiêu", 2, 1), ("ĐVT", 2, 1), ("Ước thực hiện năm 2025", 2, 1)),
            *(("Mục tiêu giai đoạn 2026 - 2030", 1, 5), None, None, None, None, ("Cơ quan theo dõi", 2, 1)),
        ],
        [None] * 4 + [f"Năm {year}" for year in range(2026, 2031)] + [None],
    ],
}


def build(truth: dict, repeats_header_every: int = 9) -> Table:
    """The table of a truth file with its header repeated as on new pages."""
    header = [truth["header"]] if "header" in truth else HEADERS[truth["layout"]]
    width = len(header[0])
    rows = list(header)
    for index, row in enumerate(truth["rows"]):
        if index and index % repeats_header_every == 0 and truth["layout"] == "seed5":
            rows.extend(header)
        rows.append(_row(truth, row, width))
    return _merge_agencies(table(rows)) if truth["layout"] == "rowspan" else table(rows)


def _row(truth: dict, row: dict, width: int) -> list:
    dot = "." if truth.get("dot") and row["kind"] == "row" else ""
    if row["kind"] == "section":
        return [row["code"], (row["title"], 1, width - 1)] + [None] * (width - 2)
    if row["kind"] == "group":
        return [row["code"], row["indicator"]] + [""] * (width - 2)
    values = [value.get("shown", value["value"]) for value in row["values"]]
    return [row["code"] + dot, row["indicator"], row["unit"], *values, row["agency"]]


def _merge_agencies(built: Table) -> Table:
    """Equal agencies under each other as one cell merged downwards."""
    last = built.col_count - 1
    kept = [found for found in built.cells if found.col != last]
    merged: list[Cell] = []
    for found in (found for found in built.cells if found.col == last):
        before = merged[-1] if merged else None
        touches = before is not None and before.row + before.row_span == found.row and found.row > 1
        if before is not None and touches and before.text == found.text:
            merged[-1] = cell(before.row, last, before.text, before.row_span + 1)
        else:
            merged.append(found)
    return Table("abc", 0, tuple(sorted((*kept, *merged), key=lambda c: (c.row, c.col))))


def lines(*texts: str, left: float = 100.0) -> tuple[Line, ...]:
    """Lines under each other."""
    return tuple(
        Line(Region(1, Box(left, 20.0 * i, left + 300, 20.0 * i + 15)), reading(text)) for i, text in enumerate(texts)
    )


def heading(truth: dict) -> Heading:
    caption = lines(truth["appendix"], truth["title"], truth["caption"])
    return Heading(caption, caption)
