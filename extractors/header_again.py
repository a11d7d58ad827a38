"""The header that a later page of a table repeats, and what a page's end pushed into its cells."""

import re
from collections.abc import Mapping
from dataclasses import replace

from rapidfuzz import fuzz

from chitieu.model import Run
from extractors.seams import Edge, Piece
from extractors.sewing import Rows

# Alike enough to be the same header line read twice from a bad scan.
SAME_HEADER_SCORE = 70.0
# What shows through the paper is read below a header too, but less surely than print.
SURE_REST = 0.95
_DIGITS, _ROMAN = re.compile(r"\d+"), re.compile(r"[IVXLC]+")


def edges(rows: Rows) -> list[Edge]:
    """For each row the pieces that cover it, those that began above included."""
    found: list[Edge] = [{} for _ in rows]
    for number, row in enumerate(rows):
        for piece in row:
            for covered in found[number : number + piece.cell.row_span]:
                covered[piece.cell.col] = piece
    return [dict(sorted(edge.items())) for edge in found]


def repeated_header(first: Rows, rows: Rows) -> int:
    """How many rows at the top of a later part repeat those at the top of the table."""
    count = 0
    for own, other in zip(rows, first, strict=False):
        if not _is_same_header(own, other):
            break
        count += 1
    # A table that repeats all of a page's rows is a copy, not a header.
    return count if count < len(rows) else 0


def rest_in_header(first: Rows, header: Rows) -> list[Piece]:
    """A row of what the last cells of a repeated header say below it, or no piece: print that no rule parts from it."""
    if not header:
        return []
    own, again = edges(first[: len(header)])[-1], edges(header)[-1]
    row = [_below(piece, _parted(piece, own)[1]) for piece in again.values()]
    return row if any(piece.text for piece in row) else []


def only_sure(rest: list[Piece]) -> list[Piece]:
    """The row without what was not read surely; no piece where nothing is left of it."""
    sure = [piece if _is_sure(piece) else _below(piece, "") for piece in rest]
    return sure if any(piece.text for piece in sure) else []


def _is_sure(piece: Piece) -> bool:
    return all(reading.confidence >= SURE_REST for reading in piece.cell.readings)


def _below(piece: Piece, rest: str) -> Piece:
    """The cell with a part of its text alone: nobody else has read that."""
    read = [replace(one, runs=(Run(rest),), rivals=(), mark_rivals=(), witness=None) for one in piece.cell.readings[:1]]
    return Piece(replace(piece.cell, row=0, row_span=1, readings=tuple(read) if rest else ()))


def _is_same_header(row: list[Piece], other: list[Piece]) -> bool:
    """Alike, and with the same numbers in it: `I … 2030` and `II … 2045` are two sections, not one header."""
    first = {piece.cell.col: piece for piece in other}
    text = _joined([_parted(piece, first)[0] for piece in row])
    other_text = _joined([piece.cell.text for piece in other])
    is_alike = bool(text) and fuzz.ratio(text, other_text) >= SAME_HEADER_SCORE
    is_numbered = any(_ROMAN.fullmatch(one[0].text.rstrip(".")) for one in (row, other) if one)
    return is_alike and not is_numbered and _DIGITS.findall(text) == _DIGITS.findall(other_text)


def _joined(texts: list[str]) -> str:
    return " ".join(texts).casefold().strip()


def _parted(piece: Piece, first: Mapping[int, Piece]) -> tuple[str, str]:
    """The text of a header's cell and that below it: after as many lines as are most like the first header's cell."""
    lines = piece.text.split("\n")
    own = first[piece.cell.col].text if piece.cell.col in first else ""
    if not own or len(lines) == 1:
        return piece.text, ""
    likeness = [fuzz.ratio(" ".join(lines[:count]).casefold(), own.casefold()) for count in range(1, len(lines) + 1)]
    most, count = max((score, count) for count, score in enumerate(likeness, 1))
    if most < SAME_HEADER_SCORE:
        return piece.text, ""
    return "\n".join(lines[:count]), "\n".join(lines[count:])
