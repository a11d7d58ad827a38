"""A page → its ruled tables with read cells, and the lines outside them."""

from collections.abc import Sequence
from dataclasses import dataclass

from chitieu.model import Box, Cell, Line, PageKind, Reading, Region
from extractors import grid, lines, print_lines, rules, text_layer, unruled
from extractors.blobs import Blob, Blobs, blobs_by_box, find_blobs
from extractors.brinks import Brink, Placed, find_brink
from extractors.grid import Grid
from extractors.image import PageImage, prepare_image
from extractors.layout import hard_breaks
from extractors.lines import LineImage
from extractors.pdf import POINTS_PER_INCH, PageFacts, PdfFile, plumber_page, render_page
from extractors.pose import Pose
from extractors.reading import READER, LineReading, as_reading, read_line
from extractors.rules import Rules

# Half the thickness of the band that is blanked along a rule.
RULE_BAND_PT = 1.2
# Remnants of rules lie this near to the border of a cell and are this thin (a dash is thin, but further inside).
RULE_REST_EM, THIN_EM = 0.22, 0.13
# Ink of a dot and of the thinnest digit, in squares of the em.
MIN_DOT_EM2, MIN_DIGIT_EM2 = 0.004, 0.04


@dataclass(frozen=True, slots=True)
class PageTable:
    """A ruled table on one page; rows and columns count from 0 on this page. `brinks` are those of its cells."""

    grid: Grid
    cells: tuple[Cell, ...]
    brinks: tuple[Brink | None, ...] = ()


@dataclass(frozen=True, slots=True)
class PageContent:
    """All that was read on a page; `image` is kept for a second reading (None on born-digital pages).

    Boxes are those of the page set upright and level; `pose` leads back to the page as it is displayed (None where
    that is the same).
    """

    facts: PageFacts
    tables: tuple[PageTable, ...]
    lines: tuple[Line, ...]
    image: PageImage | None
    pose: Pose | None = None


def read_page(pdf: PdfFile, facts: PageFacts, *, wants_prose: bool) -> PageContent:
    """Read a page's tables, and its lines above and between them (of a page without tables: where prose is wanted).

    A page with both a picture of itself and a text layer is read from the picture: the layer may be any scanner's.
    """
    if facts.kind is PageKind.BLANK:
        return PageContent(facts, (), (), None)
    if facts.kind is PageKind.DIGITAL:
        return _read_digital(pdf, facts)
    return _read_scanned(pdf, facts, wants_prose=wants_prose)


def _read_digital(pdf: PdfFile, facts: PageFacts) -> PageContent:
    with plumber_page(pdf, facts.number) as page:
        turns = text_layer.find_quarter_turns(page)
        words = text_layer.find_words(page, turns)
        drawn = rules.find_drawn_rules(page)
    pose = Pose(turns, facts.width, facts.height)
    found = rules.turn_rules(drawn, pose)
    grids = _grids(unruled.with_unruled(grid.find_meshes(found), print_lines.pieces_of_words(words), found))
    owners = [_owner(word, grids) for word in words]
    tables = tuple(
        _digital_table(facts.number, table, [w for w, o in zip(words, owners, strict=True) if o == i])
        for i, table in enumerate(grids)
    )
    outside = [word for word, owner in zip(words, owners, strict=True) if owner is None]
    return PageContent(facts, tables, _digital_lines(facts.number, outside), None, pose if turns else None)


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
    widths = _text_widths(table, placed)
    cells, brinks = [], []
    for cell, part, places in zip(table.cells, parts, placed, strict=True):
        em, width = part[0].words[0].size if part else 0.0, widths[cell.col, cell.col_span]
        reading = text_layer.read_lines(part, hard_breaks(places, width, em))
        cells.append(_cell(page, cell, (reading,) if reading else (), 1.0))
        brinks.append(find_brink(places, cell.box.top, cell.box.bottom, width, em))
    return PageTable(table, tuple(cells), tuple(brinks))


def _placed(line: text_layer.TextLine) -> Placed:
    first, last = line.words[0].straight, line.words[-1].straight
    return Placed(first.left, last.right, first.width, line.box.top, line.box.bottom)


def _text_widths(table: Grid, placed: Sequence[Sequence[Placed | LineImage]]) -> dict[tuple[int, int], float]:
    """Width that text has in each column (and span of columns): its widest line."""
    widths: dict[tuple[int, int], float] = {}
    for cell, lines_ in zip(table.cells, placed, strict=True):
        key = cell.col, cell.col_span
        widest = max((line.right - line.left for line in lines_), default=0.0)
        widths[key] = max(widths.get(key, 0.0), widest)
    return widths


def _cell(page: int, cell: grid.GridCell, readings: tuple[Reading, ...], quality: float) -> Cell:
    region = Region(page, cell.box)
    return Cell(cell.row, cell.col, cell.row_span, cell.col_span, (region,), readings, quality)


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


def _read_scanned(pdf: PdfFile, facts: PageFacts, *, wants_prose: bool) -> PageContent:
    raw, dpi = render_page(pdf, facts)
    image = prepare_image(facts.number, raw, dpi)
    found = rules.find_inked_rules(image)
    meshes = grid.find_meshes(found) or _camelot_meshes(image)
    blobs = find_blobs(image, _rule_bands(found, _grids(meshes)))
    all_meshes = unruled.with_unruled(meshes, print_lines.pieces_of_ink(image, blobs), found)
    grids = _grids(all_meshes)
    if not grids and not wants_prose:
        return PageContent(facts, (), (), image, image.pose)
    if all_meshes is not meshes:
        blobs = find_blobs(image, _rule_bands(found, grids))
    tables = tuple(_scanned_table(image, blobs, table) for table in grids)
    return PageContent(facts, tables, _scanned_lines(image, blobs, grids), image, image.pose)


def _camelot_meshes(image: PageImage) -> tuple[grid.Mesh, ...]:
    """What camelot's lattice sees where our own rulings found nothing (benchmarks/GRIDS.md: why in this order)."""
    from extractors.camelot_grid import find_camelot_meshes  # 2 s to import, seldom needed

    return find_camelot_meshes(image)


def _grids(meshes: Sequence[grid.Mesh]) -> tuple[Grid, ...]:
    return tuple(grid.build_grid(mesh) for mesh in meshes)


def _rule_bands(found: Rules, grids: tuple[Grid, ...]) -> list[Box]:
    """Bands along the rules where they bound cells; other strokes may be print and are left alone."""
    half, reach = RULE_BAND_PT, grid.MEETING_PT
    bands = []
    for box in (cell.box for table in grids for cell in table.cells):
        for rule in _along(found.across, (box.top, box.bottom), box.left, box.right):
            left, right = max(rule.start, box.left - reach), min(rule.end, box.right + reach)
            bands.append(Box(left, rule.at - half, right, rule.at + half))
        for rule in _along(found.down, (box.left, box.right), box.top, box.bottom):
            top, bottom = max(rule.start, box.top - reach), min(rule.end, box.bottom + reach)
            bands.append(Box(rule.at - half, top, rule.at + half, bottom))
    return list(dict.fromkeys(bands))


def _along(found: tuple[rules.Rule, ...], sides: tuple[float, float], start: float, end: float) -> list[rules.Rule]:
    """The rules that lie on one of two sides of a cell."""
    return [
        rule
        for rule in found
        if rule.start < end and rule.end > start and any(abs(rule.at - side) < grid.MIN_TRACK_PT for side in sides)
    ]


def _scanned_table(image: PageImage, blobs: Blobs, table: Grid) -> PageTable:
    boxes = [_pixels(image, cell.box) for cell in table.cells]
    owned = [
        [blob for blob in part if not _is_rule_rest(blob, box, blobs.em)]
        for part, box in zip(blobs_by_box(blobs, boxes), boxes, strict=True)
    ]
    cut = [lines.cut_lines(image, blobs, part) for part in owned]
    widths = _text_widths(table, cut)
    read = [
        _scanned_cell(image, cell, part, found, widths[cell.col, cell.col_span], blobs.em)
        for cell, part, found in zip(table.cells, owned, cut, strict=True)
    ]
    return PageTable(table, tuple(cell for cell, _ in read), tuple(brink for _, brink in read))


def _is_rule_rest(blob: Blob, box: tuple[int, int, int, int], em: float) -> bool:
    """What is left of a thick or wavering rule beside the band that was blanked: flat ink along the cell's border."""
    left, top, right, bottom = box
    near, thin = RULE_REST_EM * em, THIN_EM * em
    is_flat = blob.height <= thin and blob.width >= 2 * blob.height
    is_upright = blob.width <= thin and blob.height >= 2 * blob.width
    return (is_flat and min(blob.bottom - top, bottom - blob.top) < near) or (
        is_upright and min(blob.right - left, right - blob.left) < near
    )


def _pixels(image: PageImage, box: Box) -> tuple[int, int, int, int]:
    scale = image.dpi / POINTS_PER_INCH
    return round(box.left * scale), round(box.top * scale), round(box.right * scale), round(box.bottom * scale)


def _scanned_cell(
    image: PageImage, cell: grid.GridCell, owned: list[Blob], found: tuple[LineImage, ...], width: float, em: float
) -> tuple[Cell, Brink | None]:
    readings = [_read(line) for line in found]
    placed = [_placed_line(line, reading.text) for line, reading in zip(found, readings, strict=True)]
    reading = _together(readings, hard_breaks(placed, width, em))
    _, top, _, bottom = _pixels(image, cell.box)
    brink = find_brink(placed, top, bottom, width, em)
    return _cell(image.number, cell, (reading,) if reading else (), _quality(owned, found, em)), brink


def _read(line: LineImage) -> LineReading:
    # The reader has never seen a ditto mark alone in a cell and reads `%`; its shape is beyond doubt. Of a lone dash
    # it reads `_` or `-` with a probability of 0.3, of a colon nothing: that doubt stays.
    reading = LineReading("", 1.0) if line.mark == '"' else read_line(line.pieces)
    return LineReading(line.mark, reading.confidence) if line.mark else reading


def _placed_line(line: LineImage, text: str) -> Placed:
    """Where a line stands; its first word's width by the word's share of the text (gaps in ink may be any kerning)."""
    share = len(text.split(" ", 1)[0]) / len(text) if text else 1.0
    return Placed(line.left, line.right, share * (line.right - line.left), line.top, line.bottom)


def _together(readings: list[LineReading], breaks: tuple[bool, ...]) -> Reading | None:
    if not any(reading.text for reading in readings):
        return None
    glue = ["", *("\n" if is_hard else " " for is_hard in breaks)]
    text = "".join(before + reading.text for before, reading in zip(glue, readings, strict=True))
    rivals = tuple(rival for reading in readings for rival in reading.rivals)
    return as_reading(text.strip(), READER, min(reading.confidence for reading in readings), rivals)


def _quality(owned: list[Blob], found: tuple[LineImage, ...], em: float) -> float:
    """Share of the box's ink that lies in its lines; 1 where what is left is less than a digit's ink."""
    ink = [blob for blob in owned if blob.area >= MIN_DOT_EM2 * em * em]
    total = sum(blob.area for blob in ink)
    read = sum(b.area for b in ink if any(line.top <= (b.top + b.bottom) / 2 < line.bottom for line in found))
    return 1.0 if total - read < MIN_DIGIT_EM2 * em * em else round(read / total, 3)


def _scanned_lines(image: PageImage, blobs: Blobs, grids: tuple[Grid, ...]) -> tuple[Line, ...]:
    """Lines above and between the tables, block by block (the two columns of a head are two blocks)."""
    boxes = [_pixels(image, table.box) for table in grids]
    floor = max((box[3] for box in boxes), default=image.grey.shape[0])
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
    found = []
    for block in _blocks(outside, blobs.em):
        for line in lines.cut_prose(image, blobs, block):
            reading = _together([_read(line)], ())
            if reading:
                box = image.box(line.left, line.top, line.right, line.bottom)
                found.append(Line(Region(image.number, box), reading))
    return tuple(found)


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
