"""Rows that a page ends in the middle of on purpose: below their number printed again, or over three pages."""

import math
import random
from collections.abc import Callable
from dataclasses import replace

from benchmarks.maker.model import Decision, Field, Record, Section, Table
from benchmarks.maker.stock import words
from benchmarks.maker.widths import column_widths

_POINTS_PER_MM = 72 / 25.4
_PAGE_HEIGHT_MM, _PAGE_WIDTH_MM = 297, 210
# Head and caption of an appendix, header of its table; a letter is about half as wide as its font is high.
_HEAD_PT, _LETTER_EM = 120, 0.47
# The cut falls where about so much of the page is full.
_FULL_SHARE = 0.85
# Three words a line and 45 lines a page: more than one page, less than two.
_NOTE_WORDS = 170


def cut_row(chance: random.Random, decision: Decision) -> Decision:
    """The document with the row that stands near the end of the first page printed in two, its number twice."""
    table = decision.tables[0]
    heights = [_row_height_pt(decision, table, row) for section in table.sections for row in section.rows]
    top, _, bottom, _ = decision.look.margin_mm
    room = (_PAGE_HEIGHT_MM - top - bottom) * _POINTS_PER_MM * _FULL_SHARE - _HEAD_PT
    place = sum(sum(heights[: index + 1]) < room for index in range(len(heights)))
    records = _places_of_long_records(table)
    chosen = min(records, key=lambda index: abs(index - place))
    return _replace_row(decision, chosen, lambda record: _cut(chance, record))


def stretch_note(chance: random.Random, decision: Decision) -> Decision:
    """The document with a note in its first half that goes on over three pages."""
    sentences = words(decision.stock, "long_note")
    drawn: list[str] = []
    while sum(len(sentence.split()) for sentence in drawn) < _NOTE_WORDS:
        drawn.append(chance.choice(sentences))
    place = chance.randrange(2, 7)
    return _replace_row(decision, place, lambda record: replace(record, note=" ".join(drawn)))


def _places_of_long_records(table: Table) -> list[int]:
    rows = [row for section in table.sections for row in section.rows]
    return [index for index, row in enumerate(rows) if isinstance(row, Record) and len(row.indicator.split()) >= 8]


def _cut(chance: random.Random, record: Record) -> Record:
    count = len(record.indicator.split())
    return replace(record, cut_words=chance.randint(count // 2, count - 2))


def _replace_row(decision: Decision, place: int, change: Callable[[Record], Record]) -> Decision:
    """The document with another row at a place of its first table; the next record where a title stands there."""
    appendix = decision.appendices[0]
    table = decision.tables[0]
    sections: list[Section] = []
    before = 0
    for section in table.sections:
        rows = list(section.rows)
        for index, row in enumerate(rows):
            if before + index >= place >= 0 and isinstance(row, Record):
                rows[index], place = change(row), -1
        before += len(rows)
        sections.append(replace(section, rows=tuple(rows)))
    changed = replace(table, sections=tuple(sections))
    blocks = tuple(changed if block is table else block for block in appendix.blocks)
    return replace(decision, appendices=(replace(appendix, blocks=blocks), *decision.appendices[1:]))


def _row_height_pt(decision: Decision, table: Table, row: object) -> float:
    """About how high a row is printed: as its longest cell needs."""
    look = decision.look
    _, right, _, left = look.margin_mm
    width_pt = (_PAGE_WIDTH_MM - right - left) * _POINTS_PER_MM
    if not isinstance(row, Record):
        return look.size_pt * look.line_height + 2 * look.padding_pt
    texts = {Field.INDICATOR: row.indicator, Field.AGENCY: row.agency_shown or "", Field.NOTE: row.note}
    lines = max(
        math.ceil(len(texts.get(field, "")) * look.size_pt * _LETTER_EM / (share * width_pt - 6))
        for field, share in column_widths(table)
    )
    return max(1, lines) * look.size_pt * look.line_height + 2 * look.padding_pt
