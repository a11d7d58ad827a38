"""What speaks against each field of a row, as numbers: the larger, the more doubt; nothing speaks for a field.

`normalizers/confidence.py` weighs them; how the weights are found: benchmarks/CALIBRATION.md.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, log10

from chitieu.model import Cell, FieldSource, Flag, FlagKind, Indicator, Reading, Table
from normalizers.agreement import WITNESS, readings_agree, seconds_of, witness_differs
from normalizers.cells import Grid, place_cells
from normalizers.known_phrases import is_known_phrase
from normalizers.oddities import stray_marks
from normalizers.periods import find_period
from normalizers.repair import TEXT_LAYER
from normalizers.text import match_key, unknown_words
from normalizers.wording import doubtful_words, weak_words

# The fields that make a row right; `code` stands for its place among the other rows too.
ROW_FIELDS = ("code", "indicator", "period", "unit", "value_text", "agency")
# What the detail of a flag begins with that comes of the confidence itself (`P = 0.43`): it is no evidence for it.
OWN_DOUBT = "P = "
# A reader is never surer than this: one wrong in so many.
SUREST = 1e-4
# A cell that the first reader is less sure of counts for the page.
SURE = 0.9
_EDGE_MARK = re.compile(r"^[^\w\"“(]|[^\w%)\"”.]$")
MAJORITY = 0.5
# More repairs or rows of a kind tell no more.
MOST = 3
_COLUMNED = ("unit", "agency")
_WORDED = ("indicator", "unit", "value_text", "agency")


@dataclass(frozen=True, slots=True)
class Scan:
    """How bad a scan a page is: of its cells the shares that the two models of the first reader read differently, and
    that it is not sure of.
    """

    differing: float = 0.0
    unsure: float = 0.0


@dataclass(frozen=True, slots=True)
class FieldEvidence:
    """What is known of one field: its text, the cell that it was read in (None where there is none), and the rows of
    the document that say the same in it, or anything.
    """

    field: str
    text: str
    cell: Cell | None
    flags: tuple[Flag, ...]
    repairs: int
    rows_alike: int
    filled_share: float
    scan: Scan


def evidence_of(indicators: Sequence[Indicator], tables: Iterable[Table]) -> list[tuple[FieldEvidence, ...]]:
    """The evidence for the fields of every row, in the order of ROW_FIELDS."""
    kept = tuple(tables)
    grids = {table.index: place_cells(table) for table in kept}
    scans = _scans(kept)
    said = _said(indicators)
    return [tuple(_evidence(field, row, grids, said, scans) for field in ROW_FIELDS) for row in indicators]


def _said(indicators: Sequence[Indicator]) -> Counter[tuple[str, str | None]]:
    """How often each text stands in a field; under None how many rows there are."""
    said: Counter[tuple[str, str | None]] = Counter()
    for field in ROW_FIELDS:
        said.update((field, match_key(str(getattr(row, field)))) for row in indicators)
        said[field, None] = len(indicators)
    return said


def _evidence(
    field: str,
    row: Indicator,
    grids: Mapping[int, Grid],
    said: Counter[tuple[str, str | None]],
    scans: Mapping[int, Scan],
) -> FieldEvidence:
    text = str(getattr(row, field))
    cell = _period_cell(row, grids) if field == "period" else _cell(_source_of(row, field), grids)
    return FieldEvidence(
        field=field,
        text=text,
        cell=cell if cell and cell.readings else None,
        flags=tuple(flag for flag in row.flags if _is_about(flag, field)),
        repairs=sum(repair.field == field for repair in row.repairs),
        rows_alike=said[field, match_key(text)],
        filled_share=1 - said[field, ""] / said[field, None],
        scan=scans.get(row.page, Scan()),
    )


def _cell(source: FieldSource | None, grids: Mapping[int, Grid]) -> Cell | None:
    return grids.get(source.table_index, {}).get((source.row, source.col)) if source else None


def _period_cell(row: Indicator, grids: Mapping[int, Grid]) -> Cell | None:
    """The cell nearest above the row's value that names its period: a section's title, or the header."""
    value = _source_of(row, "value_text")
    if value is None or not row.period:
        return None
    grid = grids.get(value.table_index, {})
    above = (grid.get((at, value.col)) for at in range(value.row - 1, -1, -1))
    return next((cell for cell in above if cell and find_period(cell.text) == row.period), None)


def _is_about(flag: Flag, field: str) -> bool:
    """Whether a flag speaks of a field: the row as a whole is its code, columns in doubt its year."""
    if is_own_doubt(flag):
        return False
    if field == "period" and flag.kind is FlagKind.HEADER_NOT_UNDERSTOOD:
        return True
    return flag.field in (("code", "section", "") if field == "code" else (field,))


def is_own_doubt(flag: Flag) -> bool:
    """Whether a flag was raised for the row's confidence alone."""
    return flag.kind is FlagKind.LOW_CONFIDENCE and flag.detail.startswith(OWN_DOUBT)


def _source_of(row: Indicator, field: str) -> FieldSource | None:
    """Where a field was read; a unit without a cell of its own came out of the value's."""
    sources = {source.field: source for source in row.sources}
    return sources.get(field) or (sources.get("value_text") if field == "unit" and row.unit else None)


def _scans(tables: Iterable[Table]) -> dict[int, Scan]:
    first: dict[int, list[Reading]] = {}
    for cell in (cell for table in tables for cell in table.cells if cell.regions and cell.readings):
        if cell.readings[0].witness is not None:
            first.setdefault(cell.regions[0].page, []).append(cell.readings[0])
    return {
        page: Scan(
            sum(map(witness_differs, readings)) / len(readings),
            sum(one.confidence < SURE for one in readings) / len(readings),
        )
        for page, readings in first.items()
    }


def _unsure(known: FieldEvidence) -> float:
    """How unsure the first reader is of its least certain character: 0 (one wrong in 10,000) to 4 (a guess)."""
    if known.cell is None:
        return 0.0
    return log10(min(1.0, 1 - known.cell.readings[0].confidence + SUREST) / SUREST)


def _is_read_from_picture(known: FieldEvidence) -> bool:
    return known.cell is not None and known.cell.readings[0].engine != TEXT_LAYER


def _second_model_differs(known: FieldEvidence) -> bool:
    return known.cell is not None and witness_differs(known.cell.readings[0])


def _other_engine_differs(known: FieldEvidence) -> bool:
    """Whether another engine was asked and none reads what the row says."""
    return bool(_others(known)) and not any(_is_confirmed_by(known, text, engine) for text, engine in _others(known))


def _nobody_agrees(known: FieldEvidence) -> bool:
    """Whether the reading is one reader's alone."""
    if known.cell is None or not _is_read_from_picture(known):
        return False
    seconds = [(one.text, one.engine) for one in seconds_of(known.cell)]
    return not any(_is_confirmed_by(known, text, engine) for text, engine in seconds)


def _others(known: FieldEvidence) -> list[tuple[str, str]]:
    if known.cell is None:
        return []
    return [(one.text, one.engine) for one in seconds_of(known.cell) if one.engine != WITNESS]


def _is_confirmed_by(known: FieldEvidence, text: str, engine: str) -> bool:
    first = known.cell.readings[0].text if known.cell else ""
    return readings_agree(first, text, engine) or readings_agree(known.text, text, engine)


def _rival(known: FieldEvidence) -> float:
    """The probability of the likeliest character instead of one that was read, as the reader says."""
    rivals = known.cell.readings[0].rivals if known.cell else ()
    return max((rival.probability for rival in rivals), default=0.0)


def _words(find: Callable[[str], Sequence[object]]) -> Callable[[FieldEvidence], float]:
    """Whether the text has such words; how many tells no more, for one strange phrase is strange in all of them."""

    def has(known: FieldEvidence) -> float:
        return known.field in _WORDED and _is_read_from_picture(known) and bool(find(known.text))

    return has


def _is_unknown_phrase(known: FieldEvidence) -> bool:
    return known.field in _COLUMNED and bool(known.text) and not is_known_phrase(known.field, known.text)


def _is_alone_in_column(known: FieldEvidence) -> bool:
    return known.field in _COLUMNED and bool(known.text) and known.rows_alike < MOST


def _is_empty_among_filled(known: FieldEvidence) -> bool:
    return known.field in _COLUMNED and not known.text and known.filled_share > MAJORITY


def _begins_small(known: FieldEvidence) -> bool:
    """Whether a name goes on in small letters, as the rest of the one above it does."""
    return known.field == "indicator" and known.text[:1].islower()


def _length(known: FieldEvidence) -> float:
    return log(1 + len(known.text)) if _is_read_from_picture(known) else 0.0


def _unread_ink(known: FieldEvidence) -> float:
    return 1 - known.cell.quality if known.cell else 0.0


def _has_lost_rule(known: FieldEvidence) -> bool:
    return known.cell is not None and known.cell.has_lost_rule


def _is_sewn(known: FieldEvidence) -> bool:
    return known.cell is not None and len({region.page for region in known.cell.regions}) > 1


def _is_odd_code(known: FieldEvidence) -> bool:
    """Whether a row's number is none but those of several rows in one cell."""
    return known.field == "code" and len(known.text.split()) > 1


def _has_mark_at_edge(known: FieldEvidence) -> bool:
    """Whether a name begins or ends with a mark, as a speck or a rule is read."""
    is_name = known.field in ("indicator", "agency") and _is_read_from_picture(known)
    return is_name and bool(_EDGE_MARK.search(known.text))


def _flag(kind: FlagKind) -> Callable[[FieldEvidence], float]:
    return lambda known: float(any(flag.kind is kind for flag in known.flags))


# The kinds that reading a document may give a row; what people said later is no evidence here.
_ROW_FLAGS = (
    FlagKind.READERS_DISAGREE, FlagKind.LOW_CONFIDENCE, FlagKind.UNCERTAIN_REPAIR, FlagKind.NOT_VIETNAMESE,
    FlagKind.UNKNOWN_UNIT, FlagKind.UNPARSED_VALUE, FlagKind.UNIT_VALUE_MISMATCH, FlagKind.EMPTY_FIELD,
    FlagKind.NO_PERIOD, FlagKind.UNCERTAIN_GRID, FlagKind.UNCERTAIN_JOIN, FlagKind.MISSING_ROW_BEFORE,
    FlagKind.MISSING_ROW_AFTER, FlagKind.SEQUENCE_BROKEN, FlagKind.DUPLICATE_CODE, FlagKind.HEADER_NOT_UNDERSTOOD,
    FlagKind.INK_OUTSIDE_CELLS,
)  # fmt: skip


FEATURES: Mapping[str, Callable[[FieldEvidence], float]] = {
    "read_from_picture": _is_read_from_picture,
    "unsure": _unsure,
    "likeliest_rival": _rival,
    "second_model_differs": _second_model_differs,
    "other_engine_differs": _other_engine_differs,
    "nobody_agrees": _nobody_agrees,
    "unknown_words": _words(unknown_words),
    "weak_words": _words(weak_words),
    "doubtful_words": _words(doubtful_words),
    "stray_marks": _words(stray_marks),
    "unknown_phrase": _is_unknown_phrase,
    "alone_in_column": _is_alone_in_column,
    "empty_among_filled": _is_empty_among_filled,
    "begins_small": _begins_small,
    "length": _length,
    "repairs": lambda known: min(MOST, known.repairs),
    "unread_ink": _unread_ink,
    "lost_rule": _has_lost_rule,
    "sewn_over_pages": _is_sewn,
    "odd_code": _is_odd_code,
    "mark_at_edge": _has_mark_at_edge,
    "page_differs": lambda known: known.scan.differing,
    "page_unsure": lambda known: known.scan.unsure,
    **{f"flag_{kind}": _flag(kind) for kind in _ROW_FLAGS},
}


def features_of(known: FieldEvidence) -> tuple[float, ...]:
    """The doubts about a field as numbers, in the order of FEATURES."""
    return tuple(float(feature(known)) for feature in FEATURES.values())
