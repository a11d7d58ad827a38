"""`chitieu tables`: the tables of one PDF, or of a document that was read before, in the format that was asked for."""

import re
from pathlib import Path
from typing import Annotated

import typer

from chitieu.command_line import USAGE, Home, Tongue, explained, fail, help_text, read_settings
from chitieu.messages import text
from chitieu.page_ranges import ALL_PAGES, parse_pages
from chitieu.table_formats import TableFormat

# As `ingest` gives it, or nothing: all documents. A file of such a name is a file.
DOCUMENT_ID = re.compile(r"([0-9a-f]{16}(-\d+)?)?")


def tables_command(
    source: Annotated[str, typer.Argument(metavar="FILE", help=help_text("table_source"))] = "",
    pages: Annotated[str, typer.Option("--pages", help=help_text("table_pages"))] = "",
    format_: Annotated[TableFormat | None, typer.Option("--format", help=help_text("table_format"))] = None,
    out: Annotated[str, typer.Option("--out", help=help_text("table_out"))] = "",
    home: Home = None,
    language: Tongue = None,
) -> None:
    # Here, so that other commands need not wait for what reads PDFs and writes spreadsheets.
    from chitieu.table_output import tables_of_file, tables_of_store, wish_of

    settings = read_settings(home, language)
    ranges = parse_pages(pages) if pages else ALL_PAGES
    if ranges is None:
        fail(text("bad_pages", settings.language, pages=pages), USAGE)
    wish = wish_of(ranges, format_, out)
    with explained(settings):
        if not (source and Path(source).exists()) and DOCUMENT_ID.fullmatch(source):
            tables_of_store(source, wish, settings)
        else:
            tables_of_file(Path(source), wish, settings)
