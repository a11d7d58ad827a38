"""A table as every tool gives it: cells with spans and text. No package beyond the standard library."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """A cell of one page's table; whitespace is removed from its text (tools differ in where they see a space)."""

    row: int
    col: int
    row_span: int
    col_span: int
    text: str


@dataclass(frozen=True, slots=True)
class Printed:
    """A table on one page, counted from 1."""

    page: int
    pieces: tuple[Piece, ...]

    @property
    def shape(self) -> tuple[int, int]:
        return (
            max((piece.row + piece.row_span for piece in self.pieces), default=0),
            max((piece.col + piece.col_span for piece in self.pieces), default=0),
        )


def bare(text: str | None) -> str:
    """Text without whitespace."""
    return "".join((text or "").split())


def places(table: Printed) -> dict[tuple[int, int], Piece]:
    """Every place of the grid and the cell that covers it."""
    return {
        (row, col): piece
        for piece in table.pieces
        for row in range(piece.row, piece.row + piece.row_span)
        for col in range(piece.col, piece.col + piece.col_span)
    }
