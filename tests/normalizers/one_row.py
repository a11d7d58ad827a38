"""A table of one row, as a reader that is sure of all but one field would give it."""

from dataclasses import replace

from chitieu.model import Indicator, Reading, Table
from normalizers.checks import check
from normalizers.columns import label_columns
from normalizers.indicators import read_indicators
from normalizers.repair import TEXT_LAYER
from normalizers.rows import read_rows
from tests.normalizers import way

HEADER = ["STT", "Chỉ tiêu", "Đơn vị", "Năm 2030", "Cơ quan chủ trì"]
PRINTED = ["1", "Tỷ lệ hộ nghèo", "%", "80", "Sở Tài chính"]
COLUMNS = {"code": 0, "indicator": 1, "unit": 2, "value_text": 3, "agency": 4}


def row_of(field: str = "value_text", *readings: Reading, engine: str = "reader", **more) -> tuple[Indicator, Table]:
    """A row of a scan whose cells are read surely and alike by both models, one field as given; its table."""
    cells = [way.cell(0, at, text) for at, text in enumerate(HEADER)]
    for at, text in enumerate(PRINTED):
        own = (replace(way.reading(text, engine, 0.9999), witness=None if engine == TEXT_LAYER else text),)
        is_it = at == COLUMNS[field]
        cells.append(way.cell(1, at, text, readings=readings or own if is_it else own, **(more if is_it else {})))
    table = way.Table("abc", 0, tuple(cells))
    roles = label_columns(table)
    raw = read_rows(table, roles)
    (found,) = check(read_indicators(raw, roles, "abc"), raw)
    return found, table
