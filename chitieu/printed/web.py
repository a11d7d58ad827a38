"""Tables → one HTML page that needs nothing else."""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from chitieu.messages import text
from chitieu.model import Cell, Table
from chitieu.printed.shape import clean_text, confidence_of, is_doubtful, page_range, pages_of
from chitieu.settings import Language

# What XML and browsers cannot show.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
_PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 15px/1.4 "Liberation Sans", Arial, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem; }}
h1 {{ font-size: 1.3rem; overflow-wrap: anywhere; }}
table {{ border-collapse: collapse; margin: 2rem 0; width: 100%; }}
caption {{ color: #555; padding: .4rem 0; text-align: left; }}
td {{ border: 1px solid #888; overflow-wrap: break-word; padding: .25rem .4rem; vertical-align: top; }}
td.doubtful {{ background: #fff2cc; }}
tr.doubtful td {{ border-top: 3px dashed #c55a11; }}
mark {{ background: #fff2cc; padding: 0 .3rem; }}
@media print {{ body {{ font-size: 10pt; margin: 0; max-width: none; }} tr {{ break-inside: avoid; }} }}
</style>
</head>
<body>
<h1>{title}</h1>
<p>{note}</p>
{tables}
</body>
</html>
"""


def html_text(tables: Sequence[Table], title: str, language: Language) -> str:
    """The tables with their spans, each under a caption with its pages; cells to be checked are coloured."""
    has_doubt = any(table.doubtful_rows or any(map(is_doubtful, table.cells)) for table in tables)
    return _PAGE.format(
        language=language,
        title=_escaped(title),
        note=_note(tables, language, has_doubt=has_doubt),
        tables="\n".join(_table(table, number, language) for number, table in enumerate(tables, start=1)),
    )


def _note(tables: Sequence[Table], language: Language, *, has_doubt: bool) -> str:
    counted = _escaped(text("tables_counted", language, count=len(tables)))
    return f"{counted} <mark>{_escaped(text('doubtful_cells', language))}</mark>" if has_doubt else counted


def _table(table: Table, number: int, language: Language) -> str:
    where = text("table_on", language, number=number, pages=page_range(pages_of(table)))
    rows = "\n".join(_rows(table))
    return f"<table>\n<caption>{_escaped(where)}</caption>\n<colgroup>{_columns(table)}</colgroup>\n{rows}\n</table>"


def _columns(table: Table) -> str:
    """The columns as wide as they are printed, in shares of the table."""
    widths = [_width(table.cells, col) for col in range(table.col_count)]
    if not all(widths):
        return "<col>" * table.col_count
    return "".join(f'<col style="width:{100 * width / sum(widths):.1f}%">' for width in widths)


def _width(cells: Iterable[Cell], col: int) -> float:
    """The printed width of a column in points; 0 where no cell stands in it alone."""
    own = [cell.regions[0].box.width for cell in cells if cell.col == col and cell.col_span == 1]
    return max(own, default=0.0)


def _rows(table: Table) -> Iterator[str]:
    starting = {row: list(cells) for row, cells in groupby(table.cells, key=lambda cell: cell.row)}
    for row in range(table.row_count):
        mark = ' class="doubtful"' if row in table.doubtful_rows else ""
        yield f"<tr{mark}>{''.join(_cell(cell) for cell in starting.get(row, ()))}</tr>"


def _cell(cell: Cell) -> str:
    spans = (("rowspan", cell.row_span), ("colspan", cell.col_span))
    marks = [f' {name}="{count}"' for name, count in spans if count > 1]
    if is_doubtful(cell):
        marks.append(f' class="doubtful" title="{confidence_of(cell):.2f}"')
    return f"<td{''.join(marks)}>{_escaped(clean_text(cell)).replace(chr(10), '<br>')}</td>"


def _escaped(value: str) -> str:
    return html.escape(_UNPRINTABLE.sub("\ufffd", value))
