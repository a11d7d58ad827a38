"""Tables as printed → JSON, CSV, HTML, XLSX: any table in any language; nothing of the store is needed."""

from chitieu.printed.documents import csv_text, json_text
from chitieu.printed.sheets import write_table_sheets
from chitieu.printed.web import html_text

__all__ = ["csv_text", "html_text", "json_text", "write_table_sheets"]
