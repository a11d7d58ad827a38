"""Text files of other OCR systems, told from other texts by the table in them."""

from pathlib import Path

SUFFIXES = (".txt", ".tsv", ".md")
# Such a file begins with a heading and its table's first rows; a table of indicators has three columns at least.
LOOKED_AT_BYTES, LEAST_GAPS, LEAST_ROWS = 65536, 2, 2


def is_export(path: Path) -> bool:
    """Whether a file is a text with a table near its beginning: tabs between cells, or Markdown's `| a | b |`."""
    if path.suffix.lower() not in SUFFIXES:
        return False
    with path.open("rb") as file:
        data = file.read(LOOKED_AT_BYTES)
    is_wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    if b"%PDF-" in data or (b"\0" in data and not is_wide):
        return False
    lines = data.decode("utf-16" if is_wide else "utf-8", "replace").split("\n")
    return sum(line.count("\t") >= LEAST_GAPS or line.strip().count("|") > LEAST_GAPS for line in lines) >= LEAST_ROWS
