"""Tables → the text of a JSON or CSV file."""

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence

from chitieu.formulas import guarded
from chitieu.model import Box, Cell, Region, Table
from chitieu.printed.shape import around, box_of, clean_text, confidence_of, pages_of, rows_of

# A number, or the dash of an empty cell: no spreadsheet computes anything with it, and a `'` would spoil it.
_PLAIN_NUMBER = re.compile(r"[-+]?[\d\s.,]*%?")


def json_text(tables: Iterable[Table]) -> str:
    """`{"tables": […]}`, as docs/TABLES.md explains it."""
    return json.dumps({"tables": [_table(table) for table in tables]}, ensure_ascii=False) + "\n"


def _table(table: Table) -> dict[str, object]:
    found: dict[str, object] = {
        "page": pages_of(table)[0],
        "pages": pages_of(table),
        "box": _numbers(box_of(table)),
        "rows": rows_of(table),
        "cells": [_cell(cell) for cell in table.cells],
    }
    return {**found, "doubtful_rows": list(table.doubtful_rows)} if table.doubtful_rows else found


def _cell(cell: Cell) -> dict[str, object]:
    first = cell.regions[0]
    found: dict[str, object] = {
        "row": cell.row,
        "col": cell.col,
        "row_span": cell.row_span,
        "col_span": cell.col_span,
        **_region(first),
        "text": clean_text(cell),
        "confidence": confidence_of(cell),
    }
    return {**found, "regions": [_region(one) for one in cell.regions]} if len(cell.regions) > 1 else found


def _region(region: Region) -> dict[str, object]:
    return {"page": region.page, "box": _numbers(around([region]))}


def _numbers(box: Box) -> list[float]:
    return [round(float(side), 2) for side in (box.left, box.top, box.right, box.bottom)]


def csv_text(tables: Sequence[Table]) -> str:
    """Rows of all tables, an empty line between two tables; a text that starts like a formula has a `'` before it."""
    return "\n".join(_csv_table(table) for table in tables)


def _csv_table(table: Table) -> str:
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator="\n").writerows([_safe(text) for text in row] for row in rows_of(table))
    return file.getvalue()


def _safe(text: str) -> str:
    return text if _PLAIN_NUMBER.fullmatch(text) else guarded(text)
