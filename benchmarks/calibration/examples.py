"""Fields of rows that were read, beside whether they are right."""

from collections.abc import Iterable
from dataclasses import dataclass

from benchmarks.calibration.reading import Read
from benchmarks.score import judge_rows
from chitieu.model import Indicator
from normalizers.field_evidence import ROW_FIELDS, evidence_of, features_of, is_own_doubt

_NAMES = {"value_text": "value"}
_SHOWN = (
    "code", "section", "indicator", "period", "unit", "value_text", "comparator", "value_low", "value_high", "agency"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Example:
    """A row: the features of its fields in the order of ROW_FIELDS, and which of them are right."""

    document: str
    quality: str
    features: tuple[tuple[float, ...], ...]
    rights: tuple[bool, ...]
    is_flagged: bool

    @property
    def is_right(self) -> bool:
        return all(self.rights)


def examples_of(read: Iterable[Read]) -> list[Example]:
    """Every row of the documents; a row that is not printed at all is wrong in its place, that is in its code."""
    return [example for one in read for example in _examples(one)]


def _examples(one: Read) -> list[Example]:
    parts = (one.extraction, *one.extraction.further)
    indicators = [indicator for part in parts for indicator in part.indicators]
    evidence = [known for part in parts for known in evidence_of(part.indicators, part.tables)]
    judged = judge_rows(one.truth, [row_of(indicator) for indicator in indicators])
    return [
        Example(one.name, one.quality, tuple(map(features_of, known)), _rights(same), _is_flagged(indicator))
        for indicator, known, same in zip(indicators, evidence, judged, strict=True)
    ]


def _is_flagged(indicator: Indicator) -> bool:
    """Whether anything but the confidence flags a row."""
    return not all(map(is_own_doubt, indicator.flags))


def _rights(same: dict[str, bool] | None) -> tuple[bool, ...]:
    if same is None:
        return tuple(field != "code" for field in ROW_FIELDS)
    return tuple(same[_NAMES.get(field, field)] for field in ROW_FIELDS)


def row_of(indicator: Indicator) -> dict[str, str]:
    """The row as the dataset has it, as far as it is measured."""
    cells = {name: getattr(indicator, name) for name in _SHOWN}
    texts = {name: "" if cell is None else str(cell) for name, cell in cells.items()}
    return texts | {"flags": "; ".join(map(str, indicator.flags))}
