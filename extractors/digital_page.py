"""A born-digital page → its tables and lines, from the text layer and the drawn rules."""

from collections.abc import Sequence

import numpy as np

from chitieu.model import Box, Line, Region
from extractors import grid, ledger, left_out, print_lines, rules, text_layer, unruled
from extractors.brinks import Placed, find_brink
from extractors.drawn_rules import find_drawn_rules
from extractors.grid import Grid, Mesh
from extractors.layout import hard_breaks
from extractors.page_content import CUT_QUALITY, PageContent, PageTable, as_cell, doubted, text_widths, with_doubted
from extractors.pdf import PageFacts, PdfFile, plumber_page, preview_page
from extractors.pose import Pose
from extractors.rests import Print
from extractors.visible import seen_rules, seen_words


def read_digital(pdf: PdfFile, facts: PageFacts, *, rest: Mesh | None = None) -> PageContent:
    with plumber_page(pdf, facts.number) as page:
        turns = text_layer.find_quarter_turns(page)
        words = text_layer.find_words(page, turns)
        drawn = find_drawn_rules(page)
    pose = Pose(turns, facts.width, facts.height)
    picture = preview_page(pdf, facts.number)
    words = seen_words(words, picture, pose)
    found = rules.turn_rules(seen_rules(drawn, picture), pose)
    pieces = print_lines.pieces_of_words(words)
    grids = grid.build_grids(unruled.with_unruled(grid.find_meshes(found), pieces, found, rest))
    owners = [_owner(word, grids) for word in words]
    tables = tuple(
        _digital_table(facts.number, table, [w for w, o in zip(words, owners, strict=True) if o == i])
        for i, table in enumerate(grids)
    )
    outside = [word for word, owner in zip(words, owners, strict=True) if owner is None]
    em = float(np.median([word.size for word in words])) if words else 0.0
    boxes = [word.box for word in words]
    tables = tuple(with_doubted(one, ledger.find_flowing_over(boxes, one.grid, em)) for one in tables)
    lost = (
        *ledger.rows_outside([word.box for word in outside], grids, em),
        *left_out.find_left_out(pieces, grids),
    )
    lines = _digital_lines(facts.number, outside)
    printed = Print(tuple(pieces), found)
    strays = (*doubted(tables), *lost)
    return PageContent(facts, tables, lines, None, pose if turns else None, strays, lost, printed=printed)


def _owner(word: text_layer.Word, grids: Sequence[Grid]) -> int | None:
    x, y = (word.box.left + word.box.right) / 2, word.middle
    return next((index for index, table in enumerate(grids) if _holds(table.box, x, y)), None)


def _holds(box: Box, x: float, y: float) -> bool:
    return box.left <= x < box.right and box.top <= y < box.bottom


def _digital_table(page: int, table: Grid, words: list[text_layer.Word]) -> PageTable:
    parts = [
        text_layer.lines_of(w for w in words if _holds(c.box, (w.box.left + w.box.right) / 2, w.middle))
        for c in table.cells
    ]
    placed = [[_placed(line) for line in part] for part in parts]
    widths = text_widths(table, placed)
    cells, brinks = [], []
    for cell, part, places in zip(table.cells, parts, placed, strict=True):
        em, width = part[0].words[0].size if part else 0.0, widths[cell.col, cell.col_span]
        reading = text_layer.read_lines(part, hard_breaks(places, width, em))
        runs_over = any(ledger.is_overhanging(w.box, w.size, cell.box) for line in part for w in line.words)
        cells.append(as_cell(page, cell, (reading,) if reading else (), CUT_QUALITY if runs_over else 1.0))
        brinks.append(find_brink(places, cell.box.top, cell.box.bottom, width, em))
    return PageTable(table, tuple(cells), tuple(brinks))


def _placed(line: text_layer.TextLine) -> Placed:
    first, last = line.words[0].straight, line.words[-1].straight
    return Placed(first.left, last.right, first.width, line.box.top, line.box.bottom)


def _digital_lines(page: int, words: list[text_layer.Word]) -> tuple[Line, ...]:
    """Lines outside the tables; a wide gap parts the two columns of a head."""
    found = []
    for line in text_layer.lines_of(words):
        for part in _parted(line):
            reading = text_layer.read_lines((part,), ())
            if reading:
                found.append(Line(Region(page, part.box), reading))
    return tuple(found)


def _parted(line: text_layer.TextLine) -> list[text_layer.TextLine]:
    parts: list[list[text_layer.Word]] = [[line.words[0]]]
    for before, word in zip(line.words, line.words[1:], strict=False):
        if word.straight.left - before.straight.right > 2.5 * word.size:
            parts.append([])
        parts[-1].append(word)
    return [text_layer.TextLine(tuple(part)) for part in parts]
