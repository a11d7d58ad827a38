"""A cell's text after repair."""

from dataclasses import dataclass

from chitieu.model import Flag, Repair


@dataclass(frozen=True, slots=True)
class Mended:
    """A cell's text after repair. `is_consensus`: the column says it so often that a misreading is out of question."""

    text: str
    repairs: tuple[Repair, ...] = ()
    flags: tuple[Flag, ...] = ()
    is_consensus: bool = False
