"""A scanned page → its tables and lines, from its ink."""

from dataclasses import replace
from functools import cache
from itertools import pairwise

from chitieu.model import Box, Cell, Line, Reading, Region, Rival
from extractors import grid, ledger, left_out, lines, print_lines, rules, tracks, unruled, witness
from extractors.bands import rule_bands, without_rests
from extractors.blobs import Blob, Blobs, blank_of, blobs_by_box, find_blobs, is_body, is_rule_remnant, print_size
from extractors.brinks import Brink, Placed, find_brink
from extractors.edges import with_seen_edges
from extractors.grid import Grid, GridCell, Mesh
from extractors.handwriting import find_written
from extractors.image import PageImage, prepare_image
from extractors.layout import hard_breaks
from extractors.lines import LineImage
from extractors.page_content import PageContent, PageTable, as_cell, doubted, text_widths, with_doubted
from extractors.pdf import POINTS_PER_INCH, PageFacts, PdfFile, render_page
from extractors.reading import READER, LineReading, as_reading, read_as_witness, read_line
from extractors.rests import Print
from extractors.rim import off_rim

# Ink of a dot and of the thinnest digit, in squares of the em.
MIN_DOT_EM2, MIN_DIGIT_EM2 = 0.004, 0.04
# Titles and captions are larger than the print of a table with many columns; so much, and they need their own measure.
LARGER_PRINT = 1.15
# So many letters of this height beside each other are a word that no line took.
LEAST_LETTERS, LEAST_LETTER_EM, LOST_WORD_QUALITY = 3, 0.35, 0.8


def read_scanned(pdf: PdfFile, facts: PageFacts, *, wants_prose: bool, rest: Mesh | None = None) -> PageContent:
    raw, dpi = render_page(pdf, facts)
    image = prepare_image(facts.number, raw, dpi)
    found = rules.find_inked_rules(image)
    meshes = with_seen_edges(grid.find_meshes(found), image)
    if not meshes and rules.may_cross(found):
        meshes = witness.ask_camelot(image)
    bands = rule_bands(found, grid.build_grids(meshes))
    blobs = find_blobs(image, bands)
    pieces = off_rim(print_lines.pieces_of_ink(image, blobs), *image.size_pt, image.pose)
    all_meshes = unruled.with_unruled(meshes, pieces, found, rest)
    grids = grid.build_grids(all_meshes)
    lost, seen = left_out.find_left_out(pieces, grids), Print(tuple(pieces), found)
    if not grids and not wants_prose:
        return PageContent(facts, (), (), image, image.pose, lost, lost, printed=seen)
    if all_meshes is not meshes and (all_bands := rule_bands(found, grids)) != bands:
        bands = all_bands
        blobs = find_blobs(image, bands)
    cut = ledger.find_cut(blobs, [blank_of(image, band) for band in bands])
    cut |= ledger.find_drawn_over(blobs, image.pen_over_print)
    tables = tuple(_scanned_table(image, blobs, table, cut) for table in grids)
    letters = [image.box(b.left, b.top, b.right, b.bottom) for b in blobs.all if is_body(b, blobs.em)]
    em = blobs.em * POINTS_PER_INCH / image.dpi
    lost = (*ledger.rows_outside(letters, grids, em), *lost)
    see = cache(lambda: witness.ask_camelot(image))
    tables = tuple(
        with_doubted(
            replace(table, cells=witness.with_doubts(table.cells, mesh, table.grid, letters, found, see, em)),
            ledger.find_flowing_over(letters, table.grid, em),
        )
        for table, mesh in zip(tables, all_meshes, strict=True)
    )
    found_lines = _scanned_lines(image, blobs, grids)
    prose, written = tuple(line for line, _ in found_lines), tuple(box for _, box in found_lines if box)
    floor = _floor(image, grids)
    shown = sum(_is_letter(blob, blobs.em) for blob in blobs.all if blob.top < floor)
    return PageContent(facts, tables, prose, image, image.pose, (*doubted(tables), *lost), lost, written, shown, seen)


def _scanned_table(image: PageImage, blobs: Blobs, table: Grid, cut: frozenset[int]) -> PageTable:
    boxes = [_pixels(image, cell.box) for cell in table.cells]
    inside = blobs_by_box(blobs, boxes)
    track = tracks.MIN_TRACK_PT * image.dpi / POINTS_PER_INCH
    owned = [without_rests(part, box, blobs.em, track) for part, box in zip(inside, boxes, strict=True)]
    found = [lines.cut_lines(image, blobs, part) for part in owned]
    widths = text_widths(table, found)
    read = [
        _scanned_cell(image, cell, part, lines_, widths[cell.col, cell.col_span], blobs.em)
        for cell, part, lines_ in zip(table.cells, owned, found, strict=True)
    ]
    is_cut = {index for index, part in enumerate(inside) if any(blob.label in cut for blob in part)}
    read_table = PageTable(table, tuple(cell for cell, _ in read), tuple(brink for _, brink in read))
    return with_doubted(read_table, is_cut)


def _pixels(image: PageImage, box: Box) -> tuple[int, int, int, int]:
    scale = image.dpi / POINTS_PER_INCH
    return round(box.left * scale), round(box.top * scale), round(box.right * scale), round(box.bottom * scale)


def _scanned_cell(
    image: PageImage, cell: GridCell, owned: list[Blob], found: tuple[LineImage, ...], width: float, em: float
) -> tuple[Cell, Brink | None]:
    readings = _with_witness(found, [_read(line) for line in found])
    placed = [_placed_line(line, reading.text) for line, reading in zip(found, readings, strict=True)]
    reading = _together(readings, hard_breaks(placed, width, em))
    _, top, _, bottom = _pixels(image, cell.box)
    brink = find_brink(placed, top, bottom, width, em)
    told = tuple(line for line, read in zip(found, readings, strict=True) if read.text)
    return as_cell(image.number, cell, (reading,) if reading else (), _quality(owned, told, em)), brink


def _read(line: LineImage) -> LineReading:
    # The reader has never seen a ditto mark alone in a cell and reads `%`; its shape is beyond doubt. Of a lone dash
    # it reads `_` or `-` with a probability of 0.3, of a colon nothing: that doubt stays.
    reading = LineReading("", 1.0) if line.mark == '"' else read_line(line.pieces)
    return LineReading(line.mark, reading.confidence) if line.mark else reading


def _with_witness(found: tuple[LineImage, ...], readings: list[LineReading]) -> list[LineReading]:
    """The readings of a cell with what the second model has of the same lines."""
    return [
        replace(reading, witness=line.mark) if line.mark else _witnessed(reading, read_as_witness(line.witnessed))
        for line, reading in zip(found, readings, strict=True)
    ]


def _witnessed(reading: LineReading, second: LineReading) -> LineReading:
    """The reading with the second model's text, and with what either sees of other marks, at its likeliest."""
    marks: dict[tuple[str, str], Rival] = {}
    for rival in (*reading.mark_rivals, *second.mark_rivals):
        key = (rival.read, rival.instead)
        if key not in marks or marks[key].probability < rival.probability:
            marks[key] = rival
    return replace(reading, witness=second.text, mark_rivals=tuple(marks.values()))


def _placed_line(line: LineImage, text: str) -> Placed:
    """Where a line stands; its first word's width by the word's share of the text (gaps in ink may be any kerning)."""
    share = len(text.split(" ", 1)[0]) / len(text) if text else 1.0
    return Placed(line.left, line.right, share * (line.right - line.left), line.top, line.bottom)


def _together(readings: list[LineReading], breaks: tuple[bool, ...]) -> Reading | None:
    if not any(reading.text for reading in readings):
        return None
    glue = ["", *("\n" if is_hard else " " for is_hard in breaks)]
    text = "".join(before + reading.text for before, reading in zip(glue, readings, strict=True))
    seen = [reading.witness for reading in readings if reading.witness is not None]
    witness = "".join(map("".join, zip(glue, seen, strict=True))).strip() if len(seen) == len(readings) else None
    rivals = tuple(rival for reading in readings for rival in reading.rivals)
    marks = tuple(rival for reading in readings for rival in reading.mark_rivals)
    confidence = min(reading.confidence for reading in readings)
    return as_reading(text.strip(), READER, confidence, rivals, witness, marks)


def _quality(owned: list[Blob], found: tuple[LineImage, ...], em: float) -> float:
    """Share of the box's ink that lies in its lines; 1 where what is left is less than a digit's ink.

    Specks, of which a cell merged over pages has many, are nothing that could be read. Of many lines one holds little
    ink: letters beside each other that none of them took count as a fifth of it.
    """
    ink = [blob for blob in owned if blob.area >= MIN_DOT_EM2 * em * em]
    total = sum(blob.area for blob in ink)
    left = [b for b in ink if not any(line.top <= (b.top + b.bottom) / 2 < line.bottom for line in found)]
    lost = sum(blob.area for blob in left if _may_be_print(blob, em))
    if lost < MIN_DIGIT_EM2 * em * em:
        return 1.0
    share = round(1 - lost / total, 3)
    return min(share, LOST_WORD_QUALITY) if _is_line([blob for blob in left if _is_letter(blob, em)], em) else share


def _may_be_print(blob: Blob, em: float) -> bool:
    """Whether ink may be a letter or a stroke of one: no speck, and nothing of a double border."""
    return max(blob.width, blob.height) >= LEAST_LETTER_EM * em and not is_rule_remnant(blob, em)


def _is_letter(blob: Blob, em: float) -> bool:
    return LEAST_LETTER_EM * em <= blob.height <= em and blob.width <= 2 * em


def _is_line(letters: list[Blob], em: float) -> bool:
    """Whether some letters stand on one line, close to each other."""
    ordered = sorted(letters, key=lambda blob: blob.left)
    near = [b for a, b in pairwise(ordered) if abs(a.bottom - b.bottom) < 0.3 * em and b.left - a.right < 0.5 * em]
    return len(near) + 1 >= LEAST_LETTERS


def _scanned_lines(image: PageImage, blobs: Blobs, grids: tuple[Grid, ...]) -> list[tuple[Line, Box | None]]:
    """Lines above and between the tables, block by block (the two columns of a head are two blocks).

    With each what a pen filled in on it.
    """
    boxes = [_pixels(image, table.box) for table in grids]
    floor = _floor(image, grids)
    slack = round(0.3 * blobs.em)
    outside = [
        b
        for b in blobs.all
        if b.top < floor
        and not any(
            left - slack <= b.left and b.right <= right + slack and top - slack <= b.top and b.bottom <= bottom + slack
            for left, top, right, bottom in boxes
        )
    ]
    em = print_size(outside, image.dpi / POINTS_PER_INCH, blobs.em)
    prose = replace(blobs, em=em) if em >= LARGER_PRINT * blobs.em else blobs
    found = []
    for block in _blocks(outside, prose.em):
        for line in lines.cut_prose(image, prose, block):
            read = _read_prose(line)
            reading = _together([read], ())
            if reading:
                box = image.box(line.left, line.top, line.right, line.bottom)
                filled = find_written(line, read, block, prose.em)
                found.append((Line(Region(image.number, box), reading), image.box(*filled) if filled else None))
    return found


def _floor(image: PageImage, grids: tuple[Grid, ...]) -> int:
    """Pixels down to which a page is read: the foot of its last table, of a page without tables its own."""
    return max((_pixels(image, table.box)[3] for table in grids), default=image.grey.shape[0])


def _read_prose(line: LineImage) -> LineReading:
    """A line's reading; of what holds figures the second model is asked too: numbers and dates identify a document."""
    reading = _read(line)
    has_figures = any(char.isdigit() for char in reading.text)
    return _with_witness((line,), [reading])[0] if has_figures else reading


def _blocks(owned: list[Blob], em: float) -> list[list[Blob]]:
    """Blobs parted at wide gaps, down the page first, then across, and so on until nothing parts."""
    parts = [owned]
    for is_across in (False, True, False, True):
        gap = 1.8 * em if is_across else 0.9 * em
        parts = [block for part in parts for block in _split(part, gap, is_across=is_across)]
    return parts


def _split(owned: list[Blob], gap: float, *, is_across: bool) -> list[list[Blob]]:
    """Blobs parted where a gap goes through all of them, in order; specks far from print make blocks of their own."""
    blocks: list[list[Blob]] = []
    reached = float("-inf")
    for blob in sorted(owned, key=lambda b: b.left if is_across else b.top):
        start, end = (blob.left, blob.right) if is_across else (blob.top, blob.bottom)
        if start - reached > gap:
            blocks.append([])
        blocks[-1].append(blob)
        reached = max(reached, end)
    return blocks
