"""How documents look: font, rules, spacing, page breaks."""

import random

from benchmarks.maker.fonts import WIDE_FONTS, WITHOUT_BOLD_ITALIC
from benchmarks.maker.model import Field, Layout, Look, Rules
from benchmarks.maker.stock import pick_weighted

FULL_RULES = (Rules.FULL, Rules.FULL, Rules.FULL, Rules.FULL, Rules.DOUBLE)
# Half of the tables are ruled in full; how often provinces leave rules out is our own guess.
MIXED_RULES = (
    *(Rules.FULL,) * 11, Rules.DOUBLE, Rules.DOUBLE_ALL, Rules.DASHED, Rules.DOTTED, *(Rules.OPEN_SIDES,) * 2,
    Rules.HORIZONTAL, Rules.HEADER_ONLY, Rules.NONE,
)  # fmt: skip
HARD_RULES = (Rules.HORIZONTAL, Rules.HEADER_ONLY, Rules.NONE, Rules.DOTTED, Rules.OPEN_SIDES)

_BOLD_ITALIC = "font-weight:bold;font-style:italic"


def make_look(chance: random.Random, fonts: dict[str, int], layout: Layout, rules: tuple[Rules, ...]) -> Look:
    """A look whose font fits the number of columns."""
    font = pick_weighted(chance, fonts)
    columns = len(layout.fields) + len(layout.value_columns) - 1
    return Look(
        font=font,
        size_pt=_size(chance, font, columns - 2 * layout.is_landscape),
        rules=chance.choice(rules),
        rule_pt=chance.choice((0.5, 0.5, 0.75, 0.75, 1.0)),
        padding_pt=chance.choice((1.5, 2.5, 3.5, 5.0)),
        line_height=chance.choice((1.0, 1.1, 1.15, 1.3)),
        margin_mm=(chance.randint(18, 25), chance.randint(13, 20), chance.randint(17, 25), chance.randint(20, 32)),
        header_fill=chance.choice(("", "", "", "#d9d9d9", "#e7eef7")),
        header_style=chance.choice(("", "", "text-transform:uppercase", "font-weight:normal")),
        section_style=_title_style(chance, font, ("font-weight:bold", "font-weight:bold", _BOLD_ITALIC)),
        group_style=_title_style(chance, font, ("font-weight:bold", "font-style:italic", _BOLD_ITALIC)),
        value_align=chance.choice(("center", "center", "right")),
        indicator_align=chance.choice(("justify", "left", "justify")),
        vertical_align=chance.choice(("middle", "middle", "top")),
        repeats_header=chance.random() < 0.6,
        cuts_rows=chance.random() < 0.55,
        closes_cut_rows=chance.random() < 0.6,
        section_shape=_section_shape(chance, layout),
        numbers_pages=chance.random() < 0.7,
        numbers_columns=chance.random() < 0.15,
        has_signature=chance.random() < 0.3,
    )


def _section_shape(chance: random.Random, layout: Layout) -> str:
    """Where the number does not come first, only a title across the table makes a section."""
    drawn = pick_weighted(chance, {"across": 4, "after_number": 4, "own_cells": 2})
    return drawn if layout.fields[0] is Field.CODE else "across"


def _title_style(chance: random.Random, font: str, styles: tuple[str, ...]) -> str:
    style = chance.choice(styles)
    return "font-weight:bold" if style == _BOLD_ITALIC and font in WITHOUT_BOLD_ITALIC else style


def _size(chance: random.Random, font: str, columns: int) -> float:
    """10 to 14 points; less where many columns share the page or the font is wide."""
    highest = 14.0 - max(0, columns - 4) * 0.75
    size = chance.choice((11.0, 11.5, 12.0, 12.0, 13.0, 13.0, 14.0))
    return max(9.5, min(size, highest) - (1.5 if font in WIDE_FONTS else 0))
